import { plainText } from '../../text/escape.js';
import { redactAll } from '../../text/redact.js';

/** An account id that stands for itself; ids of resources, which are hexadecimal, may hold twelve digits too. */
const ALONE = /(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g;

const short = (accountId: string): string => `…${accountId.slice(-4)}`;

/** Every account id that plain data names, in ARNs or alone. */
export function accountIdsIn(value: unknown): string[] {
  const found = new Set<string>();
  redactAll(value ?? null, (text) => {
    for (const [accountId] of text.matchAll(ALONE)) found.add(accountId);
    return text;
  });
  return [...found];
}

/**
 * Shortens account ids to their last four digits: those known, wherever they stand, and whatever else looks like
 * one. A comment is read by more people than the account, and no runner masks it.
 */
export function shortenAccounts(text: string, known: readonly string[]): string {
  // As it will be shown: what hides between digits now is taken out by a renderer later.
  const indent = /^ */.exec(text)?.[0] ?? '';
  const plain = `${indent}${plainText(text)}`;
  return known.reduce((rest, id) => rest.replaceAll(id, short(id)), plain).replace(ALONE, short);
}
