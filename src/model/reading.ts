import type { AwsProblem } from './problem.js';

/** What a read gave: its value, or why it could not be read. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: AwsProblem };

/** What a reading gave; undefined when it failed or was not due. */
export function readOf<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.ok ? reading.value : undefined;
}
