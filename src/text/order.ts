/**
 * Order of two texts by their code units, for sorting. Not by a language's rules: those depend on the
 * runner, and loading them costs every start some milliseconds.
 */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
