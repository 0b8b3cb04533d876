import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RunRecord } from '../../../src/model/run.js';
import { type CommentFacts, commentBody, saysTheSame } from '../../../src/report/comment/body.js';
import { type CommentSubject, parseMarker } from '../../../src/report/comment/marker.js';
import { accountIdsIn, shortenAccounts } from '../../../src/report/comment/shorten.js';
import { hostile, hostileTexts, poisoned } from '../../fixtures/hostile.js';
import { plan } from '../../fixtures/plan.js';
import { finding, runRecord } from '../../fixtures/run-record.js';
import { stories } from '../../fixtures/stories.js';
import { expectGolden } from '../golden.js';
import { blocks, foreignParts } from '../structure.js';

const subject: CommentSubject = { functionNames: ['app-7'], region: 'us-east-2', label: 'production' };
const facts = (parts: Partial<CommentFacts> = {}): CommentFacts => ({
  app: 15_368,
  state: 'plan',
  head: 'abcdef0123456789abcdef0123456789abcdef01',
  run: 900,
  runUrl: 'https://github.com/owner/app-7/actions/runs/900/attempts/1',
  ...parts,
});
const body = (record: RunRecord, parts: Partial<CommentFacts> = {}): string =>
  commentBody(record, subject, facts(parts));
const told = Object.entries(stories);

/** What is rendered from the record: all but the marker and the line with the links. */
const middle = (text: string): string => text.split('\n').slice(1, -2).join('\n');

describe('a comment', () => {
  it.each([
    ['from-scratch', {}],
    ['blocked', {}],
    ['partial', { state: 'stopped' }],
    ['unchanged', { state: 'outdated' }],
  ] as const)('on the story %s reads as it was reviewed', (name, parts) => {
    expectGolden(`comment-${name}.md`, body(stories[name] ?? runRecord(), parts));
  });

  it.each(told)('on the story %s has its marker, and the digest of its plan', (_, record) => {
    expect(parseMarker(body(record))).toMatchObject({ app: 15_368, run: 900, digest: record.plan?.digest });
  });

  it('names functions, region and label', () => {
    const many = { ...subject, functionNames: ['f', 'e', 'd', 'c', 'b', 'a'], label: undefined };
    expect(commentBody(runRecord(), many, facts()).split('\n')[1]).toBe(
      '## Network of functions a, b, c, d, e and 1 more in us-east-2',
    );
    expect(body(runRecord()).split('\n')[1]).toBe('## Network of function app-7 in us-east-2 (production)');
  });

  it('has no last line without commit and run', () => {
    expect(body(runRecord(), { head: undefined, runUrl: undefined })).not.toMatch(/Commit|\]\(/);
  });

  it.each(hostileTexts)('keeps its structure with %j in every text', (text) => {
    const record = stories.partial ?? runRecord();
    const strange = { ...subject, label: text };
    const markdown = commentBody(poisoned(record, hostile(text)), strange, facts());
    expect(foreignParts(middle(markdown))).toEqual([]);
    expect(blocks(middle(markdown))).toEqual(blocks(middle(body(record))));
    expect(markdown.match(/<!--/g)).toHaveLength(1);
  });
});

describe('a comment that is too long', () => {
  const times = (count: number, text: string): RunRecord =>
    runRecord({
      plan: plan({
        findings: Array.from({ length: count }, (_, index) =>
          finding(`code-${index}`, { message: `${index} ${text}`, remedy: text }),
        ),
      }),
    });

  it('is kept below the limit in every unit, marker included, and says what it left out', () => {
    const anyText = fc.constantFrom(...hostileTexts, 'plain words ', '日本語🙂', '🌈');
    const anySize = fc.tuple(fc.integer({ min: 50, max: 400 }), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(anyText, anySize, (text, [count, repeats]) => {
        const whole = body(times(count, text.repeat(repeats)));
        expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(65_536);
        expect(parseMarker(whole)).toBeDefined();
        expect(whole).toContain('log and job summary of the run');
      }),
      { numRuns: 30 },
    );
    const long = body(times(400, 'plain words '.repeat(40)));
    expect(long).toContain('Left out, because there is no room for it here:');
    expect(long.length).toBeGreaterThan(20_000);
  });
});

describe('account ids', () => {
  const accountId = fc.stringMatching(/^\d{12}$/);
  const around = fc.constantFrom(
    (id: string) => `arn:aws:iam::${id}:role/app-7`,
    (id: string) => `account ${id}.`,
    (id: string) => `bucket-${id}-logs`,
    (id: string) => `x${id}y`,
    (id: string) => `${id}/sg-0a1b`,
    (id: string) => `${id.slice(0, 5)}\u001b[31m${id.slice(5)}`,
    (id: string) => `${id.slice(0, 7)}\u202e${id.slice(7)}`,
    (id: string) => `User: arn:aws:sts::${id}:assumed-role/a/b is not authorized`,
    (id: string) => `${id}${id}`,
  );

  it('of the run are nowhere in its comment', () => {
    fc.assert(
      fc.property(accountId, around, fc.constantFrom(...told), (id, write, [, record]) => {
        const strange = poisoned(record, (original) => `${original} ${write(id)} ${id}`);
        expect(body(strange)).not.toContain(id);
      }),
      { numRuns: 300 },
    );
  });

  it('of other accounts are not either', () => {
    const text = body(runRecord({ because: 'of arn:aws:iam::210987654321:role/x and 210987654321' }));
    expect(text).toContain('of arn:aws:iam::…4321:role/x and …4321');
  });

  it.each([
    ['subnet-0a12345678901234f', 'subnet-0a12345678901234f'],
    ['sg-0b123456789012cd', 'sg-0b123456789012cd'],
    ['vpc-123456789012345678', 'vpc-123456789012345678'],
    ['  indented 123456789012', '  indented …9012'],
    ['1234567890123', '1234567890123'],
  ])('in %j', (text, shown) => {
    expect(shortenAccounts(text, [])).toBe(shown);
  });

  it('are found in plain data', () => {
    const data = { a: ['arn:aws:iam::111111111111:role/x'], b: { c: '222222222222' }, d: 3, e: undefined };
    expect(accountIdsIn(data)).toEqual(['111111111111', '222222222222']);
  });
});

describe('two comments', () => {
  const one = body(runRecord());
  it.each([
    ['of two runs', body(runRecord(), { run: 901, runUrl: facts().runUrl?.replace('900', '901') }), true],
    ['of which GitHub changed the line ends', one.replaceAll('\n', '\r\n').trimEnd(), true],
    ['of two commits', body(runRecord(), { head: 'fedcba9876543210fedcba9876543210fedcba98' }), false],
    ['of two plans', body(runRecord({ plan: plan({ digest: 'f'.repeat(64) }) })), false],
    ['of two outcomes', body(runRecord({ outcome: 'blocked' })), false],
    ['of two apps', body(runRecord(), { app: 1 }), false],
  ])('%s say the same: %#', (_, other, expected) => {
    expect(saysTheSame(one, other)).toBe(expected);
  });
});
