import type { AttachedPolicy, PolicyText } from '../model/role.js';

/** Policies of AWS's that hold what Lambda itself does with the role (AWS Managed Policy Reference). */
const OF_LAMBDA = /^AWSLambda(\w*ExecutionRole|ENIManagementAccess)$/;

/** Policies of AWS's that allow (almost) everything, with what they allow (AWS Managed Policy Reference). */
const BROAD: Readonly<Record<string, object>> = {
  AdministratorAccess: { Effect: 'Allow', Action: '*', Resource: '*' },
  PowerUserAccess: {
    Effect: 'Allow',
    NotAction: ['iam:*', 'organizations:*', 'account:*'],
    Resource: '*',
  },
};

/** Whether AWS manages the policy. */
export const isOfAws = ({ arn }: Pick<AttachedPolicy, 'arn'>): boolean => arn.includes(':iam::aws:policy/');

/** Whether the name of a policy says enough, so that its document need not be read. */
export function isKnownByName(policy: AttachedPolicy): boolean {
  return isOfAws(policy) && (OF_LAMBDA.test(policy.name) || policy.name in BROAD);
}

/** Texts that stand for the policies known by their name; those of Lambda's own say nothing of the function's code. */
export function textsByName(policies: readonly AttachedPolicy[]): PolicyText[] {
  return policies.filter(isOfAws).flatMap(({ name }) => {
    const statement = BROAD[name];
    return statement ? [{ name, source: 'aws', text: JSON.stringify({ Statement: statement }) }] : [];
  });
}
