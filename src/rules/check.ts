import type { Finding } from '../model/problem.js';
import { compareText } from '../text/order.js';
import { addressRules } from './addresses.js';
import { egressRules } from './egress.js';
import { endpointLimitRules } from './endpoint-limits.js';
import { endpointRules } from './endpoints.js';
import { existingEndpointRules } from './existing-endpoints.js';
import { fileSystemRules } from './file-system.js';
import { functionRules } from './function.js';
import { groupRules } from './groups.js';
import { ipv6Rules } from './ipv6.js';
import { leftBehindRules } from './left-behind.js';
import { lifeRules } from './life.js';
import { networkRules } from './network.js';
import { reachRules } from './reach.js';
import { readingRules } from './readings.js';
import { roleRules } from './role.js';
import { roleLimitRules } from './role-limits.js';
import { routeRules } from './routes.js';
import type { Facts, Rule, SharedFacts, Verdict } from './rule.js';
import { serviceRules } from './services.js';
import { stackRules } from './stacks.js';
import { versionRules } from './versions.js';
import { vpcRules } from './vpc.js';
import { widerEndpointRules } from './wider-endpoints.js';

/** The table of rules. */
export const rules: readonly Rule[] = [
  ...readingRules,
  ...functionRules,
  ...fileSystemRules,
  ...lifeRules,
  ...roleRules,
  ...roleLimitRules,
  ...serviceRules,
  ...versionRules,
  ...stackRules,
  ...networkRules,
  ...addressRules,
  ...routeRules,
  ...vpcRules,
  ...ipv6Rules,
  ...groupRules,
  ...endpointRules,
  ...existingEndpointRules,
  ...widerEndpointRules,
  ...endpointLimitRules,
  ...egressRules,
  ...reachRules,
  ...leftBehindRules,
];

const ADVICE = new Set(rules.filter(({ advises }) => advises).map(({ id }) => id));

/** Whether a finding of this code rests on reads that an apply may leave out. */
export const isAdvice = (code: string): boolean => ADVICE.has(code);

function toFinding(rule: Rule, verdict: Verdict, functionName: string | undefined): Finding {
  return {
    code: rule.id,
    status: verdict.status ?? 'fail',
    severity: verdict.severity ?? rule.severity,
    subject: verdict.subject,
    functionName,
    message: verdict.message,
    remedy: verdict.remedy,
  };
}

/** In an order that does not depend on the order of what was read. */
const sorted = (verdicts: readonly Verdict[]): Verdict[] =>
  [...verdicts].sort((one, other) => compareText(one.subject, other.subject));

/** The verdicts of one rule; undefined where what it needs was not due to be read. */
function judge(rule: Rule, shared: SharedFacts, functions: readonly Facts[]): Finding[] | undefined {
  if (rule.about === 'shared') {
    if (rule.due?.(shared) === false) return undefined;
    return sorted(rule.check(shared)).map((verdict) => toFinding(rule, verdict, undefined));
  }
  const due = functions.filter((facts) => rule.due?.(facts) !== false);
  if (due.length === 0) return undefined;
  return due.flatMap((facts) =>
    sorted(rule.check(facts)).map((verdict) => toFinding(rule, verdict, facts.target.observed.lambda.name)),
  );
}

/** What the rules say. A rule that is in neither list was not due. */
export interface Judgement {
  /** Verdicts that fail or are unknown, errors first. */
  readonly findings: readonly Finding[];
  /** Ids of the rules that pass, sorted. */
  readonly passed: readonly string[];
}

const ORDER = ['error', 'warning', 'notice'];

/** Judges what the functions share, and each function, by every rule. */
export function check(
  shared: SharedFacts,
  functions: readonly Facts[],
  table: readonly Rule[] = rules,
): Judgement {
  const judged = table.map((rule) => ({ id: rule.id, findings: judge(rule, shared, functions) }));
  const findings = judged.flatMap((one) => one.findings ?? []);
  return {
    findings: findings.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity)),
    passed: judged
      .filter((one) => one.findings?.length === 0)
      .map(({ id }) => id)
      .sort(),
  };
}
