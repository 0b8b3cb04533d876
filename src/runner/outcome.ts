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

/** Drift entries that one message holds; the rest is in the report. */
const MOST_TOLD = 3;

function driftTold(drift: Plan['drift']): string {
  const told = drift.slice(0, MOST_TOLD).map(({ message }) => message);
  const more = drift.length - told.length;
  const rest = more > 0 ? [`${more} more are in the job summary.`] : [];
  const repairs = drift.some(({ repairedBy }) => repairedBy !== undefined)
    ? ['Run the workflow that writes: it restores what is missing.']
    : [];
  return [...told, ...rest, ...repairs].join(' ');
}

/** Says which word of `fail-on` made the step fail, and what there is to know of it. */
export function whyFails(by: FailOn, plan: Plan | undefined): string {
  const why = `${WHY[by]}, and fail-on lists ${by}.`;
  return by === 'drift' && plan !== undefined ? `${why} ${driftTold(plan.drift)}` : why;
}

/** Whether the step fails: always when it is blocked, partial or failed, else as `fail-on` says. */
export function fails(outcome: Outcome, plan: Plan | undefined, failOn: readonly FailOn[]): boolean {
  if (outcome === 'blocked' || outcome === 'partial' || outcome === 'failed') return true;
  return failsBy(outcome, plan, failOn) !== undefined;
}
