import { plainText } from '../text/escape.js';
import { withoutCredentials } from '../text/redact.js';

/** Characters: a tag with its key and value fits nearly, a file that was pasted does not. */
const LONGEST = 300;

/**
 * A text that a user wrote, as a message shows it: on one line, without control characters, with what looks
 * like a credential left out, without backticks (they delimit it), and cut where it is long.
 */
export function shownText(text: string): string {
  // Cut twice: cleaning a text of any length is needless work, and the end may be half of a credential.
  const start = withoutCredentials(text.slice(0, 4 * LONGEST));
  const characters = [...plainText(start).replace(/`/g, "'")];
  if (characters.length <= LONGEST && text.length <= 4 * LONGEST) return characters.join('');
  return `${characters.slice(0, LONGEST).join('')}… (${text.length} characters)`;
}
