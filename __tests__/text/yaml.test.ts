import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { yamlBlock, yamlEntry, yamlScalar } from '../../src/text/yaml.js';

const VERSIONS = ['1.1', '1.2'] as const;

/** What YAML reads out of the lines, in both versions; it must be the same. */
function read(lines: readonly string[]): unknown {
  const [one, other] = VERSIONS.map((version) => parse(lines.join('\n'), { version }));
  expect(one).toEqual(other);
  return other;
}

/** Any text, with what means something in YAML more often than not. */
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...'"\'\\:#*&%@`!|>?-[]{},= ~\t\n\r a1.e_\u0000\u007f\u0085\u00e9\u2028\ufeff\ud800',
      '日',
      '🛰',
    ),
  }),
);

describe('a scalar', () => {
  it.each(['app-7', 'us-east-2', 'tcp 443 0.0.0.0/0', 'tcp 5432 2001:db8::/32', 'rule-removal:sg-0a1b2c3d'])(
    '%s stays as it is',
    (text) => {
      expect(yamlScalar(text)).toBe(text);
      expect(read([`a: ${text}`])).toEqual({ a: text });
    },
  );

  it.each([
    ['', "''"],
    ['true', "'true'"],
    ['No', "'No'"],
    ['null', "'null'"],
    ['0123', "'0123'"],
    ['1e3', "'1e3'"],
    ['e1', "'e1'"],
    ['E+10', "'E+10'"],
    ['*', "'*'"],
    ['&a', "'&a'"],
    ['%a', "'%a'"],
    ['a: b', "'a: b'"],
    ['a:', "'a:'"],
    ['a #b', "'a #b'"],
    ["it's", "'it''s'"],
    ['"a, b"', `'"a, b"'`],
    ['- a', "'- a'"],
    ['größe', "'größe'"],
    ['a\nb', '"a\\nb"'],
    ['a\u0085b', '"a\\u0085b"'],
  ])('%j is written %s', (text, written) => {
    expect(yamlScalar(text)).toBe(written);
    expect(read([`a: ${written}`])).toEqual({ a: text });
  });

  it('is read back as it was, whatever it is', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const line = `  a: ${yamlScalar(text)}`;
        expect(line).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
        expect(read(['with:', line])).toEqual({ with: { a: text } });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an entry', () => {
  it('is a block where there are several items', () => {
    expect(yamlEntry('reaches', ['ssm', '# no comment'], 2)).toEqual([
      '  reaches: |',
      '    ssm',
      '    # no comment',
    ]);
  });

  it('is quoted where a block would not keep the items, a line for each', () => {
    const lines = yamlBlock('allow', [' a', 'b\nc', '', '"d"\\'], 2);
    expect(lines).toEqual([
      '  allow: "\\',
      '    \\x20a\\n\\',
      '    b\\nc\\n\\',
      '    \\n\\',
      '    \\"d\\"\\\\"',
    ]);
    expect(read(['with:', ...lines])).toEqual({ with: { allow: ' a\nb\nc\n\n"d"\\' } });
  });

  it('is read back as it was, whatever the items are', () => {
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 4 }), (items) => {
        const lines = ['with:', ...yamlEntry('a', items, 2), '  b: c'];
        const { with: found } = read(lines) as { with: { a: string; b: string } };
        expect(found.b).toBe('c');
        expect(found.a.replace(/\n$/, '')).toBe(items.join('\n').replace(/\n$/, ''));
      }),
      { numRuns: 2000 },
    );
  });
});
