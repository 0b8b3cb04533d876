import type { Complain } from './problems.js';

/** One item of a list input: its words, all of which must hold together, and the text as written. */
export interface Item {
  readonly words: readonly string[];
  readonly text: string;
}

interface Token {
  /** A word with its quotes taken off, or one of the separators. */
  readonly kind: 'word' | 'item';
  readonly word: string;
  readonly source: string;
}

// A word is a run of quoted and bare pieces: tag:Name="a, b" is one word.
const TOKEN = /((?:"(?:[^"\\]|\\.)*"|[^\s,"])+)|([,\n])/g;
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

function tokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => {
    const source = match[0];
    if (match[2] !== undefined) return { kind: 'item', word: '', source };
    const word = source.replace(QUOTED, (_, inner: string) => inner.replace(/\\(.)/g, '$1'));
    return { kind: 'word', word, source };
  });
}

/**
 * Splits a list input: commas and new lines part items, white space parts the words of one item,
 * double quotes keep commas and spaces inside a word (`\"` is a quote, `\\` a backslash).
 */
export function splitList(text: string): Item[] {
  const items: { words: string[]; sources: string[] }[] = [{ words: [], sources: [] }];
  for (const token of tokens(text)) {
    const item = items[items.length - 1];
    if (token.kind === 'item' || item === undefined) {
      items.push({ words: [], sources: [] });
    } else {
      item.words.push(token.word);
      item.sources.push(token.source);
    }
  }
  return items
    .filter((item) => item.words.length > 0)
    .map((item) => ({ words: item.words, text: item.sources.join(' ') }));
}

/** Reads a list input: one with an open quote or without any entry gets a complaint and is empty. */
export function readList(text: string, complain: Complain): Item[] {
  const open = text.replace(TOKEN, (token) => ' '.repeat(token.length)).indexOf('"');
  if (open >= 0) {
    const [value = ''] = text.slice(open).split(/[\r\n]/);
    complain({ value, expected: 'closed by a second double quote' });
    return [];
  }
  const items = splitList(text);
  if (items.length === 0) complain({ value: text, expected: 'a list with at least one entry' });
  return items;
}

/** Writes a word so that {@link splitList} reads it back as it is. */
export function quoteWord(word: string): string {
  return /[\s,"\\]/.test(word) || word === '' ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}
