import { type Action, type Aws, type Call, isRef, type Output } from '../aws/call.js';
import { classify } from '../aws/errors.js';
import type { AwsProblem } from '../model/problem.js';
import type { Waiting } from '../settle.js';
import { adopt, type KnownCall } from './adopt.js';
import { refusalIn } from './answered.js';
import type { Tell } from './events.js';
import { patienceFor } from './retries.js';

/** What a call gave: ids of what it made, or the problem. */
export type Sent =
  | {
      readonly ok: true;
      readonly ids: Readonly<Record<string, string>>;
      readonly existed: boolean;
      readonly answer: unknown;
    }
  | { readonly ok: false; readonly problem: AwsProblem };

/** What a call is sent with. */
export interface Sending {
  readonly aws: Aws;
  readonly waiting: Waiting;
  readonly tell: Tell;
  /** Id of the change, for the log. */
  readonly subject: string;
  /** The value a reference stands for by now. */
  readonly lookUp: (ref: string, field: string) => string | undefined;
  readonly policyIsNew: () => boolean;
  /** Ids that an earlier round of the run made. */
  readonly madeBefore: readonly string[];
}

/** Replaces every reference in an input by the id it stands for. */
function known(value: unknown, lookUp: Sending['lookUp']): unknown {
  if (isRef(value)) return lookUp(value.ref, value.field);
  if (Array.isArray(value)) return value.map((inner) => known(inner, lookUp));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner, lookUp)]));
}

/** The call as AWS will get it. */
export function knownCall(call: Call, lookUp: Sending['lookUp']): KnownCall {
  return known(call, lookUp) as KnownCall;
}

function idsOf(answer: Output<Action>): Record<string, string> {
  const ids: Record<string, string> = {};
  if ('GroupId' in answer && typeof answer.GroupId === 'string') ids.GroupId = answer.GroupId;
  if ('VpcEndpoint' in answer && answer.VpcEndpoint?.VpcEndpointId)
    ids.VpcEndpointId = answer.VpcEndpoint.VpcEndpointId;
  return ids;
}

/** The resource a call is about, for messages. */
function resourceOf({ input }: KnownCall): string {
  const fields: Record<string, unknown> = { ...input };
  const names = ['FunctionName', 'RoleName', 'VpcEndpointId', 'GroupId', 'GroupName', 'ServiceName', 'VpcId'];
  const found = names.map((name) => fields[name]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : '*';
}

async function sendOnce(call: KnownCall, { aws }: Sending): Promise<Sent> {
  try {
    const answer = await aws.send(call.action, call.input as never);
    const refusal = refusalIn(call.action, answer);
    if (refusal) throw refusal;
    return { ok: true, ids: idsOf(answer), existed: false, answer };
  } catch (error) {
    const problem = classify(error, call.action, resourceOf(call));
    // What is to be revoked and is gone already is as it should be, but one rule may stand for a batch.
    const gone =
      call.action.startsWith('ec2:RevokeSecurityGroup') && problem.awsCode === 'InvalidPermission.NotFound';
    return { ok: false, problem: gone ? { ...problem, kind: 'exists' } : problem };
  }
}

/** The read by which an existing resource is looked at. */
function lookOf(action: Action): Action {
  return action === 'ec2:CreateVpcEndpoint' ? 'ec2:DescribeVpcEndpoints' : 'ec2:DescribeSecurityGroups';
}

type Next = { readonly sent: Sent } | { readonly again: KnownCall };

async function onExists(call: KnownCall, problem: AwsProblem, sending: Sending): Promise<Next> {
  try {
    const adoption = await adopt(sending.aws, call);
    if (adoption.how === 'adopted') {
      return { sent: { ok: true, ids: adoption.ids, existed: true, answer: undefined } };
    }
    if (adoption.how === 'rest') return { again: adoption.call };
    return adoption.how === 'none' ? { again: call } : { sent: { ok: false, problem } };
  } catch (error) {
    return { sent: { ok: false, problem: classify(error, lookOf(call.action), resourceOf(call)) } };
  }
}

/** Ids in a call that this run made itself. */
function ownIds(planned: Call, { lookUp, madeBefore }: Sending): string[] {
  const refs = [...JSON.stringify(planned.input).matchAll(/"ref":"([^"]+)","field":"([^"]+)"/g)];
  const made = refs.map(([, ref = '', field = '']) => lookUp(ref, field)).filter((id) => id !== undefined);
  return [...made, ...madeBefore];
}

/** Waits before the next try of a call; false when the error counts after all. */
async function waitOut(
  problem: AwsProblem,
  attempt: number,
  started: number,
  sending: Sending,
  own: readonly string[],
) {
  const { waiting, tell, subject } = sending;
  const patience = patienceFor({
    problem,
    policyIsNew: sending.policyIsNew(),
    namesOwnWork: own.some((id) => problem.message.includes(id)),
  });
  const waited = (waiting.clock.now() - started) / 1000;
  if (patience === undefined || waited >= patience.seconds || waiting.budget.left() <= 0) return false;
  const delay = Math.min(
    (patience.delays[Math.min(attempt, patience.delays.length - 1)] ?? 5) * 1000,
    waiting.budget.left(),
  );
  tell({ subject, text: `${patience.reason}; next try in ${Math.ceil(delay / 1000)} s` });
  await waiting.budget.during(() => waiting.clock.sleep(delay, waiting.signal));
  return !waiting.signal.aborted;
}

/**
 * Sends one write of a change: adopts what exists, waits out what passes by itself (see retries.ts),
 * never throws. Nothing is sent once the run is cancelled.
 */
export async function sendCall(planned: Call, sending: Sending): Promise<Sent> {
  const own = ownIds(planned, sending);
  const started = sending.waiting.clock.now();
  let call = knownCall(planned, sending.lookUp);
  for (let attempt = 0; ; attempt += 1) {
    const sent = await sendOnce(call, sending);
    if (sent.ok) return sent;
    if (sent.problem.kind === 'exists') {
      const next = await onExists(call, sent.problem, sending);
      if ('sent' in next) return next.sent;
      const narrowed = next.again !== call;
      call = next.again;
      if (narrowed && !sending.waiting.signal.aborted) continue;
    }
    if (!(await waitOut(sent.problem, attempt, started, sending, own))) return sent;
  }
}
