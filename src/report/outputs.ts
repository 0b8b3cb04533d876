import type { FunctionNetwork } from '../model/observed.js';
import type { RunRecord } from '../model/run.js';
import { pendingIds } from './facts.js';
import { type FunctionResult, functionResults } from './results.js';

/** Where the files of a run lie; empty where one could not be written. */
export interface ReportFiles {
  readonly planFile: string;
  readonly reportFile: string;
}

/** The configuration before the run, as Lambda spells it: it can be given back to Lambda as it is. */
function vpcConfig(network: FunctionNetwork | undefined): string {
  if (network === undefined) return 'null';
  return JSON.stringify({
    SubnetIds: network.subnetIds,
    SecurityGroupIds: network.securityGroupIds,
    Ipv6AllowedForDualStack: network.ipv6,
  });
}

const json = (ids: readonly string[]): string => JSON.stringify([...ids].sort());

/** What the run knows of its plan; without one nothing is to be changed. */
function planOutputs({ plan }: RunRecord): Record<string, string> {
  return {
    'has-changes': String((plan?.changes.length ?? 0) > 0),
    'changes-count': String(plan?.changes.length ?? 0),
    'drift-count': String(plan?.drift.length ?? 0),
    'plan-digest': plan?.digest ?? '',
  };
}

/** What is of one function; empty where the run is about several, or nothing is known. */
function functionOutputs(only: FunctionResult | undefined): Record<string, string> {
  return {
    'function-arn': only?.arn ?? '',
    'subnet-ids': json(only?.network.subnetIds ?? []),
    'security-group-ids': json(only?.network.securityGroupIds ?? []),
    'role-name': only?.roleName ?? '',
    'previous-vpc-config': vpcConfig(only?.previous),
  };
}

function resultDocument({ outcome, network, previous, roleName, problems }: FunctionResult) {
  return {
    outcome,
    'subnet-ids': [...network.subnetIds].sort(),
    'security-group-ids': [...network.securityGroupIds].sort(),
    'role-name': roleName,
    'previous-vpc-config': JSON.parse(vpcConfig(previous)),
    problems: problems.map(({ code, message, remedy }) => ({ code, message, remedy })),
  };
}

/** The outputs of the action, all of them in every outcome: an empty text or list is not known. */
export function outputsOf(record: RunRecord, { planFile, reportFile }: ReportFiles): Record<string, string> {
  const { observed, outcome, plan, vpc } = record;
  const results = functionResults(record);
  const only = record.functionNames.length === 1 ? results[0] : undefined;
  return {
    outcome,
    ...planOutputs(record),
    'plan-file': planFile,
    'report-file': reportFile,
    ...functionOutputs(only),
    'vpc-id': plan?.subject.vpcId ?? vpc?.id ?? '',
    'endpoint-ids': json(record.endpointIds),
    pending: JSON.stringify(pendingIds(record)),
    // Set again once there is a comment.
    'comment-url': '',
    'aws-account-id': plan?.subject.accountId ?? observed?.caller.accountId ?? '',
    results: JSON.stringify(Object.fromEntries(results.map((one) => [one.key, resultDocument(one)]))),
  };
}
