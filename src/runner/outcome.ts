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
  if (outcome === 'skipped') return failOn.includes('skipped') ? 'skipped' : undefined;
  if (plan === undefined || !(outcome === 'planned' || outcome === 'unchanged')) return undefined;
  if (failOn.includes('drift') && plan.drift.length > 0) return 'drift';
  return failOn.includes('changes') && plan.changes.length > 0 ? 'changes' : undefined;
}

const WHY: Readonly<Record<FailOn, string>> = {
  error: 'There is an error',
  drift: 'There is drift',
  changes: 'There are changes',
  skipped: 'No plan was made',
};

/** Says which word of `fail-on` made the step fail. */
export function whyFails(by: FailOn): string {
  return `${WHY[by]}, and fail-on lists ${by}.`;
}

/** Whether the step fails: always when it is blocked, partial or failed, else as `fail-on` says. */
export function fails(outcome: Outcome, plan: Plan | undefined, failOn: readonly FailOn[]): boolean {
  if (outcome === 'blocked' || outcome === 'partial' || outcome === 'failed') return true;
  return failsBy(outcome, plan, failOn) !== undefined;
}
