import type { Finding } from '../model/problem.js';
import { egressRules } from './egress.js';
import { endpointRules } from './endpoints.js';
import { existingEndpointRules } from './existing-endpoints.js';
import { functionRules } from './function.js';
import { ipv6Rules } from './ipv6.js';
import { leftBehindRules } from './left-behind.js';
import { networkRules } from './network.js';
import { reachRules } from './reach.js';
import { readingRules } from './readings.js';
import type { Facts, Rule, SharedFacts, Verdict } from './rule.js';

/** The table of rules. */
export const rules: readonly Rule[] = [
  ...readingRules,
  ...functionRules,
  ...networkRules,
  ...ipv6Rules,
  ...endpointRules,
  ...existingEndpointRules,
  ...egressRules,
  ...reachRules,
  ...leftBehindRules,
];

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

function judge(rule: Rule, shared: SharedFacts, functions: readonly Facts[]): Finding[] {
  if (rule.about === 'shared') {
    return rule.check(shared).map((verdict) => toFinding(rule, verdict, undefined));
  }
  return functions.flatMap((facts) =>
    rule.check(facts).map((verdict) => toFinding(rule, verdict, facts.target.observed.lambda.name)),
  );
}

/** Judges what the functions share, and each function, by every rule; passes are left out, errors come first. */
export function check(
  shared: SharedFacts,
  functions: readonly Facts[],
  table: readonly Rule[] = rules,
): Finding[] {
  const findings = table.flatMap((rule) => judge(rule, shared, functions));
  const order = ['error', 'warning', 'notice'];
  return findings.sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}
