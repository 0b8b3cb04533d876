import type { Change } from '../model/plan.js';
import type { Finding, Severity } from '../model/problem.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import type { Target } from '../resolve/target.js';

/** What rules judge. */
export interface Facts {
  readonly target: Target;
  readonly uses: readonly EndpointUse[];
  readonly changes: readonly Change[];
}

/** What a rule found wrong, or could not look at. */
export interface Verdict {
  readonly subject: string;
  readonly message: string;
  readonly remedy: string;
  /** Default `fail`. */
  readonly status?: Finding['status'];
  /** Default: the rule's. */
  readonly severity?: Severity;
}

/** A row of the table of rules. Pure: never calls AWS, never throws. */
export interface Rule {
  /** Kebab-case and stable; also the finding's code. */
  readonly id: string;
  readonly severity: Severity;
  /** Nothing where the rule passes. */
  readonly check: (facts: Facts) => readonly Verdict[];
}
