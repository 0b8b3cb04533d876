import { routeTo } from '../../fuzz/draft.js';
import { ask, dropRoute, type KnownAnswer, routesOf, the } from './world.js';

const priority = 'vpc/latest/userguide/route-tables-priority.html';
const nat = 'vpc/latest/userguide/vpc-nat-gateway.html';
const access = 'vpc/latest/userguide/security-vpc-bpa.html';
const codes = 'vpc/latest/reachability/explanation-codes.html';
const lambda = 'lambda/latest/dg/configuration-vpc-internet.html';

/** Known answers about routes and gateways. */
export const routeAnswers: readonly KnownAnswer[] = [
  {
    name: 'a function reaches the internet by a NAT gateway',
    page: lambda,
    change: () => undefined,
    ask: ask.internet,
    answer: ['reachable'],
  },
  {
    name: 'IPv6 reaches the internet by an egress-only gateway',
    page: 'vpc/latest/userguide/egress-only-internet-gateway.html',
    change: () => undefined,
    ask: ask.internetBySix,
    answer: ['reachable'],
  },
  {
    name: 'without a route nothing leaves',
    page: codes,
    change: (world) => dropRoute(world, 'a', '0.0.0.0/0'),
    ask: ask.internet,
    answer: ['blocked NO_ROUTE_TO_DESTINATION route-table rtb-a - request'],
  },
  {
    name: 'the longest prefix wins',
    page: priority,
    change: (world) => routesOf(world, 'a').push(routeTo('203.0.113.0/24', 'vpc-peering', 'pcx-1')),
    ask: ask.internet,
    answer: ['unknown LEAVES_SIGHT elsewhere pcx-1'],
  },
  {
    name: 'a more specific route takes a part of a range',
    page: priority,
    change: (world) =>
      routesOf(world, 'a').push({
        ...routeTo('198.51.100.128/25', 'vpc-peering', 'pcx-1'),
        state: 'blackhole',
      }),
    ask: ask.partner,
    answer: ['blocked BAD_STATE_ROUTE route-table rtb-a 198.51.100.128/25 request'],
  },
  {
    name: 'the local route covers what lies in the VPC',
    page: priority,
    change: (world) => dropRoute(world, 'a', '0.0.0.0/0'),
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'the local route beats a propagated one that is more specific',
    page: 'vpn/latest/s2svpn/vpn-route-priority.html',
    change: (world) =>
      routesOf(world, 'a').push({
        ...routeTo('10.0.2.0/24', 'virtual-private-gateway', 'vgw-1'),
        propagated: true,
      }),
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'a static route beats a prefix list of equal length',
    page: priority,
    change: (world) => {
      world.network.prefixLists.push({ id: 'pl-all', cidrs: ['0.0.0.0/0'], names: [] });
      routesOf(world, 'a').unshift(routeTo('pl-all', 'transit-gateway', 'tgw-1'));
    },
    ask: ask.internet,
    answer: ['reachable'],
  },
  {
    name: 'a prefix list beats a propagated route of equal length',
    page: priority,
    change: (world) => {
      dropRoute(world, 'a', '0.0.0.0/0');
      world.network.prefixLists.push({ id: 'pl-all', cidrs: ['0.0.0.0/0'], names: [] });
      routesOf(world, 'a').unshift({
        ...routeTo('0.0.0.0/0', 'virtual-private-gateway', 'vgw-1'),
        propagated: true,
      });
      routesOf(world, 'a').push(routeTo('pl-all', 'nat-gateway', 'nat-1'));
    },
    ask: ask.internet,
    answer: ['reachable'],
  },
  {
    name: 'a static route beats a propagated one of equal length',
    page: priority,
    change: (world) =>
      routesOf(world, 'a').unshift({
        ...routeTo('0.0.0.0/0', 'virtual-private-gateway', 'vgw-1'),
        propagated: true,
      }),
    ask: ask.internet,
    answer: ['reachable'],
  },
  {
    name: 'two prefix lists of equal length to two targets: AWS chooses one at random',
    page: priority,
    change: (world) => {
      for (const [id, target] of [
        ['pl-1', 'tgw-1'],
        ['pl-2', 'tgw-2'],
      ] as const) {
        world.network.prefixLists.push({ id, cidrs: ['203.0.113.0/24'], names: [] });
        routesOf(world, 'a').push(routeTo(id, 'transit-gateway', target));
      }
    },
    ask: ask.internet,
    answer: ['unknown AMBIGUOUS_ROUTE route-table rtb-a'],
  },
  {
    name: 'a subnet without a table uses the main one',
    page: 'vpc/latest/userguide/subnet-route-tables.html',
    change: (world) => {
      the(world.network.subnets, 'subnet-a').routeTableId = undefined;
      the(world.network.routeTables, 'rtb-b').main = true;
    },
    ask: ask.internet,
    answer: ['blocked NO_ROUTE_TO_DESTINATION route-table rtb-b - request'],
  },
  {
    name: 'a function has no public address, so an internet gateway is of no use to it',
    page: lambda,
    change: (world) => {
      dropRoute(world, 'a', '0.0.0.0/0');
      routesOf(world, 'a').push(routeTo('0.0.0.0/0', 'internet-gateway', 'igw-1'));
    },
    ask: ask.internet,
    answer: ['blocked IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet-gateway igw-1 - request'],
  },
  {
    name: 'IPv6 at an internet gateway is not settled for a function',
    page: lambda,
    change: (world) => {
      dropRoute(world, 'a', '::/0');
      routesOf(world, 'a').push(routeTo('::/0', 'internet-gateway', 'igw-1'));
    },
    ask: ask.internetBySix,
    answer: ['unknown IPV6_INTERNET_GATEWAY internet-gateway igw-1'],
  },
  {
    name: 'an internet gateway drops what comes from a private NAT gateway',
    page: nat,
    change: (world) => {
      the(world.network.natGateways, 'nat-1').connectivity = 'private';
    },
    ask: ask.internet,
    answer: ['blocked IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet-gateway igw-1 - request'],
  },
  {
    name: 'a NAT gateway that failed forwards nothing',
    page: 'vpc/latest/userguide/nat-gateway-troubleshooting.html',
    change: (world) => {
      the(world.network.natGateways, 'nat-1').state = 'failed';
    },
    ask: ask.internet,
    answer: ['blocked BAD_STATE nat-gateway nat-1 - request'],
  },
  {
    name: 'a NAT gateway uses the route table of its subnet',
    page: nat,
    change: (world) => dropRoute(world, 'n', '0.0.0.0/0'),
    ask: ask.internet,
    answer: ['blocked NO_ROUTE_TO_DESTINATION route-table rtb-n - request'],
  },
  {
    name: 'a NAT gateway may lead on to a transit gateway',
    page: nat,
    change: (world) => {
      dropRoute(world, 'n', '0.0.0.0/0');
      routesOf(world, 'n').push(routeTo('0.0.0.0/0', 'transit-gateway', 'tgw-1'));
    },
    ask: ask.internet,
    answer: ['unknown LEAVES_SIGHT elsewhere tgw-1'],
  },
  {
    name: 'a deleted target leaves a blackhole',
    page: 'AWSEC2/latest/APIReference/API_Route.html',
    change: (world) => {
      for (const route of routesOf(world, 'a')) if (route.target.id === 'nat-1') route.state = 'blackhole';
    },
    ask: ask.internet,
    answer: ['blocked BAD_STATE_ROUTE route-table rtb-a 0.0.0.0/0 request'],
  },
  {
    name: 'internet gateways reject private addresses',
    page: codes,
    change: () => undefined,
    ask: { ...ask.partner, cidr: '192.168.1.1' },
    answer: ['blocked IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS internet-gateway igw-1 - request'],
  },
  {
    name: 'internet gateways reject shared addresses',
    page: codes,
    change: () => undefined,
    ask: { ...ask.partner, cidr: '100.64.0.0/10' },
    answer: ['blocked IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS internet-gateway igw-1 - request'],
  },
  {
    name: 'an address of the VPC that is in no subnet is nobody',
    page: codes,
    change: () => undefined,
    ask: { ...ask.partner, cidr: '10.0.200.1' },
    answer: ['blocked NO_POSSIBLE_DESTINATION vpc vpc-1 - request'],
  },
  {
    name: 'bidirectional blocking stops NAT gateways',
    page: access,
    change: ({ network }) => {
      network.vpc.blockPublicAccess = 'block-bidirectional';
    },
    ask: ask.internet,
    answer: ['blocked VPC_BLOCK_PUBLIC_ACCESS_ENABLED internet-gateway igw-1 - request'],
  },
  {
    name: 'bidirectional blocking stops egress-only gateways',
    page: access,
    change: ({ network }) => {
      network.vpc.blockPublicAccess = 'block-bidirectional';
    },
    ask: ask.internetBySix,
    answer: ['blocked VPC_BLOCK_PUBLIC_ACCESS_ENABLED egress-only-internet-gateway eigw-1 - request'],
  },
  {
    name: 'blocking of ingress lets NAT gateways through',
    page: access,
    change: ({ network }) => {
      network.vpc.blockPublicAccess = 'block-ingress';
    },
    ask: ask.internet,
    answer: ['reachable'],
  },
  {
    name: 'blocking of ingress lets egress-only gateways through',
    page: access,
    change: ({ network }) => {
      network.vpc.blockPublicAccess = 'block-ingress';
    },
    ask: ask.internetBySix,
    answer: ['reachable'],
  },
  {
    name: 'a subnet may be excluded from blocking',
    page: access,
    change: ({ network }) => {
      network.vpc.blockPublicAccess = 'block-bidirectional';
      the(network.subnets, 'subnet-n').blockPublicAccess = 'off';
    },
    ask: ask.internet,
    answer: ['reachable'],
  },
  {
    name: 'blocking of public access does not touch gateway endpoints',
    page: access,
    change: ({ network }) => {
      network.vpc.blockPublicAccess = 'block-bidirectional';
    },
    ask: ask.s3,
    answer: ['reachable'],
  },
  {
    name: 'the route to a gateway endpoint is more specific than the default route',
    page: 'vpc/latest/privatelink/gateway-endpoints.html',
    change: ({ network }) => {
      the(network.natGateways, 'nat-1').state = 'deleted';
    },
    ask: ask.s3,
    answer: ['reachable'],
  },
  {
    name: 'gateway endpoints accept TCP alone',
    page: codes,
    change: () => undefined,
    ask: { ...ask.s3, protocol: 'udp' },
    answer: ['blocked VPCE_GATEWAY_PROTOCOL_RESTRICTION vpc-endpoint vpce-s3 - request'],
  },
];
