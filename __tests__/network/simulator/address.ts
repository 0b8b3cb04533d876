import type { Family } from '../../../src/network/verdict.js';

/** An address as a number. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** All addresses from the first to the last, both included. */
export interface Cidr {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
  /** Length of the prefix in bits. */
  readonly prefix: number;
}

const bitsOf: Record<Family, number> = { ipv4: 32, ipv6: 128 };

/** The number of a dotted IPv4 address; undefined for other text. */
function ipv4Value(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

/** The number of an IPv6 address in hexadecimal groups; undefined for other text. */
function ipv6Value(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

/** Reads an address of either family; undefined for text that is none. */
export function addressOf(text: string): Address | undefined {
  const four = ipv4Value(text);
  if (four !== undefined) return { family: 'ipv4', value: four };
  const six = ipv6Value(text);
  return six === undefined ? undefined : { family: 'ipv6', value: six };
}

const cidrs = new Map<string, Cidr>();

function readCidr(text: string): Cidr {
  const [base = '', length] = text.split('/');
  const address = addressOf(base);
  if (address === undefined) throw new Error(`not a CIDR: ${text}`);
  const bits = bitsOf[address.family];
  const prefix = length === undefined ? bits : Number(length);
  const size = 1n << BigInt(bits - prefix);
  const first = (address.value / size) * size;
  return { family: address.family, first, last: first + size - 1n, prefix };
}

/** Reads a CIDR, or an address as a CIDR of one; bits behind the prefix are ignored. */
export function cidrOf(text: string): Cidr {
  const known = cidrs.get(text);
  if (known !== undefined) return known;
  const read = readCidr(text);
  cidrs.set(text, read);
  return read;
}

/** Whether the CIDR, given as text, holds the address. */
export function holds(cidr: string, address: Address): boolean {
  const { family, first, last } = cidrOf(cidr);
  return family === address.family && first <= address.value && address.value <= last;
}

/**
 * The addresses of a range at which any of the CIDRs begins or ends, with their neighbours, in ascending order.
 * Between two of them nothing changes, so they stand for the whole range.
 */
export function interestingAddresses(range: Cidr, all: readonly Cidr[]): Address[] {
  const values = new Set([range.first, range.last]);
  for (const { family, first, last } of all) {
    if (family !== range.family) continue;
    for (const value of [first - 1n, first, last, last + 1n]) {
      if (range.first <= value && value <= range.last) values.add(value);
    }
  }
  return [...values].sort(ascending).map((value) => ({ family: range.family, value }));
}

/** Order of numbers, for sorting. */
export function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** Order of text by code unit, for sorting. */
export function textOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
