import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prepareAcl, stoppingEntry } from '../../src/network/acl.js';
import { cover, type Range, without } from '../../src/network/range.js';
import { prepareTable, routesFor } from '../../src/network/route-table.js';
import { entry, route } from './town.js';

const SPACE = 16;
const points = Array.from({ length: SPACE }, (_, index) => BigInt(index));

const anyRange: fc.Arbitrary<Range> = fc
  .tuple(fc.nat(SPACE - 1), fc.nat(SPACE - 1))
  .map(([a, b]) => ({ family: 'ipv4', first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) }));

const holds = ({ first, last }: Range, point: bigint): boolean => first <= point && point <= last;

/** A CIDR within 0.0.0.0/28. */
const block = fc.tuple(fc.nat(SPACE - 1), fc.integer({ min: 28, max: 32 })).map(([host, length]) => {
  const size = 2 ** (32 - length);
  const first = Math.floor(host / size) * size;
  return { cidr: `0.0.0.${first}/${length}`, first, size, length };
});

describe('what is said of ranges holds for every address', () => {
  it('without', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 4 }), anyRange, (ranges, taken) => {
        const left = without(ranges, taken);
        for (const point of points) {
          const expected = ranges.some((range) => holds(range, point)) && !holds(taken, point);
          expect(left.some((range) => holds(range, point))).toBe(expected);
        }
      }),
    );
  });

  it('cover', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 5 }), anyRange, (ranges, wanted) => {
        const inside = points.filter((point) => holds(wanted, point));
        const expected = inside.every((point) => ranges.some((range) => holds(range, point)));
        expect(cover(ranges, wanted)).toBe(expected);
      }),
    );
  });

  it('routesFor', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(block, { selector: ({ cidr }) => cidr, maxLength: 8 }),
        anyRange,
        (blocks, range) => {
          const routes = blocks.map(({ cidr }) => route(cidr, 'vpc-peering', cidr));
          const legs = routesFor(prepareTable({ id: 'rtb', main: true, routes }, new Map()), range, true);
          for (const point of points.filter((at) => holds(range, at))) {
            const [longest] = blocks
              .filter(({ first, size }) => BigInt(first) <= point && point < BigInt(first + size))
              .sort((a, b) => b.length - a.length);
            const chosen = legs.filter((leg) => holds(leg.range, point));
            expect(chosen.map((leg) => leg.route?.destination)).toEqual([longest?.cidr]);
          }
        },
      ),
    );
  });
});

interface Entry {
  readonly number: number;
  readonly allow: boolean;
  readonly ports: { readonly from: number; readonly to: number };
  readonly at: { readonly first: number; readonly size: number };
}

const portsOf = ({ from, to }: Entry['ports']): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The entry that decides on one packet. */
function firstMatch(
  entries: readonly Entry[],
  { address, port }: { address: bigint; port: number },
): Entry | undefined {
  return entries
    .filter(({ at }) => BigInt(at.first) <= address && address < BigInt(at.first + at.size))
    .filter(({ ports }) => ports.from <= port && port <= ports.to)
    .sort((a, b) => a.number - b.number)[0];
}

/** The lowest entry that stops a packet, by what decides on each. */
function leastStop(deciding: readonly (Entry | undefined)[]): string | undefined {
  const stopping = deciding.filter((entry) => entry?.allow !== true);
  const numbers = stopping.flatMap((entry) => entry?.number ?? []);
  if (numbers.length > 0) return String(Math.min(...numbers));
  return stopping.length > 0 ? '*' : undefined;
}

describe('what is said of an ACL holds for every packet', () => {
  const span = fc.tuple(fc.nat(7), fc.nat(7)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  const rows = fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: 40 }), allow: fc.boolean(), ports: span, at: block }),
    { selector: ({ number }) => number, maxLength: 7 },
  );

  it('stoppingEntry', () => {
    const stops = new Set<string | undefined>();
    fc.assert(
      fc.property(rows, anyRange, span, (entries, farEnd, ports) => {
        const acl = {
          id: 'acl',
          entries: entries.map(({ number, allow, ports: own, at }) =>
            entry(number, true, allow, { protocol: 'tcp', ports: own, cidr: at.cidr }),
          ),
        };
        const packets = points
          .filter((address) => holds(farEnd, address))
          .flatMap((address) => portsOf(ports).map((port) => ({ address, port })));
        const expected = leastStop(packets.map((packet) => firstMatch(entries, packet)));
        stops.add(expected);
        expect(stoppingEntry(prepareAcl(acl), 'egress', farEnd, { protocol: 'tcp', ports })).toBe(expected);
      }),
      { numRuns: 2000, seed: 20260102 },
    );
    expect(stops.has(undefined) && stops.has('*') && stops.size > 10).toBe(true);
  });
});
