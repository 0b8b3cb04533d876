/** Secrets that Lambda's answers carry; a test looks for them in everything that the action wrote. */
export interface Canaries {
  /** Environment variables of every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Appended as a signature to the URL of the function's code (GetFunction). */
  readonly codeLocation?: string;
}
