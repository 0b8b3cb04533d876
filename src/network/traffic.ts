import type { PortRange, RuleProtocol } from './network.js';
import type { Protocol } from './verdict.js';

/** The source ports of a function and of a NAT gateway (vpc/latest/userguide/custom-network-acl.html). */
export const ephemeralPorts: PortRange = { from: 1024, to: 65535 };

/** Packets by their protocol and the destination ports that they may have. */
export interface Traffic {
  readonly protocol: Protocol;
  readonly ports: PortRange;
}

const numbers: Readonly<Record<Protocol, string>> = { tcp: '6', udp: '17' };

/** Whether a rule is about the protocol. */
export function speaks(rule: RuleProtocol, protocol: Protocol): boolean {
  return rule === protocol || rule === 'all' || rule === '-1' || rule === numbers[protocol];
}

/** Whether a rule is about all of the packets, their addresses aside. */
export function admitsTraffic(
  rule: { readonly protocol: RuleProtocol; readonly ports: PortRange | undefined },
  traffic: Traffic,
): boolean {
  if (!speaks(rule.protocol, traffic.protocol)) return false;
  const { ports } = rule;
  return ports === undefined || (ports.from <= traffic.ports.from && traffic.ports.to <= ports.to);
}
