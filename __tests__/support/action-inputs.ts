import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * The INPUT_* variables that a runner sets: every input of action.yml, with the value given, else its default, else
 * empty. The names are upper-cased, blanks become `_`, hyphens stay. An input that action.yml does not know is
 * passed too, as the runner does after a warning.
 */
export function inputVariables(
  root: string,
  given: Readonly<Record<string, string>>,
  githubToken: string,
): Record<string, string> {
  const action: unknown = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
  const declared = recordIn(action, 'inputs');
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(declared)) {
    values[name] = defaultOf(input).replace(/\$\{\{\s*github\.token\s*\}\}/g, githubToken);
  }
  const all = Object.entries({ ...values, ...given });
  return Object.fromEntries(
    all.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}

function defaultOf(input: unknown): string {
  if (typeof input !== 'object' || input === null || !('default' in input)) return '';
  return input.default === null || input.default === undefined ? '' : String(input.default);
}

function recordIn(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || !(name in value)) return {};
  const found: unknown = (value as Record<string, unknown>)[name];
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}
