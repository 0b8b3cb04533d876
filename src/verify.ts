import { allToRead, type Touched } from './apply/touched.js';
import type { Aws } from './aws/call.js';
import type { LambdaFunction } from './model/observed.js';
import type { Plan } from './model/plan.js';
import type { Problem } from './model/problem.js';
import { observeAgain } from './observe/again.js';
import type { Observation } from './observe.js';
import { functionChangeId } from './plan/function.js';
import { newErrors } from './plan/make-plan.js';
import { isUpdating } from './resources/function.js';
import { explainReason } from './resources/update-failures.js';
import type { Waiting } from './settle.js';
import { listed } from './text/words.js';

/** What reading everything again showed. */
export interface Verification {
  readonly observation: Observation;
  /** The plan from there: empty when all is as desired. */
  readonly plan: Plan;
  readonly problems: readonly Problem[];
  /** Ids of what is not as desired: changes of that plan, and of functions it could not decide about. */
  readonly remaining: readonly string[];
}

/** What is verified. */
export interface Claim {
  /** The plan that was carried out. */
  readonly decided: Plan;
  /** Whether all of it was done: after a failure there is something left for sure. */
  readonly complete: boolean;
}

/** Seconds between looks: AWS may answer an old state for a while (EC2 developer guide, "Eventual consistency"). */
const LOOK_AGAIN = [2, 4, 8];

function unfinished(lambda: LambdaFunction): Problem | undefined {
  if (isUpdating(lambda)) {
    const message = `Read again after the run, function ${lambda.name} is still being updated.`;
    return { code: 'verification-failed', message, remedy: 'Run the job again when the update has ended.' };
  }
  if (lambda.lastUpdateStatus !== 'Failed') return undefined;
  const { cause, remedy } = explainReason(lambda.lastUpdateReasonCode, lambda.lastUpdateReason);
  const message = `The last update of function ${lambda.name} failed: ${cause}. It serves its earlier configuration.`;
  return { code: 'function-update-failed', message, remedy };
}

/**
 * Names what is still to be done after everything was applied, did not come to its end, or cannot be told any
 * more: a plan with an error plans nothing for what the error is about, which is not the same as nothing to do.
 */
export function remaining(plan: Plan, lambdas: readonly LambdaFunction[], decided: Plan): Problem[] {
  const updates = lambdas.map(unfinished).filter((problem) => problem !== undefined);
  const open = [...updates, ...newErrors(plan, decided)];
  if (open.length > 0 || plan.changes.length === 0) return open;
  const what = listed(plan.changes.map((change) => change.id));
  return [
    {
      code: 'verification-failed',
      message: `Read again after the run, the network still differs: ${what}. ${plan.changes.map(({ because }) => because).join(' ')}`,
      remedy: 'Run the job again; if it stays, look who else changes this network.',
    },
  ];
}

/** Ids of the changes that a rerun continues with, and of the functions that nothing could be planned for. */
function remainingIds(plan: Plan, decided: Plan): string[] {
  const errors = newErrors(plan, decided);
  const ofAll = errors.some(({ functionName }) => functionName === undefined);
  const names = ofAll
    ? plan.subject.functions.map(({ name }) => name)
    : errors.flatMap(({ functionName }) => functionName ?? []);
  return [...plan.changes.map(({ id }) => id), ...names.map(functionChangeId)];
}

/**
 * Observes and plans again; correct is what leaves nothing to plan. Looks more than once only where
 * `patient`: after a failure there is something left for sure. Throws what observing throws.
 */
export async function verify(
  aws: Aws,
  seen: Observation,
  touched: Touched,
  planOf: (observation: Observation) => Plan,
  { clock, signal }: Waiting,
  { decided, complete }: Claim,
): Promise<Verification> {
  let last = touched;
  for (let look = 0; ; look += 1) {
    const observation = await observeAgain(aws, seen, last);
    const plan = planOf(observation);
    const delay = complete ? LOOK_AGAIN[look] : undefined;
    const problems = remaining(
      plan,
      observation.observed.functions.map(({ lambda }) => lambda),
      decided,
    );
    if (problems.length === 0 || delay === undefined || signal.aborted) {
      return { observation, plan, problems, remaining: remainingIds(plan, decided) };
    }
    await clock.sleep(delay * 1000, signal);
    last = allToRead(touched);
  }
}
