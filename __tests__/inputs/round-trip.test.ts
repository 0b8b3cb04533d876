import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quoteWord } from '../../src/inputs/words.js';
import { parsed } from '../builders/env.js';

const hex = fc.integer({ min: 0, max: 0xffffffff }).map((number) => number.toString(16).padStart(8, '0'));
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const separator = fc.constantFrom(', ', '\n', ',', '\r\n');

const condition = fc.oneof(
  fc.record({ kind: fc.constant('tag' as const), key: word, value: text }),
  fc.record({ kind: fc.constant('name' as const), glob: text }),
);

const subnet = fc.oneof(
  hex.map((digits) => ({ kind: 'id' as const, id: `subnet-${digits}` })),
  fc.constant({ kind: 'private' as const }),
  fc
    .array(condition, { minLength: 1, maxLength: 3 })
    .map((conditions) => ({ kind: 'match' as const, conditions })),
);

function written(selector: typeof subnet extends fc.Arbitrary<infer T> ? T : never): string {
  if (selector.kind === 'id') return selector.id;
  if (selector.kind === 'private') return 'private';
  return selector.conditions
    .map((one) => quoteWord(one.kind === 'tag' ? `tag:${one.key}=${one.value}` : `name:${one.glob}`))
    .join(' ');
}

describe('any list of valid lines is read as it was meant', () => {
  it('subnets', () => {
    fc.assert(
      fc.property(fc.array(subnet, { minLength: 1 }), separator, (selectors, between) => {
        const read = parsed({ subnets: selectors.map(written).join(between) }).inputs.desired.subnets;
        expect(
          read?.map((one) => (one.kind === 'match' ? { kind: one.kind, conditions: one.conditions } : one)),
        ).toEqual(selectors);
      }),
    );
  });

  it('tags', () => {
    const tags = fc.dictionary(
      word.filter((key) => !/^(aws|managed)/i.test(key)),
      text,
      { minKeys: 1, maxKeys: 20 },
    );
    fc.assert(
      fc.property(tags, separator, (wanted, between) => {
        const lines = Object.entries(wanted).map(([key, value]) => quoteWord(`${key}=${value}`));
        expect(parsed({ tags: lines.join(between) }).inputs.desired.tags).toEqual({ ...wanted });
      }),
    );
  });

  it('egress', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    const peer = fc.oneof(
      hex.map((digits) => `sg-${digits}`),
      hex.map((digits) => `pl-${digits}`),
      fc.integer({ min: 0, max: 255 }).map((byte) => `10.${byte}.0.0/16`),
      fc.constant('s3'),
    );
    const line = fc.record({
      protocol: fc.constantFrom('tcp', 'udp'),
      from: port,
      size: fc.integer({ min: 0, max: 9 }),
      peer,
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), separator, (lines, between) => {
        const texts = lines.map(
          ({ protocol, from, size, peer: to }) =>
            `${protocol} ${from}-${Math.min(from + size, 65_535)} ${to}`,
        );
        const read = parsed({ egress: texts.join(between) }).inputs.desired.egress ?? [];
        expect(
          read.map(({ protocol, ports, peer: to }) => `${protocol} ${ports?.from}-${ports?.to} ${to.value}`),
        ).toEqual(texts);
      }),
    );
  });

  it('consents', () => {
    const kinds = [
      'private-dns-redirect',
      'connection-drop',
      'internet-loss',
      'replace-network',
      'rule-removal',
    ] as const;
    const consent = fc.record({
      kind: fc.constantFrom(...kinds),
      object: fc.stringMatching(/^[a-z][a-z0-9.:-]{0,10}[a-z0-9]$/),
    });
    fc.assert(
      fc.property(fc.array(consent, { minLength: 1 }), separator, (consents, between) => {
        const lines = consents.map(({ kind, object }) => `${kind}:${object}`);
        expect(parsed({ allow: lines.join(between) }).inputs.desired.allow).toEqual(consents);
      }),
    );
  });
});
