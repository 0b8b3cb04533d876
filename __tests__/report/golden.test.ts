import { describe, expect, it } from '@jest/globals';
import { buildReport } from '../../src/report/build.js';
import { planJson } from '../../src/report/json.js';
import { finalLines, planLines } from '../../src/report/log.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { logLine } from '../../src/text/escape.js';
import { stories } from '../fixtures/stories.js';
import { expectGolden } from './golden.js';

describe.each(Object.entries(stories))('the story %s', (name, record) => {
  it('reads as it was reviewed', () => {
    expectGolden(`${name}.md`, renderMarkdown(buildReport(record)));
    expectGolden(`${name}.json`, planJson(record));
    const lines = [...(record.plan ? planLines(record.plan) : []), '', ...finalLines(record)];
    expectGolden(`${name}.txt`, `${lines.map(logLine).join('\n')}\n`);
  });
});

it('has little to say when there is nothing to do', () => {
  const record = stories.unchanged;
  const lines = record?.plan ? [...planLines(record.plan), ...finalLines(record)] : [];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThan(15);
});
