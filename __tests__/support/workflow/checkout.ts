import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.js';

/**
 * A copy of the repository as a runner checks it out: what git tracks or would track, with the packages and the
 * emulator that are installed here. Returns its path; the caller removes it.
 */
export function checkOut(): string {
  const copy = mkdtempSync(join(tmpdir(), 'checkout-'));
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', listed, { cwd: projectRoot, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  for (const path of paths) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(projectRoot, path), join(copy, path));
  }
  copyPackages(copy);
  mkdirSync(join(copy, '.cache'));
  symlinkSync(join(projectRoot, '.cache/emulator-venv'), join(copy, '.cache/emulator-venv'));
  return copy;
}

/** Hard links where the file system has them: a step that installs anew then replaces the copy's files alone. */
function copyPackages(copy: string): void {
  const linked = spawnSync('cp', ['-al', 'node_modules', copy], { cwd: projectRoot });
  if (linked.status === 0) return;
  cpSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'), { recursive: true });
}
