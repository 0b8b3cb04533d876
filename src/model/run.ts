import type { ObservedFunctions, Vpc } from './observed.js';
import type { ChangeResult, Outcome, Plan } from './plan.js';
import type { Problem } from './problem.js';

/** Everything that is known when a run ends; the report and the outputs are functions of it alone. */
export interface RunRecord {
  readonly outcome: Outcome;
  readonly dryRun: boolean;
  /** Why it is a dry run, or why it writes. */
  readonly because: string;
  /** As the inputs name them, in their order; empty when the inputs could not be read. */
  readonly functionNames: readonly string[];
  readonly region: string;
  /** Undefined when the run stopped before it. */
  readonly plan: Plan | undefined;
  /** Empty on a dry run and when nothing was to be done. */
  readonly results: readonly ChangeResult[];
  /** Errors that stopped the run or a part of it, findings aside. */
  readonly problems: readonly Problem[];
  /** What is there at the end. */
  readonly observed: ObservedFunctions | undefined;
  readonly vpc: Vpc | undefined;
  /** Ids of the endpoints that serve the desired services at the end. */
  readonly endpointIds: readonly string[];
  /** Ids of the changes that reading again showed to be still needed. */
  readonly remaining: readonly string[];
  /** Whether the state at the end was read again and needs no change. */
  readonly verified: boolean;
  readonly requests: number;
  /** IAM actions of the requests to AWS, sorted. */
  readonly actions: readonly string[];
  /** Address of the page that explains the rules; undefined where it is not known. */
  readonly rulesPage?: string | undefined;
}
