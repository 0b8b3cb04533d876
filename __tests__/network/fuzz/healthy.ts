import type { Family, Protocol } from '../../../src/network/verdict.js';
import {
  allowEntry,
  anywhere,
  type Draft,
  type DraftAcl,
  type DraftNetwork,
  type DraftSubnet,
  groupFor,
  ownAcl,
  ownTable,
  routeTo,
  ruleFor,
} from './draft.js';
import type { Random } from './random.js';

const zones = ['us-east-2a', 'us-east-2b', 'us-east-2c'];

/** A VPC with one to three subnets for the function; everything in it is open, and nothing leads out of it. */
export function openVpc(random: Random): Draft {
  const aims = {
    family: random.pick<Family>(['ipv4', 'ipv4', 'ipv6']),
    protocol: random.pick<Protocol>(['tcp', 'tcp', 'tcp', 'udp']),
    port: random.pick([443, 443, 5432, 3306, 53, 8080, 1024, 65535]),
  };
  const network = bareNetwork(random);
  const seats = Array.from({ length: random.weighted(seatCounts).count }, (_, index) =>
    addSubnet(network, random, index),
  );
  const draft: Draft = {
    random,
    network,
    place: { subnetIds: seats.map((seat) => seat.id), groupIds: ['sg-fn'], ipv6: true },
    seats,
    aims,
    destination: { kind: 'internet', ...aims },
    relevant: [
      anywhere[aims.family],
      ...(aims.family === 'ipv4' ? network.vpc.cidrs : network.vpc.ipv6Cidrs),
    ],
    injected: [],
    hidden: [],
  };
  for (const seat of seats) {
    if (random.chance(0.5)) ownTable(draft, seat);
    if (random.chance(0.4)) openStyle(draft, ownAcl(draft, seat));
  }
  openEgress(draft);
  return draft;
}

const seatCounts = [
  { count: 1, weight: 8 },
  { count: 2, weight: 45 },
  { count: 3, weight: 47 },
];

function bareNetwork(random: Random): DraftNetwork {
  const cidrs = random.chance(0.25) ? ['10.0.0.0/16', '10.1.0.0/16'] : ['10.0.0.0/16'];
  const ipv6Cidrs = ['2600:1f16:aa:bb00::/56'];
  return {
    region: 'us-east-2',
    vpc: {
      id: 'vpc-1',
      cidrs,
      ipv6Cidrs,
      dnsSupport: true,
      dnsHostnames: true,
      dnsServers: [random.pick(['AmazonProvidedDNS', 'AmazonProvidedDNS', '10.0.0.2', '169.254.169.253'])],
      blockPublicAccess: 'off',
    },
    subnets: [],
    routeTables: [
      {
        id: 'rtb-main',
        main: true,
        routes: [...cidrs, ...ipv6Cidrs].map((cidr) => routeTo(cidr, 'local', 'local')),
      },
    ],
    natGateways: [],
    prefixLists: [],
    acls: [
      {
        id: 'acl-main',
        entries: [true, false].flatMap((egress) => [
          allowEntry(100, egress, '0.0.0.0/0'),
          allowEntry(101, egress, '::/0'),
        ]),
      },
    ],
    groups: [],
    endpoints: [],
    interfaces: [],
  };
}

/** Adds a subnet in the zone of its number; the second range of the VPC holds every other one, where there is one. */
export function addSubnet(network: DraftNetwork, random: Random, index: number): DraftSubnet {
  const second = network.vpc.cidrs.length > 1 && index % 2 === 1 ? 1 : 0;
  const subnet: DraftSubnet = {
    id: `subnet-${index + 1}`,
    zone: zones[index % zones.length] ?? '',
    cidr: `10.${second}.${index}.0/${random.pick([24, 26, 28])}`,
    ipv6Cidr: `2600:1f16:aa:bb0${index}::/64`,
    aclId: 'acl-main',
    routeTableId: undefined,
    blockPublicAccess: undefined,
  };
  network.subnets.push(subnet);
  return subnet;
}

/** Writes the entries of an ACL in one of several ways that all let through what is asked for. */
function openStyle({ random, aims }: Draft, acl: DraftAcl): void {
  const ranges = ['0.0.0.0/0', '::/0'];
  const both = [true, false];
  const styles: (() => DraftAcl['entries'])[] = [
    () => both.flatMap((egress) => ranges.map((cidr, n) => allowEntry(100 + n, egress, cidr, '-1'))),
    () =>
      both.flatMap((egress) =>
        ['0.0.0.0/1', '128.0.0.0/1', '::/0'].map((cidr, n) => allowEntry(10 + n, egress, cidr)),
      ),
    () =>
      both.flatMap((egress) =>
        ranges.flatMap((cidr, n) => [
          { ...allowEntry(32767 + n, egress, cidr), allow: false },
          allowEntry(200 + n, egress, cidr, random.pick(['6', 'tcp']), { from: aims.port, to: 65535 }),
          allowEntry(210 + n, egress, cidr, 'tcp', { from: 1024, to: 65535 }),
          allowEntry(220 + n, egress, cidr, random.pick(['17', 'udp'])),
        ]),
      ),
  ];
  acl.entries = random.pick(styles)();
}

/** Lets the function send what is asked for, by one rule or several; and UDP to any DNS server. */
function openEgress(draft: Draft): void {
  const { random, aims, place } = draft;
  const wide = anywhere[aims.family];
  const group = groupFor(draft, 'sg-fn');
  const styles = [
    () => [ruleFor('cidr', wide)],
    () => [ruleFor('cidr', wide, '-1')],
    () => [ruleFor('cidr', wide, aims.protocol, aims.port)],
    () => [ruleFor('cidr', wide, aims.protocol)],
  ];
  group.egress = random.pick(styles)();
  if (random.chance(0.8)) group.egress.push(ruleFor('cidr', '0.0.0.0/0', 'udp', 53));
  if (random.chance(0.2)) {
    groupFor(draft, 'sg-also').egress.push(ruleFor('cidr', random.pick(['10.0.0.0/8', wide]), 'tcp', 443));
    place.groupIds.push('sg-also');
  }
}
