import { lastEntry, stoppingEntry } from './acl.js';
import { blocked, type Finding, passed, type Stage, stages, unknown } from './finding.js';
import type { Located } from './locate.js';
import { type PreparedSubnet, tableOf } from './prepared.js';
import { byAddress, type Range } from './range.js';
import { type Leg, type PreparedTable, routesFor } from './route-table.js';
import { type Admission, admission } from './security-group.js';
import type { Standing } from './standing.js';
import { componentOf } from './target.js';
import { ephemeralPorts } from './traffic.js';
import { outward, type Trip, wearingAt } from './trip.js';
import type { Component } from './verdict.js';

/** The function's groups, and whether they let the packets out. */
export function egressGroups(trip: Trip, at: Located): Finding {
  const stage = stages.egressGroups;
  const { groups } = trip.prepared;
  const other = { range: at.range, wears: wearingAt(trip, at) };
  const result = admission(groups, trip.groupIds, 'egress', outward(trip), other);
  if (result.kind !== 'refused') return decided(stage, result, []);
  const { groupId } = result;
  const rule = { protocol: trip.protocol, port: trip.port, peer: trip.naming.peer };
  return blocked(stage, codeOf(result), groupOf(groupId), { kind: 'allow-egress', groupId, rule });
}

/** What stands at the destination, and whether its groups let the packets in. */
export function arrival(trip: Trip, at: Located, subnet: PreparedSubnet): Finding {
  const stage = stages.arrival;
  const { standing } = at;
  if (standing === undefined) {
    return unknown(stage, 'UNKNOWN_DESTINATION', { kind: 'subnet', id: subnet.subnet.id });
  }
  const there = standingComponent(standing);
  if (standing.groupIds.length === 0) return passed(stage, [there]);
  const other = { range: trip.from.range, wears: { kind: 'groups' as const, ids: trip.groupIds } };
  const result = admission(trip.prepared.groups, standing.groupIds, 'ingress', outward(trip), other);
  if (result.kind !== 'refused') return decided(stage, result, [there]);
  const { groupId } = result;
  const peer = sourcePeer(trip);
  const rule = { protocol: trip.protocol, port: trip.port, peer };
  return blocked(stage, codeOf(result), groupOf(groupId), { kind: 'allow-ingress', groupId, rule });
}

const sourcePeer = ({ groupIds: [first], from }: Trip) =>
  first === undefined
    ? { kind: 'cidr' as const, value: from.cidr }
    : { kind: 'group' as const, value: first };

function decided(
  stage: Stage,
  result: Exclude<Admission, { kind: 'refused' }>,
  by: readonly Component[],
): Finding {
  if (result.kind === 'admitted') return passed(stage, [groupOf(result.groupId), ...by]);
  const { component } = result;
  return unknown(stage, component.kind === 'subnet' ? 'UNKNOWN_DESTINATION' : 'UNKNOWN_RESOURCE', component);
}

const codeOf = ({ empty }: { readonly empty: boolean }) =>
  empty ? ('SG_HAS_NO_RULES' as const) : ('ENI_SG_RULES_MISMATCH' as const);

const groupOf = (id: string): Component => ({ kind: 'security-group', id });

const standingComponent = ({ endpoint, interfaceId }: Standing): Component =>
  endpoint === undefined
    ? { kind: 'network-interface', id: interfaceId }
    : { kind: 'vpc-endpoint', id: endpoint.id };

/** The far end of packets that cross the border of a subnet. */
interface Crossing {
  readonly subnet: PreparedSubnet;
  readonly direction: 'ingress' | 'egress';
  readonly farEnd: Range;
  /** The same as text, for a change. */
  readonly cidr: string;
}

/** The network ACL of a subnet; replies go to ephemeral ports. */
export function acl(stage: Stage, trip: Trip, { subnet, direction, farEnd, cidr }: Crossing): Finding {
  const { aclId } = subnet.subnet;
  const component: Component = { kind: 'network-acl', id: aclId };
  const prepared = trip.prepared.acls.get(aclId);
  if (prepared === undefined) return unknown(stage, 'UNKNOWN_RESOURCE', component);
  const reply = stage >= stages.replyToNat;
  const traffic = reply ? { protocol: trip.protocol, ports: ephemeralPorts } : outward(trip);
  const before = stoppingEntry(prepared, direction, farEnd, traffic);
  if (before === undefined) return passed(stage, reply ? [] : [component]);
  const entry = { egress: direction === 'egress', ...traffic, cidr, before };
  return blocked(
    stage,
    'SUBNET_ACL_RESTRICTION',
    component,
    { kind: 'allow-acl', aclId, entry },
    before === lastEntry ? lastEntry : before,
  );
}

/** A leg with the table that it comes from; the id alone where the table is not described. */
export interface Hop {
  readonly table: PreparedTable | string;
  readonly leg: Leg;
}

/** Where the table of a subnet sends the addresses of a range. */
export function hops(trip: Trip, subnet: PreparedSubnet, range: Range): readonly Hop[] {
  const table = tableOf(trip.prepared, subnet);
  if (typeof table === 'string') return [{ table, leg: { range, route: undefined, doubt: undefined } }];
  return routesFor(table, range, trip.aim !== 'internet').map((leg) => ({ table, leg }));
}

/** Whether a table has a route; `wanted` is what a route to add would lead to. */
export function route(stage: Stage, { table, leg }: Hop, wanted: string): Finding {
  if (typeof table === 'string') {
    return unknown(stage, 'UNKNOWN_RESOURCE', { kind: 'route-table', id: table });
  }
  const component: Component = { kind: 'route-table', id: table.id };
  if (leg.doubt === 'ambiguous') return unknown(stage, 'AMBIGUOUS_ROUTE', component);
  if (leg.doubt === 'state') return unknown(stage, 'ROUTE_STATE', component);
  if (leg.doubt !== undefined) {
    return unknown(stage, 'UNKNOWN_RESOURCE', { kind: 'prefix-list', id: leg.doubt.prefixListId });
  }
  const routeTableId = table.id;
  if (leg.route === undefined) {
    const change = { kind: 'add-route' as const, routeTableId, destination: wanted };
    return blocked(stage, 'NO_ROUTE_TO_DESTINATION', component, change);
  }
  const { destination, state } = leg.route;
  if (state === 'active') return passed(stage, stage === stages.replyRoute ? [] : [component]);
  const change = { kind: 'mend-route' as const, routeTableId, destination };
  return blocked(stage, 'BAD_STATE_ROUTE', component, change, destination);
}

/** Whether the table of the answering subnet leads the reply straight back to the function. */
export function replyRoute(trip: Trip, subnet: PreparedSubnet): Finding {
  const stage = stages.replyRoute;
  const { range, cidr } = trip.from;
  const found = hops(trip, subnet, range)
    .toSorted((a, b) => byAddress(a.leg.range, b.leg.range))
    .map((hop) => backwards(hop, route(stage, hop, cidr)));
  const worst = (status: Finding['result']['status']) => found.find(({ result }) => result.status === status);
  return worst('blocked') ?? worst('unknown') ?? passed(stage, []);
}

function backwards({ leg }: Hop, finding: Finding): Finding {
  if (finding.result.status !== 'passed' || leg.route === undefined) return finding;
  if (leg.route.target.kind === 'local') return finding;
  return unknown(stages.replyRoute, 'LEAVES_SIGHT', componentOf(leg.route.target));
}
