import { roleNameOf } from '../aws/partitions.js';
import type { Change, Drift, Plan } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import { type EndpointUse, endpointUses } from '../resolve/endpoint-use.js';
import type { Target } from '../resolve/target.js';
import { check } from '../rules/check.js';
import { consentFindings, neededConsents, withoutOthers } from './consents.js';
import { digestOf } from './digest.js';
import { planRole } from './execution-role.js';
import { planFunction } from './function.js';
import { inOrder } from './order.js';
import { planRecord, planUsers } from './records.js';
import { planEndpointsRules, planFunctionRules } from './security-group-rules.js';
import { planSecurityGroups } from './security-groups.js';
import { planEndpoints } from './vpc-endpoints.js';

const ids = (changes: readonly Change[]): string[] => changes.map((change) => change.id);

interface Steps {
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
}

/**
 * The order of a connect (harmless writes first): groups, policy and tags, then rules, then the
 * endpoints, which touch others, and last of all the function.
 */
function steps(target: Target, uses: readonly EndpointUse[]): Steps {
  const ourInterfaces = uses.some(
    ({ how, service }) => service.type === 'Interface' && (how === 'create' || how === 'ours'),
  );
  const harmless = [
    ...planSecurityGroups(target, ourInterfaces),
    ...planRole(target),
    ...planUsers(target, uses),
  ];
  const functionRules = planFunctionRules(target, uses);
  const endpointsRules = planEndpointsRules(target, ourInterfaces);
  const rules = [...endpointsRules.changes, ...functionRules.changes];
  const added = rules.filter((change) => change.action !== 'delete');
  const endpoints = planEndpoints(target, uses).map((change) => ({ ...change, after: ids(added) }));
  // A way out is closed only when what replaces it is open.
  const closing = ids(endpoints);
  const careful = rules.map((change) =>
    change.action === 'delete' && change.reason !== 'aws-default'
      ? { ...change, after: [...change.after, ...closing] }
      : change,
  );
  const before = [...harmless, ...careful, ...endpoints];
  const fn = planFunction(target, ids(before));
  const record = planRecord(target, [...before, ...fn]);
  return {
    changes: inOrder([...before, ...fn, ...record]),
    drift: [...endpointsRules.drift, ...functionRules.drift],
  };
}

function targetFindings(target: Target): Finding[] {
  return target.problems.map((problem) => ({
    ...problem,
    status: 'fail',
    severity: 'error',
    subject: target.vpc.id,
  }));
}

function allDrift(changes: readonly Change[], reported: readonly Drift[]): Drift[] {
  const repaired = new Set(reported.map((drift) => drift.repairedBy));
  const own = changes
    .filter((change) => change.reason === 'drift' && !repaired.has(change.id))
    .map((change) => ({ subject: change.label, message: change.because, repairedBy: change.id }));
  return [...own, ...reported];
}

/**
 * Decides what to do: the changes in order, what they need consent for, what is wrong.
 * Pure; where what was asked for cannot be found there are findings and no changes.
 */
export function makePlan(target: Target): Plan {
  const { observed, groups, vpc, region } = target;
  const broken = target.problems.length > 0;
  const uses = broken ? [] : endpointUses(target);
  const { changes, drift } = broken ? { changes: [], drift: [] } : steps(target, uses);
  const consents = neededConsents(target, uses, changes);
  const judged = broken ? [] : check({ target, uses, changes });
  const findings = [
    ...targetFindings(target),
    ...consentFindings(target, changes, consents, judged),
    ...judged,
  ];
  return {
    formatVersion: 1,
    subject: {
      functionName: observed.lambda.name,
      functionArn: observed.lambda.arn,
      accountId: observed.caller.accountId,
      region,
      resourceName: groups.resourceName,
      vpcId: vpc.id,
      roleName: roleNameOf(observed.lambda.roleArn),
      previous: observed.lambda.network,
    },
    changes: withoutOthers(changes, target),
    drift: allDrift(changes, drift),
    findings,
    consents,
    endpointIds: uses
      .flatMap((use) => (use.how === 'ours' || use.how === 'adopted' ? [use.endpoint.id] : []))
      .sort(),
    digest: digestOf(changes, consents, findings),
  };
}

/** Whether a plan must not be applied: a finding of severity error, a missing consent among them. */
export function isBlocked(plan: Plan): boolean {
  return plan.findings.some((finding) => finding.severity === 'error' && finding.status === 'fail');
}
