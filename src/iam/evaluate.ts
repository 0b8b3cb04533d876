import { conditionsHold, type RequestContext } from './conditions.js';
import type { ParsedPolicy, Policy, Statement } from './document.js';
import { type Answer, both, matchesAction, matchesResource } from './match.js';

/** Where in the policies something is written. */
export interface Evidence {
  readonly policy: string;
  /** The `Sid`, or `statement 2`. */
  readonly statement: string;
}

/**
 * Whether policies let a role do something. `allowed` is what the documents of the role say: policies of the
 * organization (service and resource control policies) and of the session are never seen.
 */
export type Verdict =
  | { readonly verdict: 'allowed'; readonly by: readonly Evidence[] }
  | { readonly verdict: 'denied'; readonly by: readonly Evidence[] }
  | { readonly verdict: 'not-allowed' }
  | { readonly verdict: 'unknown'; readonly reasons: readonly string[] };

/** A permissions boundary: not there, there but not read, or its document. */
export type Boundary = undefined | 'unread' | ParsedPolicy;

/** A request to be judged. */
export interface Request {
  /** For example `ec2:CreateNetworkInterface`. */
  readonly action: string;
  /** ARN of the resource, or `*` for an action that knows no resources. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What one set of policies says. */
interface Matches {
  readonly denies: readonly Evidence[];
  readonly allows: readonly Evidence[];
  readonly uncertainDenies: readonly Evidence[];
  readonly uncertainAllows: readonly Evidence[];
  readonly unreadable: readonly string[];
}

/**
 * Judges a request by the policies of a role (IAM User Guide, "Policy evaluation logic" and "Permissions boundaries"):
 * a statement that denies wins, then the policies and the boundary must both allow, and what nobody allows is not
 * allowed. Pure, never throws; what cannot be judged is unknown with its reasons.
 */
export function evaluate(policies: readonly ParsedPolicy[], boundary: Boundary, request: Request): Verdict {
  const own = matchAll(policies, request);
  const limit = typeof boundary === 'object' ? matchAll([boundary], request) : undefined;
  const denies = [...own.denies, ...(limit?.denies ?? [])];
  if (denies.length > 0) return { verdict: 'denied', by: denies };
  const reasons = [...doubts(own), ...(limit === undefined ? [] : doubts(limit))];
  if (isExcluded(own) || (limit !== undefined && isExcluded(limit))) return { verdict: 'not-allowed' };
  if (boundary === 'unread') reasons.push('the permissions boundary of the role was not read');
  return reasons.length > 0 ? { verdict: 'unknown', reasons } : { verdict: 'allowed', by: own.allows };
}

/** Nothing allows it, and nothing that could not be judged might. */
function isExcluded(matches: Matches): boolean {
  const might = [...matches.allows, ...matches.uncertainAllows, ...matches.unreadable];
  return might.length === 0;
}

function doubts(matches: Matches): string[] {
  const allowed = matches.allows.length > 0;
  return [
    ...matches.unreadable,
    ...matches.uncertainDenies.map((by) => `${by.statement} of policy ${by.policy} may deny it`),
    ...(allowed ? [] : matches.uncertainAllows).map(
      (by) => `${by.statement} of policy ${by.policy} allows it on a condition that cannot be judged`,
    ),
  ];
}

function matchAll(policies: readonly ParsedPolicy[], request: Request): Matches {
  const found = policies
    .filter((policy): policy is Policy => policy.readable)
    .flatMap((policy) => policy.statements.map((statement) => match(policy, statement, request)));
  const those = (effect: Statement['effect'], answer: Answer) =>
    found.filter((one) => one.effect === effect && one.answer === answer).map((one) => one.evidence);
  return {
    denies: those('Deny', 'yes'),
    allows: those('Allow', 'yes'),
    uncertainDenies: those('Deny', 'unknown'),
    uncertainAllows: those('Allow', 'unknown'),
    unreadable: policies.flatMap((policy) =>
      policy.readable ? [] : [`policy ${policy.name} cannot be read: ${policy.reason}`],
    ),
  };
}

function match(policy: Policy, statement: Statement, { action, resource, context }: Request) {
  const evidence: Evidence = { policy: policy.name, statement: statement.label };
  const listed = matchesAction(statement.actions, action);
  const answer = listed
    ? both(matchesResource(statement.resources, resource), conditionsHold(statement.conditions, context))
    : 'no';
  return { effect: statement.effect, answer, evidence };
}
