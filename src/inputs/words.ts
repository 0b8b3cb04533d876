import { parseJson } from '../text/json.js';
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

/** Whether a text is a JSON object, which no input takes. */
export function isJsonObject(text: string): boolean {
  return text.startsWith('{') && parseJson(text) !== undefined;
}

/** A JSON array of texts, as expressions and other steps' outputs give it, as lines; any other text as it is. */
function asLines(text: string, complain: Complain): string | undefined {
  const entries = text.startsWith('[') ? parseJson(text) : undefined;
  if (!Array.isArray(entries)) return text;
  if (entries.every((entry) => typeof entry === 'string')) return entries.join('\n');
  complain({ value: text, expected: 'a JSON array of texts' });
  return undefined;
}

/** The start of a quotation without an end, up to the end of its line. */
function openQuote(text: string): string | undefined {
  const open = text.replace(TOKEN, (token) => ' '.repeat(token.length)).indexOf('"');
  return open < 0 ? undefined : text.slice(open).split(/[\r\n]/)[0];
}

/** Whether an item is written as an entry of a YAML list: the dash would silently become part of a name. */
const hasDash = ({ text }: Item): boolean => text.startsWith('- ');

/**
 * Reads a list input: new lines or commas part its entries, and a JSON array of texts counts as its entries on
 * lines of their own. A list with an open quote, with entries that begin with a dash, or without any entry gets
 * one complaint; what is left of it is given.
 */
export function readList(text: string, complain: Complain): Item[] {
  const lines = asLines(text, complain);
  if (lines === undefined) return [];
  const open = openQuote(lines);
  if (open !== undefined) {
    complain({ value: open, expected: 'closed by a second double quote' });
    return [];
  }
  const items = splitList(lines);
  if (items.length === 0) complain({ value: text, expected: 'a list with at least one entry' });
  const dashed = items.find(hasDash);
  if (dashed)
    complain({ value: dashed.text, expected: 'an entry: lines of a list are written without `- `' });
  return items.filter((item) => !hasDash(item));
}

/** Writes a word so that {@link splitList} reads it back as it is. */
export function quoteWord(word: string): string {
  return /[\s,"\\]|^[-[]|^$/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}
