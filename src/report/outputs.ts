import { roleNameOf } from '../aws/partitions.js';
import type { FunctionNetwork } from '../model/observed.js';
import type { RunRecord } from '../model/run.js';
import { pendingIds } from './facts.js';

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

/** The outputs of the action, all of them in every outcome: an empty text or list is not known. */
export function outputsOf(record: RunRecord, { planFile, reportFile }: ReportFiles): Record<string, string> {
  const { observed, outcome, plan, vpc } = record;
  const lambda = observed?.lambda;
  const untouched = record.results.length === 0 ? lambda?.network : undefined;
  return {
    outcome,
    ...planOutputs(record),
    'plan-file': planFile,
    'report-file': reportFile,
    'function-arn': plan?.subject.functionArn ?? lambda?.arn ?? '',
    'vpc-id': plan?.subject.vpcId ?? vpc?.id ?? '',
    'subnet-ids': json(lambda?.network.subnetIds ?? []),
    'security-group-ids': json(lambda?.network.securityGroupIds ?? []),
    'endpoint-ids': json(record.endpointIds),
    'role-name': plan?.subject.roleName ?? (lambda ? roleNameOf(lambda.roleArn) : ''),
    'previous-vpc-config': vpcConfig(plan?.subject.previous ?? untouched),
    pending: JSON.stringify(pendingIds(record)),
    'aws-account-id': plan?.subject.accountId ?? observed?.caller.accountId ?? '',
  };
}
