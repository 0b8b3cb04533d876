/** What the log hears while a plan is applied or waited for. */
export interface Progress {
  /** Id of the change, or what is waited for. */
  readonly subject: string;
  readonly text: string;
}

/** Takes progress as it happens. */
export type Tell = (progress: Progress) => void;
