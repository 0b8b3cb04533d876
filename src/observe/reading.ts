import { classify } from '../aws/errors.js';
import { type AwsErrorKind, type AwsProblem, type Problem, RunError } from '../model/problem.js';
import type { Reading } from '../model/reading.js';
import { counted } from '../text/words.js';

/** Reads without throwing: a failure is classified as one of `action` on `resource`. */
export async function attempt<T>(action: string, resource: string, read: Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await read };
  } catch (error) {
    return { ok: false, problem: classify(error, action, resource) };
  }
}

/** Reads without throwing where it is due, and answers undefined elsewhere. */
export async function attemptIf<T>(
  due: boolean,
  action: string,
  resource: string,
  read: () => Promise<T>,
): Promise<Reading<T> | undefined> {
  return due ? attempt(action, resource, read()) : undefined;
}

/** A reading that found nothing is as one that was not due. */
export function present<T>(reading: Reading<T | undefined> | undefined): Reading<T> | undefined {
  if (reading === undefined || !reading.ok) return reading;
  return reading.value === undefined ? undefined : { ok: true, value: reading.value };
}

type Value<R> = R extends { readonly ok: true; readonly value: infer V }
  ? V
  : R extends undefined
    ? undefined
    : never;

/** Kinds of trouble that every request meets at once, whatever it asks for. */
const OF_EVERY_REQUEST: readonly AwsErrorKind[] = ['credentials', 'throttled', 'unreachable', 'cancelled'];

/** A problem, with its kind where AWS is its source. */
type Met = Problem & Partial<Pick<AwsProblem, 'kind'>>;

/** Problems without those that only repeat, for another request, what an earlier one says. */
export function withoutEchoes(problems: readonly Met[]): Problem[] {
  const repeats = ({ kind, code }: Met): Met[] =>
    kind !== undefined && OF_EVERY_REQUEST.includes(kind)
      ? problems.filter((one) => one.kind === kind && one.code === code)
      : [];
  return problems.flatMap((problem) => {
    const [first = problem, ...others] = repeats(problem);
    if (first !== problem) return [];
    const echoes = new Set(others.map(({ message }) => message).filter((text) => text !== problem.message))
      .size;
    return echoes === 0
      ? [problem]
      : [{ ...problem, message: `${problem.message} ${counted(echoes, 'other request')} failed alike.` }];
  });
}

/**
 * Unwraps readings that a run cannot do without; those that were not due are undefined. Throws all their
 * problems at once.
 */
export function required<T extends Record<string, Reading<unknown> | undefined>>(
  readings: T,
  more: readonly Met[] = [],
): { [K in keyof T]: Value<T[K]> } {
  const problems = Object.values(readings).flatMap((reading) =>
    reading === undefined || reading.ok ? [] : [reading.problem],
  );
  const distinct = [
    ...new Map(withoutEchoes([...more, ...problems]).map((problem) => [problem.message, problem])).values(),
  ];
  if (distinct.length > 0) throw new RunError(distinct);
  const values = Object.entries(readings).map(([key, reading]) => [
    key,
    reading?.ok ? reading.value : undefined,
  ]);
  return Object.fromEntries(values);
}
