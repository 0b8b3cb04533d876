import type { Aws } from '../aws/call.js';
import { parseArn } from '../aws/partitions.js';
import type { Observed } from '../model/observed.js';
import type { AttachedPolicy } from '../model/role.js';
import { compareText } from '../text/order.js';

/** Path and name of the policy AWS made for functions in a VPC. */
export const VPC_ACCESS_POLICY = 'service-role/AWSLambdaVPCAccessExecutionRole';

/**
 * Policies managed by AWS that allow the network-interface actions Lambda needs on any resource
 * (AWS Managed Policy Reference, the page of each policy).
 */
const SUFFICIENT = [
  VPC_ACCESS_POLICY,
  'service-role/AWSLambdaENIManagementAccess',
  'AdministratorAccess',
  'PowerUserAccess',
  'AmazonEC2FullAccess',
];

/** Reads the managed policies attached to a role. */
export async function readAttachedPolicies(aws: Aws, roleName: string): Promise<AttachedPolicy[]> {
  const pages = await aws.pages('iam:ListAttachedRolePolicies', { RoleName: roleName });
  return pages
    .flatMap((page) => page.AttachedPolicies ?? [])
    .map((policy) => ({ name: policy.PolicyName ?? '', arn: policy.PolicyArn ?? '' }))
    .sort((one, other) => compareText(one.arn, other.arn));
}

/** The attached policies with one more; as they are where they could not be read. */
export function withPolicy(policies: Observed['policies'], added: AttachedPolicy): Observed['policies'] {
  if (policies?.ok !== true || policies.value.some(({ arn }) => arn === added.arn)) return policies;
  const all = [...policies.value, added].sort((one, other) => compareText(one.arn, other.arn));
  return { ok: true, value: all };
}

/** The attached policy of AWS's that lets Lambda manage network interfaces with the role, if there is one. */
export function sufficientPolicy(policies: readonly AttachedPolicy[]): AttachedPolicy | undefined {
  return policies.find((policy) =>
    SUFFICIENT.some((path) => policy.arn.endsWith(`:iam::aws:policy/${path}`)),
  );
}

/** Whether the role lacks what Lambda needs, as far as AWS's attached policies tell; false when they could not be read. */
export function lacksPolicy({ policies }: Pick<Observed, 'policies'>): boolean {
  return policies?.ok === true && sufficientPolicy(policies.value) === undefined;
}

/** Whether the execution role lives in the account the run acts in; others cannot be changed from here. */
export function isOwnRole({ lambda, caller }: Pick<Observed, 'lambda' | 'caller'>): boolean {
  return parseArn(lambda.roleArn).accountId === caller.accountId;
}
