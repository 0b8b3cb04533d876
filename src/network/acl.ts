import type { AclEntry, NetworkAcl, PortRange } from './network.js';
import { intersect, parseRange, type Range, without } from './range.js';
import { portsOf, speaks, type Traffic } from './traffic.js';

/** A network ACL whose entries are in their order and whose CIDRs are read. */
export interface PreparedAcl {
  readonly id: string;
  readonly ingress: readonly PreparedEntry[];
  readonly egress: readonly PreparedEntry[];
}

/** An entry with the packets that it matches. */
interface PreparedEntry extends Box {
  readonly entry: AclEntry;
}

/** What AWS calls the entry that stops what no other entry matches. */
export const lastEntry = '*';

/** The largest number that an entry of one's own may have (vpc/latest/userguide/nacl-basics.html). */
const LARGEST_NUMBER = 32766;

/** Packets as an ACL tells them apart: by their far end and destination port. */
interface Box {
  readonly range: Range;
  readonly ports: PortRange;
}

/** Reads the CIDRs of an ACL and sorts its entries. */
export function prepareAcl(acl: NetworkAcl): PreparedAcl {
  const entries = acl.entries
    .toSorted((a, b) => a.number - b.number)
    .flatMap((entry) => {
      const range = parseRange(entry.cidr);
      return range === undefined ? [] : [{ entry, range, ports: portsOf(entry) }];
    });
  return {
    id: acl.id,
    ingress: entries.filter(({ entry }) => !entry.egress),
    egress: entries.filter(({ entry }) => entry.egress),
  };
}

/**
 * The entry that stops a packet, the lowest number if several do: its number, or {@link lastEntry}. Undefined where
 * the ACL admits every packet between the subnet and the far end.
 */
export function stoppingEntry(
  acl: PreparedAcl,
  direction: 'ingress' | 'egress',
  farEnd: Range,
  traffic: Traffic,
): string | undefined {
  let left: readonly Box[] = [{ range: farEnd, ports: traffic.ports }];
  for (const matched of acl[direction]) {
    const { entry } = matched;
    if (!speaks(entry.protocol, traffic.protocol) || !left.some((box) => meet(box, matched))) continue;
    if (!entry.allow) return entry.number > LARGEST_NUMBER ? lastEntry : String(entry.number);
    left = left.flatMap((box) => rest(box, matched));
    if (left.length === 0) return undefined;
  }
  return lastEntry;
}

function meet(a: Box, b: Box): boolean {
  return (
    a.ports.from <= b.ports.to && b.ports.from <= a.ports.to && intersect(a.range, b.range) !== undefined
  );
}

/** The packets of a box that another does not hold: other far ends, then other ports of the common ones. */
function rest(box: Box, taken: Box): Box[] {
  const common = intersect(box.range, taken.range);
  if (common === undefined || !meet(box, taken)) return [box];
  const boxes: Box[] = without([box.range], common).map((range) => ({ range, ports: box.ports }));
  const { from, to } = box.ports;
  if (from < taken.ports.from) boxes.push({ range: common, ports: { from, to: taken.ports.from - 1 } });
  if (taken.ports.to < to) boxes.push({ range: common, ports: { from: taken.ports.to + 1, to } });
  return boxes;
}

/** Steps between numbers that AWS recommends (AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html). */
const STEP = 10;

/**
 * The number for a new entry: the highest free one before another entry (`before`, its number or {@link lastEntry}) of
 * the same direction, in which entries of both families share numbers; undefined where none is free. `skipped` free ones
 * are left for others, as far as there are so many.
 */
export function freeNumber(
  entries: readonly AclEntry[],
  egress: boolean,
  before: string,
  skipped = 0,
): number | undefined {
  const taken = new Set(entries.filter((entry) => entry.egress === egress).map(({ number }) => number));
  const numbered = [...taken].filter((number) => number <= LARGEST_NUMBER);
  const top = before === lastEntry ? Math.max(0, ...numbered) + STEP : Number(before) - 1;
  const highest = Math.min(top, LARGEST_NUMBER);
  const free = highest - numbered.filter((number) => number <= highest).length;
  let left = free > 0 ? skipped % free : 0;
  for (let number = highest; number > 0; number -= 1) {
    if (taken.has(number)) continue;
    if (left === 0) return number;
    left -= 1;
  }
  return undefined;
}
