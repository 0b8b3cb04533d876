import { isObject } from '../text/json.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { parsePolicy, type Statement } from './document.js';
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

/** Whether a pattern of actions covers every action of a prefix such as `ssm`. */
function coversAll(pattern: string, prefix: string): boolean {
  const [service = '', action] = pattern.split(':');
  return action === undefined ? pattern === '*' : action === '*' && matchesPattern(service, prefix);
}

/** Whether a pattern speaks of some action of a prefix. */
const speaksOf = (pattern: string, prefix: string): boolean =>
  matchesPattern(pattern.split(':')[0] ?? '', prefix);

const lower = ({ actions }: Statement): string[] => actions.values.map((value) => value.toLowerCase());

/** The patterns by which a statement speaks of a prefix: of one that excepts actions all, unless it excepts all of it. */
function spokenOf(statement: Statement, prefix: string): string[] {
  const patterns = lower(statement);
  if (statement.actions.kind === 'only') return patterns.filter((pattern) => speaksOf(pattern, prefix));
  return patterns.some((pattern) => coversAll(pattern, prefix)) ? [] : [`${prefix}:*`];
}

/** A denial that holds for everyone and everything, whatever the request. */
function isCertain({ effect, conditions, resources, principals }: Statement): boolean {
  const everyone = ['*', 'AWS'].some((type) => principals?.byType.get(type)?.includes('*'));
  return (
    effect === 'Deny' &&
    conditions.length === 0 &&
    resources?.kind === 'only' &&
    resources.values.includes('*') &&
    principals?.kind === 'only' &&
    everyone
  );
}

/** Whether a denial takes away all that a pattern allows of a prefix. */
function takes(denial: Statement, allowed: string, prefix: string): boolean {
  const patterns = lower(denial);
  if (denial.actions.kind === 'except') return !patterns.some((pattern) => speaksOf(pattern, prefix));
  return patterns.some(
    (pattern) =>
      coversAll(pattern, prefix) ||
      // A question mark would match the asterisk of a pattern, which stands for more than one character.
      (!pattern.includes('?') && matchesPattern(pattern, allowed)),
  );
}

/** What a policy says of an endpoint service. */
interface Speaking {
  /** IAM's prefixes of the service's actions. */
  readonly prefixes: readonly string[];
  readonly allowing: readonly Statement[];
  readonly denials: readonly Statement[];
}

/** What a policy says of an endpoint service, by its word; undefined where that cannot be known. */
function speaking(document: string, word: string): Speaking | undefined {
  const policy = parsePolicy('endpoint', 'inline', document);
  const prefixes = prefixesOf(word);
  if (!policy.readable || prefixes.length === 0) return undefined;
  const allowing = policy.statements.filter(({ effect }) => effect === 'Allow');
  return { prefixes, allowing, denials: policy.statements.filter(isCertain) };
}

/** What a policy's statements allow of a prefix, denials left aside. */
const allowedOf = ({ allowing }: Speaking, prefix: string): string[] =>
  allowing.flatMap((statement) => spokenOf(statement, prefix));

/** Whether denials that hold for everyone take away what a pattern allows of a prefix. */
const isTaken = ({ denials }: Speaking, allowed: string, prefix: string): boolean =>
  denials.some((denial) => takes(denial, allowed, prefix));

/** Whether some statement of a policy allows an action of an endpoint service, by its word, denials left aside. */
export function allowsSomeOf(document: string, word: string): boolean {
  const says = speaking(document, word);
  return says === undefined || says.prefixes.some((prefix) => allowedOf(says, prefix).length > 0);
}

/** Whether denials that hold for everyone take every action of an endpoint service away, by its word. */
export function deniesAllOf(document: string, word: string): boolean {
  const says = speaking(document, word);
  return says?.prefixes.every((prefix) => isTaken(says, `${prefix}:*`, prefix)) ?? false;
}

/**
 * Whether a policy leaves no action of an endpoint service allowed, by its word; false also where that cannot be
 * known. Denials with conditions, or for some only, are not counted.
 */
export function allowsNothingOf(document: string, word: string): boolean {
  const says = speaking(document, word);
  const isLeft = (prefix: string): boolean =>
    says !== undefined && allowedOf(says, prefix).some((allowed) => !isTaken(says, allowed, prefix));
  return says !== undefined && !says.prefixes.some(isLeft);
}
