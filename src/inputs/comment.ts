import type { Complain } from './problems.js';

/** Longer labels would fill a comment's title. */
const LONGEST_LABEL = 100;

/** Parses `label`: one line of text. */
export function parseLabel(text: string, complain: Complain): string | undefined {
  if (text.length <= LONGEST_LABEL && !/[\p{Cc}\u2028\u2029]/u.test(text)) return text;
  complain({ value: text, expected: `one line of at most ${LONGEST_LABEL} characters` });
  return undefined;
}

/** Parses `pr-number`. */
export function parsePullNumber(text: string, complain: Complain): number | undefined {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  complain({ value: text, expected: 'the number of a pull request, for example `42`' });
  return undefined;
}

/**
 * Parses `github-token`. The default is an expression that the runner evaluates: where it is still one, nobody
 * did, and there is no token. A token is never repeated in a message.
 */
export function parseToken(text: string, complain: Complain): string | undefined {
  if (text.startsWith('$'.concat('{{'))) return undefined;
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  complain({ value: '***', expected: 'a token: it holds spaces or characters beyond ASCII' });
  return undefined;
}
