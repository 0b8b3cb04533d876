import { plainText } from '../text/escape.js';
import { withoutCredentials } from '../text/redact.js';

/** Characters of a value that is shown whole: a tag with its key and value nearly fits. */
const LONGEST = 300;

/** Characters that are shown of a longer one. Few, because part of a known secret is not recognised as one. */
const BEGINNING = 40;

/**
 * A text that a user wrote, as a message shows it: on one line, without control characters, with what looks
 * like a credential left out, without backticks (they delimit it), and only its beginning where it is long.
 */
export function shownText(text: string): string {
  const shown = [...plainText(withoutCredentials(text.slice(0, 4 * LONGEST))).replace(/`/g, "'")];
  if (shown.length <= LONGEST && text.length <= 4 * LONGEST) return shown.join('');
  return `${shown.slice(0, BEGINNING).join('')}… (${text.length} characters)`;
}
