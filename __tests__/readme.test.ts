import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { operations } from '../src/aws/operations.js';
import { grammar, type InputName } from '../src/inputs/grammar.js';
import { consentKinds } from '../src/model/desired.js';
import { rules } from '../src/rules/check.js';
import { projectRoot } from './support/project-root.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const readme = read('README.md');
const action: {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  outputs: Record<string, { description: string }>;
} = parse(read('action.yml'));

/** Codes in a source text: literals given as a problem's code. */
function codesIn(source: string): string[] {
  return [...source.matchAll(/(?:\bcode: |problem\(\n?\s*|code: \w+ \? )'([a-z]+(?:-[a-z]+)+)'/g)].map(
    (match) => match[1] ?? '',
  );
}

function sources(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)));
}

describe('the README', () => {
  it.each(Object.entries(action.inputs))(
    'has the row of input %s as action.yml and the parser say',
    (name, input) => {
      const row = grammar[name as InputName];
      const fallback = input.required
        ? 'required'
        : input.default === undefined
          ? '–'
          : `\`${input.default}\``;
      expect(readme).toContain(`| \`${name}\` | ${row.grammar} | ${fallback} | ${input.description} |`);
    },
  );

  it.each(Object.entries(action.outputs))('has the row of output %s', (name, output) => {
    expect(readme).toContain(`| \`${name}\` | ${output.description} |`);
  });

  it('has no row of an input that does not exist', () => {
    const section = readme.slice(readme.indexOf('## Inputs'), readme.indexOf('## Outputs'));
    const rows = [...section.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map((match) => match[1]);
    expect(rows).toEqual(Object.keys(action.inputs));
  });

  it.each(Object.keys(consentKinds))('explains the consent %s', (kind) => {
    expect(readme).toMatch(new RegExp(`^\\| \`${kind}(:<[a-z]+>)?\` \\|`, 'm'));
  });

  it('allows exactly the actions that the code can call', () => {
    const policies = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map((match) =>
      JSON.parse(match[1] ?? ''),
    );
    // Trust policies have a principal; they allow to become the role, not to act as it.
    const allowed = policies.flatMap((policy) =>
      policy.Statement.flatMap((statement: { Action: string | string[]; Principal?: unknown }) =>
        statement.Principal === undefined ? statement.Action : [],
      ),
    );
    const callable = Object.keys(operations).filter((name) => name !== 'sts:GetCallerIdentity');
    expect([...new Set(allowed)].sort()).toEqual([...callable, 'route53:AssociateVPCWithHostedZone'].sort());
  });

  it('gives the next step for every code', () => {
    const codes = new Set([...sources('src').flatMap(codesIn), ...rules.map(({ id }) => id)]);
    expect(codes.size).toBeGreaterThan(50);
    const listed = new Set([...readme.matchAll(/^\| `([a-z-]+)` \| [A-Z]/gm)].map((match) => match[1] ?? ''));
    expect([...codes].filter((code) => !listed.has(code)).sort()).toEqual([]);
  });
});
