import { compareText } from '../text/order.js';
import type { Route, RouteTable } from './network.js';
import { isPrefixListId, type PreparedList } from './prefix-list.js';
import { intersect, parseRange, type Range, without } from './range.js';

/** A route table whose routes are in the order in which they win. */
export interface PreparedTable {
  readonly id: string;
  readonly ways: readonly Way[];
  /** Routes whose prefix list is not described, by the id of the list. */
  readonly unseen: readonly Route[];
}

/** One prefix of a route. */
interface Way {
  /** Its length decides what wins. */
  readonly prefix: Range;
  /** The part of the prefix that the route can have. */
  readonly range: Range;
  readonly route: Route;
  /** Prefix lists of another target hold the same prefix. */
  readonly ambiguous: boolean;
}

/** Where a table sends part of a range. */
export interface Leg {
  readonly range: Range;
  /** Undefined where no route matches. */
  readonly route: Route | undefined;
  /** Why the route is not certain. */
  readonly doubt: 'ambiguous' | 'state' | { readonly prefixListId: string } | undefined;
}

/** Sorts the routes of a table by length and rank. */
export function prepareTable(
  table: RouteTable,
  lists: { get(id: string): PreparedList | undefined },
): PreparedTable {
  const ways: Way[] = [];
  const unseen: Route[] = [];
  const local = table.routes
    .filter(({ target }) => target.kind === 'local')
    .flatMap((route) => rangesOf(route, lists) ?? []);
  for (const route of table.routes) {
    const ranges = rangesOf(route, lists);
    if (ranges === undefined) unseen.push(route);
    else ways.push(...ranges.flatMap((prefix) => waysOf(route, prefix, local)));
  }
  ways.sort((a, b) => bySize(a.prefix, b.prefix) || rankOf(a.route) - rankOf(b.route));
  return {
    id: table.id,
    ways: markAmbiguous(ways),
    unseen: unseen.sort((a, b) => compareText(a.destination, b.destination)),
  };
}

/** A propagated route never takes what a local route has, however long its prefix (vpn/latest/s2svpn/vpn-route-priority.html). */
function waysOf(route: Route, prefix: Range, local: readonly Range[]): Way[] {
  const kept = route.propagated
    ? local.reduce<readonly Range[]>((left, taken) => without(left, taken), [prefix])
    : [prefix];
  return kept.map((range) => ({ prefix, range, route, ambiguous: false }));
}

function rangesOf(
  route: Route,
  lists: { get(id: string): PreparedList | undefined },
): readonly Range[] | undefined {
  if (isPrefixListId(route.destination)) return lists.get(route.destination)?.ranges;
  const range = parseRange(route.destination);
  return range === undefined ? [] : [range];
}

const bySize = (a: Range, b: Range): number => {
  const difference = a.last - a.first - (b.last - b.first);
  return difference < 0n ? -1 : Number(difference > 0n);
};

/** Static routes win over prefix lists, these over what is propagated (vpc/latest/userguide/route-tables-priority.html). */
function rankOf(route: Route): number {
  if (route.propagated) return 2;
  return isPrefixListId(route.destination) ? 1 : 0;
}

/** Marks the prefixes that several prefix lists route to different targets: AWS chooses one of them at random. */
function markAmbiguous(ways: readonly Way[]): readonly Way[] {
  const targets = new Map<string, Set<string>>();
  for (const way of ways) {
    if (rankOf(way.route) !== 1) continue;
    const ids = targets.get(keyOf(way)) ?? new Set();
    targets.set(keyOf(way), ids.add(way.route.target.id));
  }
  return ways.map((way) => ({
    ...way,
    ambiguous: rankOf(way.route) === 1 && (targets.get(keyOf(way))?.size ?? 0) > 1,
  }));
}

const keyOf = ({ prefix }: Way): string => `${prefix.family} ${prefix.first} ${prefix.last}`;

/**
 * Where a table sends the addresses of a range, by longest prefix. `singledOut` is false for an
 * address that no list of AWS's holds, so that a gateway endpoint whose list is not described does not matter.
 */
export function routesFor(table: PreparedTable, range: Range, singledOut: boolean): readonly Leg[] {
  const doubtful = table.unseen.find((route) => singledOut || route.target.kind !== 'gateway-endpoint');
  const unseen = doubtful && { prefixListId: doubtful.destination };
  const legs: Leg[] = [];
  let left: readonly Range[] = [range];
  for (const way of table.ways) {
    const taken = left.flatMap((part) => intersect(part, way.range) ?? []);
    if (taken.length === 0) continue;
    const { route } = way;
    const doubt = doubtOf(way, unseen);
    legs.push(...taken.map((part) => ({ range: part, route, doubt })));
    left = without(left, way.range);
    if (left.length === 0) break;
  }
  legs.push(...left.map((part) => ({ range: part, route: undefined, doubt: unseen })));
  return legs;
}

/** Local routes are certain, whatever lists hold. */
function doubtOf({ route, ambiguous }: Way, unseen: Leg['doubt']): Leg['doubt'] {
  const isLocal = route.target.kind === 'local';
  const among = isLocal ? undefined : (unseen ?? (ambiguous ? 'ambiguous' : undefined));
  return among ?? (route.state === 'other' ? 'state' : undefined);
}
