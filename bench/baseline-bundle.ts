import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../__tests__/support/project-root.js';

const sources = join(projectRoot, 'bench/baseline');
const folder = join(projectRoot, '.cache/bench/baseline');
const bundle = join(folder, 'dist/index.js');
const stamp = join(folder, 'stamp');

/**
 * Builds the baseline by script/bundle.mjs, in a copy of the project whose src/ is the baseline; plainly, that is
 * with all that its packages load.
 * Returns the path of the bundle, which is built anew only when something that it is made of changed.
 */
export function buildBaseline(): string {
  const wanted = fingerprint();
  if (existsSync(bundle) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return bundle;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['script', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  cpSync(sources, join(folder, 'src'), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'script/bundle.mjs'), '--plain'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the baseline cannot be bundled:\n${stdout}${stderr}`);
  writeFileSync(stamp, wanted);
  return bundle;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = [
    ...readdirSync(sources).map((name) => join(sources, name)),
    ...readdirSync(join(projectRoot, 'script'))
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => join(projectRoot, 'script', name)),
    join(projectRoot, 'package-lock.json'),
    join(projectRoot, 'tsconfig.json'),
  ];
  for (const file of files) hash.update(`${file.slice(projectRoot.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}
