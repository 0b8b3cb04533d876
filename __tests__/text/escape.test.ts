import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlText, logLine, markdownText, plainText } from '../../src/text/escape.js';
import { hostileTexts } from '../fixtures/hostile.js';

/** Any text, made of hostile pieces and of anything else. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })), { maxLength: 6 })
  .map((pieces) => pieces.join(''));

describe('plainText', () => {
  it.each([
    ['one line', 'one line'],
    ['a\nb', 'a b'],
    ['a\r\n\tb', 'a b'],
    ['a\u2028b\u0085c', 'a b c'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b]8;;http://x\u0007link\u001b]8;;\u0007', 'link'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;without an end', ']0;without an end'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['a\u0000b\u007fc', 'abc'],
    ['\ud800x', 'x'],
    ['  a  ', 'a'],
    ['Größe 日本 🙂', 'Größe 日本 🙂'],
  ])('makes %j plain', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('leaves no line end and no control character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });
});

describe('logLine', () => {
  it.each([
    ['::set-output name=a::b', ': :set-output name=a::b'],
    ['  ::error::x', '  : :error::x'],
    ['\u00a0::error::x', ': :error::x'],
    ['\u001b[0m::error::x', ': :error::x'],
    ['\u0000:\u0000:error::x', ': :error::x'],
    ['x ##[error]y', 'x ## [error]y'],
    ['#\u0000#[group]', '## [group]'],
    ['+ create a', '+ create a'],
    ['    why: a::b', '    why: a::b'],
    ['    ', ''],
  ])('writes %j harmlessly', (text, line) => {
    expect(logLine(text)).toBe(line);
  });

  it('never becomes a command of the runner, nor two lines', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = logLine(text);
        expect(line.trim().startsWith('::')).toBe(false);
        expect(line).not.toContain('##[');
        expect(line).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('htmlText', () => {
  it('escapes what opens tags, references and attributes', () => {
    expect(htmlText(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;');
  });
});

describe('markdownText', () => {
  it.each([
    ['Function app-7 is in vpc-0a1b (main).', 'Function app-7 is in vpc-0a1b (main).'],
    ['tcp 443 to 10.0.0.0/8', 'tcp 443 to 10.0.0.0/8'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['endpoint_access', 'endpoint_access'],
    ['_a_', '&#95;a&#95;'],
    ['a|b', 'a&#124;b'],
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['Set `dry-run: false`.', 'Set <code>dry-run: false</code>.'],
    ['`a@b $x <c>`', '<code>a<span>@</span>b <span>$</span>x &lt;c&gt;</code>'],
    ['one ` alone', 'one &#96; alone'],
    ['``', '&#96;&#96;'],
    ['@team', '&#64;&#8203;team'],
    ['see #12', 'see &#35;&#8203;12'],
    ['http://x', 'http&#58;//x'],
    ['www.x.com', 'www&#46;&#8203;x.com'],
    ['$a$', '<span>$</span>a<span>$</span>'],
    ['- item', '&#45; item'],
    ['1. item', '1&#46; item'],
    ['a\nb', 'a b'],
  ])('writes %j as itself', (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });
});
