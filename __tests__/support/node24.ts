import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';

let saidSo = false;

/**
 * The Node 24 that `action.yml` asks the runner for, from the optional npm dependency of this platform. Where that
 * is not installed, the Node that runs the tests, which is said once on standard error.
 */
export function node24(): string {
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const path = join(projectRoot, 'node_modules', `node-${platform}`, 'bin/node');
  if (existsSync(path)) return path;
  if (!saidSo) {
    saidSo = true;
    process.stderr.write(
      `no Node 24 for ${platform}: the action runs on Node ${process.version}, unlike a runner\n`,
    );
  }
  return process.execPath;
}
