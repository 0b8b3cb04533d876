/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

/** At most `most` of the words, then how many more there are. */
export function someOf(words: readonly string[], most = 5): string {
  if (words.length <= most) return listed(words);
  return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

/** A text with its first letter large. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A text with its first letter small, for the middle of a sentence. */
export function uncapital(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/** "1 change", "2 changes". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** A written number with commas between thousands. Not by `Intl`, which costs every start some milliseconds. */
export function withCommas(number: string): string {
  return number.replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

/** Sorted copy without repetitions. */
export function sortedSet(words: Iterable<string>): string[] {
  return [...new Set(words)].sort();
}

/** Whether two lists hold the same words, whatever their order. */
export function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(sortedSet(one)) === JSON.stringify(sortedSet(other));
}

/** Words of `one` that `other` does not hold. */
export function without(one: readonly string[], other: readonly string[]): string[] {
  return one.filter((word) => !other.includes(word));
}

/** A time of so many seconds: "40 s", "5 min", "2 h 5 min". */
export function spanOf(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
