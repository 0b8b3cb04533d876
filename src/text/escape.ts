const ESCAPE = '\u001b';
const BELL = '\u0007';

/** Terminal sequences: titles and links with their end, then colours and cursor movements. */
const TERMINAL = new RegExp(
  `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)|(?:${ESCAPE}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
  'g',
);

/** Whatever ends a line somewhere, and tabulators. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Control characters, halves of surrogate pairs, and the marks that turn the direction of reading. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text on one line, without control characters, terminal sequences or hidden changes of direction. */
export function plainText(text: string): string {
  return text.replace(TERMINAL, '').replace(BREAKS, ' ').replace(UNSEEN, '').trim();
}

/** A line for the log, indented as it was. It never becomes a command of the runner: `::` at its start, `##[` anywhere. */
export function logLine(text: string): string {
  const indent = /^ */.exec(text)?.[0] ?? '';
  return `${indent}${plainText(text)
    .replace(/^:(?=:)/, ': ')
    .replace(/##\[/g, '## [')}`.trimEnd();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text inside an HTML element; line ends stay. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** What means something to Markdown or to GitHub in the middle of a line; an underscore inside a word does not. */
const MARKS = /[&<>\\`*[\]|~$@#]|(?<![a-z\d])_|_(?![a-z\d])|:\/\/|www\.|GH-(?=\d)/gi;

const reference = (character: string): string => ENTITIES[character] ?? `&#${character.codePointAt(0)};`;

/** Shows nothing and breaks a word. */
const ZERO_WIDTH_SPACE = '&#8203;';

/**
 * Written as a character reference: tables, paragraphs and HTML blocks all know those, not all know
 * backslashes. GitHub looks for names and issue numbers after it has resolved them, outside of code: there
 * something must stand between.
 */
function escapeMark(mark: string, isCode: boolean): string {
  // GitHub takes a pair of dollar signs for mathematics, and says to write one that is none like this. Addresses
  // of mail become links in code as well, where a hidden character would be copied.
  if (mark === '$' || (mark === '@' && isCode)) return `<span>${mark}</span>`;
  if (mark === '://') return '&#58;//';
  const isLink = mark === '@' || mark === '#' || mark.length > 1;
  return `${mark.slice(0, -1)}${reference(mark.slice(-1))}${isLink && !isCode ? ZERO_WIDTH_SPACE : ''}`;
}

function literal(text: string, isCode = false): string {
  return text.replace(MARKS, (mark) => escapeMark(mark, isCode));
}

/** What opens a list, a rule or a heading at the start of a block. */
function escapeOpener(text: string): string {
  return text
    .replace(/^[-+=]/, reference)
    .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits: string, mark: string) => `${digits}${reference(mark)}`);
}

/**
 * A text as one line of GitHub's Markdown that means nothing but itself: no link, image, tag, emphasis,
 * mention, list or further table column comes of it. Only balanced pairs of backticks become code.
 */
export function markdownText(text: string): string {
  const pieces = plainText(text).split(/(`[^`]+`)/);
  const written = pieces.map((piece, index) =>
    index % 2 === 1 ? `<code>${literal(piece.slice(1, -1), true)}</code>` : literal(piece),
  );
  return escapeOpener(written.join(''));
}
