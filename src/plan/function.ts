import type { Id } from '../aws/call.js';
import type { AttributeChange, Change } from '../model/plan.js';
import { usesIpv6 } from '../resolve/ipv6.js';
import type { Target } from '../resolve/target.js';
import { isWorn } from '../resources/function.js';
import { isNetworkReason } from '../resources/update-failures.js';
import { listed, sameSet, without } from '../text/words.js';
import { attribute, change } from './change.js';
import { isMoveDrift } from './record.js';
import { functionGroupId } from './security-groups.js';

/** Address of the change that moves the function. */
export function functionChangeId(functionName: string): string {
  return `function/${functionName}`;
}

/** Ids of the groups the function should wear; the managed one may not exist yet. */
export function wantedGroupIds(target: Target): Id[] {
  const { groups } = target;
  return [...groups.otherIds, ...(groups.usesManaged ? [functionGroupId(target)] : [])];
}

/** What the move takes away from the function that it has today. */
export function takenAway(target: Target): { readonly subnetIds: string[]; readonly groupIds: string[] } {
  const { network } = target.observed.lambda;
  const groupIds = wantedGroupIds(target).filter((id) => typeof id === 'string');
  return {
    subnetIds: without(
      network.subnetIds,
      target.subnets.map((subnet) => subnet.id),
    ),
    groupIds: without(network.securityGroupIds, groupIds),
  };
}

function attributesOf(target: Target, subnetIds: string[], groupIds: readonly Id[]): AttributeChange[] {
  const { network } = target.observed.lambda;
  const named = groupIds.map((id) =>
    typeof id === 'string' ? id : `${target.groups.resourceName}-lambda (new)`,
  );
  const moved = target.currentVpcId !== target.vpc.id;
  const ipv6 = usesIpv6(target);
  const spoken = (on: boolean) => (on ? 'on' : 'off');
  return [
    ...(moved ? [attribute('VPC', target.currentVpcId ?? 'none', target.vpc.id)] : []),
    ...(sameSet(network.subnetIds, subnetIds) ? [] : [attribute('subnets', network.subnetIds, subnetIds)]),
    ...(sameSet(network.securityGroupIds, named)
      ? []
      : [attribute('security groups', network.securityGroupIds, named)]),
    ...(network.ipv6 === ipv6 ? [] : [attribute('outbound IPv6', spoken(network.ipv6), spoken(ipv6))]),
  ];
}

function becauseOf(target: Target, drifted: boolean, attributes: readonly AttributeChange[]): string {
  const { name } = target.observed.lambda;
  const { managed } = target.groups;
  const takenOff = managed !== undefined && !isWorn(managed.id, target.lambdas);
  if (drifted && takenOff) {
    const where =
      target.currentVpcId === undefined ? 'is in no VPC' : `does not wear ${managed.id} (${managed.name})`;
    return `Someone changed function ${name} since this action set out to connect it, and it ${where}.`;
  }
  const parts = listed(attributes.map((one) => one.name));
  if (drifted) return `Someone changed the ${parts} of function ${name}.`;
  if (target.currentVpcId === undefined) return `Function ${name} is in no VPC.`;
  return target.currentVpcId === target.vpc.id
    ? `The ${parts} of function ${name} ${attributes.length === 1 && !parts.endsWith('s') ? 'differs' : 'differ'} from what is wanted.`
    : `Function ${name} is in ${target.currentVpcId}.`;
}

/** Whether Lambda could not carry out the configuration it shows, for a reason that lies in the network. */
function hasFailed({ observed }: Target): boolean {
  const { state, stateReasonCode, lastUpdateStatus, lastUpdateReasonCode, network } = observed.lambda;
  if (network.subnetIds.length === 0) return false;
  return (
    (lastUpdateStatus === 'Failed' && isNetworkReason(lastUpdateReasonCode)) ||
    (state === 'Failed' && isNetworkReason(stateReasonCode))
  );
}

/**
 * Plans the update of the function's VpcConfig, and of nothing else: subnets, groups, outbound IPv6 (its
 * present value unless the inputs say otherwise), and the revision that was read, so that AWS refuses (412) if it changed since.
 */
export function planFunction(target: Target, after: readonly string[]): Change[] {
  const { lambda } = target.observed;
  const subnetIds = target.subnets.map((subnet) => subnet.id).sort();
  const groupIds = wantedGroupIds(target);
  const attributes = attributesOf(target, subnetIds, groupIds);
  const again = attributes.length === 0 && hasFailed(target);
  if (attributes.length === 0 && !again) return [];
  const drifted = isMoveDrift(target, 'subnets', 'groups', 'ipv6');
  return [
    change({
      id: functionChangeId(lambda.name),
      kind: 'function',
      action: 'update',
      label: lambda.name,
      reason: drifted && !again ? 'drift' : target.currentVpcId === undefined ? 'missing' : 'differs',
      because: again
        ? `The last move of function ${lambda.name} failed; it is tried again.`
        : becauseOf(target, drifted, attributes),
      attributes: again ? [attribute('last update', 'failed', 'successful')] : attributes,
      calls: [
        {
          action: 'lambda:UpdateFunctionConfiguration',
          input: {
            FunctionName: lambda.name,
            VpcConfig: {
              SubnetIds: subnetIds,
              SecurityGroupIds: groupIds,
              Ipv6AllowedForDualStack: usesIpv6(target),
            },
            ...(lambda.revisionId === undefined ? {} : { RevisionId: lambda.revisionId }),
          },
        },
      ],
      after,
      settle: { kind: 'function', name: lambda.name },
      functionName: lambda.name,
    }),
  ];
}
