/** What a part of the bench found. */
export interface Findings {
  /** A table and how it was measured. */
  readonly text: string;
  /** Bounds that are broken and fail the bench, in words. */
  readonly broken: readonly string[];
}
