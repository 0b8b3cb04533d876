import { distance } from 'fastest-levenshtein';

/** Slips of the keyboard between two texts: letters left out, added or changed; two that changed places are one. */
export function slips(one: string, other: string): number {
  const edits = distance(one, other);
  const sorted = (text: string) => [...text].sort().join('');
  return edits === 2 && sorted(one) === sorted(other) ? 1 : edits;
}

/** The word that is nearest to `value`, when it is near enough to be a slip of the keyboard. */
export function nearest(value: string, words: readonly string[]): string | undefined {
  const judged = words.map((word) => ({ word, count: slips(value.toLowerCase(), word) }));
  const [best] = judged.sort((one, other) => one.count - other.count);
  if (best === undefined) return undefined;
  return best.count <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}
