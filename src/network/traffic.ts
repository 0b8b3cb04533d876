import type { PortRange, RuleProtocol } from './network.js';
import type { Protocol } from './verdict.js';

/** The source ports of a function and of a NAT gateway (vpc/latest/userguide/custom-network-acl.html). */
export const ephemeralPorts: PortRange = { from: 1024, to: 65535 };

/** Packets by their protocol and the destination ports that they may have. */
export interface Traffic {
  readonly protocol: Protocol;
  readonly ports: PortRange;
}

/** A new connection to a service of AWS. */
export const https = { protocol: 'tcp', ports: { from: 443, to: 443 } } as const satisfies Traffic;

const numbers: Readonly<Record<Protocol, string>> = { tcp: '6', udp: '17' };

/** Whether a rule is about the protocol. */
export function speaks(rule: RuleProtocol, protocol: Protocol): boolean {
  return rule === protocol || rule === 'all' || rule === '-1' || rule === numbers[protocol];
}

/** What a rule or an ACL entry says about protocol and destination ports. */
export interface TrafficRule {
  readonly protocol: RuleProtocol;
  readonly ports: PortRange | undefined;
}

const everyPort: PortRange = { from: 0, to: 65535 };

/**
 * The destination ports that a rule is about. All protocols mean all ports, whatever ports are written beside them
 * (AWSEC2/latest/APIReference/API_IpPermission.html, API_CreateNetworkAclEntry.html).
 */
export function portsOf({ protocol, ports }: TrafficRule): PortRange {
  return protocol === 'all' || protocol === '-1' ? everyPort : (ports ?? everyPort);
}

/** Whether a rule is about all of the packets, their addresses aside. */
export function admitsTraffic(rule: TrafficRule, traffic: Traffic): boolean {
  if (!speaks(rule.protocol, traffic.protocol)) return false;
  const ports = portsOf(rule);
  return ports.from <= traffic.ports.from && traffic.ports.to <= ports.to;
}
