import type { FailOn } from '../model/desired.js';
import type { ChangeResult, Outcome, Plan } from '../model/plan.js';

const isDone = ({ status }: ChangeResult): boolean => status === 'applied' || status === 'exists';

/** How applying ended: what was written is never hidden behind a failure. */
export function outcomeOfApply(results: readonly ChangeResult[], verified: boolean): Outcome {
  if (results.every(isDone)) return verified ? 'changed' : 'partial';
  return results.some(({ wrote }) => wrote) ? 'partial' : 'failed';
}

/** Which word of `fail-on` makes a run fail that would not fail by itself. */
export function failsBy(
  outcome: Outcome,
  plan: Plan | undefined,
  failOn: readonly FailOn[],
): FailOn | undefined {
  if (plan === undefined || !(outcome === 'planned' || outcome === 'unchanged')) return undefined;
  if (failOn.includes('drift') && plan.drift.length > 0) return 'drift';
  return failOn.includes('changes') && plan.changes.length > 0 ? 'changes' : undefined;
}

/** Whether the step fails: always when it is blocked, partial or failed, else as `fail-on` says. */
export function fails(outcome: Outcome, plan: Plan | undefined, failOn: readonly FailOn[]): boolean {
  if (outcome === 'blocked' || outcome === 'partial' || outcome === 'failed') return true;
  return failsBy(outcome, plan, failOn) !== undefined;
}
