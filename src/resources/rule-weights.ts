import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Later } from '../aws/call.js';
import type { GroupRule, PrefixList } from '../model/observed.js';

/** Rules in one direction of a group, by default; IPv4 and IPv6 count apart (VPC quotas, "Security groups"). */
export const MOST_RULES = 60;

/** How many rules a prefix list of AWS's counts for, by the end of its name (VPC user guide, "AWS-managed prefix lists"). */
const WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/\.cloudfront\.origin-facing$/, 55],
  [/\.ec2-instance-connect$/, 2],
  [/\.groundstation$/, 5],
  [/\.route53-healthchecks$/, 25],
  [/\.s3express$/, 6],
  [/\.vpc-lattice$/, 10],
];

/** One rule or more: a list that was not read, or is a customer's, may count for more than the one told here. */
function weightOf(prefixListId: string, lists: readonly PrefixList[]): number {
  const name = lists.find(({ id }) => id === prefixListId)?.name ?? '';
  return WEIGHTS.find(([pattern]) => pattern.test(name))?.[1] ?? 1;
}

/** The peers of one direction of a group. */
export type Peers = readonly GroupRule['peer'][];

/** How many rules count towards the quota, in the address family that has more; a group counts in both. */
export function countedRules(peers: Peers, lists: readonly PrefixList[]): number {
  const isV6 = ({ kind, value }: GroupRule['peer']): boolean => kind === 'cidr' && value.includes(':');
  const isV4 = (peer: GroupRule['peer']): boolean => peer.kind === 'cidr' && !isV6(peer);
  const weigh = (some: Peers): number =>
    some.reduce((sum, { kind, value }) => sum + (kind === 'prefix-list' ? weightOf(value, lists) : 1), 0);
  return Math.max(weigh(peers.filter((peer) => !isV6(peer))), weigh(peers.filter((peer) => !isV4(peer))));
}

const known = (id: unknown): string => (typeof id === 'string' ? id : '');

/** The peers of rules that are to be added; an id that is not known yet is empty. */
export function peersOf(permission: Later<IpPermission>): Peers {
  const { IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds } = permission;
  return [
    ...(IpRanges ?? []).map(({ CidrIp }) => ({ kind: 'cidr' as const, value: known(CidrIp) })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ kind: 'cidr' as const, value: known(CidrIpv6) })),
    ...(UserIdGroupPairs ?? []).map(({ GroupId }) => ({ kind: 'group' as const, value: known(GroupId) })),
    ...(PrefixListIds ?? []).map((list) => ({
      kind: 'prefix-list' as const,
      value: known(list.PrefixListId),
    })),
  ];
}
