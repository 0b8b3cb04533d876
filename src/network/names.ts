import { compareText } from '../text/order.js';
import type { BlockCode } from './codes.js';
import type { InterfaceEndpoint, VpcNetwork } from './network.js';
import type { PreparedNetwork } from './prepared.js';
import { firstAddress, parseRange, type Range } from './range.js';
import type { Change, Family } from './verdict.js';

/** Addresses of Amazon's DNS server in every VPC (vpc/latest/userguide/AmazonDNS-concepts.html). */
const amazonServers: ReadonlySet<string> = new Set(['AmazonProvidedDNS', '169.254.169.253', 'fd00:ec2::253']);

/** Whether a DNS server of a VPC is Amazon's, which no group and no ACL filters. */
export function isAmazonServer(server: string, { cidrs: [primary] }: VpcNetwork): boolean {
  const address = parseRange(server);
  // An address may be written in several ways.
  const written = address ? firstAddress(address) : server;
  if (amazonServers.has(written)) return true;
  const range = primary === undefined ? undefined : parseRange(primary);
  return range !== undefined && written === firstAddress({ ...range, first: range.first + 2n });
}

/** Whether an entry, a name or `*.` and a name's end, covers a name. */
export function coversName(entry: string, name: string): boolean {
  const [pattern, wanted] = [entry.toLowerCase(), name.toLowerCase()];
  if (!pattern.startsWith('*.')) return pattern === wanted;
  const end = pattern.slice(1);
  return wanted.endsWith(end) && wanted.length > end.length;
}

/** The regional name of a service that is called by its global one; undefined for any other name. */
export function regionalTwin(name: string, region: string): string | undefined {
  const [, label, suffix] = /^([^.]+)(\.amazonaws\.com(?:\.cn)?)$/iu.exec(name) ?? [];
  return label === undefined ? undefined : `${label}.${region}${suffix}`;
}

/** An interface endpoint of a service, and why the service's name does not lead to it; undefined where it does. */
export interface Candidate {
  readonly endpoint: InterfaceEndpoint;
  readonly unused: { readonly code: BlockCode; readonly change: Change } | undefined;
}

/** The interface endpoints of the service with the name, by id. */
export function candidates(prepared: PreparedNetwork, name: string): readonly Candidate[] {
  const twin = regionalTwin(name, prepared.network.region);
  const covers = ({ names }: InterfaceEndpoint, wanted: string): boolean =>
    names.some((entry) => coversName(entry, wanted));
  return prepared.interfaceEndpoints
    .filter((endpoint) => covers(endpoint, name) || (twin !== undefined && covers(endpoint, twin)))
    .map((endpoint) => ({
      endpoint,
      unused: whyUnused(endpoint, prepared.network.vpc, covers(endpoint, name) ? undefined : twin),
    }));
}

/** Private DNS needs both attributes of the VPC (vpc/latest/privatelink/interface-endpoints.html). */
function whyUnused(
  endpoint: InterfaceEndpoint,
  vpc: VpcNetwork,
  twin: string | undefined,
): Candidate['unused'] {
  const { id, state, privateDns } = endpoint;
  if (state !== 'available') {
    const component = { kind: 'vpc-endpoint' as const, id };
    return { code: 'BAD_STATE', change: { kind: 'mend-component', component } };
  }
  if (twin !== undefined)
    return { code: 'NAME_NOT_COVERED', change: { kind: 'use-regional-name', name: twin } };
  if (!privateDns) return { code: 'PRIVATE_DNS_OFF', change: { kind: 'enable-private-dns', endpointId: id } };
  if (!vpc.dnsSupport) {
    return { code: 'DNS_SUPPORT_OFF', change: { kind: 'enable-dns-support', vpcId: vpc.id } };
  }
  if (!vpc.dnsHostnames) {
    return { code: 'DNS_HOSTNAMES_OFF', change: { kind: 'enable-dns-hostnames', vpcId: vpc.id } };
  }
  return undefined;
}

/** The prefix list that holds the public addresses of a name, with those of the family; the lowest id decides. */
export function listOfName(
  prepared: PreparedNetwork,
  name: string,
  family: Family,
): { readonly id: string; readonly ranges: readonly [Range, ...Range[]] } | undefined {
  const [list] = [...prepared.lists.values()]
    .filter(({ names }) => names.some((entry) => coversName(entry, name)))
    .sort((a, b) => compareText(a.id, b.id));
  const [first, ...others] = (list?.ranges ?? []).filter((range) => range.family === family);
  return list === undefined || first === undefined ? undefined : { id: list.id, ranges: [first, ...others] };
}
