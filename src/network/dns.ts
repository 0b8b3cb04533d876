import { hostCidr } from './cidr.js';
import { blocked, stages, unknown } from './finding.js';
import { isAmazonServer } from './names.js';
import { firstAddress, parseRange } from './range.js';
import { type Start, travel } from './travel.js';
import type { Blocked, Component, Outcome, Unknown } from './verdict.js';

/** Who answers a function's queries. */
export type Answerer =
  | { readonly kind: 'amazon' }
  /** `doubt` says why it may not be heard; undefined where it is. */
  | { readonly kind: 'custom'; readonly server: Component; readonly doubt: Unknown | undefined }
  | { readonly kind: 'nobody'; readonly stop: Blocked };

/** The first DNS server of the VPC that answers a function there. */
export function answerer(start: Start): Answerer {
  const { vpc } = start.prepared.network;
  let stop: Blocked | undefined;
  for (const server of vpc.dnsServers) {
    if (isAmazonServer(server, vpc)) {
      if (vpc.dnsSupport) return { kind: 'amazon' };
      stop ??= silence(vpc.id);
      continue;
    }
    const outcome = query(start, server);
    const component: Component = { kind: 'dns-server', id: server };
    if (outcome.status === 'blocked') stop ??= { ...outcome, leg: 'dns' };
    else {
      return { kind: 'custom', server: component, doubt: outcome.status === 'unknown' ? outcome : undefined };
    }
  }
  return { kind: 'nobody', stop: stop ?? silence(vpc.id) };
}

/** Amazon's server does not answer while `enableDnsSupport` is off (vpc/latest/userguide/AmazonDNS-concepts.html). */
function silence(vpcId: string): Blocked {
  const change = { kind: 'enable-dns-support' as const, vpcId };
  return blocked(stages.names, 'DNS_SUPPORT_OFF', { kind: 'vpc', id: vpcId }, change).result;
}

/** A query goes to UDP port 53 of the server. */
function query(start: Start, server: string): Outcome {
  const range = parseRange(server);
  if (range === undefined) {
    return unknown(stages.names, 'UNKNOWN_RESOURCE', { kind: 'dns-server', id: server }).result;
  }
  const cidr = hostCidr(firstAddress(range));
  const naming = { peer: { kind: 'cidr' as const, value: cidr }, cidr };
  return travel(start, {
    protocol: 'udp',
    port: 53,
    aim: 'address',
    naming,
    ranges: [range],
    target: undefined,
  }).outcome;
}
