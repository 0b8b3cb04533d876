import type { BlockCode } from '../../../src/network/codes.js';
import type { InterfaceEndpoint, Network } from '../../../src/network/network.js';
import type { Note, ServiceDestination } from '../../../src/network/verdict.js';
import { cidrOf, textOrder } from './address.js';
import { judgeLine } from './line.js';
import { blocked, type Finding, noting, type OpinionLine, unknown } from './opinion.js';
import { whoAnswers } from './resolver.js';
import { lineOf, type Seat, standingLine } from './seat.js';
import { standings } from './world.js';

/** Lines to what the name of a service resolves to. `elsewhere` is the public address of unknown services. */
export function serviceLines(seat: Seat, wish: ServiceDestination, elsewhere: string): OpinionLine[] {
  const answerer = whoAnswers(seat);
  if (answerer.kind === 'nobody') return [lineOf(seat, answerer.stop)];
  const amazon = amazonLines(seat, wish, elsewhere);
  if (answerer.kind === 'amazon') return amazon;
  const lines =
    inUse(seat.network, wish.name).length === 0
      ? amazon
      : eitherWay(seat, wish, elsewhere, amazon, answerer.server);
  const { doubt } = answerer;
  if (doubt === undefined) return lines;
  return lines.map((line) => (line.finding.status === 'blocked' ? line : { ...line, finding: doubt }));
}

/** A custom server may know the private addresses or not: what both ways have in common is certain. */
function eitherWay(
  seat: Seat,
  wish: ServiceDestination,
  elsewhere: string,
  amazon: readonly OpinionLine[],
  server: string,
): OpinionLine[] {
  const publicly = publicFinding(seat, wish, elsewhere).status;
  return amazon.map((line) =>
    line.finding.status === publicly
      ? line
      : { ...line, finding: unknown('CUSTOM_DNS', { kind: 'dns-server', id: server }) },
  );
}

/** What Amazon's server answers, and where that leads. */
function amazonLines(seat: Seat, wish: ServiceDestination, elsewhere: string): OpinionLine[] {
  const used = inUse(seat.network, wish.name);
  if (used.length > 0) return used.flatMap((endpoint) => endpointLines(seat, endpoint, wish));
  const finding = publicFinding(seat, wish, elsewhere);
  const idle = candidates(seat.network, wish.name)[0];
  const because = idle === undefined ? undefined : whyIdle(seat.network, idle, wish.name);
  if (idle === undefined || because === undefined) return [lineOf(seat, finding)];
  return [
    lineOf(
      seat,
      finding.status === 'blocked'
        ? blocked(because, { kind: 'vpc-endpoint', id: idle.id })
        : noting(finding, { kind: 'endpoint-not-used', endpointId: idle.id, because }),
    ),
  ];
}

/** The line to the public addresses of the name, endpoints aside. */
function publicFinding(seat: Seat, wish: ServiceDestination, elsewhere: string): Finding {
  const [list] = seat.network.prefixLists
    .filter(({ names }) => names.some((entry) => covers(entry, wish.name)))
    .sort((a, b) => textOrder(a.id, b.id));
  const listed = list?.cidrs.filter((cidr) => cidrOf(cidr).family === wish.family) ?? [];
  const ranges = listed.length > 0 ? listed : [elsewhere];
  const { kind, protocol, port } = wish;
  return judgeLine({ ...seat, aim: { kind, protocol, port, ranges, target: undefined } });
}

/** One line to each interface of an endpoint. */
function endpointLines(seat: Seat, endpoint: InterfaceEndpoint, wish: ServiceDestination): OpinionLine[] {
  const component = { kind: 'vpc-endpoint', id: endpoint.id } as const;
  if (!['dualstack', wish.family].includes(endpoint.addressType)) {
    return [lineOf(seat, blocked('ENDPOINT_FAMILY_MISMATCH', component))];
  }
  const own = standings(seat.network).filter(
    ({ shownAs }) => shownAs.kind === 'vpc-endpoint' && shownAs.id === endpoint.id,
  );
  if (own.length === 0) return [lineOf(seat, blocked('ENDPOINT_HAS_NO_SUBNET', component))];
  const notes = endpointNotes(seat, endpoint);
  return own
    .sort((a, b) => textOrder(a.id, b.id))
    .map((one) => standingLine(seat, one, wish))
    .map((line) => ({ ...line, finding: notes.reduce(noting, line.finding) }));
}

function endpointNotes({ network, subnet }: Seat, { id, policy, interfaces }: InterfaceEndpoint): Note[] {
  const zones = interfaces.map((one) => network.subnets.find((far) => far.id === one.subnetId)?.zone);
  const notes: Note[] = [];
  if (policy !== 'full') notes.push({ kind: 'endpoint-policy-not-judged', endpointId: id });
  if (!zones.includes(subnet.zone)) {
    notes.push({ kind: 'endpoint-in-other-zone', endpointId: id, zone: subnet.zone });
  }
  return notes;
}

/** Whether an entry of names, perhaps with `*.` in front, covers a name. */
function covers(entry: string, name: string): boolean {
  const [pattern, wanted] = [entry.toLowerCase(), name.toLowerCase()];
  if (!pattern.startsWith('*.')) return pattern === wanted;
  return wanted.endsWith(pattern.slice(1)) && wanted.length > pattern.length - 1;
}

/** The regional name beside a global one: `sts.amazonaws.com` has `sts.us-east-2.amazonaws.com`. */
function twinOf(name: string, region: string): string | undefined {
  const [label, suffix] = /^([^.]+)(\.amazonaws\.com(?:\.cn)?)$/i.exec(name)?.slice(1) ?? [];
  return suffix === undefined ? undefined : `${label}.${region}${suffix}`;
}

/** Interface endpoints that have to do with the name, by id. */
function candidates(network: Network, name: string): InterfaceEndpoint[] {
  const names = [name, twinOf(name, network.region)].filter((one) => one !== undefined);
  return network.endpoints
    .filter((endpoint) => endpoint.kind === 'interface')
    .filter((endpoint) => endpoint.names.some((entry) => names.some((one) => covers(entry, one))))
    .sort((a, b) => textOrder(a.id, b.id));
}

/** Endpoints that Amazon's server answers the name with, by id. */
function inUse(network: Network, name: string): InterfaceEndpoint[] {
  return candidates(network, name).filter((endpoint) => whyIdle(network, endpoint, name) === undefined);
}

/** Why Amazon's server does not answer the name with the endpoint; undefined where it does. */
function whyIdle({ vpc }: Network, endpoint: InterfaceEndpoint, name: string): BlockCode | undefined {
  if (endpoint.state !== 'available') return 'BAD_STATE';
  if (!endpoint.names.some((entry) => covers(entry, name))) return 'NAME_NOT_COVERED';
  if (!endpoint.privateDns) return 'PRIVATE_DNS_OFF';
  if (!vpc.dnsSupport) return 'DNS_SUPPORT_OFF';
  return vpc.dnsHostnames ? undefined : 'DNS_HOSTNAMES_OFF';
}
