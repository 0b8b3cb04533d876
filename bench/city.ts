import type {
  AclEntry,
  GroupRule,
  InterfaceEndpoint,
  Network,
  NetworkInterface,
  Route,
  SubnetNetwork,
} from '../src/network/network.js';
import type { Destination, Question } from '../src/network/verdict.js';

const SUBNETS = 200;
const TABLES = 100;
const GROUPS = 500;
const ACLS = 40;
const ENDPOINTS = 40;
const ZONES = ['us-east-2a', 'us-east-2b', 'us-east-2c'];

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const zoneOf = (index: number): string => ZONES[index % ZONES.length] ?? '';

/** A large VPC in which every kind of way is found, the same at every call. */
export function city(): Network {
  return {
    region: 'us-east-2',
    vpc: {
      id: 'vpc-city',
      cidrs: ['10.0.0.0/16'],
      ipv6Cidrs: [],
      dnsSupport: true,
      dnsHostnames: true,
      dnsServers: ['AmazonProvidedDNS'],
      blockPublicAccess: 'off',
    },
    subnets: range(SUBNETS).map(subnet),
    routeTables: range(TABLES).map((index) => ({
      id: `rtb-${index}`,
      main: index === 0,
      routes: routes(index),
    })),
    natGateways: range(3).map((index) => ({
      id: `nat-${index}`,
      subnetId: `subnet-${index}`,
      connectivity: 'public',
      state: 'available',
    })),
    prefixLists: [
      {
        id: 'pl-s3',
        cidrs: range(20).map((index) => `52.219.${index * 8}.0/21`),
        names: ['s3.us-east-2.amazonaws.com'],
      },
    ],
    acls: range(ACLS).map((index) => ({ id: `acl-${index}`, entries: entries(index) })),
    groups: range(GROUPS).map((index) => ({
      id: `sg-${index}`,
      ingress: ingress(index),
      egress: egress(index),
    })),
    endpoints: [
      ...range(ENDPOINTS).map(endpoint),
      {
        kind: 'gateway',
        id: 'vpce-s3',
        state: 'available',
        routeTableIds: range(TABLES).map((index) => `rtb-${index}`),
        prefixListId: 'pl-s3',
        policy: 'full',
      },
    ],
    interfaces: range(2 * GROUPS).map(networkInterface),
  };
}

function subnet(index: number): SubnetNetwork {
  return {
    id: `subnet-${index}`,
    zone: zoneOf(index),
    cidr: `10.0.${index}.0/24`,
    ipv6Cidr: undefined,
    aclId: `acl-${index % ACLS}`,
    routeTableId: `rtb-${index < 3 ? 1 : index % TABLES}`,
    blockPublicAccess: undefined,
  };
}

/** The first table but the main one is that of the NAT gateways; every tenth leads nowhere. */
function routes(index: number): Route[] {
  const to = (destination: string, kind: Route['target']['kind'], id: string): Route => ({
    destination,
    target: { kind, id },
    state: 'active',
    propagated: false,
  });
  const way =
    index === 1
      ? to('0.0.0.0/0', 'internet-gateway', 'igw-1')
      : to('0.0.0.0/0', 'nat-gateway', `nat-${index % 3}`);
  return [
    to('10.0.0.0/16', 'local', 'local'),
    ...(index % 10 === 0 ? [] : [way]),
    to('pl-s3', 'gateway-endpoint', 'vpce-s3'),
    ...range(10).map((peer) => to(`172.${16 + peer}.0.0/16`, 'vpc-peering', `pcx-${peer}`)),
  ];
}

/** Twenty entries of each direction, most of which match nothing here; every eighth ACL admits no replies. */
function entries(index: number): AclEntry[] {
  return [true, false].flatMap((toOut) => [
    ...range(18).map((number) => ({
      number: number + 1,
      egress: toOut,
      allow: false,
      protocol: 'tcp',
      ports: { from: 20 + number, to: 20 + number },
      cidr: `203.0.${number}.0/24`,
    })),
    {
      number: 100,
      egress: toOut,
      allow: true,
      protocol: 'tcp',
      ports: index % 8 === 7 ? { from: 0, to: 40000 } : undefined,
      cidr: '0.0.0.0/0',
    },
  ]);
}

const rule = (port: number, kind: GroupRule['peer']['kind'], value: string): GroupRule => ({
  protocol: 'tcp',
  ports: { from: port, to: port },
  peer: { kind, value },
});

function egress(index: number): GroupRule[] {
  return [
    ...range(8).map((peer) => rule(5432, 'group', `sg-${(index + peer) % GROUPS}`)),
    rule(443, 'cidr', '0.0.0.0/0'),
    rule(443, 'prefix-list', 'pl-s3'),
  ];
}

function ingress(index: number): GroupRule[] {
  return [
    ...range(8).map((peer) => rule(5432, 'group', `sg-${(index + GROUPS - 2 * peer) % GROUPS}`)),
    rule(443, 'cidr', '10.0.0.0/17'),
    rule(443, 'cidr', '10.0.128.0/17'),
  ];
}

function endpoint(index: number): InterfaceEndpoint {
  return {
    kind: 'interface',
    id: `vpce-${index}`,
    state: 'available',
    interfaces: range(3).map((zone) => ({
      id: `eni-vpce-${index}-${zone}`,
      subnetId: `subnet-${30 + zone}`,
      ipv4: `10.0.${30 + zone}.${10 + index}`,
      ipv6: undefined,
    })),
    groupIds: [`sg-${index}`],
    privateDns: index % 5 !== 4,
    names: [`service-${index}.us-east-2.amazonaws.com`],
    addressType: 'ipv4',
    policy: index % 3 === 0 ? 'other' : 'full',
  };
}

function networkInterface(index: number): NetworkInterface {
  return {
    id: `eni-${index}`,
    subnetId: `subnet-${40 + (index % 100)}`,
    addresses: [`10.0.${40 + (index % 100)}.${20 + Math.floor(index / 100)}`],
    groupIds: [`sg-${index % GROUPS}`],
  };
}

/** Questions of functions in three subnets each, of every kind of destination. */
export function questions(count: number): readonly Question[] {
  return range(count).map((index) => {
    const first = 10 + (index % 60) * 3;
    const subnetIds = range(3).map((zone) => `subnet-${first + zone}`);
    const place = { subnetIds, groupIds: [`sg-${index % GROUPS}`], ipv6: false };
    return { place, destination: destination(index) };
  });
}

function destination(index: number): Destination {
  const https = { protocol: 'tcp', port: 443 } as const;
  switch (index % 5) {
    case 0:
      return { kind: 'internet', family: 'ipv4', ...https };
    case 1:
      return { kind: 'service', name: 's3.us-east-2.amazonaws.com', family: 'ipv4', ...https };
    case 2:
      return {
        kind: 'group',
        groupId: `sg-${(index + 2) % GROUPS}`,
        family: 'ipv4',
        protocol: 'tcp',
        port: 5432,
      };
    case 3:
      return {
        kind: 'address',
        cidr: index % 2 === 0 ? '10.0.55.22' : `10.0.${index % SUBNETS}.0/24`,
        ...https,
      };
    default: {
      const name = `service-${Math.floor(index / 5) % ENDPOINTS}.us-east-2.amazonaws.com`;
      return { kind: 'service', name, family: 'ipv4', ...https };
    }
  }
}
