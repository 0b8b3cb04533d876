import type { Finding } from '../model/problem.js';
import { egressRules } from './egress.js';
import { endpointRules } from './endpoints.js';
import { functionRules } from './function.js';
import { ipv6Rules } from './ipv6.js';
import { leftBehindRules } from './left-behind.js';
import { networkRules } from './network.js';
import { readingRules } from './readings.js';
import type { Facts, Rule } from './rule.js';

/** The table of rules. */
export const rules: readonly Rule[] = [
  ...readingRules,
  ...functionRules,
  ...networkRules,
  ...ipv6Rules,
  ...endpointRules,
  ...egressRules,
  ...leftBehindRules,
];

/** Judges the facts by every rule; passes are left out, errors come first. */
export function check(facts: Facts, table: readonly Rule[] = rules): Finding[] {
  const findings = table.flatMap((rule) =>
    rule.check(facts).map(
      (verdict): Finding => ({
        code: rule.id,
        status: verdict.status ?? 'fail',
        severity: verdict.severity ?? rule.severity,
        subject: verdict.subject,
        message: verdict.message,
        remedy: verdict.remedy,
      }),
    ),
  );
  const order = ['error', 'warning', 'notice'];
  return findings.sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
}
