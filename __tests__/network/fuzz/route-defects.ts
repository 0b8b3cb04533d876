import type { BlockPublicAccess } from '../../../src/network/network.js';
import type { Defect } from './defect.js';
import { type Draft, type DraftTable, ownTable, routeTo } from './draft.js';

/** A table that may matter: one seat's own, so that other subnets keep theirs, or one of all. */
function someTable(draft: Draft): DraftTable {
  const { random, seats, network } = draft;
  return random.chance(0.75) ? ownTable(draft, random.pick(seats)) : random.pick(network.routeTables);
}

/** Routes that lead somewhere, local ones left out. */
function leadingRoutes(table: DraftTable): DraftTable['routes'] {
  return table.routes.filter((route) => route.target.kind !== 'local');
}

function dropRoute(draft: Draft): boolean {
  const table = someTable(draft);
  const routes = leadingRoutes(table);
  if (routes.length === 0) return false;
  const gone = draft.random.pick(routes);
  table.routes = table.routes.filter((route) => route !== gone);
  return true;
}

function breakRoute(draft: Draft): boolean {
  const table = someTable(draft);
  const routes = leadingRoutes(table);
  if (routes.length === 0) return false;
  const state = draft.random.pick(['blackhole', 'blackhole', 'other'] as const);
  draft.random.pick(routes).state = state;
  if (state === 'other') draft.hidden.push('route state');
  return true;
}

/** A dead route that is more specific than the others. */
function addBlackhole(draft: Draft): boolean {
  const { random, relevant, aims } = draft;
  const table = someTable(draft);
  const fine =
    aims.family === 'ipv4' ? ['198.51.100.0/25', '203.0.113.0/24', '52.219.80.0/21'] : ['2001:db8::/32'];
  const destination = random.pick([...fine, ...relevant.filter((cidr) => cidr.includes('/'))]);
  if (table.routes.some((route) => route.destination === destination)) return false;
  table.routes.push({ ...routeTo(destination, 'vpc-peering', 'pcx-dead'), state: 'blackhole' });
  return true;
}

/** Sends what went elsewhere straight to an internet gateway. */
function useInternetGateway(draft: Draft): boolean {
  const table = someTable(draft);
  const destination = draft.aims.family === 'ipv4' ? '0.0.0.0/0' : '::/0';
  table.routes = table.routes.filter((route) => route.destination !== destination);
  table.routes.push(routeTo(destination, 'internet-gateway', 'igw-1'));
  if (draft.aims.family === 'ipv6') draft.hidden.push('IPv6 internet gateway');
  return true;
}

function breakNat(draft: Draft): boolean {
  const { network, random } = draft;
  if (network.natGateways.length === 0) return false;
  random.pick(network.natGateways).state = random.pick(['pending', 'failed', 'deleting', 'deleted']);
  return true;
}

function hideNatFromInternet(draft: Draft): boolean {
  const { network, random } = draft;
  if (network.natGateways.length === 0) return false;
  random.pick(network.natGateways).connectivity = 'private';
  return true;
}

/** A second NAT gateway, which stands in a subnet of the function. */
function natInSeat(draft: Draft): boolean {
  const { network, random, seats, aims } = draft;
  if (aims.family === 'ipv6' || network.natGateways.length !== 1) return false;
  const seat = random.pick(seats);
  network.natGateways.push({ id: 'nat-2', subnetId: seat.id, connectivity: 'public', state: 'available' });
  const table = ownTable(draft, random.chance(0.5) ? seat : random.pick(seats));
  table.routes = table.routes.filter((route) => route.destination !== '0.0.0.0/0');
  table.routes.push(routeTo('0.0.0.0/0', 'nat-gateway', 'nat-2'));
  return true;
}

/** Two halves of everything lead where the whole led, which changes nothing. */
function splitDefault(draft: Draft): boolean {
  const table = someTable(draft);
  const whole = table.routes.find((route) => route.destination === '0.0.0.0/0');
  if (whole === undefined) return false;
  const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((destination) => ({
    ...structuredClone(whole),
    destination,
  }));
  table.routes = [...table.routes.filter((route) => route !== whole), ...halves];
  if (draft.random.chance(0.5)) table.routes.reverse();
  return true;
}

/** A customer's prefix list, with a route that competes with a static or a propagated one of the same length. */
function competeByPrefixList(draft: Draft): boolean {
  const { network, random, aims, hidden } = draft;
  const table = someTable(draft);
  const wide = aims.family === 'ipv4' ? '0.0.0.0/0' : '::/0';
  if (table.routes.some((route) => route.destination === 'pl-wide')) return false;
  if (!network.prefixLists.some((list) => list.id === 'pl-wide')) {
    network.prefixLists.push({ id: 'pl-wide', cidrs: [wide], names: [] });
  }
  table.routes.push({
    ...routeTo('pl-wide', 'transit-gateway', 'tgw-1'),
    state: random.pick(['active', 'blackhole', 'other']),
  });
  if (!table.routes.some((route) => route.destination === wide)) hidden.push('transit gateway');
  if (random.chance(0.3)) {
    table.routes = table.routes.filter((route) => route.destination !== wide);
    table.routes.push({ ...routeTo(wide, 'virtual-private-gateway', 'vgw-1'), propagated: true });
    hidden.push('transit gateway');
  }
  return true;
}

function changeAccessMode(draft: Draft): boolean {
  setAccessMode(
    draft,
    draft.random.pick(['block-bidirectional', 'block-bidirectional', 'block-ingress', 'off']),
  );
  return true;
}

/** A mode that AWS may add. */
function addAccessMode(draft: Draft): boolean {
  setAccessMode(draft, 'other');
  draft.hidden.push('mode of public access');
  return true;
}

function setAccessMode({ network, random }: Draft, mode: BlockPublicAccess): void {
  if (random.chance(0.4)) network.vpc.blockPublicAccess = mode;
  else random.pick(network.subnets).blockPublicAccess = mode;
}

/** Routes a private or a shared address range out with everything else. */
function askForPrivate(draft: Draft): boolean {
  const { random, aims, network } = draft;
  if (aims.family === 'ipv6' || network.natGateways.length === 0) return false;
  const cidr = random.pick([
    '192.168.7.0/24',
    '172.16.0.0/12',
    '172.31.0.9',
    '10.200.0.0/16',
    '100.64.0.0/10',
    '100.64.0.0/12',
    '100.100.1.1',
    '100.0.0.0/9',
    '9.255.255.255/8',
    '11.0.0.0/8',
  ]);
  draft.destination = { kind: 'address', cidr, protocol: aims.protocol, port: aims.port };
  return true;
}

/** A route for a part of the VPC that a virtual private gateway propagated. */
function propagateInside(draft: Draft): boolean {
  const { random, network, aims, hidden } = draft;
  const table = someTable(draft);
  const inside = network.subnets.map((subnet) => (aims.family === 'ipv4' ? subnet.cidr : subnet.ipv6Cidr));
  const destination = random.pick([
    ...inside.filter((cidr) => cidr !== undefined),
    '10.0.0.0/16',
    '10.0.0.0/17',
  ]);
  const route = routeTo(destination, 'virtual-private-gateway', 'vgw-in');
  table.routes.push({
    ...route,
    propagated: true,
    state: random.pick(['active', 'active', 'blackhole', 'other']),
  });
  hidden.push('virtual private gateway');
  return true;
}

/** Defects of routes and of what they lead to. */
export const routeDefects: readonly Defect[] = [
  { name: 'route dropped', weight: 9, apply: dropRoute },
  { name: 'route broken', weight: 6, apply: breakRoute },
  { name: 'blackhole added', weight: 4, apply: addBlackhole },
  { name: 'internet gateway used', weight: 7, apply: useInternetGateway },
  { name: 'route inside propagated', weight: 1.5, apply: propagateInside },
  { name: 'nat gateway broken', weight: 4, apply: breakNat },
  { name: 'nat gateway private', weight: 2, apply: hideNatFromInternet },
  { name: 'nat gateway in a function subnet', weight: 2, apply: natInSeat },
  { name: 'default route split', weight: 2, apply: splitDefault },
  { name: 'prefix list competes', weight: 1.5, apply: competeByPrefixList },
  { name: 'public access blocked', weight: 6, apply: changeAccessMode },
  { name: 'public access of an unknown mode', weight: 4, apply: addAccessMode },
  { name: 'private address asked for', weight: 7, apply: askForPrivate },
];
