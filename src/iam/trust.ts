import type { ParsedPolicy, Principals, Statement } from './document.js';
import { type Answer, any, matchesAction } from './match.js';

/** Service that runs functions (domain.md row 4). */
export const LAMBDA_SERVICE = 'lambda.amazonaws.com';
/** Service that runs functions at CloudFront's edges, which must have no VPC (domain.md row 28). */
export const EDGE_SERVICE = 'edgelambda.amazonaws.com';

/**
 * Whether a trust policy lets a service assume the role. `unknown` where the document cannot be read, or where its
 * conditions or its principals (everybody, everybody except) leave it open.
 */
export function trustsService(trust: ParsedPolicy, service: string): Answer {
  if (!trust.readable) return 'unknown';
  const answer = (effect: Statement['effect']) =>
    any(trust.statements.filter((one) => one.effect === effect).map((one) => covers(one, service)));
  const denied = answer('Deny');
  const allowed = answer('Allow');
  if (denied === 'yes') return 'no';
  return denied === 'unknown' && allowed === 'yes' ? 'unknown' : allowed;
}

function covers(statement: Statement, service: string): Answer {
  if (!matchesAction(statement.actions, 'sts:AssumeRole')) return 'no';
  const named = names(statement.principals, service);
  // AWS does not say which condition keys Lambda's own request carries.
  return named === 'yes' && statement.conditions.length > 0 ? 'unknown' : named;
}

function names(principals: Principals | undefined, service: string): Answer {
  if (principals === undefined) return 'no';
  const listed = (principals.byType.get('Service') ?? []).some((name) => name.toLowerCase() === service);
  if (principals.kind === 'except') return listed ? 'no' : 'unknown';
  if (listed) return 'yes';
  // `*` and `{ "AWS": "*" }` mean the same (IAM User Guide, "Principal").
  const everybody = [...principals.byType.values()].some((list) => list.includes('*'));
  return everybody ? 'unknown' : 'no';
}
