import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import { roleNameOf } from '../aws/partitions.js';
import type { Caller, LambdaFunction, LeftOut } from '../model/observed.js';
import type { Reading } from '../model/reading.js';
import type { AttachedPolicy } from '../model/role.js';
import { isOwnRole, readAttachedPolicies } from '../resources/execution-role.js';
import { attempt } from './reading.js';

/** Requests to IAM in flight at once, so that fifty roles take two rounds; IAM answers what is too much with throttling. */
const WIDTH = 25;

/** The policies of execution roles, by the role's ARN. */
export type RolePolicies = ReadonlyMap<string, Reading<readonly AttachedPolicy[]>>;

/** Reads the policies of each role once; roles of other accounts are left out: one of that name here is another. */
export async function readRoles(
  aws: Aws,
  lambdas: readonly LambdaFunction[],
  caller: Caller,
): Promise<RolePolicies> {
  const own = lambdas.filter((lambda) => isOwnRole({ lambda, caller })).map(({ roleArn }) => roleArn);
  const readings = await pLimit(WIDTH).map([...new Set(own)], async (roleArn) => {
    const roleName = roleNameOf(roleArn);
    const reading = await attempt(
      'iam:ListAttachedRolePolicies',
      roleName,
      readAttachedPolicies(aws, roleName),
    );
    return [roleArn, reading] as const;
  });
  return new Map(readings);
}

/** Functions whose role does not exist; a role that may not be read only makes a finding. */
export function withoutRole(lambdas: readonly LambdaFunction[], policies: RolePolicies): LeftOut[] {
  return lambdas.flatMap(({ name, roleArn }) => {
    const reading = policies.get(roleArn);
    if (reading === undefined || reading.ok || reading.problem.kind !== 'not-found') return [];
    const message = `Execution role ${roleNameOf(roleArn)} of function ${name} does not exist.`;
    const remedy = 'Make the role, or set another one on the function.';
    return [{ functionName: name, problem: { ...reading.problem, code: 'role-not-found', message, remedy } }];
  });
}
