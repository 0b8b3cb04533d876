import type { Network } from '../../../src/network/network.js';
import type { Destination, Family, Question } from '../../../src/network/verdict.js';
import { cidrOf } from './address.js';
import { groupLines } from './group.js';
import { awsLaws, type Laws } from './laws.js';
import { judgeLine } from './line.js';
import { type Opinion, type OpinionLine, overall, unknown } from './opinion.js';
import type { Aim } from './packet.js';
import { familyStop, lineOf, type Seat } from './seat.js';
import { serviceLines } from './service.js';

/** One public address that nothing singles out, of each family (RFC 5737, RFC 3849). */
export const somewhere: Record<Family, string> = { ipv4: '203.0.113.1', ipv6: '2001:db8::1' };

/**
 * A second opinion on whether a function reaches a destination: carries single packets and their replies through
 * the raw route tables, entries and rules, and says what happened to them. Slow, and meant to be obvious.
 */
export function simulate(network: Network, { place, destination }: Question, laws: Laws = awsLaws): Opinion {
  const asked = widest(destination);
  const lines = place.subnetIds.flatMap((subnetId): OpinionLine[] => {
    const subnet = network.subnets.find((one) => one.id === subnetId);
    if (subnet === undefined) {
      const finding = unknown('UNKNOWN_RESOURCE', { kind: 'subnet', id: subnetId });
      return [{ subnetId, zone: undefined, target: undefined, finding }];
    }
    const seat: Seat = { network, laws, place, subnet };
    const stop = familyStop(seat, familyOf(asked));
    return stop === undefined ? linesTo(seat, asked) : [lineOf(seat, stop)];
  });
  return overall(lines);
}

/** All addresses of a family mean the internet. */
function widest(destination: Destination): Destination {
  if (destination.kind !== 'address' || cidrOf(destination.cidr).prefix > 0) return destination;
  const { protocol, port } = destination;
  return { kind: 'internet', family: cidrOf(destination.cidr).family, protocol, port };
}

function familyOf(destination: Destination): Family {
  return destination.kind === 'address' ? cidrOf(destination.cidr).family : destination.family;
}

function linesTo(seat: Seat, destination: Destination): OpinionLine[] {
  const { protocol, port } = destination;
  switch (destination.kind) {
    case 'address': {
      const aim: Aim = { kind: 'address', protocol, port, ranges: [destination.cidr], target: undefined };
      return [lineOf(seat, judgeLine({ ...seat, aim }))];
    }
    case 'internet': {
      const ranges = [somewhere[destination.family]];
      const aim: Aim = { kind: 'internet', protocol, port, ranges, target: undefined };
      return [lineOf(seat, judgeLine({ ...seat, aim }))];
    }
    case 'group':
      return groupLines(seat, destination);
    case 'service':
      return serviceLines(seat, destination, somewhere[destination.family]);
  }
}
