import type { EgressLine } from '../model/desired.js';
import { hostCidr } from '../network/cidr.js';
import { https } from '../network/traffic.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import { usesIpv6 } from '../resolve/ipv6.js';
import { prefixListFor, prefixListOf } from '../resolve/prefix-lists.js';
import type { SharedTarget } from '../resolve/target.js';
import {
  ourDescription,
  type RulePurpose,
  ruleKey,
  type WantedRule,
} from '../resources/security-group-rules.js';
import { AMAZON_DNS } from '../resources/vpc.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { endpointsGroupId, functionGroupId } from './security-groups.js';

const HTTPS = https.ports;
const NFS = { from: 2049, to: 2049 };
const DNS = { from: 53, to: 53 };

type Peer = WantedRule['peer'];

const tcp = (ports: WantedRule['ports'], peer: Peer, purpose: RulePurpose): WantedRule => ({
  protocol: 'tcp',
  ports,
  peer,
  description: ourDescription(purpose),
});

const cidr = (value: string): Peer => ({ kind: 'cidr', value });

function unique(rules: readonly WantedRule[]): WantedRule[] {
  const seen = new Map<string, WantedRule>();
  for (const rule of rules) if (!seen.has(ruleKey(rule))) seen.set(ruleKey(rule), rule);
  return [...seen.values()];
}

function forUse(use: EndpointUse, target: SharedTarget): WantedRule[] {
  if (use.service.type === 'Gateway') {
    const value = prefixListOf(use.service.serviceName, target);
    return value === undefined ? [] : [tcp(HTTPS, { kind: 'prefix-list', value }, 'gateway')];
  }
  if (use.how === 'adopted') {
    const subnetIds = [...use.endpoint.subnetIds, ...(use.addition?.subnetIds ?? [])];
    const subnets = target.observed.subnets.filter((subnet) => subnetIds.includes(subnet.id));
    // A dual-stack endpoint has an address of each kind, and code that may send IPv6 may try that one first.
    const ranges = subnets.flatMap(({ cidr: four, ipv6Cidrs }) => [
      four,
      ...(usesIpv6(target) ? ipv6Cidrs : []),
    ]);
    return ranges
      .map((range) => tcp(HTTPS, cidr(range), 'endpoints'))
      .sort((one, other) => compareText(ruleKey(one), ruleKey(other)));
  }
  return use.how === 'in-the-way' || use.how === 'central'
    ? []
    : [tcp(HTTPS, { kind: 'group', value: endpointsGroupId(target) }, 'endpoints')];
}

function forLine(line: EgressLine, target: SharedTarget): WantedRule[] {
  const { protocol, ports } = line;
  const description = ourDescription('egress');
  if (line.peer.kind !== 'service') {
    return [{ protocol, ports, peer: { kind: line.peer.kind, value: line.peer.value }, description }];
  }
  const value = prefixListFor(line.peer.value, target);
  return value ? [{ protocol, ports, peer: { kind: 'prefix-list', value }, description }] : [];
}

function forDns(target: SharedTarget): WantedRule[] {
  const { dnsServers } = target.observed;
  if (!dnsServers?.ok) return [];
  const servers = sortedSet(dnsServers.value).filter((server) => server !== AMAZON_DNS);
  return servers.flatMap((server) => {
    const peer = cidr(hostCidr(server));
    const description = ourDescription('DNS');
    return ['udp', 'tcp'].map((protocol) => ({ protocol, ports: DNS, peer, description }));
  });
}

/** Outbound rules the managed group should have: least privilege for endpoints, file systems, DNS, and `egress`. */
export function wantedEgress(target: SharedTarget, uses: readonly EndpointUse[]): WantedRule[] {
  const ranges = [...target.vpc.cidrs, ...target.vpc.ipv6Cidrs];
  return unique([
    ...uses.flatMap((use) => forUse(use, target)),
    ...(target.lambdas.some(({ mountsFileSystem }) => mountsFileSystem)
      ? ranges.map((range) => tcp(NFS, cidr(range), 'file system'))
      : []),
    ...forDns(target),
    ...(target.desired.egress ?? []).flatMap((line) => forLine(line, target)),
  ]);
}

/** Inbound rules the endpoints' group should have for this run's `endpoint-access`. */
export function wantedIngress(target: SharedTarget): WantedRule[] {
  const { vpc, subnets, groups, desired } = target;
  const ranges = {
    vpc: [...vpc.cidrs, ...vpc.ipv6Cidrs],
    subnets: subnets.flatMap((subnet) => [subnet.cidr, ...subnet.ipv6Cidrs]).filter(Boolean),
    function: [],
  }[desired.endpointAccess];
  const own = groups.usesManaged ? [functionGroupId(target)] : groups.otherIds;
  const peers: Peer[] =
    desired.endpointAccess === 'function' ? own.map((value) => ({ kind: 'group', value })) : ranges.map(cidr);
  return unique(peers.map((peer) => tcp(HTTPS, peer, 'endpoints')));
}
