import type {
  BlockPublicAccess,
  NatGateway,
  Network,
  Route,
  RouteTable,
  SubnetNetwork,
} from '../../../src/network/network.js';
import type { Component, Note } from '../../../src/network/verdict.js';
import { holds } from './address.js';
import { type Mark, stopped, unsure } from './opinion.js';
import type { Packet } from './packet.js';
import { targetComponent } from './routes.js';
import { rejectedByGateways, subnetAt } from './world.js';

/** Where a route's target takes a packet. */
export type Arrival =
  | { readonly kind: 'delivered'; readonly subnet: SubnetNetwork }
  | { readonly kind: 'nat'; readonly nat: NatGateway; readonly subnet: SubnetNetwork }
  | { readonly kind: 'gone'; readonly component: Component; readonly notes: readonly Note[] }
  | { readonly kind: 'marked'; readonly mark: Mark };

/** The NAT gateway that the packet comes from, with the table that routed it on. */
interface Behind {
  readonly nat: NatGateway;
  readonly table: RouteTable;
}

/** The mode of Block Public Access at the subnet whose route leads to a gateway. */
export interface Gate {
  readonly mode: BlockPublicAccess;
  readonly subnetId: string;
}

const ofSubnet = (id: string) => ({ kind: 'subnet', id }) as const;

/** Hands a packet to the target of a route, at stage 6 or, behind a NAT gateway, at stage 11. */
export function throughTarget(
  network: Network,
  stage: 6 | 11,
  route: Route,
  packet: Packet,
  gate: Gate,
  behind?: Behind,
): Arrival {
  switch (route.target.kind) {
    case 'local':
      return throughLocal(network, stage, packet, behind);
    case 'nat-gateway':
      return throughNatGateway(network, stage, route, packet, behind);
    case 'internet-gateway':
      return throughInternetGateway(stage, route, packet, gate, behind);
    case 'egress-only-internet-gateway':
      if (behind !== undefined) return marked(unsure(stage, 'LEAVES_SIGHT', targetComponent(route)));
      if (gate.mode === 'other') return marked(unsure(stage, 'PUBLIC_ACCESS_MODE', ofSubnet(gate.subnetId)));
      return gate.mode === 'block-bidirectional'
        ? marked(stopped(stage, 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED', targetComponent(route)))
        : gone(route);
    case 'gateway-endpoint':
      return throughGatewayEndpoint(network, stage, route, packet);
    default:
      return marked(unsure(stage, 'LEAVES_SIGHT', targetComponent(route)));
  }
}

function marked(mark: Mark): Arrival {
  return { kind: 'marked', mark };
}

function gone(route: Route, notes: readonly Note[] = []): Arrival {
  return { kind: 'gone', component: targetComponent(route), notes };
}

function throughLocal(network: Network, stage: number, packet: Packet, behind: Behind | undefined): Arrival {
  if (behind !== undefined) {
    return marked(unsure(stage, 'LEAVES_SIGHT', { kind: 'nat-gateway', id: behind.nat.id }));
  }
  const subnet = subnetAt(network, packet.destination);
  return subnet === undefined
    ? marked(stopped(stage, 'NO_POSSIBLE_DESTINATION', { kind: 'vpc', id: network.vpc.id }))
    : { kind: 'delivered', subnet };
}

function throughNatGateway(
  network: Network,
  stage: number,
  route: Route,
  packet: Packet,
  behind: Behind | undefined,
): Arrival {
  if (behind !== undefined) {
    const table = { kind: 'route-table', id: behind.table.id } as const;
    return marked(stopped(stage, 'NO_ROUTE_TO_DESTINATION', table, route.destination));
  }
  const nat = network.natGateways.find((one) => one.id === route.target.id);
  const subnet = network.subnets.find((one) => one.id === nat?.subnetId);
  if (nat === undefined || subnet === undefined) {
    return marked(unsure(stage, 'UNKNOWN_RESOURCE', targetComponent(route)));
  }
  if (packet.destination.family === 'ipv6') {
    return marked(unsure(stage, 'LEAVES_SIGHT', targetComponent(route)));
  }
  return { kind: 'nat', nat, subnet };
}

function throughInternetGateway(
  stage: number,
  route: Route,
  packet: Packet,
  { mode, subnetId }: Gate,
  behind: Behind | undefined,
): Arrival {
  const gateway = targetComponent(route);
  const stop = (code: Parameters<typeof stopped>[1]) => marked(stopped(stage, code, gateway));
  if (behind === undefined) {
    if (packet.destination.family === 'ipv4') return stop('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS');
    if (mode === 'other') return marked(unsure(stage, 'PUBLIC_ACCESS_MODE', ofSubnet(subnetId)));
    return mode === 'off'
      ? marked(unsure(stage, 'IPV6_INTERNET_GATEWAY', gateway))
      : stop('VPC_BLOCK_PUBLIC_ACCESS_ENABLED');
  }
  if (behind.nat.connectivity === 'private') return stop('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS');
  if (mode === 'block-bidirectional') return stop('VPC_BLOCK_PUBLIC_ACCESS_ENABLED');
  const within = (cidrs: readonly string[]) => cidrs.some((cidr) => holds(cidr, packet.destination));
  if (within(rejectedByGateways.private)) return stop('IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS');
  if (within(rejectedByGateways.shared)) return stop('IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS');
  if (mode === 'other') return marked(unsure(stage, 'PUBLIC_ACCESS_MODE', ofSubnet(subnetId)));
  return gone(route);
}

function throughGatewayEndpoint(network: Network, stage: number, route: Route, packet: Packet): Arrival {
  const component = targetComponent(route);
  const endpoint = network.endpoints.find((one) => one.id === route.target.id);
  if (endpoint?.kind !== 'gateway') return marked(unsure(stage, 'UNKNOWN_RESOURCE', component));
  if (endpoint.state !== 'available') return marked(stopped(stage, 'BAD_STATE', component));
  if (packet.protocol === 'udp')
    return marked(stopped(stage, 'VPCE_GATEWAY_PROTOCOL_RESTRICTION', component));
  const open = endpoint.policy === 'full';
  return gone(route, open ? [] : [{ kind: 'endpoint-policy-not-judged', endpointId: endpoint.id }]);
}
