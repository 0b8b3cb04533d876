import type {
  Network,
  Route,
  RouteTable,
  RouteTargetKind,
  SubnetNetwork,
} from '../../../src/network/network.js';
import type { Component, ComponentKind } from '../../../src/network/verdict.js';
import type { Address } from './address.js';
import { type Laws, matchesOf } from './laws.js';
import { type Mark, stopped, unsure } from './opinion.js';
import { firstOf, prefixListOf, tableOf } from './world.js';

/** A route that a packet takes, or why it takes none. */
export type Lookup =
  | { readonly route: Route; readonly table: RouteTable; readonly mark?: undefined }
  | { readonly mark: Mark };

/** Prefix lists of the table's routes that are not described, and so may hold any address. */
function hiddenLists(network: Network, table: RouteTable, toInternet: boolean): string[] {
  return table.routes
    .filter((route) => !(toInternet && route.target.kind === 'gateway-endpoint'))
    .map((route) => route.destination)
    .filter(
      (destination) => destination.startsWith('pl-') && prefixListOf(network, destination) === undefined,
    );
}

/**
 * Looks an address up in the route table of a subnet. Where the packet goes to the internet, AWS's lists of
 * services, to which gateway endpoints are routed, do not hold its address even if they are not described.
 */
export function lookUp(
  network: Network,
  laws: Laws,
  stage: number,
  subnet: SubnetNetwork,
  address: Address,
  toInternet: boolean,
): Lookup {
  const table = tableOf(network, subnet);
  if (table === undefined) {
    const component = { kind: 'route-table', id: subnet.routeTableId ?? 'main' } as const;
    return { mark: unsure(stage, 'UNKNOWN_RESOURCE', component) };
  }
  const component = { kind: 'route-table', id: table.id } as const;
  const matches = matchesOf(network, table, address);
  const [best, rival] = matches.length === 0 ? [] : laws.bestMatches(matches);
  const hidden = firstOf(hiddenLists(network, table, toInternet));
  if (hidden !== undefined && best?.route.target.kind !== 'local') {
    return { mark: unsure(stage, 'UNKNOWN_RESOURCE', { kind: 'prefix-list', id: hidden }) };
  }
  if (best === undefined) return { mark: stopped(stage, 'NO_ROUTE_TO_DESTINATION', component) };
  if (rival !== undefined) return { mark: unsure(stage, 'AMBIGUOUS_ROUTE', component) };
  if (best.route.state === 'blackhole') {
    return { mark: stopped(stage, 'BAD_STATE_ROUTE', component, best.route.destination) };
  }
  if (best.route.state !== 'active') return { mark: unsure(stage, 'ROUTE_STATE', component) };
  return { route: best.route, table };
}

const namedKinds: Partial<Record<RouteTargetKind, ComponentKind>> = {
  'nat-gateway': 'nat-gateway',
  'internet-gateway': 'internet-gateway',
  'egress-only-internet-gateway': 'egress-only-internet-gateway',
  'gateway-endpoint': 'vpc-endpoint',
};

/** What a route's target is called. */
export function targetComponent(route: Route): Component {
  return { kind: namedKinds[route.target.kind] ?? 'elsewhere', id: route.target.id };
}
