import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { truthy } from '@actions/expressions/result';

/** What expressions may look at, by the name of the context: `github`, `env`, `steps` and others. Plain JSON. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the job stands when an `if:` is judged. */
export type JobStatus = 'success' | 'failure';

/**
 * The text with every `${{ }}` in it replaced by its value, by GitHub's own expression engine. A context that is not
 * given is an error, as a misspelt one is on GitHub.
 */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(marked, (_, expression: string) => evaluate(expression, contexts).coerceString());
}

/**
 * Whether a step with that `if:` runs. Without one, and where none of the status functions is called, `success()`
 * must hold too (docs.github.com, "Evaluate expressions in workflows and actions", status check functions).
 */
export function runs(condition: string | undefined, contexts: Contexts, status: JobStatus): boolean {
  const written = (condition ?? 'success()').trim();
  const [, inner] = /^\$\{\{([\s\S]*)\}\}$/.exec(written) ?? [];
  const expression = inner ?? written;
  const names = new Lexer(expression).lex().tokens.map(({ lexeme }) => lexeme.toLowerCase());
  const full = statusNames.some((name) => names.includes(name)) ? expression : `success() && (${expression})`;
  return truthy(evaluate(full, contexts, statusFunctions(status)));
}

/** The expressions in a text: what stands between `${{` and `}}`. */
export function expressionsIn(text: string): string[] {
  return [...text.matchAll(marked)].map(([, expression = '']) => expression.trim());
}

const marked = /\$\{\{([\s\S]*?)\}\}/g;
const statusNames = ['success', 'failure', 'always', 'cancelled'];

interface StatusFunction {
  readonly name: string;
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly call: () => data.BooleanData;
}

function statusFunctions(status: JobStatus): StatusFunction[] {
  const holds: Readonly<Record<string, boolean>> = {
    success: status === 'success',
    failure: status === 'failure',
    always: true,
    cancelled: false,
  };
  const call = (name: string) => () => new data.BooleanData(holds[name] === true);
  return statusNames.map((name) => ({ name, minArgs: 0, maxArgs: 0, call: call(name) }));
}

function evaluate(
  expression: string,
  contexts: Contexts,
  functions: readonly StatusFunction[] = [],
): data.ExpressionData {
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), [...functions]).parse();
  const values: unknown = JSON.parse(JSON.stringify(contexts), data.reviver);
  if (!(values instanceof data.Dictionary)) throw new Error('the contexts of an expression are an object');
  return new Evaluator(tree, values, new Map(functions.map((one) => [one.name, one]))).evaluate();
}
