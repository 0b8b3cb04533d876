import {
  addressIn,
  anywhere,
  cidrIn,
  type Draft,
  type DraftEndpoint,
  type DraftSubnet,
  groupFor,
  routeTo,
  ruleFor,
} from './draft.js';
import { addNat, addWayOut, seatTables } from './ways-out.js';

/** A kind of connection, made healthy in an open VPC. */
export interface Scene {
  readonly name: string;
  readonly weight: number;
  readonly make: (draft: Draft) => void;
}

function internet(draft: Draft): void {
  addWayOut(draft);
  const { aims, random } = draft;
  draft.destination = random.chance(0.2)
    ? { kind: 'address', cidr: anywhere[aims.family], protocol: aims.protocol, port: aims.port }
    : { kind: 'internet', ...aims };
}

function outsideAddress(draft: Draft): void {
  addWayOut(draft);
  const { aims, random } = draft;
  const cidr =
    aims.family === 'ipv4'
      ? random.pick(['198.51.100.7', '198.51.100.0/24', '192.0.2.128/25', '9.9.9.9/32', '198.51.100.77/30'])
      : random.pick(['2001:db8:5::9', '2001:db8:5::/64']);
  draft.relevant.push(cidr);
  draft.destination = { kind: 'address', cidr, protocol: aims.protocol, port: aims.port };
}

/** Lets the function in at a group, by one of several peers. */
function openIngress(draft: Draft, groupId: string): void {
  const { random, aims, place, network } = draft;
  const vpc = aims.family === 'ipv4' ? network.vpc.cidrs : network.vpc.ipv6Cidrs;
  const styles = [
    () => vpc.map((cidr) => ruleFor('cidr', cidr, aims.protocol, aims.port)),
    () => place.groupIds.slice(0, 1).map((id) => ruleFor('group', id, aims.protocol, aims.port)),
    () => [ruleFor('cidr', anywhere[aims.family])],
    () => draft.seats.map((seat) => ruleFor('cidr', cidrIn(seat, aims.family) ?? '::/128', aims.protocol)),
  ];
  groupFor(draft, groupId).ingress.push(...random.pick(styles)());
}

/** Lets the function out to a group instead of to everything, sometimes. */
function narrowEgress(draft: Draft, groupId: string): void {
  const { random, aims } = draft;
  if (!random.chance(0.4)) return;
  const dns = groupFor(draft, 'sg-fn').egress.filter((rule) => rule.ports?.from === 53 && aims.port !== 53);
  groupFor(draft, 'sg-fn').egress = [ruleFor('group', groupId, aims.protocol, aims.port), ...dns];
}

/** Adds interfaces that wear the group to some subnets. */
function addInterfaces(draft: Draft, groupId: string): void {
  const { network, random } = draft;
  const count = random.between(1, 3);
  groupFor(draft, 'sg-more');
  for (let index = 0; index < count; index += 1) {
    const subnet = random.pick(network.subnets);
    const offset = 4 + index;
    const addresses = [addressIn(subnet, 'ipv4', offset), addressIn(subnet, 'ipv6', offset)];
    if (random.chance(0.15)) addresses.push(addressIn(subnet, 'ipv4', 14), addressIn(subnet, 'ipv6', 14));
    network.interfaces?.push({
      id: `eni-${index + 1}`,
      subnetId: subnet.id,
      addresses: addresses.filter((address) => address !== undefined),
      groupIds: random.chance(0.1) ? [groupId, 'sg-more'] : [groupId],
    });
  }
}

function group(draft: Draft): void {
  if (draft.random.chance(0.3)) addNat(draft);
  openIngress(draft, 'sg-dst');
  addInterfaces(draft, 'sg-dst');
  narrowEgress(draft, 'sg-dst');
  draft.destination = { kind: 'group', groupId: 'sg-dst', ...draft.aims };
}

function insideAddress(draft: Draft): void {
  group(draft);
  const { aims, random, network } = draft;
  const addresses = network.interfaces?.flatMap((one) => one.addresses) ?? [];
  const address = random.pick(addresses.filter((one) => one.includes(':') === (aims.family === 'ipv6')));
  draft.destination = { kind: 'address', cidr: address, protocol: aims.protocol, port: aims.port };
  if (random.chance(0.3)) fillRange(draft);
}

/** Asks for four addresses beside each other, all of them at interfaces. */
function fillRange(draft: Draft): void {
  const { aims, network, random } = draft;
  const subnet = random.pick(network.subnets);
  for (let offset = 8; offset < 12; offset += 1) {
    const address = addressIn(subnet, aims.family, offset);
    if (address === undefined) return;
    const groupIds = random.chance(0.15) ? [] : ['sg-dst'];
    network.interfaces?.push({ id: `eni-r${offset}`, subnetId: subnet.id, addresses: [address], groupIds });
  }
  const first = addressIn(subnet, aims.family, 8);
  const cidr = `${first}/${aims.family === 'ipv4' ? 30 : 126}`;
  draft.relevant.push(cidr);
  draft.destination = { kind: 'address', cidr, protocol: aims.protocol, port: aims.port };
}

/** Adds an interface endpoint with an interface in some subnets. */
function addEndpoint(draft: Draft, number: number, names: string[], groupId: string): void {
  const id = `vpce-${number}`;
  const { random, network, aims } = draft;
  const zones = random.chance(0.7) ? draft.seats : [random.pick(draft.seats)];
  const both = random.chance(0.5);
  const interfaceIn = (subnet: DraftSubnet, index: number) => ({
    id: `eni-${id}-${index}`,
    subnetId: subnet.id,
    ipv4: both || aims.family === 'ipv4' ? addressIn(subnet, 'ipv4', 6 + number) : undefined,
    ipv6: both || aims.family === 'ipv6' ? addressIn(subnet, 'ipv6', 6 + number) : undefined,
  });
  const endpoint: DraftEndpoint = {
    kind: 'interface',
    id,
    state: 'available',
    interfaces: zones.map(interfaceIn),
    groupIds: [groupId],
    privateDns: true,
    names,
    addressType: both ? 'dualstack' : aims.family,
    policy: random.chance(0.85) ? 'full' : 'other',
  };
  network.endpoints.push(endpoint);
}

function endpointService(draft: Draft): void {
  const { random, aims } = draft;
  const label = random.pick(['ssm', 'sts', 'logs']);
  const host = `${label}.us-east-2.amazonaws.com`;
  const names = random.pick([[host], [host, `*.${host}`], [`*.${host}`]]);
  openIngress(draft, 'sg-vpce');
  addEndpoint(draft, 1, names, 'sg-vpce');
  if (random.chance(0.05)) addEndpoint(draft, 2, [`*.us-east-2.amazonaws.com`], 'sg-vpce');
  narrowEgress(draft, 'sg-vpce');
  if (random.chance(0.35)) addWayOut(draft);
  const name = names.includes(host) ? host : `bucket.${host}`;
  draft.destination = random.chance(0.12)
    ? { kind: 'group', groupId: 'sg-vpce', ...aims }
    : { kind: 'service', name: random.chance(0.1) ? name.toUpperCase() : name, ...aims };
}

const s3 = 's3.us-east-2.amazonaws.com';

function gatewayService(draft: Draft): void {
  const { random, aims, network } = draft;
  aims.protocol = random.chance(0.9) ? 'tcp' : aims.protocol;
  const cidrs = ['52.219.80.0/20', '3.5.128.0/22', '2600:1fa0:6000::/40'];
  network.prefixLists.push({ id: 'pl-s3', cidrs, names: [s3, `*.${s3}`] });
  const policy = random.chance(0.8) ? 'full' : 'other';
  const tables = seatTables(draft);
  network.endpoints.push({
    kind: 'gateway',
    id: 'vpce-s3',
    state: 'available',
    routeTableIds: tables.map((table) => table.id),
    prefixListId: 'pl-s3',
    policy,
  });
  for (const table of tables) table.routes.push(routeTo('pl-s3', 'gateway-endpoint', 'vpce-s3'));
  const ours = cidrs.filter((cidr) => cidr.includes(':') === (aims.family === 'ipv6'));
  draft.relevant.push(...ours);
  groupFor(draft, 'sg-fn').egress = random.chance(0.5)
    ? [ruleFor('prefix-list', 'pl-s3', aims.protocol, aims.port)]
    : [ruleFor('cidr', anywhere[aims.family], aims.protocol)];
  if (random.chance(0.4)) addWayOut(draft);
  const { protocol, port } = aims;
  draft.destination = random.chance(0.75)
    ? { kind: 'service', name: random.pick([s3, `bucket.${s3}`]), ...aims }
    : { kind: 'address', cidr: random.pick(ours), protocol, port };
}

function publicService(draft: Draft): void {
  addWayOut(draft);
  const { random, aims, network } = draft;
  if (random.chance(0.4)) {
    const cidrs = ['198.51.100.0/24', '192.0.2.0/25', '2001:db8:7::/48'];
    network.prefixLists.push({ id: 'pl-svc', cidrs, names: ['*.us-east-2.amazonaws.com'] });
    draft.relevant.push(...cidrs.filter((cidr) => cidr.includes(':') === (aims.family === 'ipv6')));
  }
  draft.destination = {
    kind: 'service',
    name: random.pick(['iam.amazonaws.com', 'kms.us-east-2.amazonaws.com', 'api.example.com']),
    ...aims,
  };
}

/** Every kind of connection that cases begin with. */
export const scenes: readonly Scene[] = [
  { name: 'internet', weight: 14, make: internet },
  { name: 'outside address', weight: 12, make: outsideAddress },
  { name: 'group', weight: 18, make: group },
  { name: 'inside address', weight: 14, make: insideAddress },
  { name: 'endpoint service', weight: 24, make: endpointService },
  { name: 'gateway service', weight: 13, make: gatewayService },
  { name: 'public service', weight: 8, make: publicService },
];
