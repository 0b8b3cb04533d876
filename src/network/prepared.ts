import { compareText } from '../text/order.js';
import { type PreparedAcl, prepareAcl } from './acl.js';
import type {
  BlockPublicAccess,
  GatewayEndpoint,
  InterfaceEndpoint,
  NatGateway,
  Network,
  SubnetNetwork,
} from './network.js';
import { type PreparedList, prepareList } from './prefix-list.js';
import { byAddress, parseRange, type Range } from './range.js';
import { type PreparedTable, prepareTable } from './route-table.js';
import { type PreparedGroup, prepareGroup } from './security-group.js';
import { type Standing, standingsOf } from './standing.js';
import type { Family } from './verdict.js';

/** A network that is read once for any number of questions: ids are indexed, and text has become numbers. */
export interface PreparedNetwork {
  readonly network: Network;
  readonly vpcRanges: readonly Range[];
  readonly subnets: ReadonlyMap<string, PreparedSubnet>;
  /** By address. */
  readonly subnetRanges: Readonly<Record<Family, readonly SubnetRange[]>>;
  readonly tables: ReadonlyMap<string, PreparedTable>;
  readonly mainTableId: string | undefined;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly lists: ReadonlyMap<string, PreparedList>;
  readonly acls: ReadonlyMap<string, PreparedAcl>;
  readonly groups: ReadonlyMap<string, PreparedGroup>;
  readonly gatewayEndpoints: ReadonlyMap<string, GatewayEndpoint>;
  /** By id. */
  readonly interfaceEndpoints: readonly InterfaceEndpoint[];
  /** What stands in a subnet, by subnet id. */
  readonly standingsIn: ReadonlyMap<string, readonly Standing[]>;
  /** Who wears a group, by group id, ordered by interface id. */
  readonly wearers: ReadonlyMap<string, readonly Standing[]>;
  /** The interfaces of an endpoint, by endpoint id, ordered by interface id. */
  readonly endpointStandings: ReadonlyMap<string, readonly Standing[]>;
}

/** A subnet whose ranges are read. */
export interface PreparedSubnet {
  readonly subnet: SubnetNetwork;
  readonly ipv4: Range | undefined;
  readonly ipv6: Range | undefined;
  readonly blockPublicAccess: BlockPublicAccess;
}

/** The addresses of one family in a subnet. */
export interface SubnetRange {
  readonly range: Range;
  readonly subnet: PreparedSubnet;
}

/** Indexes a network; the description must not change afterwards. */
export function prepare(network: Network): PreparedNetwork {
  const lists = byId(network.prefixLists.map(prepareList));
  const subnets = network.subnets.map((subnet) => prepareSubnet(subnet, network.vpc.blockPublicAccess));
  const subnetsById = new Map(subnets.map((subnet) => [subnet.subnet.id, subnet]));
  const standings = standingsOf(network);
  const endpoints = network.endpoints.toSorted((a, b) => compareText(a.id, b.id));
  return {
    network,
    vpcRanges: [...network.vpc.cidrs, ...network.vpc.ipv6Cidrs].flatMap((cidr) => parseRange(cidr) ?? []),
    subnets: subnetsById,
    subnetRanges: { ipv4: rangesOf(subnets, 'ipv4'), ipv6: rangesOf(subnets, 'ipv6') },
    tables: byId(network.routeTables.map((table) => prepareTable(table, lists))),
    mainTableId: network.routeTables.find((table) => table.main)?.id,
    natGateways: byId(network.natGateways),
    lists,
    acls: byId(network.acls.map(prepareAcl)),
    groups: byId(network.groups.map((group) => prepareGroup(group, lists))),
    gatewayEndpoints: byId(endpoints.flatMap((endpoint) => (endpoint.kind === 'gateway' ? [endpoint] : []))),
    interfaceEndpoints: endpoints.flatMap((endpoint) => (endpoint.kind === 'interface' ? [endpoint] : [])),
    standingsIn: grouped(standings, (standing) => [standing.subnetId]),
    wearers: grouped(standings, (standing) => standing.groupIds),
    endpointStandings: grouped(standings, ({ endpoint }) => (endpoint === undefined ? [] : [endpoint.id])),
  };
}

/** The table that serves a subnet, or the id of the one that is not described: `main` for the VPC's main table. */
export function tableOf(prepared: PreparedNetwork, { subnet }: PreparedSubnet): PreparedTable | string {
  const id = subnet.routeTableId ?? prepared.mainTableId ?? 'main';
  return prepared.tables.get(id) ?? id;
}

function prepareSubnet(subnet: SubnetNetwork, mode: BlockPublicAccess): PreparedSubnet {
  return {
    subnet,
    ipv4: subnet.cidr === undefined ? undefined : parseRange(subnet.cidr),
    ipv6: subnet.ipv6Cidr === undefined ? undefined : parseRange(subnet.ipv6Cidr),
    blockPublicAccess: subnet.blockPublicAccess ?? mode,
  };
}

function rangesOf(subnets: readonly PreparedSubnet[], family: Family): readonly SubnetRange[] {
  return subnets
    .flatMap((subnet) => {
      const range = subnet[family];
      return range === undefined ? [] : [{ range, subnet }];
    })
    .sort((a, b) => byAddress(a.range, b.range));
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function grouped<T>(things: readonly T[], keysOf: (thing: T) => readonly string[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    for (const key of new Set(keysOf(thing))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [thing]);
      else group.push(thing);
    }
  }
  return groups;
}
