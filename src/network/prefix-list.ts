import type { PrefixList } from './network.js';
import { byAddress, parseRange, type Range } from './range.js';

/** A prefix list whose CIDRs are read. */
export interface PreparedList {
  readonly id: string;
  readonly names: readonly string[];
  /** In ascending order within a family. */
  readonly ranges: readonly Range[];
}

/** Whether the destination of a route is the id of a prefix list. */
export function isPrefixListId(destination: string): boolean {
  return destination.startsWith('pl-');
}

/** Reads the CIDRs of a prefix list. */
export function prepareList(list: PrefixList): PreparedList {
  const ranges = list.cidrs.flatMap((cidr) => parseRange(cidr) ?? []).sort(byAddress);
  return { id: list.id, names: list.names, ranges };
}
