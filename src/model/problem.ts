/** How bad a finding is. Only an `error` blocks a run. */
export type Severity = 'error' | 'warning' | 'notice';

/** Something a user has to know, in a form that stays stable. */
export interface Problem {
  /** Kebab-case and stable: people search for it and the README lists it. */
  readonly code: string;
  /** One sentence that names the resource by its id. */
  readonly message: string;
  /** The next step, beginning with a verb. */
  readonly remedy: string;
}

/** A rule's verdict on the observed network or the plan. */
export interface Finding extends Problem {
  /** `unknown` means that it could not be looked at, which is never the same as fine. */
  readonly status: 'fail' | 'unknown';
  readonly severity: Severity;
  /** Id or name of the resource the verdict is about. */
  readonly subject: string;
  /** Name of the one function it concerns: an error of one stops no other. Undefined: it concerns the whole run. */
  readonly functionName: string | undefined;
}

/** The classes of AWS errors the action behaves differently for. */
export type AwsErrorKind =
  | 'not-found'
  | 'denied'
  | 'credentials'
  | 'throttled'
  | 'busy'
  | 'stale'
  | 'exists'
  | 'conflict'
  | 'not-ready'
  | 'quota'
  | 'invalid'
  | 'cancelled'
  | 'unreachable'
  | 'unknown';

/** An AWS error, classified and explained. */
export interface AwsProblem extends Problem {
  readonly kind: AwsErrorKind;
  /** AWS's own error code, for example `InvalidGroup.Duplicate`. */
  readonly awsCode: string;
  /** The IAM action that failed, or that is missing for `denied`. */
  readonly action: string;
}

/** Stops the run before a plan exists; carries every problem found, never only the first. */
export class RunError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join(' '));
    this.name = 'RunError';
    this.problems = problems;
  }
}
