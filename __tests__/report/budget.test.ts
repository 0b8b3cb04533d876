import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RunRecord } from '../../src/model/run.js';
import { buildReport } from '../../src/report/build.js';
import { type Limits, renderMarkdown } from '../../src/report/markdown.js';
import { hostileTexts } from '../fixtures/hostile.js';
import { endpoint, narrowAcl, observedAfter, subnetIds } from '../fixtures/network.js';
import { changes, plan } from '../fixtures/plan.js';
import { finding, runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';
import { blocks, foreignParts } from './structure.js';

/** How many of each thing a record holds, and how long its texts are. */
interface Size {
  readonly changes: number;
  readonly findings: number;
  readonly endpoints: number;
  readonly acls: number;
  readonly text: string;
  readonly length: number;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

function bigRecord(size: Size): RunRecord {
  const text = size.text.repeat(Math.ceil(size.length / size.text.length)).slice(0, size.length);
  const [first] = changes;
  const many = first
    ? times(size.changes, (index) => ({ ...first, id: `security-group/${index}`, because: text }))
    : [];
  return runRecord({
    plan: plan({
      changes: [...changes, ...many],
      findings: times(size.findings, (index) =>
        finding(`code-${index}`, { message: `${index} ${text}`, remedy: text }),
      ),
    }),
    observed: {
      ...observedAfter,
      endpoints: times(size.endpoints, (index) => endpoint(`vpce-${index}`, text)),
      networkAcls: {
        ok: true,
        value: times(size.acls, (index) => ({ ...narrowAcl, id: `acl-${index}`, subnetIds })),
      },
    },
    endpointIds: [],
  });
}

const anySize: fc.Arbitrary<Size> = fc.record({
  changes: fc.nat({ max: 60 }),
  findings: fc.nat({ max: 60 }),
  endpoints: fc.nat({ max: 20 }),
  acls: fc.nat({ max: 20 }),
  text: fc.constantFrom(...hostileTexts, 'plain words ', '日本語🙂'),
  length: fc.nat({ max: 1500 }),
});

const bytesOf = (text: string): number => Buffer.byteLength(text);
const leftOut = 'Left out, because there is no room for it here: ';

function check(record: RunRecord, limits: Limits): void {
  const report = buildReport(record);
  const whole = renderMarkdown(report);
  const text = renderMarkdown(report, limits);
  expect(bytesOf(text)).toBeLessThanOrEqual(limits.bytes ?? Number.POSITIVE_INFINITY);
  expect(text.length).toBeLessThanOrEqual(limits.characters ?? Number.POSITIVE_INFINITY);
  expect(text).toMatch(/^## Dry run: \d+ changes would connect function app-7/);
  expect(text === whole || text.includes(leftOut)).toBe(true);
  expect(foreignParts(text)).toEqual([]);
}

describe('a budget', () => {
  it('of bytes is kept by any record, and what is left out is said', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: 1000, max: 65_536 }), (size, bytes) =>
        check(bigRecord(size), { bytes }),
      ),
      {
        numRuns: 30,
      },
    );
  });

  it('of characters is kept by any record, and what is left out is said', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: 1000, max: 65_536 }), (size, characters) =>
        check(bigRecord(size), { characters }),
      ),
      { numRuns: 30 },
    );
  });

  it('of a job summary is kept by a record that is far too big', () => {
    const record = bigRecord({
      changes: 800,
      findings: 800,
      endpoints: 50,
      acls: 50,
      text: '日本 ',
      length: 2000,
    });
    expect(bytesOf(renderMarkdown(buildReport(record)))).toBeGreaterThan(2 * 1_048_576);
    check(record, { bytes: 1_048_576 });
  });

  it('counts bytes and characters apart', () => {
    const report = { title: '日本語', sections: [] };
    expect(renderMarkdown(report, { characters: 7 })).toBe('## 日本語\n');
    expect(renderMarkdown(report, { bytes: 7 })).toBe('');
  });

  it('that holds everything takes nothing away', () => {
    for (const record of Object.values(stories)) {
      const report = buildReport(record);
      const whole = renderMarkdown(report);
      expect(renderMarkdown(report, { bytes: bytesOf(whole), characters: whole.length })).toBe(whole);
      expect(whole).not.toContain(leftOut);
    }
  });
});

describe('what is left out', () => {
  const record = bigRecord({ changes: 0, findings: 3, endpoints: 20, acls: 20, text: 'words ', length: 60 });
  const whole = renderMarkdown(buildReport(record));
  const lengths = new Map<string, number>();
  for (let characters = whole.length; characters > 1000; characters -= 500) {
    const text = renderMarkdown(buildReport(record), { characters });
    const note = text.split('\n').find((line) => line.startsWith(leftOut)) ?? '';
    if (!lengths.has(note)) lengths.set(note, text.length);
  }
  const notes = [...lengths.keys()];

  it('begins with the entries of network ACLs, then other endpoints, then the network', () => {
    expect(notes.slice(0, 4)).toEqual([
      '',
      expect.stringMatching(/: Entries of network ACL acl-0, .* and 12 more\.$/),
      expect.stringMatching(/Entries of network ACL acl-0, .* and 13 more\.$/),
      expect.stringMatching(/: Network of function app-7, as it is today\.$/),
    ]);
  });

  it('ends with lines and texts of what is kept', () => {
    expect(notes.at(-1)).toMatch(
      /\d+ lines of Changes: .*, \d+ lines of Errors and the rest of \d+ texts? of Errors\.$/,
    );
  });

  it('makes the report shorter at every step', () => {
    const shorter = [...lengths.values()].every(
      (length, index, all) => index === 0 || length < (all[index - 1] ?? 0),
    );
    expect(shorter).toBe(true);
  });

  it('is all but the outcome at last, and then nothing', () => {
    const tiny = renderMarkdown(buildReport(record), { characters: 200 });
    expect(blocks(tiny)).toEqual(['heading 2', 'paragraph']);
    expect(tiny).toContain(`${leftOut}everything but the outcome.`);
    expect(renderMarkdown(buildReport(record), { characters: 20 })).toBe('');
  });
});
