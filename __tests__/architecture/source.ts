import { dirname, join } from 'node:path/posix';

/** One import or re-export of a module. */
export interface Import {
  /** What stands in quotes. */
  readonly specifier: string;
  /** The repository path of a relative import, otherwise undefined. */
  readonly path: string | undefined;
  /** Whether the whole statement vanishes at run time. */
  readonly typeOnly: boolean;
}

/** Source texts by repository path, such as `src/plan.ts`. */
export type Modules = ReadonlyMap<string, string>;

const lexeme = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** The source without its comments; strings are kept, so that `'https://…'` is not taken for a comment. */
export function withoutComments(source: string): string {
  return source.replace(lexeme, (text) => (text.startsWith('/') ? ' ' : text));
}

/** The source without comments and quoted strings; template literals are kept, because they hold code. */
export function codeOnly(source: string): string {
  return source.replace(lexeme, (text) => (text.startsWith('`') ? text : ' '));
}

const statement = /^(?:import|export)\s+(type\s)?(?:[\w*${}\s,]+?\s+from\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"`]([^'"`]+)['"`]/g;

/** Every import of a module, static, side-effect, re-exported or dynamic. */
export function importsOf(path: string, source: string): Import[] {
  const text = withoutComments(source);
  const found: Import[] = [];
  for (const [, type, specifier = ''] of text.matchAll(statement)) {
    found.push({ specifier, path: resolve(path, specifier), typeOnly: type !== undefined });
  }
  for (const [, specifier = ''] of text.matchAll(dynamic)) {
    found.push({ specifier, path: resolve(path, specifier), typeOnly: false });
  }
  return found;
}

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return join(dirname(from), specifier).replace(/\.js$/, '.ts');
}
