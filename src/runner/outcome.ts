import type { FailOn } from '../model/desired.js';
import type { ChangeResult, Outcome, Plan } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import { findingsOf, isUnknown } from '../report/facts.js';
import { counted } from '../text/words.js';

const isDone = ({ status }: ChangeResult): boolean => status === 'applied' || status === 'exists';

/** How applying ended: what was written is never hidden behind a failure. */
export function outcomeOfApply(results: readonly ChangeResult[], verified: boolean): Outcome {
  if (results.every(isDone)) return verified ? 'changed' : 'partial';
  return results.some(({ wrote }) => wrote) ? 'partial' : 'failed';
}

/** Warnings of a plan that were looked at: what could not be is `unknown`. */
const warningsOf = (plan: Plan): Finding[] =>
  findingsOf({ plan }, (finding) => finding.severity === 'warning' && !isUnknown(finding));

/** What could not be told, among it what a function may not reach: an unknown verdict is a finding as well. */
const unknownsOf = (plan: Plan): Finding[] => findingsOf({ plan }, isUnknown);

/** Whether a word of `fail-on` applies to a plan, and to which ways of ending well. */
const APPLIES: readonly {
  readonly word: Exclude<FailOn, 'error' | 'skipped'>;
  readonly outcomes: readonly Outcome[];
  readonly applies: (plan: Plan) => boolean;
}[] = [
  { word: 'drift', outcomes: ['planned', 'unchanged'], applies: ({ drift }) => drift.length > 0 },
  {
    word: 'warning',
    outcomes: ['planned', 'unchanged', 'changed'],
    applies: (plan) => warningsOf(plan).length > 0,
  },
  {
    word: 'unknown',
    outcomes: ['planned', 'unchanged', 'changed'],
    applies: (plan) => unknownsOf(plan).length > 0,
  },
  { word: 'changes', outcomes: ['planned', 'unchanged'], applies: ({ changes }) => changes.length > 0 },
];

/** Which word of `fail-on` makes a run fail that would not fail by itself; of several the most telling. */
export function failsBy(
  outcome: Outcome,
  plan: Plan | undefined,
  failOn: readonly FailOn[],
): FailOn | undefined {
  if (outcome === 'skipped') return failOn.includes('skipped') ? 'skipped' : undefined;
  if (plan === undefined) return undefined;
  return APPLIES.find(
    ({ word, outcomes, applies }) => failOn.includes(word) && outcomes.includes(outcome) && applies(plan),
  )?.word;
}

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

/** `There are 2 warnings, and fail-on lists warning. The first: …` */
function findingsTold(word: FailOn, noun: string, plural: string, findings: readonly Finding[]): string {
  const be = findings.length === 1 ? 'is' : 'are';
  const first = findings.slice(0, 1).map(({ message, remedy }) => `${message} ${remedy}`);
  const lead = findings.length > 1 ? ['The first:'] : [];
  const count = counted(findings.length, noun, plural);
  return [`There ${be} ${count}, and fail-on lists ${word}.`, ...lead, ...first].join(' ');
}

/** Says which word of `fail-on` made the step fail, and what there is to know of it. */
export function whyFails(by: FailOn, plan: Plan | undefined): string {
  const lists = `fail-on lists ${by}.`;
  if (by === 'skipped' || plan === undefined) return `No plan was made, and ${lists}`;
  if (by === 'drift') return `There is drift, and ${lists} ${driftTold(plan.drift)}`;
  if (by === 'warning') return findingsTold(by, 'warning', 'warnings', warningsOf(plan));
  if (by === 'unknown') {
    const [noun, plural] = ['thing that could not be checked', 'things that could not be checked'];
    return findingsTold(by, noun, plural, unknownsOf(plan));
  }
  return by === 'changes' ? `There are changes, and ${lists}` : `There is an error, and ${lists}`;
}

/** Whether the step fails: always when it is blocked, partial or failed, else as `fail-on` says. */
export function fails(outcome: Outcome, plan: Plan | undefined, failOn: readonly FailOn[]): boolean {
  if (outcome === 'blocked' || outcome === 'partial' || outcome === 'failed') return true;
  return failsBy(outcome, plan, failOn) !== undefined;
}
