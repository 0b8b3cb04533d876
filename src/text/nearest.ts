import { closest, distance } from 'fastest-levenshtein';

/** The word that is nearest to `value`, when it is near enough to be a slip of the keyboard. */
export function nearest(value: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const word = closest(value.toLowerCase(), [...words]);
  const allowed = Math.max(1, Math.floor(word.length / 3));
  return distance(value.toLowerCase(), word) <= allowed ? word : undefined;
}
