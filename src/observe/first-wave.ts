import type { Aws } from '../aws/call.js';
import type { Desired } from '../model/desired.js';
import type { LambdaFunction, Reading } from '../model/observed.js';
import type { AwsProblem } from '../model/problem.js';
import { accountProblems } from '../resolve/account.js';
import { readCaller } from '../resources/caller.js';
import { readFunction } from '../resources/function.js';
import { readSecurityGroupsById } from '../resources/security-group.js';
import { readSubnets } from '../resources/subnet.js';
import { readVpcs } from '../resources/vpc.js';
import { readVpcEndpoints } from '../resources/vpc-endpoint.js';

import { attempt, required } from './reading.js';

function functionNotFound(
  problem: AwsProblem,
  name: string,
  region: string,
  accountId: string | undefined,
): AwsProblem {
  if (problem.kind !== 'not-found') return problem;
  const where = accountId ? `account ${accountId}, region ${region}` : `region ${region}`;
  return {
    ...problem,
    code: 'function-not-found',
    message: `There is no function ${name} in ${where}.`,
    remedy: 'Check the name, and that aws-region and the credentials are those of the function.',
  };
}

function namedGroupIds(desired: Desired): string[] {
  const own = (desired.securityGroups ?? []).flatMap((selector) =>
    selector.kind === 'id' ? [selector.id] : [],
  );
  const peers = (desired.egress ?? []).flatMap(({ peer }) =>
    peer.kind === 'group' && !peer.value.includes('/') ? [peer.value] : [],
  );
  return [...new Set([...own, ...peers])].sort();
}

/** First wave: what can be read without knowing anything but the inputs. */
export async function firstWave(aws: Aws, desired: Desired) {
  const { functionName } = desired;
  const groupIds = namedGroupIds(desired);
  const [caller, lambda, vpcs, subnets, endpoints, namedGroups] = await Promise.all([
    attempt('sts:GetCallerIdentity', '*', readCaller(aws)),
    attempt(
      'lambda:GetFunctionConfiguration',
      functionName,
      readFunction(aws, desired.functionArn ?? functionName),
    ),
    attempt('ec2:DescribeVpcs', '*', readVpcs(aws)),
    attempt('ec2:DescribeSubnets', '*', readSubnets(aws)),
    attempt('ec2:DescribeVpcEndpoints', '*', readVpcEndpoints(aws)),
    attempt(
      'ec2:DescribeSecurityGroups',
      '*',
      groupIds.length > 0 ? readSecurityGroupsById(aws, groupIds) : Promise.resolve([]),
    ),
  ]);
  const accountId = caller.ok ? caller.value.accountId : undefined;
  const found: Reading<LambdaFunction> = lambda.ok
    ? lambda
    : { ok: false, problem: functionNotFound(lambda.problem, functionName, aws.region, accountId) };
  const known = lambda.ok ? lambda.value : undefined;
  const wrongAccount = caller.ok ? accountProblems(caller.value, known, desired.allowedAccountIds) : [];
  return required({ caller, lambda: found, vpcs, subnets, endpoints, namedGroups }, wrongAccount);
}
