import type { IpPermission, UserIdGroupPair } from '@aws-sdk/client-ec2';
import type { Id, Later } from '../aws/call.js';
import { isRef } from '../aws/call.js';
import type { GroupRule, Peer, Vpc } from '../model/observed.js';

/** IANA protocol numbers that AWS answers in place of names. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/** Name of a protocol that AWS gives as name or number; `all` for `-1`. */
export function protocolName(protocol: string): string {
  return PROTOCOLS[protocol] ?? protocol;
}

function portsOf(permission: IpPermission, protocol: string): GroupRule['ports'] {
  const { FromPort: from, ToPort: to } = permission;
  if (protocol === 'all' || from === undefined || from < 0) return undefined;
  if (protocol.startsWith('icmp')) return { from, to: to ?? -1 };
  return from === 0 && to === 65_535 ? undefined : { from, to: to ?? from };
}

/** A group's id, with its account where that is not the owner of the rule: AWS finds it by both only. */
function peerGroup(pair: UserIdGroupPair, ownerId: string | undefined): string {
  const peered = ownerId === undefined ? pair.VpcPeeringConnectionId !== undefined : pair.UserId !== ownerId;
  const foreign = pair.UserId !== undefined && peered;
  return foreign ? `${pair.UserId}/${pair.GroupId ?? ''}` : (pair.GroupId ?? '');
}

/** Takes one permission of AWS's apart into rules with one peer each; `ownerId` is the account of the group. */
export function toRules(permission: IpPermission, ownerId?: string): GroupRule[] {
  const protocol = protocolName(permission.IpProtocol ?? '-1');
  const ports = portsOf(permission, protocol);
  const rule = (
    kind: Peer['kind'],
    value: string | undefined,
    description: string | undefined,
  ): GroupRule => ({
    protocol,
    ports,
    peer: { kind, value: value ?? '' },
    description: description ?? '',
  });
  return [
    ...(permission.IpRanges ?? []).map((range) => rule('cidr', range.CidrIp, range.Description)),
    ...(permission.Ipv6Ranges ?? []).map((range) => rule('cidr', range.CidrIpv6, range.Description)),
    ...(permission.UserIdGroupPairs ?? []).map((pair) =>
      rule('group', peerGroup(pair, ownerId), pair.Description),
    ),
    ...(permission.PrefixListIds ?? []).map((list) =>
      rule('prefix-list', list.PrefixListId, list.Description),
    ),
  ];
}

/** A rule whose peer group may not exist yet. */
export interface WantedRule extends Omit<GroupRule, 'peer'> {
  readonly peer: { readonly kind: Peer['kind']; readonly value: Id };
}

function groupPair(value: Id): Later<UserIdGroupPair> {
  const account = typeof value === 'string' ? /^(\d{12})\/(.+)$/.exec(value) : null;
  return account ? { UserId: account[1] ?? '', GroupId: account[2] ?? '' } : { GroupId: value };
}

function peersOf({ peer, description }: WantedRule): Later<IpPermission> {
  const { kind, value } = peer;
  const described = description ? { Description: description } : {};
  if (kind === 'group') return { UserIdGroupPairs: [{ ...groupPair(value), ...described }] };
  if (kind === 'prefix-list') return { PrefixListIds: [{ PrefixListId: value, ...described }] };
  return typeof value === 'string' && value.includes(':')
    ? { Ipv6Ranges: [{ CidrIpv6: value, ...described }] }
    : { IpRanges: [{ CidrIp: value, ...described }] };
}

/** What AWS calls all ports, or all ICMP types and codes. */
const ALL: Readonly<Record<string, readonly [number, number]>> = {
  tcp: [0, 65_535],
  udp: [0, 65_535],
  icmp: [-1, -1],
  icmpv6: [-1, -1],
};

/** Converts a rule into AWS's permission. */
export function toPermission(rule: WantedRule): Later<IpPermission> {
  const IpProtocol = rule.protocol === 'all' ? '-1' : rule.protocol;
  const [from, to] = rule.ports ? [rule.ports.from, rule.ports.to] : (ALL[rule.protocol] ?? []);
  const range = from === undefined || to === undefined ? {} : { FromPort: from, ToPort: to };
  return { IpProtocol, ...range, ...peersOf(rule) };
}

/** What makes two rules the same to AWS: everything but the description. */
export function ruleKey(rule: WantedRule): string {
  const { value } = rule.peer;
  const peer = isRef(value) ? `ref ${value.ref}` : value.replace(/^\d{12}\//, '');
  const [from, to] = ALL[rule.protocol] ?? [];
  const all = rule.ports === undefined || (rule.ports.from === from && rule.ports.to === to);
  const ports = all ? 'all' : `${rule.ports?.from}-${rule.ports?.to}`;
  return `${rule.protocol} ${ports} ${peer}`;
}

function trafficText({ protocol, ports }: WantedRule): string {
  if (protocol === 'all') return 'all traffic';
  if (protocol.startsWith('icmp')) return ports ? `${protocol} type ${ports.from}` : protocol;
  if (ports === undefined) return ALL[protocol] ? `${protocol} all ports` : `protocol ${protocol}`;
  return `${protocol} ${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
}

/** A rule for people: `tcp 443 to sg-0a1b`; a group that is not there yet is told by its change. */
export function describeRule(rule: WantedRule, direction: 'from' | 'to'): string {
  const { value } = rule.peer;
  const peer = isRef(value) ? `the new ${value.ref.split('/')[1]} group` : value;
  return `${trafficText(rule)} ${direction} ${peer}`;
}

/** Rules for people, sorted. */
export function rulesText(rules: readonly WantedRule[], direction: 'from' | 'to'): string[] {
  return rules.map((rule) => describeRule(rule, direction)).sort();
}

/** Prefix of the description of every rule this action makes; it tells ours from others'. */
const OURS = 'vpc-lambda-action: ';

/** What a rule of ours is for. */
export type RulePurpose = 'endpoints' | 'gateway' | 'egress' | 'file system' | 'DNS' | 'peer';

/** Description of a rule of ours; AWS allows up to 255 characters of a small set. */
export function ourDescription(purpose: RulePurpose): string {
  return `${OURS}${purpose}`;
}

/** What a rule is for, when it is ours. */
export function purposeOf(rule: GroupRule): string | undefined {
  return rule.description.startsWith(OURS) ? rule.description.slice(OURS.length) : undefined;
}

/** Whether this is the rule AWS gives every new group: everything to everywhere, without a description. */
export function isDefaultEgress(rule: GroupRule): boolean {
  return (
    rule.protocol === 'all' && rule.description === '' && ['0.0.0.0/0', '::/0'].includes(rule.peer.value)
  );
}

/** What AWS puts into a new group: all IPv4, and all IPv6 where the VPC has such a range. */
export function defaultEgress({ ipv6Cidrs }: Pick<Vpc, 'ipv6Cidrs'>): GroupRule[] {
  const everywhere = ['0.0.0.0/0', ...(ipv6Cidrs.length > 0 ? ['::/0'] : [])];
  return everywhere.map((value) => ({
    protocol: 'all',
    ports: undefined,
    peer: { kind: 'cidr', value },
    description: '',
  }));
}
