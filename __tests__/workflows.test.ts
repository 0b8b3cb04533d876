import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from './support/project-root.js';
import { actionlint, unpinned, workflowsIn } from './support/workflow/files.js';

test.each(['.github/workflows', 'examples'])('the files in %s are valid workflows', (folder) => {
  const { status, output } = actionlint(`${folder}/*.yml`);
  expect(output).toContain(`Checking ${workflowsIn(folder).length} workflow file(s)`);
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('passed lint checks') });
});

const broken: [string, string, RegExp][] = [
  [
    'an unknown key',
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n',
    /unexpected key "step"/,
  ],
  [
    'an unknown context',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow.
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n',
    /undefined variable "nothing"/,
  ],
];

test.each(broken)('a workflow with %s is reported', (_, workflow, says) => {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  try {
    writeFileSync(join(folder, 'broken.yml'), workflow);
    const { status, output } = actionlint('broken.yml', folder);
    expect(output).toMatch(says);
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('our own workflows pin the actions they use and ask for no write permission', () => {
  const paths = workflowsIn('.github/workflows');
  expect(paths.toSorted()).toEqual(['.github/workflows/ci.yml', '.github/workflows/self-test.yml']);
  for (const path of paths) {
    const text = readFileSync(join(projectRoot, path), 'utf8');
    expect({ path, unpinned: unpinned(text) }).toEqual({ path, unpinned: [] });
    expect(parse(text).permissions).toEqual({ contents: 'read' });
  }
  expect(unpinned('      - uses: actions/checkout@v6\n      - uses: ./\n')).toEqual([
    '      - uses: actions/checkout@v6',
  ]);
});
