import type { Cost } from './stage.js';

/** Prints a line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Bold on a terminal, plain elsewhere: nothing is told by the weight alone. */
export function bold(text: string): string {
  const plain = !process.stdout.isTTY || process.env.NO_COLOR !== undefined;
  return plain ? text : `\u001b[1m${text}\u001b[0m`;
}

/** Lines set in by two blanks. */
export function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

/** Lines with a bar before them: what the action itself says. */
export function quoted(lines: readonly string[]): string {
  return lines.map((line) => `  │ ${line}`.trimEnd()).join('\n');
}

/** The step of a workflow that runs the action with those inputs. */
export function workflowStep(inputs: Readonly<Record<string, string>>): string[] {
  const given = Object.entries(inputs).map(([name, value]) => `    ${name}: ${value}`);
  return ['- uses: owner/vpc-lambda-action@v1', '  with:', ...given];
}

/** What a run cost, in words. */
export function costOf({ calls, writes, repeats }: Cost): string {
  const looks = repeats === 0 ? '' : `; ${repeats} repeated while waiting`;
  return `${calls} calls to AWS, ${writes} of them writes${looks}`;
}
