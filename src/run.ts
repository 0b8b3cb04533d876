import { completes, continues, isAdopted, isOutdated, merged, settledMeanwhile } from './apply/again.js';
import { type Applied, apply } from './apply/apply.js';
import type { Tell } from './apply/events.js';
import type { Aws } from './aws/call.js';
import type { Identity, Inputs } from './model/desired.js';
import type { ChangeResult, Plan } from './model/plan.js';
import { type Problem, RunError } from './model/problem.js';
import type { RunRecord } from './model/run.js';
import { type FirstWave, firstWave } from './observe/first-wave.js';
import { addAdvice, type Observation, observe, type Planned, type Touched } from './observe.js';
import { takesName } from './plan/effects.js';
import { asksNothing, lookPlan } from './plan/look.js';
import { blockedFunctions, isBlocked, makePlan, type Targets } from './plan/make-plan.js';
import { looksOutside, planOutside } from './plan/outside.js';
import { areMovesOpen } from './plan/record.js';
import { untilQuiet } from './quiet.js';
import { managedGroup } from './resolve/groups.js';
import { resolveTarget } from './resolve/target.js';
import type { Mode } from './runner/mode.js';
import { outcomeOfApply } from './runner/outcome.js';
import type { Waiting } from './settle.js';
import { verify } from './verify.js';

/** What a run works with. */
export interface Setup {
  readonly inputs: Inputs;
  readonly mode: Mode;
  readonly identity: Identity;
  readonly aws: Aws;
  readonly waiting: Waiting;
  readonly tell: Tell;
  /** Told the plan before anything is written. */
  readonly onPlan: (plan: Plan) => void;
  /** Told the stack of what should never happen. */
  readonly onInternalError: (error: unknown) => void;
  /** Requests sent so far. */
  readonly requests: () => number;
  /** IAM actions of the requests sent so far, each once. */
  readonly actions: () => readonly string[];
}

/** How often a plan is made anew because somebody else changed the function meanwhile. */
const MAX_ROUNDS = 3;

const STOPPED: Problem = {
  code: 'cancelled',
  message: 'The run was stopped before it had ended.',
  remedy: 'Run the job again; it continues where it stopped.',
};

/** A mistake of this action's own, told like any other problem so that the report is still written. */
function internalError(error: unknown): Problem {
  return {
    code: 'internal-error',
    message: `The action failed by a mistake of its own: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: 'Run the job again with debug logging, and report the log.',
  };
}

/** Names of the functions that a plan moves. */
function movedBy({ changes }: Plan): Set<string> {
  return new Set(
    changes.flatMap(({ kind, functionName }) => (kind === 'function' ? (functionName ?? []) : [])),
  );
}

const changesRoles = ({ changes }: Plan): boolean => changes.some(({ kind }) => kind === 'execution-role');

const plannedBy = (plan: Plan): Planned => ({
  moved: movedBy(plan),
  roles: changesRoles(plan),
  names: takesName(plan.changes),
});

/** What carrying out a plan may have changed, with the functions as they were read while waiting. */
function touchedBy(plan: Plan, lambdas: Applied['lambdas']): Touched {
  return {
    lambdas: new Map([...movedBy(plan)].map((name) => [name, lambdas.get(name)])),
    roles: changesRoles(plan),
  };
}

class Story {
  private observation: Observation | undefined;
  private plan: Plan | undefined;
  private results: readonly ChangeResult[] = [];
  private problems: readonly Problem[] = [];
  private endpointIds: readonly string[] = [];
  private remaining: readonly string[] = [];

  constructor(private readonly setup: Setup) {}

  private readonly planOf = ({ observed, vpc, leftOut }: Observation): Plan => {
    const { inputs, identity, mode } = this.setup;
    const { functions, ...network } = observed;
    const [first, ...others] = functions.map((facts) =>
      resolveTarget(inputs.desired, { ...network, ...facts }, vpc, identity, inputs.region),
    );
    if (first === undefined) throw new Error('nothing was read of any function');
    const planAs = (targets: Targets): Plan => makePlan(targets, leftOut);
    const plan = planAs([first, ...others]);
    const looks = !mode.writes && asksNothing(inputs.desired);
    return looks ? lookPlan([first, ...others], plan, planAs) : plan;
  };

  /** Waits, where the run writes, until nothing that the plan depends on is on its way. */
  private quiet(seen: Observation): Promise<Observation> {
    const { aws, inputs, mode, waiting, tell } = this.setup;
    return mode.writes ? untilQuiet(aws, seen, inputs.desired, waiting, tell) : Promise.resolve(seen);
  }

  private async observe(first?: FirstWave): Promise<Observation> {
    const { aws, inputs, mode } = this.setup;
    const read = first ?? (await firstWave(aws, inputs.desired));
    return this.quiet(await observe(aws, inputs.desired, read, !mode.writes));
  }

  private async advised(seen: Observation, plan: Plan): Promise<Observation> {
    const { aws, inputs, mode } = this.setup;
    const names = seen.observed.functions.map(({ lambda }) => lambda.name);
    const { resourceName, vpcId } = plan.subject;
    const managed = managedGroup(seen.observed.groups, resourceName, vpcId);
    const planned = plannedBy(plan);
    // Where an earlier run was stopped amid its moves, any of the functions may still be on its way.
    const moved = areMovesOpen(managed?.tags) ? new Set(names) : planned.moved;
    return this.quiet(await addAdvice(aws, seen, inputs.desired, { ...planned, moved }, !mode.writes));
  }

  private async look(): Promise<Plan> {
    const { aws, inputs, mode } = this.setup;
    const { desired, region } = inputs;
    const first = await firstWave(aws, desired);
    if (!mode.writes && looksOutside(desired, first.lambdas)) {
      return planOutside(desired, { ...first, region });
    }
    this.observation = await this.observe(first);
    let plan = this.planOf(this.observation);
    if (plan.changes.length > 0) {
      this.observation = await this.advised(this.observation, plan);
      plan = this.planOf(this.observation);
    }
    return plan;
  }

  record(outcome: RunRecord['outcome'], verified = false): RunRecord {
    const { inputs, mode, requests, actions } = this.setup;
    return {
      outcome,
      dryRun: !mode.writes,
      because: mode.because,
      functionNames: inputs.desired.functions.map(({ name }) => name),
      region: inputs.region,
      plan: this.plan,
      results: this.results,
      problems: this.problems,
      observed: this.observation?.observed,
      vpc: this.observation?.vpc,
      endpointIds: this.endpointIds,
      remaining: this.remaining,
      verified,
      requests: requests(),
      actions: actions(),
    };
  }

  /** Records what stopped the run before its first write. */
  failed(problems: readonly Problem[]): RunRecord {
    this.problems = [...this.problems, ...problems];
    return this.record(this.results.length > 0 ? 'partial' : 'failed');
  }

  async tellAll(): Promise<RunRecord> {
    const plan = await this.look();
    this.plan = plan;
    this.endpointIds = plan.endpointIds;
    this.setup.onPlan(plan);
    const blocked = blockedFunctions(plan).size > 0;
    // What would be refused of an apply blocks a dry run; an apply goes on with the functions that can be served.
    if (isBlocked(plan) || (blocked && !this.setup.mode.writes)) return this.record('blocked');
    if (plan.changes.length === 0) return blocked ? this.record('blocked') : this.record('unchanged', true);
    return this.setup.mode.writes ? this.change(plan) : this.record('planned');
  }

  private async change(plan: Plan): Promise<RunRecord> {
    const lambdas = await this.applyAll(plan);
    const verified = await this.verifyAll(plan, lambdas);
    this.problems = [...this.results.flatMap(({ problem }) => (problem ? [problem] : [])), ...this.problems];
    const complete = verified && blockedFunctions(plan).size === 0;
    return this.record(outcomeOfApply(this.results, complete), verified);
  }

  /** Applies, and plans again where another run or somebody else had a hand in it. */
  private async applyAll(plan: Plan): Promise<Applied['lambdas']> {
    const { aws, waiting, tell } = this.setup;
    let applied = await apply(plan, { aws, waiting, tell, earlier: [] });
    this.results = applied.results;
    let { lambdas } = applied;
    for (let round = 1; round < MAX_ROUNDS && !waiting.signal.aborted; round += 1) {
      const next = await this.planAgain(plan, applied.results);
      if (next === undefined) break;
      applied = await apply(next, { aws, waiting, tell, earlier: this.results });
      this.results = merged(settledMeanwhile(this.results, plan, next), applied.results);
      lambdas = new Map([...lambdas, ...applied.lambdas]);
    }
    return lambdas;
  }

  /** The rest of a plan, where it has to be made anew: only what was decided goes on. */
  private async planAgain(plan: Plan, results: readonly ChangeResult[]): Promise<Plan | undefined> {
    const { tell } = this.setup;
    const outdated = isOutdated(results);
    if (!outdated && !isAdopted(results)) return undefined;
    const text = outdated ? 'changed by someone else; planning again' : 'made by another run; planning again';
    tell({ subject: 'plan', text });
    const seen = await this.observe();
    this.observation = await this.advised(seen, this.planOf(seen));
    const next = this.planOf(this.observation);
    const goesOn = outdated ? continues(plan, this.results, next) : completes(plan, next);
    return goesOn && !isBlocked(next) ? next : undefined;
  }

  private async verifyAll(plan: Plan, lambdas: Applied['lambdas']): Promise<boolean> {
    const { aws, waiting } = this.setup;
    const complete = this.results.every(({ status }) => status === 'applied' || status === 'exists');
    if (waiting.signal.aborted) this.problems = [STOPPED];
    if (this.observation === undefined || waiting.signal.aborted) return false;
    const again = await verify(aws, this.observation, touchedBy(plan, lambdas), this.planOf, waiting, {
      decided: plan,
      complete,
    });
    this.observation = again.observation;
    this.endpointIds = again.plan.endpointIds;
    this.remaining = again.remaining;
    if (complete) this.problems = again.problems;
    return complete && again.problems.length === 0;
  }
}

/** Runs from the first read to the verification. Never throws for what AWS answers; nothing that was done is lost. */
export async function execute(setup: Setup): Promise<RunRecord> {
  const story = new Story(setup);
  try {
    return await story.tellAll();
  } catch (error) {
    if (error instanceof RunError) return story.failed(error.problems);
    setup.onInternalError(error);
    return story.failed([internalError(error)]);
  }
}
