import { blocked, stages, unknown } from './finding.js';
import type { FunctionPlace } from './network.js';
import type { PreparedNetwork } from './prepared.js';
import { parseRange, type Range } from './range.js';
import { serviceLines } from './service-lines.js';
import { addressOf } from './standing.js';
import { lineFrom, lineTo } from './standing-lines.js';
import { anywhere, cannotSend, publicRange, type Start, travel } from './travel.js';
import type {
  AddressDestination,
  Destination,
  Family,
  GroupDestination,
  InternetDestination,
  Line,
  Question,
  Verdict,
} from './verdict.js';

/**
 * Whether a function reaches a destination, from each of its subnets; the meaning is in docs/reach.md. A pure
 * function of its arguments, for any number of questions on one prepared network. Throws a RangeError for a
 * destination whose address is broken, and for a function without subnets.
 */
export function judge(prepared: PreparedNetwork, { place, destination }: Question): Verdict {
  const lines = place.subnetIds.flatMap((id) => linesFrom(prepared, place, id, destination));
  if (lines.length === 0) throw new RangeError('a function without subnets');
  return { status: agreement(lines.map(({ outcome }) => outcome.status)), lines };
}

/** Several judgements as one. */
export function agreement(statuses: readonly Verdict['status'][]): Verdict['status'] {
  const found = new Set(statuses);
  if (found.has('partly') || (found.has('reachable') && found.has('blocked'))) return 'partly';
  if (found.has('unknown')) return 'unknown';
  return found.has('reachable') ? 'reachable' : 'blocked';
}

function linesFrom(
  prepared: PreparedNetwork,
  place: FunctionPlace,
  subnetId: string,
  destination: Destination,
): readonly Line[] {
  const subnet = prepared.subnets.get(subnetId);
  if (subnet === undefined) {
    const { result } = unknown(stages.family, 'UNKNOWN_RESOURCE', { kind: 'subnet', id: subnetId });
    return [{ subnetId, zone: undefined, target: undefined, outcome: result }];
  }
  const start = { prepared, place, subnet };
  switch (destination.kind) {
    case 'service':
      return serviceLines(start, destination);
    case 'group':
      return groupLines(start, destination);
    case 'address':
      return [addressLine(start, destination)];
    case 'internet':
      return [internetLine(start, destination)];
  }
}

function addressLine(start: Start, { cidr, protocol, port }: AddressDestination): Line {
  const range = parseRange(cidr);
  if (range === undefined) throw new RangeError(`${cidr} is no address range`);
  const { family } = range;
  if (isEverything(range)) return internetLine(start, { kind: 'internet', family, protocol, port });
  const naming = { peer: { kind: 'cidr' as const, value: cidr }, cidr };
  const heading = {
    protocol,
    port,
    aim: 'address' as const,
    naming,
    ranges: [range] as const,
    target: undefined,
  };
  return lineFrom(start, travel(start, heading).outcome);
}

const bits: Readonly<Record<Family, bigint>> = { ipv4: 32n, ipv6: 128n };

const isEverything = ({ family, first, last }: Range): boolean =>
  first === 0n && last === (1n << bits[family]) - 1n;

function internetLine(start: Start, { family, protocol, port }: InternetDestination): Line {
  const cidr = anywhere[family];
  const naming = { peer: { kind: 'cidr' as const, value: cidr }, cidr };
  const ranges = [publicRange(family)] as const;
  return lineFrom(
    start,
    travel(start, { protocol, port, aim: 'internet', naming, ranges, target: undefined }).outcome,
  );
}

function groupLines(start: Start, destination: GroupDestination): readonly Line[] {
  const { groupId, family } = destination;
  const refusal = cannotSend(start, family);
  if (refusal !== undefined) return [lineFrom(start, refusal.result)];
  const { wearers, network } = start.prepared;
  const members = (wearers.get(groupId) ?? []).filter((member) => addressOf(member, family) !== undefined);
  if (members.length > 0) return members.map((member) => lineTo(start, member, destination));
  const component = { kind: 'security-group' as const, id: groupId };
  const { result } =
    network.interfaces === undefined
      ? unknown(stages.names, 'UNKNOWN_RESOURCE', component)
      : blocked(stages.names, 'NO_SOURCE_OR_DESTINATION', component, { kind: 'use-other-destination' });
  return [lineFrom(start, result)];
}
