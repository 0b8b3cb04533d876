import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CommentSubject,
  commentKey,
  formatMarker,
  MARKER_START,
  type Marker,
  parseMarker,
} from '../../../src/report/comment/marker.js';

const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const marker: fc.Arbitrary<Marker> = fc.record({
  key: hex(16),
  app: maybe(fc.nat()),
  state: fc.constantFrom('plan', 'changed', 'stopped', 'nothing', 'outdated'),
  digest: maybe(hex(64)),
  head: maybe(fc.oneof(hex(40), hex(64))),
  run: maybe(fc.nat()),
});
const subject = (parts: Partial<CommentSubject> = {}): CommentSubject => ({
  functionNames: ['app-7', 'app-8'],
  region: 'us-east-2',
  label: undefined,
  ...parts,
});

describe('a marker', () => {
  it('is read as it was written, whatever follows', () => {
    fc.assert(
      fc.property(marker, fc.constantFrom('', '\n', '\r\n## Title\n', '\ntext'), (given, rest) => {
        const text = formatMarker(given);
        expect(text.startsWith(MARKER_START)).toBe(true);
        expect(text.split('\n')).toHaveLength(1);
        expect(parseMarker(`${text}${rest}`)).toEqual(given);
      }),
    );
  });

  const valid = formatMarker({
    key: 'a'.repeat(16),
    app: 1,
    state: 'plan',
    digest: undefined,
    head: undefined,
    run: 2,
  });

  it.each([
    ['a quote', `> ${valid}`],
    ['an answer to it', `I agree.\n${valid}`],
    ['another format', valid.replace(':v1', ':v2')],
    ['another state', valid.replace('state=plan', 'state=fine')],
    ['a key that is too short', valid.replace('aaaa', '')],
    ['more on its line', `${valid} x`],
    ['a part of it', valid.slice(0, -4)],
    ['nothing', ''],
  ])('is not %s', (_, text) => {
    expect(parseMarker(valid)).toBeDefined();
    expect(parseMarker(text)).toBeUndefined();
  });
});

describe('a key', () => {
  it('is that of the functions in any order', () => {
    expect(commentKey(subject({ functionNames: ['app-8', 'app-7', 'app-8'] }))).toBe(commentKey(subject()));
  });

  it.each([
    ['functions', { functionNames: ['app-7'] }],
    ['region', { region: 'us-east-1' }],
    ['label', { label: 'production' }],
    ['label like a region', { label: 'us-east-2' }],
  ])('is another one for another %s', (_, parts) => {
    expect(commentKey(subject(parts))).not.toBe(commentKey(subject()));
  });
});
