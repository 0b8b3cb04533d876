import { blocked, type Finding, passed, type Stage, unknown } from './finding.js';
import type { NatGateway, Route, RouteTarget, RouteTargetKind } from './network.js';
import type { PreparedSubnet } from './prepared.js';
import { intersect, parseRange, type Range } from './range.js';
import type { Trip } from './trip.js';
import type { Component, ComponentKind } from './verdict.js';

const kinds: Partial<Record<RouteTargetKind, ComponentKind>> = {
  'nat-gateway': 'nat-gateway',
  'internet-gateway': 'internet-gateway',
  'egress-only-internet-gateway': 'egress-only-internet-gateway',
  'gateway-endpoint': 'vpc-endpoint',
};

/** The component that a route leads to. */
export function componentOf({ kind, id }: RouteTarget): Component {
  return { kind: kinds[kind] ?? 'elsewhere', id };
}

/** Packets at the target of a route. */
export interface AtTarget {
  readonly stage: Stage;
  readonly route: Route;
  readonly tableId: string;
  /** The subnet whose route leads here. */
  readonly subnet: PreparedSubnet;
  /** The NAT gateway that sent them; undefined where the function did. */
  readonly nat: NatGateway | undefined;
  /** Their destinations. */
  readonly range: Range;
}

/** What the target of a route does with packets that end there, or leave our sight there. */
export function throughTarget(trip: Trip, at: AtTarget): Finding {
  switch (at.route.target.kind) {
    case 'internet-gateway':
      return at.nat === undefined ? straightToInternet(at) : translatedToInternet(at, at.nat);
    case 'egress-only-internet-gateway':
      return at.nat === undefined ? egressOnly(at) : leavesSight(at);
    case 'gateway-endpoint':
      return gatewayEndpoint(trip, at);
    case 'nat-gateway':
      return at.nat === undefined ? leavesSight(at) : natBehindNat(at);
    case 'local':
      return at.nat === undefined
        ? leavesSight(at)
        : unknown(at.stage, 'LEAVES_SIGHT', { kind: 'nat-gateway', id: at.nat.id });
    default:
      return leavesSight(at);
  }
}

const leavesSight = ({ stage, route }: AtTarget): Finding =>
  unknown(stage, 'LEAVES_SIGHT', componentOf(route.target));

/** An interface of a function has no public address (lambda/latest/dg/configuration-vpc-internet.html). */
function straightToInternet(at: AtTarget): Finding {
  const { stage, route, subnet, range, tableId } = at;
  const component = componentOf(route.target);
  if (range.family === 'ipv4') {
    return blocked(stage, 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', component, {
      kind: 'use-nat-gateway',
      routeTableId: tableId,
      destination: route.destination,
    });
  }
  if (subnet.blockPublicAccess === 'other') return publicAccessUnknown(at);
  if (subnet.blockPublicAccess !== 'off') return publicAccessBlocked(at);
  return unknown(stage, 'IPV6_INTERNET_GATEWAY', component);
}

function publicAccessBlocked({ stage, route, subnet }: AtTarget): Finding {
  return blocked(stage, 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED', componentOf(route.target), {
    kind: 'allow-public-access',
    subnetId: subnet.subnet.id,
  });
}

function publicAccessUnknown({ stage, subnet }: AtTarget): Finding {
  return unknown(stage, 'PUBLIC_ACCESS_MODE', { kind: 'subnet', id: subnet.subnet.id });
}

/** Ranges that internet gateways reject (vpc/latest/reachability/explanation-codes.html). */
const rejected = (
  [
    ['10.0.0.0/8', 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'],
    ['100.64.0.0/10', 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'],
    ['172.16.0.0/12', 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'],
    ['192.168.0.0/16', 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'],
  ] as const
).flatMap(([cidr, code]) => {
  const range = parseRange(cidr);
  return range === undefined ? [] : [{ range, code }];
});

function translatedToInternet(at: AtTarget, nat: NatGateway): Finding {
  const { stage, route, subnet, range, tableId } = at;
  const component = componentOf(route.target);
  if (nat.connectivity === 'private') {
    return blocked(stage, 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', component, {
      kind: 'use-nat-gateway',
      routeTableId: tableId,
      destination: route.destination,
    });
  }
  if (subnet.blockPublicAccess === 'block-bidirectional') return publicAccessBlocked(at);
  const refused = rejected.find((entry) => intersect(entry.range, range) !== undefined);
  if (refused !== undefined)
    return blocked(stage, refused.code, component, { kind: 'use-other-destination' });
  if (subnet.blockPublicAccess === 'other') return publicAccessUnknown(at);
  return passed(stage, [component]);
}

function egressOnly(at: AtTarget): Finding {
  if (at.subnet.blockPublicAccess === 'block-bidirectional') return publicAccessBlocked(at);
  if (at.subnet.blockPublicAccess === 'other') return publicAccessUnknown(at);
  return passed(at.stage, [componentOf(at.route.target)]);
}

function gatewayEndpoint({ prepared, protocol }: Trip, { stage, route }: AtTarget): Finding {
  const component = componentOf(route.target);
  const endpoint = prepared.gatewayEndpoints.get(route.target.id);
  if (endpoint === undefined) return unknown(stage, 'UNKNOWN_RESOURCE', component);
  if (endpoint.state !== 'available') {
    return blocked(stage, 'BAD_STATE', component, { kind: 'mend-component', component });
  }
  if (protocol === 'udp') {
    return blocked(stage, 'VPCE_GATEWAY_PROTOCOL_RESTRICTION', component, { kind: 'use-tcp' });
  }
  const judged = endpoint.policy === 'full';
  return passed(
    stage,
    [component],
    judged ? [] : [{ kind: 'endpoint-policy-not-judged', endpointId: endpoint.id }],
  );
}

/** A packet that a NAT gateway sends to a NAT gateway finds no way out. */
function natBehindNat({ stage, route, tableId }: AtTarget): Finding {
  const { destination } = route;
  return blocked(
    stage,
    'NO_ROUTE_TO_DESTINATION',
    { kind: 'route-table', id: tableId },
    { kind: 'mend-route', routeTableId: tableId, destination },
    destination,
  );
}
