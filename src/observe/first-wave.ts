import type { Aws } from '../aws/call.js';
import type { Desired } from '../model/desired.js';
import { accountProblems } from '../resolve/account.js';
import { readCaller } from '../resources/caller.js';
import { readSecurityGroupsById } from '../resources/security-group.js';
import { readSubnets } from '../resources/subnet.js';
import { readVpcs } from '../resources/vpc.js';
import { readVpcEndpoints } from '../resources/vpc-endpoint.js';
import { parted, readFunctions } from './functions.js';
import { attempt, required } from './reading.js';

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
  const groupIds = namedGroupIds(desired);
  const [caller, read, vpcs, subnets, endpoints, namedGroups] = await Promise.all([
    attempt('sts:GetCallerIdentity', '*', readCaller(aws)),
    readFunctions(aws, desired.functions),
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
  const { found, leftOut } = parted(read.readings, aws.region, accountId);
  const wrongAccount = caller.ok ? accountProblems(caller.value, found, desired.allowedAccountIds) : [];
  // Without any function the others' problems are told as well.
  const noFunction = found.length === 0 ? leftOut.map(({ problem }) => problem) : [];
  return {
    ...required({ caller, vpcs, subnets, endpoints, namedGroups }, [...wrongAccount, ...noFunction]),
    lambdas: found,
    leftOut,
    functionList: read.list,
  };
}

/** What the first wave reads. */
export type FirstWave = Awaited<ReturnType<typeof firstWave>>;
