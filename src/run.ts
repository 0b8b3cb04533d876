import { completes, continues, isAdopted, isOutdated, merged, settledMeanwhile } from './apply/again.js';
import { type Applied, apply } from './apply/apply.js';
import type { Tell } from './apply/events.js';
import { movedBy, touchedBy } from './apply/touched.js';
import type { Aws } from './aws/call.js';
import type { Identity, Inputs } from './model/desired.js';
import type { ChangeResult, Plan } from './model/plan.js';
import { type Problem, RunError } from './model/problem.js';
import type { RunRecord } from './model/run.js';
import { type AdviceReads, adviceReads } from './observe/advice-reads.js';
import { type FirstWave, firstWave } from './observe/first-wave.js';
import { readOutside } from './observe/outside.js';
import { type AdviceQuestion, addAdvice, isAdviceOpen, type Observation, observe } from './observe.js';
import { NO_COST } from './plan/cost.js';
import { asksNothing, lookPlan } from './plan/look.js';
import { blockedFunctions, isBlocked, makePlan, type Targets } from './plan/make-plan.js';
import { looksOutside, planOutside } from './plan/outside.js';
import { areMovesOpen } from './plan/record.js';
import { untilQuiet } from './quiet.js';
import { managedGroup } from './resolve/groups.js';
import { resolveTarget } from './resolve/target.js';
import { lacksPolicy } from './resources/execution-role.js';
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

class Story {
  private observation: Observation | undefined;
  private plan: Plan | undefined;
  private results: readonly ChangeResult[] = [];
  private problems: readonly Problem[] = [];
  private endpointIds: readonly string[] = [];
  private remaining: readonly string[] = [];

  private readonly reads: AdviceReads;

  constructor(private readonly setup: Setup) {
    this.reads = adviceReads(setup.inputs.advice, setup.mode);
  }

  private readonly planOf = ({ observed, vpc, leftOut, price }: Observation): Plan => {
    const { inputs, identity, mode } = this.setup;
    const { functions, ...network } = observed;
    const [first, ...others] = functions.map((facts) =>
      resolveTarget(inputs.desired, { ...network, ...facts }, vpc, identity, inputs.region),
    );
    if (first === undefined) throw new Error('nothing was read of any function');
    const planAs = (targets: Targets): Plan =>
      makePlan(targets, leftOut, price?.ok ? price.value : undefined);
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
    const wanted = { reads: this.reads, reach: !mode.writes || this.reads === 'all' };
    return this.quiet(await observe(aws, inputs.desired, read, wanted));
  }

  /** What there may be to read about a plan. */
  private questionOf(seen: Observation, plan: Plan): AdviceQuestion {
    const { desired } = this.setup.inputs;
    const names = seen.observed.functions.map(({ lambda }) => lambda.name);
    const { resourceName, vpcId } = plan.subject;
    const managed = managedGroup(seen.observed.groups, resourceName, vpcId);
    // Where an earlier run was stopped amid its moves, any of the functions may still be on its way.
    const moved = areMovesOpen(managed?.tags) ? new Set(names) : movedBy(plan);
    return { desired, reads: this.reads, plan, moved };
  }

  private async advised(seen: Observation, plan: Plan): Promise<Observation> {
    return this.quiet(await addAdvice(this.setup.aws, seen, this.questionOf(seen, plan)));
  }

  private async look(): Promise<Plan> {
    const { aws, inputs, mode } = this.setup;
    const { desired, region } = inputs;
    const first = await firstWave(aws, desired);
    if (!mode.writes && looksOutside(desired, first.lambdas)) {
      return planOutside(desired, { ...first, region, ...(await readOutside(aws, desired)) });
    }
    return this.planFrom(await this.observe(first));
  }

  /** Whether a verdict on a role rests on more than its attached policies. */
  private verifiesRoles({ observed }: Observation): boolean {
    return this.setup.inputs.desired.iamPolicy === 'verify' && observed.functions.some(lacksPolicy);
  }

  /** Plans; what only the plan shows to be worth reading is read then, and planned with. */
  private async planFrom(first: Observation): Promise<Plan> {
    const { autoEndpoints } = this.setup.inputs.desired;
    let seen = first;
    this.observation = seen;
    let plan = this.planOf(seen);
    if (plan.changes.length > 0 || this.reads === 'all' || autoEndpoints || this.verifiesRoles(seen)) {
      // Without the roles' documents `auto` stands for nothing yet: its changes are none to advise on.
      seen = await this.advised(seen, autoEndpoints ? { ...plan, changes: [], cost: NO_COST } : plan);
      plan = this.planOf(seen);
    }
    if (isAdviceOpen(seen, this.questionOf(seen, plan))) {
      seen = await this.advised(seen, plan);
      plan = this.planOf(seen);
    }
    this.observation = seen;
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
    const applied = await this.applyAll(plan);
    const verified = await this.verifyAll(plan, applied);
    this.problems = [...this.results.flatMap(({ problem }) => (problem ? [problem] : [])), ...this.problems];
    const complete = verified && blockedFunctions(plan).size === 0;
    return this.record(outcomeOfApply(this.results, complete), verified);
  }

  /** Applies, and plans again where another run or somebody else had a hand in it. */
  private async applyAll(plan: Plan): Promise<Applied> {
    const { aws, waiting, tell } = this.setup;
    let applied = await apply(plan, { aws, waiting, tell, earlier: [] });
    this.results = applied.results;
    let { lambdas, endpoints } = applied;
    for (let round = 1; round < MAX_ROUNDS && !waiting.signal.aborted; round += 1) {
      const next = await this.planAgain(plan, applied.results);
      if (next === undefined) break;
      applied = await apply(next, { aws, waiting, tell, earlier: this.results });
      this.results = merged(settledMeanwhile(this.results, plan, next), applied.results);
      lambdas = new Map([...lambdas, ...applied.lambdas]);
      // Another run has a hand in the endpoints: they are read again.
      endpoints = new Map();
    }
    return { results: this.results, lambdas, endpoints };
  }

  /** The rest of a plan, where it has to be made anew: only what was decided goes on. */
  private async planAgain(plan: Plan, results: readonly ChangeResult[]): Promise<Plan | undefined> {
    const { tell } = this.setup;
    const outdated = isOutdated(results);
    if (!outdated && !isAdopted(results)) return undefined;
    const text = outdated ? 'changed by someone else; planning again' : 'made by another run; planning again';
    tell({ subject: 'plan', text });
    const next = await this.planFrom(await this.observe());
    const goesOn = outdated ? continues(plan, this.results, next) : completes(plan, next);
    return goesOn && !isBlocked(next) ? next : undefined;
  }

  private async verifyAll(plan: Plan, applied: Applied): Promise<boolean> {
    const { aws, waiting } = this.setup;
    const complete = this.results.every(({ status }) => status === 'applied' || status === 'exists');
    if (waiting.signal.aborted) this.problems = [STOPPED];
    if (this.observation === undefined || waiting.signal.aborted) return false;
    const again = await verify(
      aws,
      this.observation,
      touchedBy(plan, applied, this.results),
      this.planOf,
      waiting,
      {
        decided: plan,
        complete,
      },
    );
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
