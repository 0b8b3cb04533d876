import type { Defect } from './defect.js';
import { addressIn, type Draft, type DraftEndpoint, groupFor, ownTable, routeTo, ruleFor } from './draft.js';

/** Takes a local route away, which AWS does not let happen but a reader of half a table may see. */
function dropLocalRoute(draft: Draft): boolean {
  const { random, network } = draft;
  const table = ownTable(draft, random.pick(network.subnets));
  if (table.routes.length === 0) return false;
  const local = random.pick(table.routes);
  table.routes = table.routes.filter((route) => route !== local);
  draft.hidden.push('local route');
  return true;
}

const anyTargets = [
  ['local', 'local'],
  ['nat-gateway', 'nat-1'],
  ['internet-gateway', 'igw-1'],
  ['egress-only-internet-gateway', 'eigw-1'],
  ['egress-only-internet-gateway', 'eigw-1'],
  ['gateway-endpoint', 'vpce-s3'],
  ['gateway-endpoint', 'vpce-1'],
  ['network-interface', 'eni-1'],
] as const;

/** Leads any route to any target, whether AWS would take it or not. */
function retarget(draft: Draft): boolean {
  const { random, network } = draft;
  const table = random.pick(network.routeTables);
  if (table.routes.length === 0) return false;
  const [kind, id] = random.pick(anyTargets);
  random.pick(table.routes).target = { kind, id };
  draft.hidden.push('target of a route');
  return true;
}

/** A list that holds nothing, or nothing of the family. */
function emptyPrefixList(draft: Draft): boolean {
  const { random, network } = draft;
  if (network.prefixLists.length === 0) return false;
  const list = random.pick(network.prefixLists);
  const colon = random.chance(0.5);
  list.cidrs = random.chance(0.4) ? [] : list.cidrs.filter((cidr) => cidr.includes(':') === colon);
  return true;
}

/** Another list with a name that covers the one asked for, before or after the first by id. */
function addNamedList(draft: Draft): boolean {
  const { random, network, destination } = draft;
  const id = random.pick(['pl-0', 'pl-z']);
  if (destination.kind !== 'service' || network.prefixLists.some((list) => list.id === id)) return false;
  const cidrs = random.pick([[], ['198.51.100.0/26', '9.9.9.9/32'], ['2001:db8:7:8::/64']]);
  network.prefixLists.push({
    id,
    cidrs,
    names: [random.pick([destination.name, '*.amazonaws.com', '*.com'])],
  });
  return true;
}

/** Says the same twice, which means what it means once. */
function repeat(draft: Draft): boolean {
  const { random, network, place } = draft;
  random.pick([
    () => place.groupIds.push(...place.groupIds),
    () => place.subnetIds.push(...place.subnetIds.slice(0, 1)),
    () => network.vpc.dnsServers.push(...network.vpc.dnsServers),
    () => network.interfaces?.slice(0, 1).map((one) => one.groupIds.push(...one.groupIds)),
  ])();
  return true;
}

const portEdges = [0, 1, 52, 53, 54, 442, 443, 444, 1023, 1024, 1025, 32767, 32768, 65534, 65535];

/** An entry whose ports begin and end where other ranges do. */
function addEdgeEntry(draft: Draft): boolean {
  const { random, network, relevant } = draft;
  const acl = random.pick(network.acls);
  const [from, to] = [random.pick(portEdges), random.pick(portEdges)].sort((a, b) => a - b);
  const egress = random.chance(0.5);
  const number = random.between(1, 99);
  if (acl.entries.some((entry) => entry.egress === egress && entry.number === number)) return false;
  acl.entries.push({
    number,
    egress,
    allow: random.chance(0.3),
    protocol: random.pick(['6', '17', 'tcp', 'udp', '-1', '1', '58', 'icmpv6']),
    ports: { from: from ?? 0, to: to ?? 65535 },
    cidr: random.pick(relevant),
  });
  return true;
}

/** Rules with ranges of ports, or with protocols that have none. */
function widenRules(draft: Draft): boolean {
  const { random, network } = draft;
  const rules = network.groups.flatMap((group) => [...group.ingress, ...group.egress]);
  if (rules.length === 0) return false;
  const rule = random.pick(rules);
  const [from, to] = [random.pick(portEdges), random.pick(portEdges)].sort((a, b) => a - b);
  rule.ports = random.chance(0.7) ? { from: from ?? 0, to: to ?? 65535 } : undefined;
  rule.protocol = random.pick(['6', '17', 'tcp', 'udp', '-1', 'all', '1', '50']);
  return true;
}

/** A second endpoint for the same or a wider name, in any state. */
function addSecondEndpoint(draft: Draft): boolean {
  const { random, network, destination, aims } = draft;
  if (destination.kind !== 'service' || network.endpoints.some((one) => one.id.endsWith('-extra')))
    return false;
  const subnets = network.subnets.filter(() => random.chance(0.6));
  const endpoint: DraftEndpoint = {
    kind: 'interface',
    id: random.pick(['vpce-0-extra', 'vpce-9-extra']),
    state: random.pick(['available', 'available', 'pending']),
    interfaces: subnets.map((subnet, index) => ({
      id: `eni-x${9 - index}`,
      subnetId: subnet.id,
      ipv4: random.chance(0.8) ? addressIn(subnet, 'ipv4', 10) : undefined,
      ipv6: random.chance(0.6) ? addressIn(subnet, 'ipv6', 10) : undefined,
    })),
    groupIds: random.pick([['sg-vpce'], ['sg-extra'], []]),
    privateDns: random.chance(0.8),
    names: [
      random.pick([
        destination.name,
        '*.amazonaws.com',
        `*.${destination.name}`,
        '*.us-east-2.amazonaws.com',
      ]),
    ],
    addressType: random.pick(['ipv4', 'dualstack', 'ipv6']),
    policy: random.pick(['full', 'other']),
  };
  network.endpoints.push(endpoint);
  groupFor(draft, 'sg-vpce');
  groupFor(draft, 'sg-extra').ingress.push(ruleFor('group', 'sg-fn', aims.protocol));
  return true;
}

/** Names of other shapes: China's, two labels, or one that nothing covers. */
function askOddly(draft: Draft): boolean {
  const { random, destination } = draft;
  if (destination.kind !== 'service') return false;
  destination.name = random.pick([
    'sts.amazonaws.com.cn',
    'STS.AMAZONAWS.COM',
    'us-east-2.amazonaws.com',
    'a.b.us-east-2.amazonaws.com',
    'amazonaws.com',
    `x.${destination.name}`,
  ]);
  return true;
}

/** Any list of DNS servers, of all kinds. */
function mixServers(draft: Draft): boolean {
  const { random, network, destination, hidden } = draft;
  if (destination.kind !== 'service') return false;
  const addresses = network.interfaces?.flatMap((one) => one.addresses) ?? [];
  const kinds = [
    'AmazonProvidedDNS',
    '10.0.0.2',
    '10.1.0.2',
    '8.8.8.8',
    '2001:4860:4860::8888',
    '10.0.77.53',
    '10.0.0.60',
    'ns.example.com',
    ...addresses,
  ];
  network.vpc.dnsServers = Array.from({ length: random.between(1, 4) }, () => random.pick(kinds));
  network.vpc.dnsSupport = random.chance(0.6);
  hidden.push('dns servers');
  return true;
}

/** Routes of equal length by two prefix lists, to one target or to two, beside a static or a propagated one. */
function competeInDetail(draft: Draft): boolean {
  const { random, network, relevant, hidden } = draft;
  if (network.prefixLists.some((list) => list.id.startsWith('pl-duel'))) return false;
  const cidr = random.pick(relevant.filter((one) => one.includes('/')));
  const table = ownTable(draft, random.pick(network.subnets));
  const targets = [
    ['transit-gateway', 'tgw-3'],
    ['nat-gateway', 'nat-1'],
    ['egress-only-internet-gateway', 'eigw-1'],
    ['internet-gateway', 'igw-1'],
  ] as const;
  for (const id of ['pl-duel-1', 'pl-duel-2']) {
    network.prefixLists.push({ id, cidrs: random.chance(0.8) ? [cidr] : [cidr, ...relevant], names: [] });
    const [kind, target] = random.pick(targets);
    table.routes.push({
      ...routeTo(id, kind, target),
      state: random.pick(['active', 'active', 'blackhole']),
    });
  }
  const [kind, target] = random.pick(targets);
  if (!table.routes.some((route) => route.destination === cidr)) {
    table.routes.push({ ...routeTo(cidr, kind, target), propagated: random.chance(0.7) });
  }
  if (random.chance(0.5)) table.routes.reverse();
  hidden.push('rival prefix lists');
  return true;
}

/** Destinations of odd sizes: half of all addresses, the range beside the VPC, more than the VPC. */
function askForMuch(draft: Draft): boolean {
  const { random, aims, hidden } = draft;
  const four = [
    '0.0.0.0/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '10.0.0.0/8',
    '10.2.0.0/15',
    '9.0.0.0/7',
    '203.0.113.0/24',
  ];
  const six = ['::/0', '::/1', '2000::/3', '2600:1f16:aa:ba00::/55', '2001:db8::/32'];
  const cidr = random.pick(aims.family === 'ipv4' ? four : six);
  draft.destination = { kind: 'address', cidr, protocol: aims.protocol, port: aims.port };
  hidden.push('addresses without interfaces');
  return true;
}

/** An endpoint's interface in a subnet that is not described. */
function strayInterface(draft: Draft): boolean {
  const endpoint = draft.network.endpoints.find((one) => one.kind === 'interface');
  const one = endpoint?.interfaces[0];
  if (one === undefined) return false;
  one.subnetId = 'subnet-stray';
  one.ipv4 = undefined;
  one.ipv6 = undefined;
  draft.hidden.push('subnet of an endpoint');
  return true;
}

/** Allows at a number that stands for `*`, or denies there. */
function writeStarEntry(draft: Draft): boolean {
  const { random, network } = draft;
  const acl = random.pick(network.acls);
  const [number, egress] = [random.pick([32767, 32768]), random.chance(0.5)];
  if (acl.entries.some((entry) => entry.egress === egress && entry.number === number)) return false;
  const cidr = number === 32767 ? '0.0.0.0/0' : '::/0';
  acl.entries = acl.entries.filter((entry) => entry.egress !== egress || random.chance(0.5));
  acl.entries.push({ number, egress, allow: false, protocol: 'all', ports: undefined, cidr });
  return true;
}

/** What AWS shows seldom or never, but a network may hold. */
export const oddDefects: readonly Defect[] = [
  { name: 'local route dropped', weight: 0.7, apply: dropLocalRoute },
  { name: 'route led elsewhere', weight: 3, apply: retarget },
  { name: 'prefix list emptied', weight: 1.5, apply: emptyPrefixList },
  { name: 'named prefix list added', weight: 1, apply: addNamedList },
  { name: 'repeated', weight: 1, apply: repeat },
  { name: 'edge entry added', weight: 6, apply: addEdgeEntry },
  { name: 'rules widened', weight: 5, apply: widenRules },
  { name: 'second endpoint', weight: 4, apply: addSecondEndpoint },
  { name: 'odd name', weight: 1, apply: askOddly },
  { name: 'dns servers mixed', weight: 1.2, apply: mixServers },
  { name: 'routes compete', weight: 2, apply: competeInDetail },
  { name: 'much asked for', weight: 1.2, apply: askForMuch },
  { name: 'endpoint interface stray', weight: 0.4, apply: strayInterface },
  { name: 'last entry written', weight: 1.5, apply: writeStarEntry },
];
