import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grammar, type InputName } from '../../src/inputs/grammar.js';
import { parsed, problemsOf } from '../builders/env.js';

const names = Object.keys(grammar) as InputName[];

/** Texts made of what means something somewhere: to the grammar, to logs, to JSON, to YAML. */
const piece = fc.constantFrom(
  ...[
    '"',
    '\\',
    ',',
    '\n',
    '\r',
    '\t',
    ' ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ':',
    '=',
    '`',
    '|',
    '\u0000',
    '\u2028',
  ],
  ...['subnet-0a1b2c3d', 'sg-0a1b2c3d', 'tag:', 'name:', 'managed', 'none', 'private', 'tcp 443 ', 's3'],
  ...[
    '::error::x',
    '##[group]',
    '\u001b[31m',
    '\u202e',
    '\ud800',
    '%0A',
    'logs',
    '["',
    '"]',
    '0',
    '10.0.0.0/8',
  ],
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
);

describe('any text at all', () => {
  it.each(names)('of %s is read, or refused by problems that name the input', (name) => {
    fc.assert(
      fc.property(anyText, (text) => {
        // Several functions need a name for their group. problemsOf passes on whatever is no RunError.
        for (const { message, remedy } of problemsOf({ 'resource-name': 'team', [name]: text })) {
          expect(message.startsWith(`Input ${name}`) || message.includes(name)).toBe(true);
          expect(message.length).toBeLessThan(1200);
          expect(message).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2028]/u);
          expect(remedy).toMatch(/^(Write|Add) /);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('of every input at once hides no problem behind another', () => {
    fc.assert(
      fc.property(fc.tuple(...names.map(() => anyText)), (texts) => {
        const all = Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
        const together = problemsOf(all).map(({ message }) => message);
        const alone = names
          .filter((name) => name !== 'function-name' && name !== 'aws-region')
          .flatMap((name) => problemsOf({ [name]: all[name] ?? '' }).map(({ message }) => message));
        expect(together).toEqual(expect.arrayContaining(alone));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['one long word', 'x'.repeat(100_000)],
    ['quotes', '"'.repeat(99_999)],
    ['quoted backslashes', `"${'\\'.repeat(99_999)}`],
    ['quotes that never end', '"\\\n'.repeat(33_000)],
    ['entries', 'x=,'.repeat(33_000)],
    ['dashes', '- x\n'.repeat(25_000)],
    ['names', Array.from({ length: 16_000 }, (_, index) => `a${index}`).join()],
    ['tags', Array.from({ length: 12_000 }, (_, index) => `a${index}=x`).join()],
    ['brackets', '['.repeat(100_000)],
    ['words', 'a '.repeat(50_000)],
  ])('of 100 kB is judged in a moment, in few and short messages: %s', (_, text) => {
    for (const name of names) {
      // Time of the processor, so that a busy machine does not count.
      const begun = process.cpuUsage();
      const problems = problemsOf({ [name]: text });
      expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000);
      expect(problems.length).toBeLessThanOrEqual(22);
      for (const { message } of problems) expect(message.length).toBeLessThan(2000);
    }
  });
});

describe('a value in a message', () => {
  it.each([
    ['control characters', 'a\u0000b\u001b[31mc', 'Input dry-run: `abc` is not'],
    ['lines', 'a\n::error::b', 'Input dry-run: `a ::error::b` is not'],
    ['backticks', '`x`', "Input dry-run: `'x'` is not"],
    ['a key', 'AKIAIOSFODNN7EXAMPLE', 'Input dry-run: `***` is not'],
    ['length', 'y'.repeat(1000), `\`${'y'.repeat(40)}… (1000 characters)\` is not`],
  ])('is shown without %s', (_, value, shown) => {
    expect(problemsOf({ 'dry-run': value })[0]?.message).toContain(shown);
  });

  it('is not all of them where a list is wrong as a whole', () => {
    const problems = problemsOf({ subnets: 'oops\n'.repeat(500) });
    expect(problems).toHaveLength(21);
    expect(problems[20]?.message).toBe('Input subnets: 480 more entries are wrong.');
  });
});

describe('lists as other tools write them', () => {
  it('JSON arrays of texts are read, each text a line', () => {
    const { desired } = parsed({
      subnets: '[\n  "subnet-0a1b2c3d",\n  "tag:Tier=private tag:App=\\"a, b\\""\n]',
      endpoints: '["logs","ssm"]',
    }).inputs;
    expect(desired.subnets).toMatchObject([{ kind: 'id' }, { kind: 'match', conditions: { length: 2 } }]);
    expect(desired.endpoints?.map(({ service }) => service)).toEqual(['logs', 'ssm']);
  });

  it.each([
    ['allowed-account-ids', '[123456789012]', '`[123456789012]` is not a JSON array of texts'],
    ['endpoints', '[]', '`[]` is not a list with at least one entry'],
    ['tags', '{"App":"x"}', 'a JSON object is not read'],
    ['endpoints', '- logs\n- ssm', '`- logs` is not an entry: lines of a list are written without `- `'],
    ['tags', '- App=x', 'written without `- `'],
    ['security-groups', '- managed', 'written without `- `'],
  ])('%s: %s', (name, value, says) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(says);
  });
});

it.each([
  ['tpc 443 s3', '(`tpc` is no protocol). Did you mean `tcp`?'],
  ['tcp 99999 s3', '(`99999` is no port from 0 to 65535 and no range of them)'],
  ['tcp 443 sg-x', '(`sg-x` is no peer)'],
  ['tcp s3', '(`tcp` takes ports and one peer)'],
  ['all 443 s3', '(`all` takes one peer and no ports)'],
])('a line of egress says what is wrong with it: %s', (egress, says) => {
  expect(problemsOf({ egress })[0]?.message).toMatch(new RegExp(`${says.replace(/[()?]/g, '\\$&')}\\.?$`));
});

it('a word in the wrong place is not suggested again', () => {
  expect(problemsOf({ 'fail-on': 'none, drift' })[0]?.message).not.toContain('Did you mean');
  expect(problemsOf({ endpoints: 'none, logs' })[0]?.message).not.toContain('Did you mean');
});
