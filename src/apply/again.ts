import type { Change, ChangeResult, Plan } from '../model/plan.js';
import { canonical } from '../plan/digest.js';
import { newErrors } from '../plan/make-plan.js';
import { knownCall } from './send.js';

const isDone = ({ status }: ChangeResult): boolean => status === 'applied' || status === 'exists';

/** Whether the function was changed or is being changed by somebody else, so that the plan is of yesterday. */
export function isOutdated(results: readonly ChangeResult[]): boolean {
  return results.some(
    ({ problem }) => problem && 'kind' in problem && (problem.kind === 'stale' || problem.kind === 'busy'),
  );
}

/** Whether something of another run was adopted, which may not be all that this run needs of it. */
export function isAdopted(results: readonly ChangeResult[]): boolean {
  return results.some(({ status, ids }) => status === 'exists' && Object.keys(ids).length > 0);
}

/** Whether a plan made anew only completes what the first one decided about: the same resources, and tags. */
export function completes(plan: Plan, next: Plan): boolean {
  const known = new Set(plan.changes.map(({ id }) => id));
  return next.changes.every(({ id, kind }) => known.has(id) || kind === 'tags');
}

/** What a change decides, with references replaced by the ids that were made, without revisions and tokens. */
function decision(change: Change, results: readonly ChangeResult[]): string {
  const lookUp = (ref: string, field: string) => results.find(({ id }) => id === ref)?.ids[field];
  const before = change.attributes.map(({ name, before: side }) => ({ name, side }));
  return canonical({ id: change.id, before, calls: change.calls.map((call) => knownCall(call, lookUp)) });
}

/**
 * Whether a plan made anew is the rest of the one that was decided: nothing in it but changes that were
 * not done yet, each from the same state to the same state.
 */
export function continues(plan: Plan, results: readonly ChangeResult[], next: Plan): boolean {
  const open = new Set(results.filter((result) => !isDone(result)).map(({ id }) => id));
  return next.changes.every((change) => {
    const decided = plan.changes.find(({ id }) => id === change.id);
    return (
      decided !== undefined && open.has(change.id) && decision(decided, results) === decision(change, results)
    );
  });
}

/**
 * What was open and is not in the plan made anew is as desired by now: an answer was lost on its way, or
 * somebody else did the same. Not so for a function that the new plan cannot serve: it plans nothing for it.
 */
export function settledMeanwhile(results: readonly ChangeResult[], plan: Plan, next: Plan): ChangeResult[] {
  const open = new Set(next.changes.map(({ id }) => id));
  const errors = newErrors(next, plan);
  const isJudged = (id: string): boolean => {
    const functionName = plan.changes.find((change) => change.id === id)?.functionName;
    return functionName === undefined
      ? errors.length === 0
      : !errors.some((error) => (error.functionName ?? functionName) === functionName);
  };
  return results.map((result) =>
    isDone(result) || open.has(result.id) || !isJudged(result.id)
      ? result
      : { ...result, status: 'exists', problem: undefined, because: undefined },
  );
}

/** Results of a second round over those of the first, in the first one's order. */
export function merged(first: readonly ChangeResult[], second: readonly ChangeResult[]): ChangeResult[] {
  const added = second.filter((result) => !first.some(({ id }) => id === result.id));
  return [...first.map((result) => second.find(({ id }) => id === result.id) ?? result), ...added];
}
