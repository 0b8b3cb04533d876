import ipaddr from 'ipaddr.js';
import { hostCidr } from './cidr.js';
import type { Family } from './verdict.js';

/** All addresses from `first` to `last`, as numbers, of one family. */
export interface Range {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** The range of a CIDR, whose host bits do not matter, or of an address; undefined for broken text. */
export function parseRange(text: string): Range | undefined {
  const kind = text.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
  const cidr = text.includes('/') ? text : hostCidr(text);
  if (!kind.isValidCIDR(cidr)) return undefined;
  const [address, prefix] = kind.parseCIDR(cidr);
  return rangeOf(address, prefix);
}

function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6, length: number): Range {
  const family = address.kind();
  const bytes = address.toByteArray();
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const host = BigInt(bytes.length * 8 - length);
  const first = (value >> host) << host;
  return { family, first, last: first + (1n << host) - 1n };
}

/** The first address of a range as text. */
export function firstAddress({ family, first }: Range): string {
  const length = family === 'ipv4' ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) =>
    Number((first >> BigInt((length - 1 - index) * 8)) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** What both ranges hold; undefined where that is nothing. */
export function intersect(a: Range, b: Range): Range | undefined {
  if (a.family !== b.family || a.last < b.first || b.last < a.first) return undefined;
  return {
    family: a.family,
    first: a.first > b.first ? a.first : b.first,
    last: a.last < b.last ? a.last : b.last,
  };
}

/** The ranges without what `taken` holds, in ascending order where they were. */
export function without(ranges: readonly Range[], taken: Range): readonly Range[] {
  if (!ranges.some((range) => intersect(range, taken) !== undefined)) return ranges;
  return ranges.flatMap((range) => {
    const common = intersect(range, taken);
    if (common === undefined) return [range];
    const rest: Range[] = [];
    if (range.first < common.first) rest.push({ ...range, last: common.first - 1n });
    if (common.last < range.last) rest.push({ ...range, first: common.last + 1n });
    return rest;
  });
}

/** Whether the ranges together hold the whole of `wanted`. */
export function cover(ranges: Iterable<Range>, wanted: Range): boolean {
  let missing: readonly Range[] = [wanted];
  for (const range of ranges) {
    missing = without(missing, range);
    if (missing.length === 0) return true;
  }
  return false;
}

/** The order of addresses: negative where `a` begins before `b`. */
export function byAddress(a: Range, b: Range): number {
  return a.first < b.first ? -1 : Number(a.first > b.first);
}
