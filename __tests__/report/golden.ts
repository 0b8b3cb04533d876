import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { projectRoot } from '../support/project-root.js';

/** Compares a text with a golden file byte for byte; `UPDATE_GOLDEN=1` rewrites the file instead. */
export function expectGolden(name: string, text: string): void {
  const path = join(projectRoot, '__tests__', 'golden', name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `${path} is missing`).toBe(text);
}
