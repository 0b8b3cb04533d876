import { blocked, type Finding, outcomeOf, type Ranked, stages } from './finding.js';
import { follow } from './follow.js';
import type { FunctionPlace } from './network.js';
import type { PreparedNetwork, PreparedSubnet } from './prepared.js';
import { parseRange, type Range } from './range.js';
import type { Standing } from './standing.js';
import type { Naming, Trip } from './trip.js';
import type { Blocked, Family, Protocol } from './verdict.js';

/** A function in one of its subnets. */
export interface Start {
  readonly prepared: PreparedNetwork;
  readonly place: FunctionPlace;
  readonly subnet: PreparedSubnet;
}

/** Where packets go. */
export interface Heading {
  readonly protocol: Protocol;
  readonly port: number;
  readonly aim: Trip['aim'];
  readonly naming: Naming;
  /** Of one family. */
  readonly ranges: readonly [Range, ...(readonly Range[])];
  /** The interface at all of these addresses; undefined where the addresses tell. */
  readonly target: Standing | undefined;
}

/** Every address of a family. */
export const anywhere: Readonly<Record<Family, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** A public address that only wide rules, entries and routes hold: of documentation (RFC 5737, RFC 3849). */
const publicAddress: Readonly<Record<Family, string>> = { ipv4: '203.0.113.1', ipv6: '2001:db8::1' };

/** {@link publicAddress} as a range. */
export function publicRange(family: Family): Range {
  const range = parseRange(publicAddress[family]);
  if (range === undefined) throw new RangeError(`${publicAddress[family]} is no address`);
  return range;
}

/** Why a function in the subnet cannot send packets of the family; undefined where it can. */
export function cannotSend({ place, subnet }: Start, family: Family): Finding<Blocked> | undefined {
  if (family === 'ipv6' && !place.ipv6) {
    const lambda = { kind: 'function' as const, id: 'lambda' };
    return blocked(stages.family, 'FUNCTION_IPV6_OFF', lambda, { kind: 'enable-function-ipv6' });
  }
  if (subnet[family] !== undefined) return undefined;
  return lacksFamily(stages.family, subnet.subnet.id, family);
}

/** A subnet without addresses of the family. */
export function lacksFamily(stage: 1 | 2, subnetId: string, family: Family): Finding<Blocked> {
  const change = { kind: 'add-subnet-family' as const, subnetId, family };
  return blocked(stage, 'SUBNET_FAMILY_MISMATCH', { kind: 'subnet', id: subnetId }, change);
}

/** The outcome for all packets from the start to the heading. */
export function travel(start: Start, heading: Heading): Ranked {
  const [{ family, first }] = heading.ranges;
  const refusal = cannotSend(start, family);
  const range = start.subnet[family];
  if (refusal !== undefined || range === undefined)
    return outcomeOf(refusal === undefined ? [] : [refusal], first);
  const { prepared, place, subnet } = start;
  const cidr = (family === 'ipv4' ? subnet.subnet.cidr : subnet.subnet.ipv6Cidr) ?? '';
  const { ranges, target, ...rest } = heading;
  const trip: Trip = { ...rest, prepared, groupIds: place.groupIds, from: { subnet, range, cidr } };
  return follow(trip, ranges, target);
}
