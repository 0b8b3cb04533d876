/** Median, smallest and 90th percentile (nearest rank) of some measurements. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly p90: number;
  readonly max: number;
}

/** Summarises measurements; there must be at least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (rank: number): number => sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? Number.NaN;
  const half = sorted.length / 2;
  return {
    median: (at(Math.floor(half) + (sorted.length % 2)) + at(Math.floor(half) + 1)) / 2,
    min: at(1),
    p90: at(Math.ceil(sorted.length * 0.9)),
    max: at(sorted.length),
  };
}
