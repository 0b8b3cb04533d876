import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectRoot } from './support/project-root.js';

interface Diagnostic {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string };
}

// A package whose types a control needs; a link to it would hide them from the linter.
const typed = 'node_modules/@actions/core';

/** The rules that refuse a project of the given files under our own configuration, as `file: rule`. */
function refusals(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    for (const name of ['biome.json', 'tsconfig.json'])
      copyFileSync(join(projectRoot, name), join(folder, name));
    cpSync(join(projectRoot, typed), join(folder, typed), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const biome = join(projectRoot, 'node_modules/@biomejs/biome/bin/biome');
    const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(run.status).toBe(errors.length > 0 ? 1 : 0);
    return errors.map(({ category, location }) => `${location.path}: ${category}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lines = (count: number, text: string): string => `${text}\n`.repeat(count);
const nested = (depth: number): string =>
  depth === 0 ? 'return true;' : `if (a > ${depth}) {\n${nested(depth - 1)}\n}`;
const later = 'export async function later(): Promise<number> {\n  return 1;\n}\n';
const port = 'export interface Aws {\n  send<T>(input: T): Promise<T>;\n}\n';

const violations: { rule: string; at?: string; files: Record<string, string> }[] = [
  { rule: 'style/noExcessiveLinesPerFile', files: { 'src/a.ts': lines(301, 'export {};') } },
  {
    rule: 'complexity/noExcessiveLinesPerFunction',
    files: { 'src/a.ts': `export function f(g: () => void): void {\n${lines(59, '  g();')}}\n` },
  },
  {
    rule: 'complexity/noExcessiveLinesPerFunction',
    at: '__tests__/a.test.ts',
    files: { '__tests__/a.test.ts': `export function f(g: () => void): void {\n${lines(119, '  g();')}}\n` },
  },
  {
    rule: 'complexity/noExcessiveCognitiveComplexity',
    files: { 'src/a.ts': `export function f(a: number): boolean {\n${nested(6)}\nreturn false;\n}\n` },
  },
  {
    rule: 'nursery/noFloatingPromises',
    files: { 'src/a.ts': `${later}export function f(): void {\n  later();\n}\n` },
  },
  {
    rule: 'nursery/noFloatingPromises',
    files: {
      'src/a.ts': "import { later } from './b.js';\n\nexport function f(): void {\n  later();\n}\n",
      'src/b.ts': later,
    },
  },
  {
    rule: 'nursery/noFloatingPromises',
    files: {
      'src/a.ts':
        "import type { Aws } from './b.js';\n\nexport function f(aws: Aws): void {\n  aws.send(1);\n}\n",
      'src/b.ts': port,
    },
  },
  {
    rule: 'nursery/noFloatingPromises',
    files: {
      'src/a.ts':
        "import { summary } from '@actions/core';\n\nexport function f(): void {\n  summary.write();\n}\n",
    },
  },
  {
    rule: 'nursery/noMisusedPromises',
    files: {
      'src/a.ts':
        "import { later } from './b.js';\n\nexport function f(): string {\n  return later() ? 'a' : 'b';\n}\n",
      'src/b.ts': later,
    },
  },
  { rule: 'correctness/noUnusedImports', files: { 'src/a.ts': "import { join } from 'node:path';\n" } },
  { rule: 'correctness/noUnusedVariables', files: { 'src/a.ts': 'const a = 1;\nexport {};\n' } },
  {
    rule: 'correctness/noUnusedFunctionParameters',
    files: { 'src/a.ts': 'export function f(a: number): void {}\n' },
  },
  { rule: 'suspicious/noConsole', files: { 'src/a.ts': "console.log('a');\nexport {};\n" } },
  {
    rule: 'suspicious/noExplicitAny',
    files: { 'src/a.ts': 'export const f = (a: any): string => a;\n' },
  },
  {
    rule: 'suspicious/noImportCycles',
    files: {
      'src/a.ts': "import { b } from './b.js';\n\nexport const a = (): number => b();\n",
      'src/b.ts': "import { a } from './a.js';\n\nexport const b = (): number => a();\n",
    },
  },
  {
    rule: 'style/noNonNullAssertion',
    files: { 'src/a.ts': 'export const f = (a?: string): string => a!;\n' },
  },
];

test.each(violations)('$rule is an error', ({ rule, at = 'src/a.ts', files }) => {
  expect(refusals(files)).toContain(`${at}: lint/${rule}`);
});

test('files just within the bounds are accepted', () => {
  const files = {
    'src/a.ts': `export {};\n${lines(299, '// A line.')}`,
    'src/b.ts': `export function f(g: () => void): void {\n${lines(58, '  g();')}}\n`,
    'src/c.ts':
      "import { later } from './d.js';\n\nexport const f = async (): Promise<number> => await later();\n",
    'src/d.ts': later,
    '__tests__/a.test.ts': `export function f(g: () => void): void {\n${lines(118, '  g();')}}\n`,
  };
  expect(refusals(files)).toEqual([]);
});
