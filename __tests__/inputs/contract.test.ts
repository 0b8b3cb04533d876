import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { grammar } from '../../src/inputs/grammar.js';
import { parsed } from '../builders/env.js';
import { projectRoot } from '../support/project-root.js';

interface Declared {
  readonly description?: string;
  readonly default?: unknown;
  readonly required?: boolean;
}

const action: { inputs: Record<string, Declared>; outputs: Record<string, { description?: string }> } = parse(
  readFileSync(join(projectRoot, 'action.yml'), 'utf8'),
);
const rows: [string, { grammar: string; fallback?: string }][] = Object.entries(grammar);

it('action.yml and the grammar know the same inputs', () => {
  expect(Object.keys(action.inputs).sort()).toEqual(Object.keys(grammar).sort());
});

it.each(rows)('the default of %s is the same in both', (name, { fallback }) => {
  expect(action.inputs[name]?.default).toBe(fallback);
});

it('only the function is required', () => {
  const required = Object.entries(action.inputs).filter(([, input]) => input.required === true);
  expect(required.map(([name]) => name)).toEqual(['function-name']);
});

it.each([...Object.entries(action.inputs), ...Object.entries(action.outputs)])(
  '%s is described in whole sentences',
  (_name, { description = '' }) => {
    expect(description).toMatch(/^[A-Z`0-9].*\.$/s);
  },
);

it('every fallback is what its parser accepts, and what happens without the input', () => {
  const written = Object.fromEntries(
    rows.flatMap(([name, { fallback }]) => (fallback === undefined ? [] : [[name, fallback]])),
  );
  expect(Object.keys(written)).toHaveLength(11);
  expect(parsed(written)).toEqual(parsed({}));
});
