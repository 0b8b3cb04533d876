import type { Defect } from './defect.js';
import { cidrIn, type Draft } from './draft.js';

function refuseIpv6(draft: Draft): boolean {
  if (draft.aims.family === 'ipv4' && draft.random.chance(0.8)) return false;
  draft.place.ipv6 = false;
  return true;
}

/** Takes the family's CIDR from one subnet, and with it the addresses in it. */
function dropFamily(draft: Draft): boolean {
  const { random, aims, network } = draft;
  const subnet = random.pick(network.subnets);
  if (cidrIn(subnet, aims.family) === undefined) return false;
  if (aims.family === 'ipv4') subnet.cidr = undefined;
  else subnet.ipv6Cidr = undefined;
  const ofFamily = (address: string) => address.includes(':') === (aims.family === 'ipv6');
  for (const one of network.interfaces ?? []) {
    if (one.subnetId === subnet.id) one.addresses = one.addresses.filter((address) => !ofFamily(address));
  }
  for (const endpoint of network.endpoints) {
    if (endpoint.kind === 'gateway') continue;
    for (const one of endpoint.interfaces) if (one.subnetId === subnet.id) one[aims.family] = undefined;
  }
  // Who asks for an address of that subnet now asks for one that is in no subnet.
  return true;
}

function undressDestination(draft: Draft): boolean {
  const { network, destination } = draft;
  if (destination.kind !== 'group') return false;
  for (const one of network.interfaces ?? [])
    one.groupIds = one.groupIds.filter((id) => id !== destination.groupId);
  return true;
}

/** Asks for addresses of the VPC that are in no subnet. */
function askForGap(draft: Draft): boolean {
  const { random, aims, destination } = draft;
  if (destination.kind === 'service') return false;
  const cidr =
    aims.family === 'ipv4'
      ? random.pick(['10.0.200.0/24', '10.0.200.9', '10.0.128.0/17'])
      : random.pick(['2600:1f16:aa:bb80::/64', '2600:1f16:aa:bb80::9']);
  draft.destination = { kind: 'address', cidr, protocol: aims.protocol, port: aims.port };
  return true;
}

function useUdp(draft: Draft): boolean {
  const { network, destination, aims } = draft;
  if (!network.endpoints.some((endpoint) => endpoint.kind === 'gateway')) return false;
  destination.protocol = 'udp';
  aims.protocol = 'udp';
  for (const group of network.groups) {
    for (const rule of group.egress) if (rule.protocol === 'tcp') rule.protocol = 'udp';
  }
  return true;
}

function breakGatewayEndpoint(draft: Draft): boolean {
  const endpoint = draft.network.endpoints.find((one) => one.kind === 'gateway');
  if (endpoint === undefined) return false;
  endpoint.state = draft.random.pick(['pending', 'failed', 'deleting']);
  return true;
}

/** Asks with host bits, which are ignored. */
function addHostBits(draft: Draft): boolean {
  const { destination } = draft;
  if (destination.kind !== 'address' || !destination.cidr.endsWith('.0/24')) return false;
  destination.cidr = destination.cidr.replace('.0/24', '.77/24');
  return true;
}

/** Defects of the function's place and of what it asks for. */
export const placeDefects: readonly Defect[] = [
  { name: 'ipv6 refused', weight: 1.5, apply: refuseIpv6 },
  { name: 'subnet without the family', weight: 4, apply: dropFamily },
  { name: 'group not worn', weight: 2.5, apply: undressDestination },
  { name: 'address in no subnet', weight: 1.5, apply: askForGap },
  { name: 'udp to a gateway endpoint', weight: 4, apply: useUdp },
  { name: 'gateway endpoint broken', weight: 2, apply: breakGatewayEndpoint },
  { name: 'host bits', weight: 0.5, apply: addHostBits },
];
