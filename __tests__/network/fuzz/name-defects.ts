import type { Defect } from './defect.js';
import { addressIn, anywhere, type Draft, type DraftEndpoint, groupFor, ruleFor } from './draft.js';
import { addNat } from './ways-out.js';

function endpointOf({ network }: Draft): DraftEndpoint | undefined {
  return network.endpoints.find((endpoint) => endpoint.kind === 'interface');
}

/** Changes the interface endpoint; false where there is none. */
function onEndpoint(change: (endpoint: DraftEndpoint, draft: Draft) => void): Defect['apply'] {
  return (draft) => {
    const endpoint = endpointOf(draft);
    if (endpoint === undefined) return false;
    change(endpoint, draft);
    return true;
  };
}

/** Only where a name is asked for. */
function onName(change: (draft: Draft) => boolean): Defect['apply'] {
  return (draft) => draft.destination.kind === 'service' && change(draft);
}

function askGlobally(draft: Draft): boolean {
  const { destination } = draft;
  if (destination.kind !== 'service' || endpointOf(draft) === undefined) return false;
  const label = destination.name.toLowerCase().replace('bucket.', '').split('.')[0];
  destination.name = `${label}.amazonaws.com`;
  return true;
}

function turnSupportOff(draft: Draft): boolean {
  draft.network.vpc.dnsSupport = false;
  return true;
}

function turnHostnamesOff(draft: Draft): boolean {
  draft.network.vpc.dnsHostnames = false;
  return true;
}

/** Puts a server of the customer's before, after or in place of Amazon's. */
function addServer(draft: Draft): boolean {
  const { network, random } = draft;
  if (draft.injected.includes('custom dns server')) return false;
  const server = random.chance(0.75) ? serverInside(draft) : serverOutside(draft);
  const { vpc } = network;
  vpc.dnsServers = random.pick([[server], [server, ...vpc.dnsServers], [server, '8.8.4.4']]);
  if (random.chance(0.15)) vpc.dnsSupport = false;
  draft.hidden.push('custom DNS server');
  return true;
}

function serverInside(draft: Draft): string {
  const { network, random, place } = draft;
  const subnet = random.pick(network.subnets);
  const address = addressIn(subnet, 'ipv4', 13);
  if (address === undefined) return '8.8.8.8';
  network.interfaces?.push({
    id: 'eni-dns',
    subnetId: subnet.id,
    addresses: [address],
    groupIds: ['sg-dns'],
  });
  const rule = random.pick([
    ruleFor('cidr', '10.0.0.0/8', 'udp', 53),
    ruleFor('cidr', '0.0.0.0/0'),
    ruleFor('cidr', '10.0.0.0/8', 'tcp', 53),
    ruleFor('group', place.groupIds[0] ?? 'sg-fn', 'udp', 53),
  ]);
  groupFor(draft, 'sg-dns').ingress.push(rule);
  if (random.chance(0.8)) groupFor(draft, 'sg-fn').egress.push(ruleFor('cidr', '10.0.0.0/8', 'udp', 53));
  return address;
}

function serverOutside(draft: Draft): string {
  const { network, random } = draft;
  if (network.natGateways.length === 0 && random.chance(0.5)) addNat(draft);
  if (random.chance(0.8)) groupFor(draft, 'sg-fn').egress.push(ruleFor('cidr', anywhere.ipv4, 'udp', 53));
  return random.pick(['8.8.8.8', '8.8.8.8', '2001:4860:4860::8888']);
}

function emptyServers(draft: Draft): boolean {
  draft.network.vpc.dnsServers = [];
  return true;
}

function writeAmazonsAddress(draft: Draft): boolean {
  const { random, network } = draft;
  network.vpc.dnsServers = [
    random.pick(['fd00:ec2::253', 'fd00:ec2:0:0:0:0:0:253', '10.0.0.2', '169.254.169.253']),
  ];
  return true;
}

/** Defects of name resolution and of interface endpoints. */
export const nameDefects: readonly Defect[] = [
  { name: 'global name', weight: 7, apply: onName(askGlobally) },
  { name: 'dns support off', weight: 4, apply: onName(turnSupportOff) },
  { name: 'dns hostnames off', weight: 7, apply: onName(turnHostnamesOff) },
  { name: 'custom dns server', weight: 14, apply: onName(addServer) },
  { name: 'no dns server', weight: 0.5, apply: onName(emptyServers) },
  { name: 'amazon server by address', weight: 1, apply: onName(writeAmazonsAddress) },
  {
    name: 'private dns off',
    weight: 5,
    apply: onEndpoint((endpoint) => {
      endpoint.privateDns = false;
    }),
  },
  {
    name: 'endpoint not available',
    weight: 4,
    apply: onEndpoint((endpoint, { random }) => {
      endpoint.state = random.pick(['pending', 'pendingacceptance', 'failed', 'deleting']);
    }),
  },
  {
    name: 'endpoint without interfaces',
    weight: 6,
    apply: onEndpoint((endpoint) => {
      endpoint.interfaces = [];
    }),
  },
  {
    name: 'endpoint of the other family',
    weight: 4,
    apply: onEndpoint((endpoint, { aims }) => {
      endpoint.addressType = aims.family === 'ipv4' ? 'ipv6' : 'ipv4';
    }),
  },
  {
    name: 'endpoint address not known',
    weight: 3,
    apply: onEndpoint((endpoint, { random, aims }) => {
      for (const one of endpoint.interfaces) {
        if (random.chance(0.7)) one[aims.family] = undefined;
      }
    }),
  },
  {
    name: 'endpoint without groups',
    weight: 1,
    apply: onEndpoint((endpoint) => {
      endpoint.groupIds = [];
    }),
  },
];
