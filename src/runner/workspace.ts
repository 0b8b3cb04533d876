import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';

/** Bytes of the largest file that is read: a policy of AWS's largest size, in characters of four bytes. */
const LARGEST = 4 * 20_480;

/**
 * The text of a file of the checked-out repository, without white space around it. Undefined where there is no such
 * file, where it is too large, and where it lies outside the repository, by `..` or by a link: what a path leads to
 * on the runner is nobody's policy.
 */
export function readWorkspaceFile(workspace: string | undefined, path: string): string | undefined {
  if (!workspace) return undefined;
  try {
    const root = realpathSync(workspace);
    const file = realpathSync(resolve(root, path));
    const inside = relative(root, file);
    if (inside.startsWith('..') || isAbsolute(inside) || statSync(file).size > LARGEST) return undefined;
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
