import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marked } from 'marked';
import { buildReport } from '../../src/report/build.js';
import { finalLines, planLines } from '../../src/report/log.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { logLine } from '../../src/text/escape.js';
import { hostile, hostileTexts, poisoned } from '../fixtures/hostile.js';
import { stories } from '../fixtures/stories.js';
import { blocks, foreignParts } from './structure.js';

const told = Object.entries(stories).filter(([name]) => name !== 'hostile');
const render = (record: Parameters<typeof buildReport>[0]): string => renderMarkdown(buildReport(record));

describe('the parser', () => {
  it.each([
    '[a](http://x)',
    '![a](http://x)',
    '<img src=x>',
    '<span onclick=x>',
    'a **b**',
    '`a`',
    'http://example.com',
    'a@example.com',
    '- [ ] a',
  ])('would see %j', (markdown) => {
    expect(foreignParts(markdown)).not.toEqual([]);
  });

  it('would see a further column', () => {
    expect(blocks('| a | b |\n| --- | --- |\n| c<br>d | e |')).toEqual(['table of 2: 2']);
    expect(blocks('a\n\n- b\n\n# c')).toEqual(['paragraph', 'list of 1', 'heading 1']);
  });
});

describe.each(told)('the story %s', (_, record) => {
  it('has the parts of a report alone', () => {
    expect(foreignParts(render(record))).toEqual([]);
  });

  it.each(hostileTexts)('keeps its structure with %j in every text', (text) => {
    const markdown = render(poisoned(record, hostile(text)));
    expect(foreignParts(markdown)).toEqual([]);
    expect(blocks(markdown)).toEqual(blocks(render(record)));
    expect(marked.parse(markdown)).not.toMatch(
      /<(?:a|img|script|b|h1|em|strong|del|input)\b[^>]*>(?!.*<\/summary>)/i,
    );
  });
});

it('keeps its structure with any mixture of hostile texts', () => {
  const affix = fc.array(fc.constantFrom(...hostileTexts), { maxLength: 4 }).map((texts) => texts.join(''));
  fc.assert(
    fc.property(fc.constantFrom(...told), affix, affix, ([, record], before, after) => {
      const markdown = render(poisoned(record, (original) => `${before}${original}${after}`));
      expect(foreignParts(markdown)).toEqual([]);
      expect(blocks(markdown)).toEqual(blocks(render(record)));
    }),
    { numRuns: 200 },
  );
});

it.each(hostileTexts)('logs no command of the runner with %j in every text', (text) => {
  for (const [, record] of told) {
    const strange = poisoned(record, (original) => `${text}${original}`);
    const lines = [...(strange.plan ? planLines(strange.plan) : []), ...finalLines(strange)].map(logLine);
    expect(lines.filter((line) => line.trim().startsWith('::') || /##\[|[\p{Cc}]/u.test(line))).toEqual([]);
  }
});
