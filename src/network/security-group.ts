import { compareText } from '../text/order.js';
import type { GroupRule, SecurityGroup } from './network.js';
import type { PreparedList } from './prefix-list.js';
import { cover, parseRange, type Range } from './range.js';
import { admitsTraffic, type Traffic } from './traffic.js';
import type { Component } from './verdict.js';

/** A security group whose rules' peers are read. */
export interface PreparedGroup {
  readonly id: string;
  readonly ingress: readonly PreparedRule[];
  readonly egress: readonly PreparedRule[];
}

interface PreparedRule {
  /** The group that it belongs to. */
  readonly groupId: string;
  readonly rule: GroupRule;
  /** Of a CIDR or prefix list; undefined for a group, and for a list that is not described. */
  readonly ranges: readonly Range[] | undefined;
}

type Lists = { get(id: string): PreparedList | undefined };
type Groups = { get(id: string): PreparedGroup | undefined };

/** The other end of a connection, as security groups tell it apart. */
export interface OtherEnd {
  readonly range: Range;
  readonly wears: Wearing;
}

/**
 * Which groups the other end wears: those of an interface; nobody knows, for an address in a subnet without a
 * described interface; those of another network, so that only groups of this network are certain not to be among
 * them; or none.
 */
export type Wearing =
  | { readonly kind: 'groups'; readonly ids: readonly string[] }
  | { readonly kind: 'undescribed'; readonly subnetId: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'none' };

/** What the groups of an interface do with a connection. */
export type Admission =
  | { readonly kind: 'admitted'; readonly groupId: string }
  | { readonly kind: 'refused'; readonly groupId: string; readonly empty: boolean }
  | { readonly kind: 'unknown'; readonly component: Component };

/** Reads the peers of a group's rules. */
export function prepareGroup(group: SecurityGroup, lists: Lists): PreparedGroup {
  const prepared = (rule: GroupRule): PreparedRule => ({
    groupId: group.id,
    rule,
    ranges: rangesOf(rule, lists),
  });
  return { id: group.id, ingress: group.ingress.map(prepared), egress: group.egress.map(prepared) };
}

function rangesOf({ peer }: GroupRule, lists: Lists): readonly Range[] | undefined {
  if (peer.kind === 'group') return undefined;
  if (peer.kind === 'prefix-list') return lists.get(peer.value)?.ranges;
  const range = parseRange(peer.value);
  return range === undefined ? [] : [range];
}

/** Whether the groups, whose rules are one set, admit every packet from or to every address of the other end. */
export function admission(
  groups: Groups,
  groupIds: readonly string[],
  direction: 'ingress' | 'egress',
  traffic: Traffic,
  other: OtherEnd,
): Admission {
  const ids = groupIds.toSorted(compareText);
  const worn = ids.flatMap((id) => groups.get(id) ?? []);
  const rules = worn.flatMap((group) => group[direction].filter(({ rule }) => admitsTraffic(rule, traffic)));
  const whole = rules.find((rule) => matchesGroup(rule, other));
  if (whole !== undefined) return { kind: 'admitted', groupId: whole.groupId };
  if (cover(rangesIn(rules), other.range)) {
    return { kind: 'admitted', groupId: firstThatHolds(rules, other.range) ?? '' };
  }
  const component = outOfSight(groups, ids, rules, other);
  if (component !== undefined) return { kind: 'unknown', component };
  return {
    kind: 'refused',
    groupId: ids[0] ?? '',
    empty: worn.every((group) => group[direction].length === 0),
  };
}

function* rangesIn(rules: readonly PreparedRule[]): Generator<Range> {
  for (const { ranges } of rules) yield* ranges ?? [];
}

const matchesGroup = ({ rule }: PreparedRule, { wears }: OtherEnd): boolean =>
  rule.peer.kind === 'group' && wears.kind === 'groups' && wears.ids.includes(rule.peer.value);

/** The group of the first rule that admits the first of the addresses. */
function firstThatHolds(rules: readonly PreparedRule[], { family, first }: Range): string | undefined {
  const point = { family, first, last: first };
  return rules.find(({ ranges }) => ranges !== undefined && cover(ranges, point))?.groupId;
}

/** What is not described and might admit the packets that nothing described admits; undefined where nothing is. */
function outOfSight(
  groups: Groups,
  ids: readonly string[],
  rules: readonly PreparedRule[],
  { wears }: OtherEnd,
): Component | undefined {
  const group = ids.find((id) => groups.get(id) === undefined);
  if (group !== undefined) return { kind: 'security-group', id: group };
  const list = firstPeer(
    rules,
    ({ rule, ranges }) => rule.peer.kind === 'prefix-list' && ranges === undefined,
  );
  if (list !== undefined) return { kind: 'prefix-list', id: list };
  if (wears.kind === 'elsewhere') {
    const peer = firstPeer(
      rules,
      ({ rule }) => rule.peer.kind === 'group' && groups.get(rule.peer.value) === undefined,
    );
    return peer === undefined ? undefined : { kind: 'security-group', id: peer };
  }
  if (wears.kind !== 'undescribed') return undefined;
  const peer = firstPeer(rules, ({ rule }) => rule.peer.kind === 'group');
  return peer === undefined ? undefined : { kind: 'subnet', id: wears.subnetId };
}

function firstPeer(
  rules: readonly PreparedRule[],
  chosen: (rule: PreparedRule) => boolean,
): string | undefined {
  return rules
    .filter(chosen)
    .map(({ rule }) => rule.peer.value)
    .sort(compareText)[0];
}
