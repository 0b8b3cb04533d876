import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder (the one with `action.yml`), whether this file runs from the sources or compiled. */
export const projectRoot = findProjectRoot(dirname(fileURLToPath(import.meta.url)));

function findProjectRoot(folder: string): string {
  if (existsSync(join(folder, 'action.yml'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('no folder above the tests holds action.yml');
  return findProjectRoot(parent);
}
