import { awsManagedPolicyArn, roleNameOf } from '../aws/partitions.js';
import type { Change } from '../model/plan.js';
import type { Target } from '../resolve/target.js';
import { isOwnRole, lacksPolicy, VPC_ACCESS_POLICY } from '../resources/execution-role.js';
import { counted, someOf } from '../text/words.js';
import { attribute, change } from './change.js';
import { isDrift } from './record.js';
import { sharesRole } from './shared-role.js';

/** Address of the change that attaches the policy to a role. */
export function roleChangeId(roleName: string): string {
  return `execution-role/${roleName}`;
}

/** Plans the attachment of AWS's policy for functions in a VPC to the function's role. */
export function planRole(target: Target): Change[] {
  const { lambda, policies } = target.observed;
  if (target.desired.iamPolicy !== 'managed' || !lacksPolicy(target.observed) || !isOwnRole(target.observed))
    return [];
  const policyArn = awsManagedPolicyArn(lambda.roleArn, VPC_ACCESS_POLICY);
  const roleName = roleNameOf(lambda.roleArn);
  const others = sharesRole(target);
  const present = policies?.ok ? policies.value.map((policy) => policy.name) : [];
  return [
    change({
      id: roleChangeId(roleName),
      kind: 'execution-role',
      action: 'update',
      label: roleName,
      reason: isDrift(target, 'policy') ? 'drift' : 'missing',
      because: `Lambda needs AWSLambdaVPCAccessExecutionRole on role ${roleName} to make network interfaces.`,
      attributes: [
        attribute('attached policies', present, [...present, 'AWSLambdaVPCAccessExecutionRole'].sort()),
      ],
      ...(others.length > 0
        ? {
            disruption: `changes the role of ${counted(others.length, 'other function')} as well: ${someOf(others)}`,
          }
        : {}),
      calls: [{ action: 'iam:AttachRolePolicy', input: { RoleName: roleName, PolicyArn: policyArn } }],
    }),
  ];
}
