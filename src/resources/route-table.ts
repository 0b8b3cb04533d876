import type { Route as Ec2Route } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/call.js';
import type { Route, RouteTable } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { toTags } from './tags.js';

function targetOf(route: Ec2Route): string {
  const targets = [
    route.GatewayId,
    route.NatGatewayId,
    route.TransitGatewayId,
    route.VpcPeeringConnectionId,
    route.EgressOnlyInternetGatewayId,
    route.NetworkInterfaceId,
    route.InstanceId,
    route.LocalGatewayId,
    route.CarrierGatewayId,
    route.CoreNetworkArn,
  ];
  return targets.find((target) => target !== undefined && target !== '') ?? 'unknown';
}

function toRoute(route: Ec2Route): Route {
  return {
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '',
    target: targetOf(route),
    state: route.State ?? 'active',
    propagated: route.Origin === 'EnableVgwRoutePropagation',
  };
}

/** Reads the route tables of a VPC. */
export async function readRouteTables(aws: Aws, vpcId: string): Promise<RouteTable[]> {
  const pages = await aws.pages('ec2:DescribeRouteTables', {
    Filters: [{ Name: 'vpc-id', Values: [vpcId] }],
  });
  const tables = pages.flatMap((page) => page.RouteTables ?? []);
  return tables
    .map((table): RouteTable => {
      const associations = table.Associations ?? [];
      return {
        id: table.RouteTableId ?? '',
        name: toTags(table.Tags).Name,
        main: associations.some((association) => association.Main === true),
        subnetIds: sortedSet(associations.map((association) => association.SubnetId ?? '').filter(Boolean)),
        routes: (table.Routes ?? [])
          .map(toRoute)
          .sort((one, other) => compareText(one.destination, other.destination)),
      };
    })
    .sort((one, other) => compareText(one.id, other.id));
}

/** The table that routes a subnet: its own, else the VPC's main table. */
export function routeTableOf(subnetId: string, tables: readonly RouteTable[]): RouteTable | undefined {
  return tables.find((table) => table.subnetIds.includes(subnetId)) ?? tables.find((table) => table.main);
}

/** Target of the IPv4 default route, or undefined when there is none that certainly works. */
export function defaultTarget(table: RouteTable | undefined): string | undefined {
  return table?.routes.find((route) => route.destination === '0.0.0.0/0' && route.state === 'active')?.target;
}

/**
 * Target of a default route by which a function leaves the VPC, with IPv6 if it may send that; undefined where
 * there is none. An internet gateway is none: a function gets no public address (Lambda developer guide).
 */
export function wayOut(table: RouteTable | undefined, ipv6: boolean): string | undefined {
  const everywhere = ipv6 ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'];
  return table?.routes.find(
    ({ destination, state, target }) =>
      everywhere.includes(destination) && state === 'active' && !target.startsWith('igw-'),
  )?.target;
}

/** Whether a subnet with this table is public: a default route, IPv4 or IPv6, to an internet gateway. */
export function isPublic(table: RouteTable | undefined): boolean {
  const defaults = table?.routes.filter(({ destination }) => isDefault(destination)) ?? [];
  return defaults.some((route) => route.target.startsWith('igw-'));
}

/** Whether a route's destination is everywhere. */
export function isDefault(destination: string): boolean {
  return destination === '0.0.0.0/0' || destination === '::/0';
}

/** Whether a route leads to another private network, and not to the VPC itself, the internet or an endpoint. */
export function isElsewhere({ target, state }: Route): boolean {
  return state !== 'blackhole' && !/^(local$|igw-|eigw-|nat-|vpce-)/.test(target);
}

/**
 * Whether a route leads to another private network: by peering, a transit or virtual private gateway, or an appliance.
 * Endpoints of another VPC are reached by nothing else (AWS PrivateLink guide, "Access an AWS service using an interface VPC endpoint").
 */
export function leadsElsewhere(tables: readonly RouteTable[]): boolean {
  return tables.some(({ routes }) => routes.some(isElsewhere));
}
