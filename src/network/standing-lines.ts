import { compareText } from '../text/order.js';
import { hostCidr } from './cidr.js';
import { stages, unknown } from './finding.js';
import type { PreparedNetwork } from './prepared.js';
import { firstAddress } from './range.js';
import { addressOf, type Standing } from './standing.js';
import { lacksFamily, type Start, travel } from './travel.js';
import type { Naming } from './trip.js';
import type { Family, Line, LineTarget, Outcome, Protocol } from './verdict.js';

/** What is sent to an interface. */
export interface Sending {
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A line of a subnet that is described. */
export function lineFrom({ subnet: { subnet } }: Start, outcome: Outcome, target?: LineTarget): Line {
  return { subnetId: subnet.id, zone: subnet.zone, target, outcome };
}

/** The line to one interface of the network. */
export function lineTo(start: Start, standing: Standing, sending: Sending): Line {
  return lineFrom(start, outcomeAt(start, standing, sending), targetOf(start.prepared, standing));
}

function targetOf(prepared: PreparedNetwork, { interfaceId, subnetId }: Standing): LineTarget {
  return { interfaceId, subnetId, zone: prepared.subnets.get(subnetId)?.subnet.zone };
}

function outcomeAt(start: Start, standing: Standing, sending: Sending): Outcome {
  const { family, protocol, port } = sending;
  const known = addressOf(standing, family);
  const subnet = start.prepared.subnets.get(standing.subnetId);
  const range = known === 'anywhere' ? subnet?.[family] : known;
  if (range !== undefined) {
    const cidr = known === 'anywhere' ? undefined : hostCidr(firstAddress(range));
    const naming = namingOf(standing, cidr ?? subnetCidr(start.prepared, standing.subnetId, family));
    return travel(start, { protocol, port, aim: 'address', naming, ranges: [range], target: standing })
      .outcome;
  }
  if (subnet === undefined) {
    return unknown(stages.names, 'UNKNOWN_RESOURCE', { kind: 'subnet', id: standing.subnetId }).result;
  }
  return lacksFamily(stages.names, standing.subnetId, family).result;
}

function subnetCidr({ subnets }: PreparedNetwork, subnetId: string, family: Family): string {
  const subnet = subnets.get(subnetId)?.subnet;
  return (family === 'ipv4' ? subnet?.cidr : subnet?.ipv6Cidr) ?? '';
}

function namingOf({ groupIds }: Standing, cidr: string): Naming {
  const [group] = groupIds.toSorted(compareText);
  return {
    peer: group === undefined ? { kind: 'cidr', value: cidr } : { kind: 'group', value: group },
    cidr,
  };
}
