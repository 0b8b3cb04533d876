import { grouped } from '../text/grouped.js';
import { compareText } from '../text/order.js';
import { type FunctionFacts, type Grade, type Grant, type Judgement, judgeGrant } from './callers.js';
import type { ParsedPolicy, Policy } from './document.js';
import type { Evidence } from './evaluate.js';
import { matchesAction } from './match.js';
import { routeOf, type ServiceRoute } from './service-table.js';

/** Where in the policies an action is allowed, as it is written there. */
export interface ActionEvidence extends Evidence {
  readonly action: string;
}

/** A service and whether the function needs a network path to it. */
export interface ServiceNeed extends ServiceRoute {
  /** `needed`: there is evidence. `maybe`: the label says what it depends on. `not`: the label says who calls instead. */
  readonly grade: Grade;
  readonly label: string;
  /** What led to the grade, sorted; empty where the function's configuration did. */
  readonly evidence: readonly ActionEvidence[];
}

/** A part of the policies from which nothing can be concluded. */
export interface OpenPolicy {
  readonly policy: string;
  readonly label: string;
}

/** Which services a function needs, as far as its role tells. */
export interface NeededServices {
  /** Each word once, needed ones first, then by word. */
  readonly services: readonly ServiceNeed[];
  /** Policies that allow everything or cannot be read: more services than those listed may be needed. */
  readonly open: readonly OpenPolicy[];
}

const GRADES: readonly Grade[] = ['needed', 'maybe', 'not'];

/**
 * Derives from the policies of the execution role which AWS services the function's code calls. What Lambda does
 * with the same role (its log, its network interfaces, polling, deliveries, keys) uses no path of the function's and
 * is no evidence (Lambda Developer Guide, "Using source function ARN"). Pure, never throws.
 */
export function neededServices(policies: readonly ParsedPolicy[], facts: FunctionFacts): NeededServices {
  const readable = policies.filter((policy): policy is Policy => policy.readable);
  const grants = readable.flatMap(grantsOf).filter((grant) => !isDenied(readable, grant));
  const prefixes = new Set(grants.map(({ action }) => action.split(':')[0] ?? ''));
  const found = grants.map((grant) => need(grant, judgeGrant({ grant, facts, prefixes })));
  return { services: merge([...found, ...needsOfFacts(facts)]), open: policies.flatMap(opennessOf) };
}

function grantsOf(policy: Policy): Grant[] {
  return policy.statements
    .filter(({ effect, actions }) => effect === 'Allow' && actions.kind === 'only')
    .flatMap((statement) =>
      statement.actions.values
        .filter((written) => !coversServices(written))
        .map((written) => ({ action: written.toLowerCase(), written, policy, statement })),
    );
}

/** Whether an action's pattern names no service, such as `*` or `s*:Get*`. */
function coversServices(action: string): boolean {
  return /[*?]/.test(action.split(':')[0] ?? '') || !action.includes(':');
}

/** Only a denial without conditions and for all resources takes a grant away. */
function isDenied(policies: readonly Policy[], { action }: Grant): boolean {
  return policies.some(({ statements }) =>
    statements.some(
      ({ effect, actions, resources, conditions }) =>
        effect === 'Deny' &&
        conditions.length === 0 &&
        resources?.kind === 'only' &&
        resources.values.includes('*') &&
        matchesAction(actions, action),
    ),
  );
}

function need({ action, written, policy, statement }: Grant, judgement: Judgement): ServiceNeed {
  const evidence = [{ policy: policy.name, statement: statement.label, action: written }];
  return { ...routeOf(action), ...judgement, evidence };
}

/** What the configuration tells where no policy says anything. */
function needsOfFacts(facts: FunctionFacts): ServiceNeed[] {
  const row = (prefix: string, grade: Grade, label: string): ServiceNeed => ({
    ...routeOf(`${prefix}:`),
    grade,
    label,
    evidence: [],
  });
  return [
    ...(facts.activeTracing
      ? [row('xray', 'maybe', 'only if your code calls it: Lambda sends its traces itself, outside the VPC')]
      : []),
    ...(facts.environmentKey ? [row('kms', 'not', 'Lambda decrypts the environment itself')] : []),
    ...(facts.mountsFileSystem
      ? [row('elasticfilesystem', 'not', 'a file system is mounted through TCP 2049 of its own address')]
      : []),
  ];
}

function opennessOf(policy: ParsedPolicy): OpenPolicy[] {
  if (!policy.readable) return [{ policy: policy.name, label: `cannot be known: ${policy.reason}` }];
  const open = policy.statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' && (actions.kind === 'except' || actions.values.some(coversServices)),
  );
  return open ? [{ policy: policy.name, label: 'cannot be known: it allows more than it names' }] : [];
}

/** One row for each word: the best grade with the label that came first, and all that led to that grade. */
function merge(needs: readonly ServiceNeed[]): ServiceNeed[] {
  return grouped(needs, ({ word }) => word)
    .flatMap((group) => {
      const best = GRADES.map((grade) => group.filter((one) => one.grade === grade)).find(
        ({ length }) => length > 0,
      );
      const [first] = best ?? [];
      return first === undefined ? [] : [{ ...first, evidence: distinct(best ?? []) }];
    })
    .sort(
      (one, other) =>
        GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade) || compareText(one.word, other.word),
    );
}

/** The evidence of several rows, each once, sorted. */
function distinct(needs: readonly ServiceNeed[]): ActionEvidence[] {
  const byText = new Map(
    needs.flatMap(({ evidence }) => evidence).map((one) => [JSON.stringify(one), one] as const),
  );
  return [...byText].sort(([one], [other]) => compareText(one, other)).map(([, one]) => one);
}
