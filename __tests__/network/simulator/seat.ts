import type { FunctionPlace, Network, SubnetNetwork } from '../../../src/network/network.js';
import type { Family, LineTarget, Protocol } from '../../../src/network/verdict.js';
import { addressOf } from './address.js';
import type { Laws } from './laws.js';
import { judgeLine } from './line.js';
import { blocked, type Finding, type OpinionLine, type Stop, unknown } from './opinion.js';
import type { Aim, Standing } from './packet.js';

/** A function in one of its subnets. */
export interface Seat {
  readonly network: Network;
  readonly laws: Laws;
  readonly place: FunctionPlace;
  readonly subnet: SubnetNetwork;
}

/** A connection that is asked for, without where it goes. */
export interface Wish {
  readonly kind: Aim['kind'];
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A line from the seat, to an interface or to something else. */
export function lineOf({ subnet }: Seat, finding: Finding, target?: LineTarget): OpinionLine {
  return { subnetId: subnet.id, zone: subnet.zone, target, finding };
}

/** Stage 1: whether the function has addresses of the family there. */
export function familyStop({ place, subnet }: Seat, family: Family): Stop | undefined {
  if (family === 'ipv6' && !place.ipv6)
    return blocked('FUNCTION_IPV6_OFF', { kind: 'function', id: 'lambda' });
  return cidrOfFamily(subnet, family) === undefined
    ? blocked('SUBNET_FAMILY_MISMATCH', { kind: 'subnet', id: subnet.id })
    : undefined;
}

/** The subnet's CIDR of a family. */
export function cidrOfFamily(subnet: SubnetNetwork, family: Family): string | undefined {
  return family === 'ipv4' ? subnet.cidr : subnet.ipv6Cidr;
}

/** The first address of a family that an interface has. */
export function addressOfFamily(standing: Standing, family: Family): string | undefined {
  return standing.addresses.find((text) => addressOf(text)?.family === family);
}

/** The line to an interface; where its address is not known, to any address of its subnet. */
export function standingLine(seat: Seat, standing: Standing, wish: Wish): OpinionLine {
  const { id, subnetId } = standing;
  const far = seat.network.subnets.find((one) => one.id === subnetId);
  const target: LineTarget = { interfaceId: id, subnetId, zone: far?.zone };
  const component = { kind: 'subnet', id: subnetId } as const;
  const own = addressOfFamily(standing, wish.family);
  if (own === undefined && far === undefined) {
    return lineOf(seat, unknown('UNKNOWN_RESOURCE', component), target);
  }
  const range = own ?? (far === undefined ? undefined : cidrOfFamily(far, wish.family));
  if (range === undefined) return lineOf(seat, blocked('SUBNET_FAMILY_MISMATCH', component), target);
  const { kind, protocol, port } = wish;
  const aim: Aim = { kind, protocol, port, ranges: [range], target: standing };
  return lineOf(seat, judgeLine({ ...seat, aim }), target);
}
