import type { RouteTargetKind } from '../network/network.js';

interface Row {
  /** Start of the ids. */
  readonly start: string;
  readonly kind: RouteTargetKind;
  /** What people call it. */
  readonly name: string;
}

/** Targets of routes by the start of their ids (EC2 API reference, Route); gateway endpoints begin like others. */
const ROWS: readonly Row[] = [
  { start: 'local', kind: 'local', name: '' },
  { start: 'igw-', kind: 'internet-gateway', name: 'internet gateway' },
  { start: 'nat-', kind: 'nat-gateway', name: 'NAT gateway' },
  { start: 'eigw-', kind: 'egress-only-internet-gateway', name: 'egress-only internet gateway' },
  { start: 'tgw-', kind: 'transit-gateway', name: 'transit gateway' },
  { start: 'vgw-', kind: 'virtual-private-gateway', name: 'virtual private gateway' },
  { start: 'pcx-', kind: 'vpc-peering', name: 'peering connection' },
  { start: 'eni-', kind: 'network-interface', name: 'network interface' },
  { start: 'i-', kind: 'network-interface', name: 'instance' },
  { start: 'vpce-', kind: 'gateway-load-balancer-endpoint', name: 'gateway load balancer endpoint' },
  { start: 'lgw-', kind: 'other', name: 'local gateway' },
  { start: 'cagw-', kind: 'other', name: 'carrier gateway' },
];

const rowOf = (id: string): Row | undefined => ROWS.find(({ start }) => id.startsWith(start));

/** Kind of a route's target by its id; a `vpce-…` that is no gateway endpoint leads to a load balancer. */
export function targetKindOf(id: string): RouteTargetKind {
  return rowOf(id)?.kind ?? 'other';
}

/** A route's target for people: `NAT gateway nat-0a1b`, or the id alone. */
export function targetText(id: string): string {
  const name = rowOf(id)?.name ?? '';
  return name === '' ? id : `${name} ${id}`;
}
