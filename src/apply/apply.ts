import type { Aws } from '../aws/call.js';
import type { LambdaFunction, VpcEndpoint } from '../model/observed.js';
import type { Change, ChangeResult, ChangeStatus, Plan } from '../model/plan.js';
import { dependencies } from '../plan/order.js';
import { denialsOf, roleChangeId } from '../resolve/role-policies.js';
import type { Waiting } from '../settle.js';
import { isAnsweredSettled } from './answered.js';
import { makeEndpointWaiter } from './endpoint-waiter.js';
import type { Tell } from './events.js';
import { makeMoveLimit } from './move-limit.js';
import { sendCall } from './send.js';
import { type Settling, settleChange } from './settle-change.js';

/** What applying needs. */
export interface Applying {
  readonly aws: Aws;
  readonly waiting: Waiting;
  readonly tell: Tell;
  /** What an earlier round of the same run did. */
  readonly earlier: readonly ChangeResult[];
}

/** How every change went, in the plan's order, and what was waited for, as it was last read. */
export interface Applied {
  readonly results: readonly ChangeResult[];
  /** By name. */
  readonly lambdas: ReadonlyMap<string, LambdaFunction>;
  /** By id. */
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
}

type Part = Omit<ChangeResult, 'id' | 'milliseconds'>;

const part = (status: ChangeStatus, parts: Partial<Part> = {}): Part => ({
  status,
  problem: undefined,
  because: undefined,
  wrote: false,
  ids: {},
  ...parts,
});

/** Kinds of errors after which a write may have taken effect all the same. */
const MAYBE: readonly string[] = ['cancelled', 'unreachable', 'unknown'];

const isDone = ({ status }: ChangeResult): boolean => status === 'applied' || status === 'exists';

class Run {
  private readonly started = new Map<string, Promise<ChangeResult>>();
  private readonly finished = new Map<string, ChangeResult>();
  private readonly settling: Settling;
  private readonly moving = makeMoveLimit();
  readonly lambdas = new Map<string, LambdaFunction>();
  readonly endpoints = new Map<string, VpcEndpoint>();

  constructor(
    private readonly plan: Plan,
    private readonly applying: Applying,
  ) {
    const { aws, waiting, tell } = applying;
    this.settling = {
      aws,
      waiting,
      tell,
      waitForEndpoint: makeEndpointWaiter(aws, waiting, tell),
      lookUp: this.lookUp,
      onFunction: (lambda) => {
        this.lambdas.set(lambda.name, lambda);
      },
      onEndpoint: (endpoint) => {
        this.endpoints.set(endpoint.id, endpoint);
      },
    };
  }

  private readonly lookUp = (ref: string, field: string): string | undefined =>
    this.finished.get(ref)?.ids[field];

  /** Starts a change once; whoever depends on it awaits the same promise. */
  run(change: Change): Promise<ChangeResult> {
    const known = this.started.get(change.id);
    if (known !== undefined) return known;
    const running = this.doChange(change);
    this.started.set(change.id, running);
    return running;
  }

  private async doChange(change: Change): Promise<ChangeResult> {
    const wanted = dependencies(change, this.plan.changes);
    const before = await Promise.all(
      this.plan.changes.filter(({ id }) => wanted.includes(id)).map((dependency) => this.run(dependency)),
    );
    const broken = before.find((result) => !isDone(result));
    const because = broken?.status === 'skipped' ? broken.because : broken?.id;
    const result = broken
      ? { id: change.id, ...part('skipped', { because }), milliseconds: 0 }
      : await this.inTurn(change);
    this.finished.set(change.id, result);
    this.tellResult(change, result);
    return result;
  }

  /** Functions are moved a few at a time, everything else as soon as it can be. */
  private inTurn(change: Change): Promise<ChangeResult> {
    const start = async (): Promise<ChangeResult> => {
      const { clock, signal } = this.applying.waiting;
      const started = clock.now();
      const done = signal.aborted ? part('skipped') : await this.carryOut(change);
      return { id: change.id, ...done, milliseconds: clock.now() - started };
    };
    return change.kind === 'function' ? this.moving(start, isDone) : start();
  }

  /** Whether this run changed a policy that a function's move rests on: AWS may not know it everywhere yet. */
  private isPolicyNew({ functionName = '', after }: Change): boolean {
    const fn = this.plan.subject.functions.find(({ name }) => name === functionName);
    const roleName = fn?.roleName ?? '';
    const isDenial = (id: string): boolean => id.startsWith(denialsOf(roleName));
    const { earlier } = this.applying;
    // Of the denials only those count that the move waits for, or that an earlier round wrote.
    const denials = [...after, ...earlier.map(({ id }) => id)].filter(isDenial);
    const ids = [roleChangeId(roleName), ...denials];
    const results = [...earlier, ...this.finished.values()];
    return results.some(({ id, status }) => ids.includes(id) && status === 'applied');
  }

  private async carryOut(change: Change): Promise<Part> {
    const { aws, waiting, tell } = this.applying;
    const { earlier } = this.applying;
    const policyIsNew = () => this.isPolicyNew(change);
    const madeBefore = earlier.flatMap(({ ids }) => Object.values(ids));
    const sending = { aws, waiting, tell, subject: change.id, lookUp: this.lookUp, policyIsNew, madeBefore };
    let ids: Record<string, string> = {};
    let wrote = false;
    let settled = false;
    for (const call of change.calls) {
      const sent = await sendCall(call, sending);
      if (!sent.ok) {
        const maybe = MAYBE.includes(sent.problem.kind);
        return part(maybe ? 'unknown' : 'failed', { problem: sent.problem, wrote: wrote || maybe, ids });
      }
      ids = { ...sent.ids, ...ids };
      wrote ||= !sent.existed;
      settled = isAnsweredSettled(call.action, sent.answer);
    }
    const done = part(wrote ? 'applied' : 'exists', { wrote, ids });
    if (change.settle === undefined || settled) return done;
    this.finished.set(change.id, { id: change.id, ...done, milliseconds: 0 });
    const problem = await settleChange(change.settle, this.settling);
    return problem ? { ...done, status: 'failed', problem } : done;
  }

  private tellResult(change: Change, result: ChangeResult): void {
    const { tell } = this.applying;
    const made = Object.values(result.ids).join(', ');
    const seconds = (result.milliseconds / 1000).toFixed(1);
    const text = {
      applied: `${change.action}d ${made || change.label} in ${seconds} s`,
      exists: `exists already${made ? `: ${made}` : ''}`,
      failed: `failed: ${result.problem?.message ?? ''}`,
      skipped: result.because
        ? `skipped, because ${result.because} failed`
        : 'skipped, because the run was stopped',
      unknown: `unknown: ${result.problem?.message ?? ''}`,
    }[result.status];
    tell({ subject: change.id, text });
  }
}

/**
 * Carries out a plan as wide as its graph allows. A failure skips only what depends on it; nothing new
 * starts once the run is cancelled. Never throws for an AWS failure.
 */
export async function apply(plan: Plan, applying: Applying): Promise<Applied> {
  const run = new Run(plan, applying);
  const results = await Promise.all(plan.changes.map((change) => run.run(change)));
  return { results, lambdas: run.lambdas, endpoints: run.endpoints };
}
