import type { Change, ServicePath } from '../model/plan.js';
import type { Finding, Severity } from '../model/problem.js';
import type { CallVerdict, ReachRow } from '../model/reach.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import type { SharedTarget, Target } from '../resolve/target.js';

/** What rules judge of what the functions share. */
export interface SharedFacts {
  readonly target: SharedTarget;
  readonly uses: readonly EndpointUse[];
  readonly changes: readonly Change[];
}

/** What rules judge of one function. */
export interface Facts extends SharedFacts {
  readonly target: Target;
  /** What this function reaches. */
  readonly reach: readonly ReachRow[];
  /** Whether calls of the services that its role speaks of get there. */
  readonly calls: readonly CallVerdict[];
  /** Which services that are, and how each is reached. */
  readonly services: readonly ServicePath[];
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

/** The AWS resource a rule looks at. */
export type RuleSubject = 'function' | 'subnet' | 'security group' | 'VPC' | 'endpoint';

interface Row<F> {
  /** Kebab-case and stable; also the finding's code, and its heading in docs/rules.md. */
  readonly id: string;
  /** Of a verdict that names none. */
  readonly severity: Severity;
  readonly subject: RuleSubject;
  /** The page of the AWS documentation that says why. */
  readonly page: string;
  /** False where what the rule needs was not due to be read: it is then left out. Default: always due. */
  readonly due?: (facts: F) => boolean;
  /**
   * True where it rests on reads that an apply may leave out: its verdicts are kept out of the digest, which a dry
   * run and the apply of the same decisions have to agree on.
   */
  readonly advises?: true;
  /** Nothing where the rule passes. */
  readonly check: (facts: F) => readonly Verdict[];
}

/** A row of the table of rules about one function: its errors stop no other. Pure: never calls AWS, never throws. */
export interface FunctionRule extends Row<Facts> {
  readonly about: 'function';
}

/** A row of the table of rules about what the functions share. Pure: never calls AWS, never throws. */
export interface SharedRule extends Row<SharedFacts> {
  readonly about: 'shared';
}

/** A row of the table of rules. */
export type Rule = FunctionRule | SharedRule;

/** Whether a plan changes the configuration of a function. */
export function isMoved(changes: readonly Change[]): boolean {
  return changes.some(({ kind }) => kind === 'function');
}
