import { classify } from '../aws/errors.js';
import type { Reading } from '../model/observed.js';
import { type Problem, RunError } from '../model/problem.js';

/** Reads without throwing: a failure is classified as one of `action` on `resource`. */
export async function attempt<T>(action: string, resource: string, read: Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await read };
  } catch (error) {
    return { ok: false, problem: classify(error, action, resource) };
  }
}

/** Unwraps readings that a run cannot do without; throws all their problems at once. */
export function required<T extends Record<string, Reading<unknown>>>(
  readings: T,
  more: readonly Problem[] = [],
): { [K in keyof T]: T[K] extends Reading<infer V> ? V : never } {
  const problems: Problem[] = Object.values(readings).flatMap((reading) =>
    reading.ok ? [] : [reading.problem],
  );
  const distinct = [...new Map([...more, ...problems].map((problem) => [problem.message, problem])).values()];
  if (distinct.length > 0) throw new RunError(distinct);
  const values = Object.entries(readings).map(([key, reading]) => [
    key,
    reading.ok ? reading.value : undefined,
  ]);
  return Object.fromEntries(values);
}

/** Reads where it is due, and answers undefined elsewhere. */
export const orUndefined = <T>(due: boolean, read: () => Promise<T>): Promise<T | undefined> =>
  due ? read() : Promise.resolve(undefined);
