import type { PortRange } from '../../../src/network/network.js';
import type { Defect } from './defect.js';
import { anywhere, cidrIn, type Draft, type DraftAcl, groupFor, ownAcl, ruleFor } from './draft.js';

/** The first or the last address of an IPv4 CIDR, or of an IPv6 CIDR the first one. */
function edge(cidr: string, last: boolean): string {
  const [base = '', length = ''] = cidr.split('/');
  if (base.includes(':') || length === '' || length === '0') return base.includes(':') ? `${base}/128` : cidr;
  if (!last) return `${base}/32`;
  const whole =
    base.split('.').reduce((value, octet) => value * 256 + Number(octet), 0) + 2 ** (32 - Number(length)) - 1;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(whole / 2 ** shift) % 256).join('.')}/32`;
}

/** Splits a CIDR in its two halves, as text; a single address stays whole. */
function half(cidr: string, upper: boolean): string {
  const [base = '', length = ''] = cidr.split('/');
  if (base.includes(':') || length === '' || Number(length) > 30) return cidr;
  const octets = base.split('.').map(Number);
  const prefix = Number(length) + 1;
  const index = Math.floor((prefix - 1) / 8);
  if (upper) octets[index] = (octets[index] ?? 0) + 2 ** (7 - ((prefix - 1) % 8));
  return `${octets.join('.')}/${prefix}`;
}

/** A CIDR that has to do with the case: a subnet's, the destination's, half of one, or everything. */
function someCidr(draft: Draft): string {
  const { random, network, aims, relevant } = draft;
  const subnets = network.subnets
    .map((subnet) => cidrIn(subnet, aims.family))
    .filter((cidr) => cidr !== undefined);
  const cidr = random.pick([...relevant, ...subnets]);
  if (random.chance(0.15)) return edge(cidr, random.chance(0.5));
  return random.chance(0.4) ? half(cidr, random.chance(0.5)) : cidr;
}

function somePorts({ random, aims }: Draft): PortRange | undefined {
  return random.pick([
    undefined,
    { from: aims.port, to: aims.port },
    { from: 1024, to: 65535 },
    { from: 32768, to: 60999 },
    { from: 0, to: 1023 },
    { from: 0, to: aims.port },
    { from: 65535, to: 65535 },
    { from: 53, to: 53 },
  ]);
}

/** An ACL that may matter: a subnet's own, so that other subnets keep theirs, or the one of many. */
function someAcl(draft: Draft): DraftAcl {
  const { random, network, seats } = draft;
  const subnet = random.chance(0.6) ? random.pick(seats) : random.pick(network.subnets);
  return random.chance(0.8) ? ownAcl(draft, subnet) : random.pick(network.acls);
}

function insertEntry(draft: Draft, allow: boolean): boolean {
  const { random, aims } = draft;
  const acl = someAcl(draft);
  const egress = random.chance(0.5);
  const taken = new Set(acl.entries.filter((entry) => entry.egress === egress).map((entry) => entry.number));
  const number = random.pick([1, 9, 50, 99, 105, 150, 215, 300, 32766].filter((one) => !taken.has(one)));
  const protocol = random.pick([
    'all',
    '-1',
    aims.protocol,
    aims.protocol === 'tcp' ? '6' : '17',
    'udp',
    'icmp',
  ]);
  const ports = protocol === 'icmp' ? undefined : somePorts(draft);
  acl.entries.push({ number, egress, allow, protocol, ports, cidr: someCidr(draft) });
  return true;
}

/** Leaves entries of one direction out, or lets them be for some replies only. */
function thinAcl(draft: Draft): boolean {
  const { random } = draft;
  const acl = someAcl(draft);
  const egress = random.chance(0.5);
  const [gone, kept] = [true, false].map((is) =>
    acl.entries.filter((entry) => (entry.egress === egress) === is),
  );
  if (gone === undefined || kept === undefined || gone.length === 0) return false;
  const narrowed = gone.map((entry) => ({
    ...entry,
    protocol: entry.number > 32766 ? entry.protocol : random.pick(['tcp', 'udp', 'icmp']),
    ports:
      entry.number > 32766
        ? entry.ports
        : random.pick([
            { from: 32768, to: 65535 },
            { from: 443, to: 443 },
          ]),
  }));
  const left = random.pick([[], gone.slice(1), narrowed.map((entry) => icmpWithoutPorts(entry))]);
  acl.entries = [...kept, ...left];
  return true;
}

function icmpWithoutPorts<T extends { protocol: string; ports: PortRange | undefined }>(entry: T): T {
  return entry.protocol === 'icmp' ? { ...entry, ports: undefined } : entry;
}

/** A customer's prefix list that holds some of what has to do with the case; returns its id. */
function mixedList(draft: Draft): string {
  const { network } = draft;
  const id = `pl-mix-${network.prefixLists.length}`;
  network.prefixLists.push({ id, cidrs: [someCidr(draft), someCidr(draft)], names: [] });
  return id;
}

/** The group that stands at the destination, where one does. */
function destinationGroup(draft: Draft): string | undefined {
  return ['sg-vpce', 'sg-dst'].find((id) => draft.network.groups.some((group) => group.id === id));
}

function emptyGroup(draft: Draft): boolean {
  const id = destinationGroup(draft);
  if (id === undefined || draft.random.chance(0.4)) {
    for (const group of draft.place.groupIds) groupFor(draft, group).egress = [];
    return true;
  }
  groupFor(draft, id).ingress = [];
  return true;
}

function wearNothing(draft: Draft): boolean {
  draft.place.groupIds = [];
  return true;
}

/** Makes every egress rule miss by port, by protocol or by peer. */
function narrowEgress(draft: Draft): boolean {
  const { random, aims, place } = draft;
  const other = aims.protocol === 'tcp' ? 'udp' : 'tcp';
  const cidr = someCidr(draft);
  const make = random.pick([
    () => ruleFor('cidr', anywhere[aims.family], aims.protocol, aims.port === 65535 ? 65534 : aims.port + 1),
    () => ruleFor('cidr', anywhere[aims.family], other, aims.port),
    () => ruleFor('cidr', anywhere[aims.family === 'ipv4' ? 'ipv6' : 'ipv4']),
    () => ruleFor('cidr', cidr, aims.protocol, aims.port),
    () => ruleFor('prefix-list', mixedList(draft), aims.protocol),
    () => ruleFor('group', 'sg-nobody'),
  ]);
  groupFor(draft, 'sg-nobody');
  for (const id of place.groupIds) groupFor(draft, id).egress = [make()];
  return true;
}

/** Admits one subnet of the function only, or half of it, or another port. */
function narrowIngress(draft: Draft): boolean {
  const { random, aims, seats } = draft;
  const id = destinationGroup(draft);
  const seat = cidrIn(random.pick(seats), aims.family);
  if (id === undefined || seat === undefined) return false;
  const make = random.pick([
    () => ruleFor('cidr', seat, aims.protocol, aims.port),
    () => ruleFor('cidr', seat),
    () => ruleFor('cidr', half(seat, random.chance(0.5)), aims.protocol, aims.port),
    () => ruleFor('prefix-list', mixedList(draft), aims.protocol),
    () => ruleFor('cidr', anywhere[aims.family], aims.protocol, aims.port - 1),
    () => ruleFor('group', 'sg-nobody'),
  ]);
  groupFor(draft, 'sg-nobody');
  groupFor(draft, id).ingress = [make()];
  return true;
}

/** Adds a rule that admits, which never breaks anything. */
function addRule(draft: Draft): boolean {
  const { random, aims, network } = draft;
  const rule = ruleFor('cidr', someCidr(draft), random.pick(['all', aims.protocol]), undefined);
  const group = random.pick(network.groups);
  random.pick([group.egress, group.ingress]).push(rule);
  return true;
}

/** Defects of ACLs and security groups. */
export const filterDefects: readonly Defect[] = [
  { name: 'acl deny entry', weight: 24, apply: (draft) => insertEntry(draft, false) },
  { name: 'acl allow entry', weight: 3, apply: (draft) => insertEntry(draft, true) },
  { name: 'acl thinned', weight: 9, apply: thinAcl },
  { name: 'group emptied', weight: 3, apply: emptyGroup },
  { name: 'no groups', weight: 0.5, apply: wearNothing },
  { name: 'egress narrowed', weight: 3, apply: narrowEgress },
  { name: 'ingress narrowed', weight: 16, apply: narrowIngress },
  { name: 'rule added', weight: 2, apply: addRule },
];
