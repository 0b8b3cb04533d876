import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ParsedInputs } from '../../src/inputs/parse.js';
import { parsed } from '../builders/env.js';
import { type ListInput, listInputs } from './printers.js';

/** What may stand between two entries, and around them. */
const separator = fc.constantFrom(',', '\n', '\r\n', ', ', ' ,\t', '\n\n  ', ',\n', '\t\r\n', ' , , ');
const around = fc.constantFrom('', ' ', '\n', '\r\n', '\t', ',');

/** Entries with a separator drawn for each gap. */
function written<T>({ value, print }: ListInput<T>) {
  const entry = fc.tuple(value, separator);
  return fc
    .record({ entries: fc.array(entry, { minLength: 1, maxLength: 8 }), before: around, after: around })
    .map(({ entries, before, after }) => ({
      values: entries.map(([one]) => one),
      text: `${before}${entries.map(([one, between], index) => (index === 0 ? '' : between) + print(one)).join('')}${after}`,
      lines: entries.map(([one]) => print(one)),
    }));
}

/** Any way to write a list is read as what was meant. */
function roundTrips<T, R>(
  input: string,
  list: ListInput<T>,
  read: (inputs: ParsedInputs['inputs']) => R | undefined,
  meant: (values: T[]) => R,
): void {
  fc.assert(
    fc.property(written(list), ({ values, text, lines }) => {
      expect(read(parsed({ [input]: text }).inputs)).toEqual(meant(values));
      expect(read(parsed({ [input]: JSON.stringify(lines) }).inputs)).toEqual(meant(values));
    }),
    { numRuns: 300 },
  );
}

const same = <T>(values: T[]): T[] => values;

describe('any list of valid entries is read as it was meant, whatever parts them', () => {
  it('function-name, each once', () => {
    const list = listInputs['function-name'];
    fc.assert(
      fc.property(written(list), ({ values, text, lines }) => {
        const meant = new Map<string, string | undefined>();
        for (const { name, arn } of values) meant.set(name, meant.get(name) ?? arn);
        for (const way of [text, JSON.stringify(lines)]) {
          const { functions } = parsed({ 'function-name': way, 'resource-name': 'team' }).inputs.desired;
          expect(functions.map(({ name, arn }) => [name, arn])).toEqual([...meant]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('subnets', () => {
    roundTrips('subnets', listInputs.subnets, ({ desired }) => desired.subnets, same);
  });

  it('endpoint-subnets', () => {
    const list = listInputs['endpoint-subnets'];
    roundTrips('endpoint-subnets', list, ({ desired }) => desired.endpointSubnets, same);
  });

  it('security-groups', () => {
    const list = listInputs['security-groups'];
    roundTrips('security-groups', list, ({ desired }) => desired.securityGroups, same);
  });

  it('egress', () => {
    roundTrips('egress', listInputs.egress, ({ desired }) => desired.egress, same);
  });

  it('endpoints, each once', () => {
    const list = listInputs.endpoints;
    roundTrips(
      'endpoints',
      list,
      ({ desired }) => desired.endpoints,
      (values) => [
        ...new Map(values.map((one) => [list.print(one), { ...one, text: list.print(one) }])).values(),
      ],
    );
  });

  it('allow', () => {
    roundTrips('allow', listInputs.allow, ({ desired }) => desired.allow, same);
  });

  it('tags', () => {
    const unique: ListInput<readonly [string, string]> = listInputs.tags;
    fc.assert(
      fc.property(
        fc.uniqueArray(unique.value, { minLength: 1, maxLength: 30, selector: ([key]) => key }),
        separator,
        (tags, between) => {
          const text = tags.map(unique.print).join(between);
          expect(Object.entries(parsed({ tags: text }).inputs.desired.tags).sort()).toEqual([...tags].sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('allowed-account-ids', () => {
    const list = listInputs['allowed-account-ids'];
    roundTrips('allowed-account-ids', list, ({ desired }) => desired.allowedAccountIds, same);
  });

  it('fail-on', () => {
    roundTrips('fail-on', listInputs['fail-on'], ({ failOn }) => failOn, same);
  });
});
