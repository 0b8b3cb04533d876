import type { PolicyCondition } from './document.js';
import { type Answer, any, both, matchesPattern, opposite } from './match.js';

/**
 * What is known of a request: condition keys in lower case with their values, `null` for a key that the request
 * does not carry. A key that is not listed here is unknown.
 */
export type RequestContext = ReadonlyMap<string, string | null>;

/** Compares a policy's value with the request's. */
type Comparison = (wanted: string, given: string) => boolean;

/** A rest of IAM's operators (dates, numbers, addresses) is not judged: its answer is unknown. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  stringequals: (wanted, given) => wanted === given,
  stringequalsignorecase: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  stringlike: matchesPattern,
  arnequals: matchesPattern,
  arnlike: matchesPattern,
  bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
};

/**
 * Whether all conditions hold. A key that the request lacks makes a test false, a negated one true, and one with
 * `IfExists` true (IAM User Guide, "Condition operators"). `ForAllValues` and `ForAnyValue` are not judged.
 */
export function conditionsHold(conditions: readonly PolicyCondition[], context: RequestContext): Answer {
  return conditions.map((condition) => holds(condition, context)).reduce<Answer>(both, 'yes');
}

function holds(condition: PolicyCondition, context: RequestContext): Answer {
  const given = context.get(condition.key.toLowerCase());
  if (given === undefined) return 'unknown';
  const operator = condition.operator.toLowerCase();
  if (operator === 'null') return isAbsent(condition.values, given);
  const ifExists = operator.endsWith('ifexists');
  const base = ifExists ? operator.slice(0, -'ifexists'.length) : operator;
  const plain = base.replace(/^(string|arn)not/, '$1');
  const comparison = COMPARISONS[plain];
  if (comparison === undefined) return 'unknown';
  if (given === null) return ifExists || plain !== base ? 'yes' : 'no';
  const matched = any(condition.values.map((wanted) => compare(comparison, wanted, given)));
  return plain === base ? matched : opposite(matched);
}

function compare(comparison: Comparison, wanted: string, given: string): Answer {
  if (wanted.includes('$' + '{')) return 'unknown';
  return comparison(wanted, given) ? 'yes' : 'no';
}

function isAbsent(values: readonly string[], given: string | null): Answer {
  return any(values.map((value) => ((value.toLowerCase() === 'true') === (given === null) ? 'yes' : 'no')));
}
