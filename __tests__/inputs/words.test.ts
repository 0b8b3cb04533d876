import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quoteWord, splitList } from '../../src/inputs/words.js';
import { problemsOf } from '../builders/env.js';

describe('a list input is split', () => {
  it.each([
    { name: 'one word', text: 'logs', items: [['logs']] },
    { name: 'commas', text: 'logs,ssm, s3', items: [['logs'], ['ssm'], ['s3']] },
    { name: 'new lines of Unix and Windows', text: 'logs\nssm\r\ns3', items: [['logs'], ['ssm'], ['s3']] },
    {
      name: 'words of one line belong together',
      text: 'tag:A=1 tag:B=2, name:x',
      items: [['tag:A=1', 'tag:B=2'], ['name:x']],
    },
    { name: 'empty entries count as nothing', text: ',\n, logs ,,\n', items: [['logs']] },
    { name: 'quotes keep commas and spaces', text: 'tag:Name="a, b"', items: [['tag:Name=a, b']] },
    { name: 'quotes keep new lines', text: '"a\nb"', items: [['a\nb']] },
    { name: 'an escaped quote', text: String.raw`"say \"hi\""`, items: [['say "hi"']] },
    { name: 'an escaped backslash', text: String.raw`"a\\"`, items: [['a\\']] },
    { name: 'a bare backslash is a character', text: String.raw`a\b`, items: [[String.raw`a\b`]] },
    { name: 'an empty quoted word is a word', text: 'tag:Name=""', items: [['tag:Name=']] },
    { name: 'nothing at all', text: ' \n ', items: [] },
  ])('$name', ({ text, items }) => {
    expect(splitList(text).map(({ words }) => words)).toEqual(items);
  });

  it('keeps the text as written for messages', () => {
    expect(splitList('tag:Name="a, b"   tag:X=1').map(({ text }) => text)).toEqual([
      'tag:Name="a, b" tag:X=1',
    ]);
  });

  it.each(['tag:Name="a', 'subnet-0a1b2c3d"', '"', 'a, "b'])(
    'an open quote is junk, not a character to drop: %s',
    (text) => {
      expect(problemsOf({ subnets: text })).toHaveLength(1);
      expect(problemsOf({ tags: `Key=${text}` })).toHaveLength(1);
    },
  );
});

describe('quoting', () => {
  it('any word is read back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (word) => {
        expect(splitList(quoteWord(word)).map(({ words }) => words)).toEqual([[word]]);
      }),
    );
  });

  it('any list of lists of words is read back as it was', () => {
    const items = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }));
    fc.assert(
      fc.property(items, fc.constantFrom(',', '\n', ', ', '\r\n'), (lists, separator) => {
        const text = lists.map((words) => words.map(quoteWord).join(' ')).join(separator);
        expect(splitList(text).map(({ words }) => words)).toEqual(lists);
      }),
    );
  });

  it('leaves ordinary words bare', () => {
    expect(quoteWord('tag:Tier=private')).toBe('tag:Tier=private');
  });
});
