import { acl, arrival, egressGroups, type Hop, hops, replyRoute, route } from './checks.js';
import {
  blocked,
  type Finding,
  outcomeOf,
  passed,
  type Ranked,
  stages,
  together,
  unknown,
} from './finding.js';
import { type Located, locate } from './locate.js';
import type { NatGateway, Route } from './network.js';
import type { PreparedSubnet } from './prepared.js';
import type { Range } from './range.js';
import type { Standing } from './standing.js';
import { componentOf, throughTarget } from './target.js';
import type { Trip } from './trip.js';

/**
 * The outcome for all packets of a trip to all addresses of the ranges, stages 3 to 15. `target` is the interface
 * that they are known to lead to; undefined where the addresses tell.
 */
export function follow(
  trip: Trip,
  ranges: readonly [Range, ...(readonly Range[])],
  target: Standing | undefined,
): Ranked {
  const [first, ...others] = ranges.flatMap((range) =>
    locate(trip.prepared, range).flatMap((at) =>
      followPlace(trip, target === undefined ? at : { ...at, standing: target }),
    ),
  );
  // A range is never empty, so that there is always a first place.
  if (first === undefined) throw new RangeError('a range without an address');
  return together([first, ...others]);
}

/** The outcomes for the addresses of one place, one for each way that routes send them. */
function followPlace(trip: Trip, at: Located): readonly Ranked[] {
  const { subnet } = trip.from;
  if (at.subnet === subnet) return [outcomeOf(withinSubnet(trip, at, subnet), at.range.first)];
  return hops(trip, subnet, at.range).flatMap((hop) => {
    const part = { ...at, range: hop.leg.range };
    const nat = natBehind(trip, hop);
    if (nat === undefined) return [outcomeOf(straight(trip, part, hop), part.range.first)];
    return hops(trip, nat.subnet, part.range).map((next) => {
      const piece = { ...part, range: next.leg.range };
      return outcomeOf(throughNat(trip, piece, { hop, nat, next }), piece.range.first);
    });
  });
}

function* withinSubnet(trip: Trip, at: Located, subnet: PreparedSubnet): Generator<Finding> {
  yield egressGroups(trip, at);
  yield arrival(trip, at, subnet);
}

function* outOfSubnet(trip: Trip, at: Located, hop: Hop): Generator<Finding> {
  yield egressGroups(trip, at);
  const { subnet } = trip.from;
  const { cidr } = trip.naming;
  yield acl(stages.sourceAclOut, trip, { subnet, direction: 'egress', farEnd: at.range, cidr });
  yield route(stages.sourceRoute, hop, cidr);
}

/** The last stage of every reply that comes from outside the function's subnet. */
function backHome(trip: Trip, at: Located): Finding {
  const { subnet } = trip.from;
  const { cidr } = trip.naming;
  return acl(stages.replyAclIn, trip, { subnet, direction: 'ingress', farEnd: at.range, cidr });
}

function* straight(trip: Trip, at: Located, hop: Hop): Generator<Finding> {
  yield* outOfSubnet(trip, at, hop);
  const taken = certainRoute(hop);
  if (taken !== undefined) yield* toTarget(trip, at, hop, taken);
  yield backHome(trip, at);
}

/** The route of a hop; undefined where it is out of sight or missing. */
function certainRoute({ leg }: Hop): Route | undefined {
  return leg.doubt === undefined ? leg.route : undefined;
}

function* toTarget(trip: Trip, at: Located, { table }: Hop, taken: Route): Generator<Finding> {
  const stage = stages.target;
  const { target } = taken;
  if (target.kind === 'local') yield* delivered(trip, at);
  else if (target.kind === 'nat-gateway') {
    const code = usableNat(trip, target.id) === undefined ? 'UNKNOWN_RESOURCE' : 'LEAVES_SIGHT';
    yield unknown(stage, code, componentOf(target));
  } else {
    const tableId = typeof table === 'string' ? table : table.id;
    const { subnet } = trip.from;
    yield throughTarget(trip, { stage, route: taken, tableId, subnet, nat: undefined, range: at.range });
  }
}

function* delivered(trip: Trip, at: Located): Generator<Finding> {
  const { subnet } = at;
  if (subnet === undefined) {
    const vpc = { kind: 'vpc' as const, id: trip.prepared.network.vpc.id };
    yield blocked(stages.target, 'NO_POSSIBLE_DESTINATION', vpc, { kind: 'use-other-destination' });
    return;
  }
  const { range, cidr } = trip.from;
  yield acl(stages.nextAclIn, trip, { subnet, direction: 'ingress', farEnd: range, cidr });
  yield arrival(trip, at, subnet);
  yield acl(stages.replyAclOut, trip, { subnet, direction: 'egress', farEnd: range, cidr });
  yield replyRoute(trip, subnet);
}

/** A NAT gateway with its subnet. */
interface PlacedNat {
  readonly gateway: NatGateway;
  readonly subnet: PreparedSubnet;
}

/** The described NAT gateway that a hop leads to; undefined for any other hop, and where it cannot be followed. */
function natBehind(trip: Trip, hop: Hop): PlacedNat | undefined {
  const taken = certainRoute(hop);
  if (taken === undefined || taken.target.kind !== 'nat-gateway') return undefined;
  // Address translation from IPv6 to IPv4 is out of sight.
  return hop.leg.range.family === 'ipv4' ? usableNat(trip, taken.target.id) : undefined;
}

function usableNat({ prepared }: Trip, id: string): PlacedNat | undefined {
  const gateway = prepared.natGateways.get(id);
  const subnet = gateway?.subnetId === undefined ? undefined : prepared.subnets.get(gateway.subnetId);
  return gateway === undefined || subnet === undefined ? undefined : { gateway, subnet };
}

/** The way to a NAT gateway and the way on from there. */
interface NatWay {
  readonly hop: Hop;
  readonly nat: PlacedNat;
  readonly next: Hop;
}

function* throughNat(trip: Trip, at: Located, { hop, nat, next }: NatWay): Generator<Finding> {
  yield* outOfSubnet(trip, at, hop);
  const { subnet, gateway } = nat;
  const { from, naming } = trip;
  // A NAT gateway in the function's own subnet shares its table, so that the packet is sent back to it and goes no
  // further than that.
  const apart = subnet !== from.subnet;
  const function_ = { subnet, farEnd: from.range, cidr: from.cidr };
  const destination = { subnet, farEnd: at.range, cidr: naming.cidr };
  if (apart) yield acl(stages.nextAclIn, trip, { ...function_, direction: 'ingress' });
  yield natState(gateway);
  yield acl(stages.natAclOut, trip, { ...destination, direction: 'egress' });
  yield route(stages.natRoute, next, naming.cidr);
  yield* behindNat(trip, at, nat, next);
  yield acl(stages.replyToNat, trip, { ...destination, direction: 'ingress' });
  yield acl(stages.replyAclOut, trip, { ...function_, direction: 'egress' });
  yield replyRoute(trip, subnet);
  yield backHome(trip, at);
}

function natState({ id, state }: NatGateway): Finding {
  const component = { kind: 'nat-gateway' as const, id };
  if (state === 'available') return passed(stages.arrival, [component]);
  return blocked(stages.arrival, 'BAD_STATE', component, { kind: 'mend-component', component });
}

function* behindNat(trip: Trip, at: Located, nat: PlacedNat, { table, leg }: Hop): Generator<Finding> {
  const taken = certainRoute({ table, leg });
  if (taken === undefined) return;
  const tableId = typeof table === 'string' ? table : table.id;
  yield throughTarget(trip, {
    stage: stages.natTarget,
    route: taken,
    tableId,
    subnet: nat.subnet,
    nat: nat.gateway,
    range: at.range,
  });
}
