import type { RouteTargetKind } from '../../../src/network/network.js';
import type { Defect } from './defect.js';
import { type Draft, groupFor, ownTable, routeTo, ruleFor } from './draft.js';

/** Notes that something is out of sight now. */
function hiding(what: string, change: (draft: Draft) => boolean): Defect['apply'] {
  return (draft) => {
    if (!change(draft)) return false;
    draft.hidden.push(what);
    return true;
  };
}

const elsewhere: readonly (readonly [RouteTargetKind, string])[] = [
  ['vpc-peering', 'pcx-1'],
  ['transit-gateway', 'tgw-1'],
  ['virtual-private-gateway', 'vgw-1'],
  ['network-interface', 'eni-appliance'],
  ['gateway-load-balancer-endpoint', 'vpce-gwlb'],
  ['other', 'lgw-1'],
];

/** Routes something to where nobody looks: all, another network that is then asked for, or one's own subnet. */
function leadAway(draft: Draft): boolean {
  const { random, aims, network, seats } = draft;
  const [kind, id] = random.pick(elsewhere);
  const table = random.chance(0.7) ? ownTable(draft, random.pick(seats)) : random.pick(network.routeTables);
  const wide = aims.family === 'ipv4' ? '0.0.0.0/0' : '::/0';
  const peer = aims.family === 'ipv4' ? '172.30.0.0/16' : '2600:1f18:1::/56';
  const ownCidr = aims.family === 'ipv4' ? random.pick(network.subnets).cidr : undefined;
  const destination = random.pick([wide, peer, ownCidr ?? peer]);
  table.routes = table.routes.filter((route) => route.destination !== destination);
  table.routes.push(routeTo(destination, kind, id));
  if (destination === peer) {
    draft.destination = { kind: 'address', cidr: peer, protocol: aims.protocol, port: aims.port };
  }
  return true;
}

function rivalLists(draft: Draft): boolean {
  const { network, random, seats, aims } = draft;
  if (draft.destination.kind === 'group' || network.prefixLists.some((list) => list.id === 'pl-a'))
    return false;
  const table = ownTable(draft, random.pick(seats));
  const fine = aims.family === 'ipv4' ? ['198.51.100.0/24', '203.0.113.0/24'] : ['2001:db8::/33'];
  network.prefixLists.push(
    { id: 'pl-a', cidrs: fine, names: [] },
    { id: 'pl-b', cidrs: [...fine], names: [] },
  );
  const gone = aims.family === 'ipv4' ? 'nat-gateway' : 'egress-only-internet-gateway';
  table.routes.push(routeTo('pl-a', gone, aims.family === 'ipv4' ? 'nat-1' : 'eigw-1'));
  table.routes.push(routeTo('pl-b', 'transit-gateway', 'tgw-2'));
  return true;
}

function hideAcl(draft: Draft): boolean {
  const subnet = draft.random.pick(draft.network.subnets);
  subnet.aclId = 'acl-hidden';
  return true;
}

function hideTable(draft: Draft): boolean {
  const { network, random } = draft;
  if (random.chance(0.5)) {
    random.pick(network.subnets).routeTableId = 'rtb-hidden';
  } else {
    for (const table of network.routeTables) table.main = false;
  }
  return true;
}

function hideListOfRoute(draft: Draft): boolean {
  const { network, random, seats } = draft;
  if (network.prefixLists.length > 0 && random.chance(0.4)) {
    network.prefixLists = [];
    return true;
  }
  const table = ownTable(draft, random.pick(seats));
  const [kind, id] = random.pick([...elsewhere, ['gateway-endpoint', 'vpce-hidden'] as const]);
  table.routes.push(routeTo('pl-hidden', kind, id));
  return true;
}

function hideGroup(draft: Draft): boolean {
  const { network, random } = draft;
  const ids = network.groups.map((group) => group.id);
  const id = random.pick(ids);
  network.groups = network.groups.filter((group) => group.id !== id);
  return true;
}

/** Admits a list, or a group, that is not described, where nothing else is admitted. */
function admitHidden(draft: Draft): boolean {
  const { random, place, aims } = draft;
  const rule = random.pick([
    ruleFor('prefix-list', 'pl-hidden', aims.protocol, aims.port),
    ruleFor('group', 'sg-foreign', aims.protocol, aims.port),
    ruleFor('group', 'sg-fn'),
  ]);
  for (const id of place.groupIds) groupFor(draft, id).egress = [rule];
  return true;
}

function hideInterfaces(draft: Draft): boolean {
  if (draft.random.chance(0.5)) draft.network.interfaces = undefined;
  else draft.network.interfaces?.pop();
  return true;
}

function hideNat(draft: Draft): boolean {
  const { network, random } = draft;
  const nat = network.natGateways[0];
  if (nat === undefined) return false;
  if (random.chance(0.5)) network.natGateways.shift();
  else nat.subnetId = random.pick([undefined, 'subnet-hidden']);
  return true;
}

function hideEndpoint(draft: Draft): boolean {
  const { network } = draft;
  const before = network.endpoints.length;
  network.endpoints = network.endpoints.filter((endpoint) => endpoint.kind !== 'gateway');
  return network.endpoints.length < before;
}

function runInHidden(draft: Draft): boolean {
  draft.place.subnetIds.push('subnet-hidden');
  return true;
}

function hideServer(draft: Draft): boolean {
  if (draft.destination.kind !== 'service') return false;
  draft.network.vpc.dnsServers = ['dns.example.com', 'AmazonProvidedDNS'];
  return true;
}

/** What lies at any address of a subnet is not described, but for its interfaces. */
function askForSubnet(draft: Draft): boolean {
  const { random, aims, network } = draft;
  const subnet = random.pick(network.subnets);
  const wide =
    aims.family === 'ipv4' ? ['10.0.0.0/22', '10.0.0.0/16', '10.0.0.0/15', '8.0.0.0/5'] : ['2600::/16'];
  const own = aims.family === 'ipv4' ? subnet.cidr : subnet.ipv6Cidr;
  const cidr = random.chance(0.4) ? random.pick(wide) : own;
  if (cidr === undefined) return false;
  draft.destination = { kind: 'address', cidr, protocol: aims.protocol, port: aims.port };
  return true;
}

/** Sends the replies to a part of a function's subnet elsewhere, or drops them. */
function misleadReplies(draft: Draft): boolean {
  const { random, network, seats, aims } = draft;
  if (aims.family === 'ipv6') return false;
  const back = random.pick(seats).cidr?.replace(/\.0\/\d+$/, random.pick(['.0/29', '.8/29', '.0/28']));
  const table = ownTable(draft, random.pick(network.subnets));
  if (back === undefined || table.routes.some((route) => route.destination === back)) return false;
  const [kind, id] = random.pick([
    ...elsewhere,
    ['nat-gateway', 'nat-1'] as const,
    ['internet-gateway', 'igw-1'] as const,
  ]);
  table.routes.push({ ...routeTo(back, kind, id), state: random.pick(['active', 'active', 'blackhole']) });
  return true;
}

/** IPv6 to a NAT gateway is translated to IPv4. */
function translate(draft: Draft): boolean {
  const { aims, network, random, seats } = draft;
  if (aims.family === 'ipv4') return false;
  const seat = random.pick(network.subnets.filter((subnet) => !seats.includes(subnet)).concat(seats));
  if (network.natGateways.some((nat) => nat.id === 'nat-64')) return false;
  network.natGateways.push({ id: 'nat-64', subnetId: seat.id, connectivity: 'public', state: 'available' });
  ownTable(draft, random.pick(seats)).routes.push(routeTo('64:ff9b::/96', 'nat-gateway', 'nat-64'));
  draft.destination = {
    kind: 'address',
    cidr: '64:ff9b::c633:6407',
    protocol: aims.protocol,
    port: aims.port,
  };
  return true;
}

/** Defects that put something out of sight. */
export const hidingDefects: readonly Defect[] = [
  { name: 'leads away', weight: 3, apply: hiding('elsewhere', leadAway) },
  { name: 'rival prefix lists', weight: 4, apply: hiding('rival prefix lists', rivalLists) },
  { name: 'acl hidden', weight: 0.6, apply: hiding('acl', hideAcl) },
  { name: 'route table hidden', weight: 0.6, apply: hiding('route table', hideTable) },
  { name: 'prefix list of a route hidden', weight: 0.8, apply: hiding('prefix list', hideListOfRoute) },
  { name: 'group hidden', weight: 0.6, apply: hiding('group', hideGroup) },
  { name: 'peer hidden', weight: 0.8, apply: hiding('peer', admitHidden) },
  { name: 'interfaces hidden', weight: 1, apply: hiding('interfaces', hideInterfaces) },
  { name: 'nat gateway hidden', weight: 0.6, apply: hiding('nat gateway', hideNat) },
  { name: 'gateway endpoint hidden', weight: 0.6, apply: hiding('gateway endpoint', hideEndpoint) },
  { name: 'subnet hidden', weight: 0.3, apply: hiding('subnet', runInHidden) },
  { name: 'dns server hidden', weight: 0.4, apply: hiding('dns server', hideServer) },
  { name: 'subnet asked for', weight: 1.2, apply: hiding('addresses of a subnet', askForSubnet) },
  { name: 'replies misled', weight: 3, apply: hiding('replies', misleadReplies) },
  { name: 'ipv6 translated', weight: 0.5, apply: hiding('address translation', translate) },
];
