import type { NetworkInterface } from '../../../src/network/network.js';
import type { ComponentKind, Destination, Protocol } from '../../../src/network/verdict.js';
import type { Address } from './address.js';

/** One packet on its way; a reply is a packet too. */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: Protocol;
  readonly destinationPort: number;
}

/** The interface that a packet meets at its destination. */
export interface Standing extends NetworkInterface {
  /** What a path calls it. */
  readonly shownAs: { readonly kind: ComponentKind; readonly id: string };
}

/** What the packets of a line have in common. */
export interface Aim {
  readonly kind: Destination['kind'];
  readonly protocol: Protocol;
  readonly port: number;
  /** CIDRs whose addresses are the destination. */
  readonly ranges: readonly string[];
  /** The interface that stands at all of them; undefined where each address is looked up. */
  readonly target: Standing | undefined;
}

const numbers: Record<Protocol, string> = { tcp: '6', udp: '17' };

/**
 * Whether the protocol and the ports of a rule or an entry admit the packet. All protocols mean all ports
 * (AWSEC2/latest/APIReference/API_IpPermission.html, API_CreateNetworkAclEntry.html).
 */
export function fits(
  rule: { readonly protocol: string; readonly ports: { from: number; to: number } | undefined },
  packet: Packet,
): boolean {
  if (['all', '-1'].includes(rule.protocol)) return true;
  if (![packet.protocol, numbers[packet.protocol]].includes(rule.protocol)) return false;
  const { ports } = rule;
  return ports === undefined || (ports.from <= packet.destinationPort && packet.destinationPort <= ports.to);
}
