import type { AclEntry, Network, NetworkAcl, Route, RouteTable } from '../../../src/network/network.js';
import { type Address, cidrOf, holds } from './address.js';
import { fits, type Packet } from './packet.js';
import { prefixListOf } from './world.js';

/** A route that matches an address, with the length of the prefix by which it does. */
export interface Match {
  readonly route: Route;
  readonly prefix: number;
}

/** The laws of a network that tests may break on purpose. */
export interface Laws {
  /** The entry that decides on a packet; undefined where none matches and `*` stops it. */
  readonly decidingEntry: (
    acl: NetworkAcl,
    egress: boolean,
    packet: Packet,
  ) => AclEntry | undefined | 'no-acl';
  /** The matches that win among all of a table; several only where AWS chooses one at random. */
  readonly bestMatches: (matches: readonly Match[]) => Match[];
  /** Whether replies are carried at all. */
  readonly carriesReplies: boolean;
}

/**
 * The lowest number that matches decides (vpc/latest/userguide/nacl-rules.html).
 */
function lowestEntry(acl: NetworkAcl, egress: boolean, packet: Packet): AclEntry | undefined {
  const otherEnd = egress ? packet.destination : packet.source;
  return acl.entries
    .filter((entry) => entry.egress === egress)
    .sort((a, b) => a.number - b.number)
    .find((entry) => fits(entry, packet) && holds(entry.cidr, otherEnd));
}

/** Lower is stronger: static CIDR routes, prefix lists, propagated routes (route-tables-priority.html). */
function rank(route: Route): number {
  if (route.propagated) return 2;
  return route.destination.startsWith('pl-') ? 1 : 0;
}

/**
 * A local route is preferred to propagated ones (vpn/latest/s2svpn/vpn-route-priority.html). Else the longest prefix
 * wins, then the rank; several prefix lists are left where their targets differ.
 */
function longestMatches(all: readonly Match[]): Match[] {
  const local = all.some((match) => match.route.target.kind === 'local');
  const matches = all.filter((match) => !(local && match.route.propagated));
  const longest = Math.max(...matches.map((match) => match.prefix));
  const long = matches.filter((match) => match.prefix === longest);
  const strongest = Math.min(...long.map((match) => rank(match.route)));
  const strong = long.filter((match) => rank(match.route) === strongest);
  const targets = new Set(strong.map((match) => match.route.target.id));
  return strongest === 1 && targets.size > 1 ? strong : strong.slice(0, 1);
}

/** The laws as AWS's pages state them. */
export const awsLaws: Laws = {
  decidingEntry: lowestEntry,
  bestMatches: longestMatches,
  carriesReplies: true,
};

/** Every route of a table that certainly matches the address. */
export function matchesOf(network: Network, table: RouteTable, address: Address): Match[] {
  return table.routes.flatMap((route) => {
    const { destination } = route;
    const cidrs = destination.startsWith('pl-')
      ? (prefixListOf(network, destination)?.cidrs ?? [])
      : [destination];
    const prefixes = cidrs.filter((cidr) => holds(cidr, address)).map((cidr) => cidrOf(cidr).prefix);
    return prefixes.length === 0 ? [] : [{ route, prefix: Math.max(...prefixes) }];
  });
}
