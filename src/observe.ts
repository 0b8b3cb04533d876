import type { Aws } from './aws/call.js';
import { roleNameOf } from './aws/partitions.js';
import type { Desired } from './model/desired.js';
import type { LambdaFunction, Observed, Vpc } from './model/observed.js';
import { RunError } from './model/problem.js';
import { firstWave } from './observe/first-wave.js';
import { attempt, orUndefined, required } from './observe/reading.js';
import { readAdvice, secondWave } from './observe/second-wave.js';
import { chooseVpc, vpcOfFunction } from './resolve/vpc.js';
import { readAttachedPolicies } from './resources/execution-role.js';
import { readFunction } from './resources/function.js';
import { readSecurityGroups } from './resources/security-group.js';
import { readVpcEndpoints } from './resources/vpc-endpoint.js';

/** What a run knows of AWS, and the VPC it is about. */
export interface Observation {
  readonly observed: Observed;
  readonly vpc: Vpc;
}

/**
 * Reads everything a plan needs in two parallel waves. Throws a {@link RunError} with every problem when
 * something indispensable is missing, denied or of another account.
 */
export async function observe(aws: Aws, desired: Desired, adviceAlways: boolean): Promise<Observation> {
  const first = await firstWave(aws, desired);
  const { caller, lambda, vpcs, subnets, endpoints, namedGroups } = first;
  const choice = chooseVpc(desired, { lambda, vpcs, subnets, region: aws.region });
  if ('problem' in choice) throw new RunError([choice.problem]);
  const { vpc } = choice;
  const advice = adviceAlways || vpcOfFunction(lambda, subnets) !== vpc.id;
  const {
    groups,
    role: _exists,
    ...second
  } = await secondWave(aws, { desired, vpc, lambda, endpoints, subnets, advice, caller });
  const allGroups = [...new Map([...groups, ...namedGroups].map((group) => [group.id, group])).values()];
  return { vpc, observed: { caller, lambda, vpcs, subnets, endpoints, groups: allGroups, ...second } };
}

/** Adds the advice reads to an observation that was made without them. */
export async function addAdvice(aws: Aws, { observed, vpc }: Observation): Promise<Observation> {
  if (observed.interfaces !== undefined && observed.aliases !== undefined) return { observed, vpc };
  return { vpc, observed: { ...observed, ...(await readAdvice(aws, vpc.id, observed.lambda.name)) } };
}

/**
 * Reads again, in one wave, what a run may have changed: groups, endpoints, policies, and the function
 * unless its last look while waiting is given.
 */
export async function observeAgain(
  aws: Aws,
  { observed, vpc }: Observation,
  lambda: LambdaFunction | undefined,
): Promise<Observation> {
  const name = observed.lambda.name;
  const roleName = roleNameOf(observed.lambda.roleArn);
  const [groups, endpoints, policies, fn] = await Promise.all([
    attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, vpc.id)),
    attempt('ec2:DescribeVpcEndpoints', '*', readVpcEndpoints(aws)),
    attempt(
      'iam:ListAttachedRolePolicies',
      roleName,
      orUndefined(observed.policies !== undefined, () => readAttachedPolicies(aws, roleName)),
    ),
    attempt(
      'lambda:GetFunctionConfiguration',
      name,
      lambda ? Promise.resolve(lambda) : readFunction(aws, name),
    ),
  ]);
  const read = required({ groups, endpoints, lambda: fn });
  const others = observed.groups.filter((group) => group.vpcId !== vpc.id);
  return {
    vpc,
    observed: {
      ...observed,
      groups: [...read.groups, ...others],
      endpoints: read.endpoints,
      lambda: read.lambda,
      policies: policies.ok && policies.value === undefined ? undefined : (policies as Observed['policies']),
    },
  };
}
