import type { Reading } from './reading.js';

/** A NAT gateway. */
export interface NatGateway {
  readonly id: string;
  /** Undefined for a regional one, which lies in no subnet. */
  readonly subnetId: string | undefined;
  readonly connectivity: 'public' | 'private';
  /** Lower case. */
  readonly state: string;
}

/** The ranges of a prefix list. */
export interface PrefixListRanges {
  readonly id: string;
  readonly cidrs: Reading<readonly string[]>;
}

/** What is read for nothing but judging what the functions reach. */
export interface ReachReads {
  /** Undefined where no route leads to one. */
  readonly natGateways: Reading<readonly NatGateway[]> | undefined;
  /** Of the lists that routes and rules refer to. */
  readonly prefixLists: readonly PrefixListRanges[];
}
