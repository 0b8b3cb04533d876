import type { GroupRule, Network, SubnetNetwork } from '../../../src/network/network.js';
import { holds } from './address.js';
import type { Laws } from './laws.js';
import { type Mark, stopped, unsure } from './opinion.js';
import { fits, type Packet, type Standing } from './packet.js';
import { firstOf, groupOf, prefixListOf, subnetAt, vpcCidrs } from './world.js';

/** Carries a packet through the ACL of a subnet; undefined where it passes. */
export function throughAcl(
  network: Network,
  laws: Laws,
  stage: number,
  subnet: SubnetNetwork,
  egress: boolean,
  packet: Packet,
): Mark | undefined {
  const component = { kind: 'network-acl', id: subnet.aclId } as const;
  const acl = network.acls.find((one) => one.id === subnet.aclId);
  if (acl === undefined) return unsure(stage, 'UNKNOWN_RESOURCE', component);
  const entry = laws.decidingEntry(acl, egress, packet);
  if (entry === 'no-acl' || entry?.allow === true) return undefined;
  const rule = entry === undefined || entry.number > 32766 ? '*' : String(entry.number);
  return stopped(stage, 'SUBNET_ACL_RESTRICTION', component, rule);
}

/** What a security group looks at. */
export interface Check {
  readonly direction: 'ingress' | 'egress';
  /** Groups that filter. */
  readonly own: readonly string[];
  /** Groups of the other end; undefined where nobody knows what stands there. */
  readonly other: readonly string[] | undefined;
  /** Whether the other end may be in another VPC, whose groups are not described here. */
  readonly foreign: boolean;
  readonly packet: Packet;
}

/** The rules of the groups that match by protocol and port, each with its group. */
function fitting(network: Network, check: Check): { groupId: string; rule: GroupRule }[] {
  return check.own.flatMap((groupId) =>
    (groupOf(network, groupId)?.[check.direction] ?? [])
      .filter((rule) => fits(rule, check.packet))
      .map((rule) => ({ groupId, rule })),
  );
}

/** Whether the rule's peer is the other end by its address, or by its group. */
function admits(network: Network, check: Check, rule: GroupRule): 'address' | 'group' | undefined {
  const { kind, value } = rule.peer;
  const end = check.direction === 'egress' ? check.packet.destination : check.packet.source;
  if (kind === 'group') return check.other?.includes(value) ? 'group' : undefined;
  const cidrs = kind === 'cidr' ? [value] : (prefixListOf(network, value)?.cidrs ?? []);
  return cidrs.some((cidr) => holds(cidr, end)) ? 'address' : undefined;
}

/** The group that a path names: the first that admits by a group, else the first that admits by the address. */
export function admittingGroup(network: Network, check: Check): string | undefined {
  const rules = fitting(network, check).map(({ groupId, rule }) => ({
    groupId,
    by: admits(network, check, rule),
  }));
  const ids = (by: string) => rules.filter((one) => one.by === by).map((one) => one.groupId);
  return firstOf(ids('group')) ?? firstOf(ids('address'));
}

/** What might admit the packet, if only it were described. */
function doubt(network: Network, stage: number, check: Check): Mark | undefined {
  const hidden = firstOf(check.own.filter((id) => groupOf(network, id) === undefined));
  if (hidden !== undefined) return unsure(stage, 'UNKNOWN_RESOURCE', { kind: 'security-group', id: hidden });
  const peers = fitting(network, check).map(({ rule }) => rule.peer);
  const values = (kind: string) => peers.filter((peer) => peer.kind === kind).map((peer) => peer.value);
  const list = firstOf(values('prefix-list').filter((id) => prefixListOf(network, id) === undefined));
  if (list !== undefined) return unsure(stage, 'UNKNOWN_RESOURCE', { kind: 'prefix-list', id: list });
  if (check.other === undefined && values('group').length > 0) {
    const id = subnetAt(network, check.packet.destination)?.id ?? '';
    return unsure(stage, 'UNKNOWN_DESTINATION', { kind: 'subnet', id });
  }
  const foreign = firstOf(
    values('group').filter((id) => check.foreign && groupOf(network, id) === undefined),
  );
  return foreign === undefined
    ? undefined
    : unsure(stage, 'UNKNOWN_RESOURCE', { kind: 'security-group', id: foreign });
}

/** Carries a packet through the rules of all groups of an interface; undefined where it passes. */
export function throughGroups(network: Network, stage: number, check: Check): Mark | undefined {
  if (admittingGroup(network, check) !== undefined) return undefined;
  const unclear = doubt(network, stage, check);
  if (unclear !== undefined) return unclear;
  const empty = check.own.every((id) => groupOf(network, id)?.[check.direction].length === 0);
  const component = { kind: 'security-group', id: firstOf(check.own) ?? '' } as const;
  return stopped(stage, empty ? 'SG_HAS_NO_RULES' : 'ENI_SG_RULES_MISMATCH', component);
}

/** The check of the function's groups on a packet that leaves. */
export function leaving(
  network: Network,
  own: readonly string[],
  packet: Packet,
  standing: Standing | undefined,
  asAddress: boolean,
): Check {
  const inSubnet = subnetAt(network, packet.destination) !== undefined;
  const outside = !vpcCidrs(network).some((cidr) => holds(cidr, packet.destination));
  return {
    direction: 'egress',
    own,
    other: standing?.groupIds ?? (inSubnet ? undefined : []),
    foreign: outside && asAddress && standing === undefined,
    packet,
  };
}

/** The check of a destination's groups on a packet that arrives. */
export function arriving(standing: Standing, packet: Packet, functionGroups: readonly string[]): Check {
  return { direction: 'ingress', own: standing.groupIds, other: functionGroups, foreign: false, packet };
}
