import { isRef } from '../aws/call.js';
import type { Change } from '../model/plan.js';

function refsIn(value: unknown): string[] {
  if (isRef(value)) return [value.ref];
  if (Array.isArray(value)) return value.flatMap(refsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
}

/** Ids of the changes of the plan that must be done before this one: those it refers to, and `after`. */
export function dependencies(change: Change, changes: readonly Change[]): string[] {
  const wanted = new Set([...change.after, ...refsIn(change.calls)]);
  wanted.delete(change.id);
  return changes.map(({ id }) => id).filter((id) => wanted.has(id));
}

/**
 * Sorts changes so that each follows what it depends on; equals keep their order.
 * Throws on a cycle, naming it, before anything is written.
 */
export function inOrder(changes: readonly Change[]): Change[] {
  const done = new Map<string, Change>();
  let rest = [...changes];
  while (rest.length > 0) {
    const ready = rest.filter((change) => dependencies(change, changes).every((id) => done.has(id)));
    if (ready.length === 0)
      throw new Error(`The plan has a cycle among ${rest.map(({ id }) => id).join(', ')}.`);
    for (const change of ready) done.set(change.id, change);
    rest = rest.filter((change) => !done.has(change.id));
  }
  return [...done.values()];
}
