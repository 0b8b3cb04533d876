import { lastEntry } from './acl.js';
import type { BlockCode, UnknownCode } from './codes.js';
import type { Blocked, Change, Component, Note, Outcome, Unknown } from './verdict.js';

/** The order in which a packet and its reply meet what may stop them; the numbers of docs/reach.md. */
export const stages = {
  family: 1,
  names: 2,
  egressGroups: 3,
  sourceAclOut: 4,
  sourceRoute: 5,
  target: 6,
  nextAclIn: 7,
  arrival: 8,
  natAclOut: 9,
  natRoute: 10,
  natTarget: 11,
  replyToNat: 12,
  replyAclOut: 13,
  replyRoute: 14,
  replyAclIn: 15,
} as const;

/** A number of {@link stages}. */
export type Stage = (typeof stages)[keyof typeof stages];

/** What one stage does with the packets that come to it. */
export interface Finding<Result = Passed | Blocked | Unknown> {
  readonly stage: Stage;
  readonly result: Result;
}

/** The packets pass. */
export interface Passed {
  readonly status: 'passed';
  readonly by: readonly Component[];
  readonly notes: readonly Note[];
}

/** The packets pass. */
export function passed(stage: Stage, by: readonly Component[], notes: readonly Note[] = []): Finding {
  return { stage, result: { status: 'passed', by, notes } };
}

/** A packet is stopped. */
export function blocked(
  stage: Stage,
  code: BlockCode,
  component: Component,
  change: Change,
  rule?: string,
): Finding<Blocked> {
  const leg = stage >= stages.replyToNat ? 'reply' : 'request';
  return { stage, result: { status: 'blocked', code, component, rule, leg, change } };
}

/** Something out of sight decides. */
export function unknown(stage: Stage, code: UnknownCode, component: Component): Finding<Unknown> {
  return { stage, result: { status: 'unknown', code, component } };
}

/** An outcome with what orders it among others. */
export interface Ranked {
  readonly outcome: Outcome;
  readonly stage: number;
  /** The lowest destination address that it is about. */
  readonly address: bigint;
}

/** The outcome of packets that go through the findings one after another. */
export function outcomeOf(findings: Iterable<Finding>, address: bigint): Ranked {
  const path: Component[] = [{ kind: 'function', id: 'lambda' }];
  const notes: Note[] = [];
  let doubt: Ranked | undefined;
  for (const { stage, result } of findings) {
    if (result.status === 'blocked') return { outcome: result, stage, address };
    if (result.status === 'unknown') doubt ??= { outcome: result, stage, address };
    else {
      path.push(...result.by);
      notes.push(...result.notes);
    }
  }
  return doubt ?? { outcome: { status: 'reachable', path, notes }, stage: 0, address };
}

const weight = { blocked: 0, unknown: 1, reachable: 2 } as const;

/** The one outcome of all packets: blocked before unknown before reachable, then the first stop. */
export function together(outcomes: readonly [Ranked, ...(readonly Ranked[])]): Ranked {
  const [first] = outcomes.toSorted(
    (a, b) =>
      weight[a.outcome.status] - weight[b.outcome.status] ||
      a.stage - b.stage ||
      (a.address < b.address ? -1 : Number(a.address > b.address)),
  );
  const named = first ?? outcomes[0];
  return outcomes.reduce((best, other) => lowerRule(best, other), named);
}

/** Of two stops by one network ACL, the one by the entry with the lower number. */
function lowerRule(best: Ranked, other: Ranked): Ranked {
  const [a, b] = [best.outcome, other.outcome];
  if (a.status !== 'blocked' || b.status !== 'blocked' || best.stage !== other.stage) return best;
  if (a.component.kind !== 'network-acl' || a.component.id !== b.component.id) return best;
  return entryOrder(b) < entryOrder(a) ? other : best;
}

const entryOrder = ({ rule }: Blocked): number =>
  rule === undefined || rule === lastEntry ? Number.POSITIVE_INFINITY : Number(rule);
