import { isObject } from '../text/json.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { parsePolicy } from './document.js';
import { matchesPattern } from './match.js';
import { prefixesOf } from './service-table.js';

/** Characters that AWS takes in the policy of an endpoint, white space counted (AWS PrivateLink quotas; domain.md row 86). */
export const MAX_ENDPOINT_POLICY = 20_480;

/** Lists are sets in IAM's grammar, a list of one means the same as that one, and numbers are texts in conditions. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map((inner: unknown) => normal(inner));
    if (all.length === 1) return all[0];
    return all.sort((one, other) => compareText(JSON.stringify(one), JSON.stringify(other)));
  }
  if (!isObject(value)) return typeof value === 'string' ? value : String(value);
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, normal(inner)]);
  const sorted = Object.fromEntries(entries.sort(([one], [other]) => compareText(one, other)));
  // A principal of every account is everybody (IAM User Guide, "AWS JSON policy elements: Principal").
  return Object.keys(sorted).join() === 'AWS' && sorted.AWS === '*' ? '*' : sorted;
}

/** What one statement must say, and nothing else but its name, to allow everything to everyone. */
const EVERYTHING = JSON.stringify({ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' });

function allowsEverything(document: unknown): boolean {
  if (!isObject(document) || !isObject(document.Statement)) return false;
  const { Sid: _, ...statement } = document.Statement;
  return JSON.stringify(statement) === EVERYTHING;
}

/**
 * What an endpoint's policy restricts, as text that is equal for documents that mean the same whatever their order and
 * white space. Undefined where everything is allowed to everyone, which is AWS's default (API reference,
 * CreateVpcEndpoint), and where the service has no policies. Text that is no JSON is answered as it is.
 */
export function restrictionIn(document: string | undefined): string | undefined {
  if (document === undefined || document === '') return undefined;
  try {
    const policy = normal(JSON.parse(document));
    return allowsEverything(policy) ? undefined : JSON.stringify(policy);
  } catch {
    return document;
  }
}

/** Whether a policy says no more than which actions it allows: nothing denies, and nothing depends on a condition. */
export function isPlainGrant(document: string): boolean {
  const policy = parsePolicy('endpoint', 'inline', document);
  return (
    policy.readable &&
    policy.statements.every(({ effect, conditions }) => effect === 'Allow' && conditions.length === 0)
  );
}

/** The actions that a policy allows, as its statements write them; undefined where it allows all but some, or cannot be read. */
export function allowedActions(document: string): string[] | undefined {
  const policy = parsePolicy('endpoint', 'inline', document);
  if (!policy.readable) return undefined;
  const allowing = policy.statements.filter(({ effect }) => effect === 'Allow');
  if (allowing.some(({ actions }) => actions.kind === 'except')) return undefined;
  return sortedSet(allowing.flatMap(({ actions }) => actions.values));
}

/** Whether a policy allows no action of an endpoint service, by its word; false also where that cannot be known. */
export function allowsNothingOf(document: string, word: string): boolean {
  const actions = allowedActions(document);
  const prefixes = prefixesOf(word);
  if (actions === undefined || prefixes.length === 0) return false;
  const patterns = actions.map((action) => action.toLowerCase().split(':')[0] ?? '');
  return !prefixes.some((prefix) => patterns.some((pattern) => matchesPattern(pattern, prefix)));
}
