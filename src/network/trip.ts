import type { Located } from './locate.js';
import type { GroupPeer } from './network.js';
import type { PreparedNetwork, PreparedSubnet } from './prepared.js';
import type { Range } from './range.js';
import type { Wearing } from './security-group.js';
import type { Traffic } from './traffic.js';
import type { Protocol } from './verdict.js';

/** Packets from one subnet of a function that are alike but for their destination. */
export interface Trip {
  readonly prepared: PreparedNetwork;
  /** The function's groups. */
  readonly groupIds: readonly string[];
  readonly from: Source;
  readonly protocol: Protocol;
  readonly port: number;
  /** What the destination is: addresses that were asked for, public addresses of a service, or the internet. */
  readonly aim: 'address' | 'service' | 'internet';
  /** How a rule that opens the way would name the destination. */
  readonly naming: Naming;
}

/** Where packets come from. */
export interface Source {
  readonly subnet: PreparedSubnet;
  /** Every address that the function may have there. */
  readonly range: Range;
  /** The same as text. */
  readonly cidr: string;
}

/** Words for a destination in changes. */
export interface Naming {
  readonly peer: GroupPeer;
  readonly cidr: string;
}

/** The packets that go out, as rules see them. */
export function outward({ protocol, port }: Trip): Traffic {
  return { protocol, ports: { from: port, to: port } };
}

/** Which groups stand at a destination, for the function's rules that name groups. */
export function wearingAt(trip: Trip, at: Located): Wearing {
  if (at.standing !== undefined) return { kind: 'groups', ids: at.standing.groupIds };
  if (at.subnet !== undefined) return { kind: 'undescribed', subnetId: at.subnet.subnet.id };
  return { kind: trip.aim === 'address' && !at.inVpc ? 'elsewhere' : 'none' };
}
