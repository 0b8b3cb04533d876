import type { Subnet } from '@aws-sdk/client-ec2';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Context } from '../context.js';
import { type Input, isRecord, textOf, textsOf } from '../input.js';
import { allowsLambda, trusts } from '../policies.js';
import { invalid, judge } from './functions.js';
import { pages, type Row, type Verdict } from './row.js';

const actions = ['lambda:UpdateFunctionConfiguration'];

/** What UpdateFunctionConfiguration refuses because of the network or the role, in the order Lambda looks. */
export const functionNetworkRows: readonly Row[] = [
  {
    id: 'vpc-config-incomplete',
    actions,
    row: 35,
    docs: pages.functionVpc,
    wording: 'seen',
    refuse: about(({ subnetIds, groupIds }) =>
      (subnetIds.length === 0) === (groupIds.length === 0)
        ? undefined
        : invalid('SubnetIds and SecurityIds must coexist or be both empty list.'),
    ),
  },
  {
    id: 'role-not-assumable',
    actions,
    row: 4,
    docs: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
    wording: 'seen',
    refuse: about(notAssumable),
  },
  {
    id: 'role-without-permission',
    actions,
    row: 2,
    docs: pages.functionVpc,
    wording: 'seen',
    refuse: about(notPermitted),
  },
  {
    id: 'role-propagation',
    actions,
    row: 1,
    docs: pages.functionVpc,
    wording: 'seen',
    refuse: about(notYetPermitted),
  },
  {
    id: 'function-subnet-unknown',
    actions,
    row: 36,
    docs: pages.functionVpc,
    wording: 'seen',
    refuse: about(subnetUnknown),
  },
  {
    id: 'function-group-unknown',
    actions,
    row: 36,
    docs: pages.functionVpc,
    wording: 'seen',
    refuse: about(groupUnknown),
  },
  {
    id: 'function-network-mixed',
    actions,
    row: 38,
    docs: pages.functionVpc,
    wording: 'seen',
    refuse: about(mixed),
  },
  {
    id: 'function-ipv6',
    actions,
    row: 59,
    docs: pages.functionVpc,
    wording: 'unverified',
    refuse: about(withoutIpv6),
  },
];

/** What the call asks for, with what stays as it is. */
interface Wish {
  readonly stored: FunctionConfiguration;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly ipv6: boolean;
}

function about(verdict: (wish: Wish, context: Context) => Verdict | Promise<Verdict>): Row['refuse'] {
  return judge((stored, context, _region, { input }) => {
    if (!isRecord(input.VpcConfig)) return undefined;
    return verdict(wishOf(stored, input.VpcConfig), context);
  });
}

function wishOf(stored: FunctionConfiguration, config: Input): Wish {
  const neither = !('SubnetIds' in config) && !('SecurityGroupIds' in config);
  return {
    stored,
    subnetIds: neither ? (stored.VpcConfig?.SubnetIds ?? []) : textsOf(config, 'SubnetIds'),
    groupIds: neither ? (stored.VpcConfig?.SecurityGroupIds ?? []) : textsOf(config, 'SecurityGroupIds'),
    ipv6: textOf(config, 'Ipv6AllowedForDualStack') === 'true',
  };
}

const noPermission =
  'The provided execution role does not have permissions to call CreateNetworkInterface on EC2';

async function notAssumable({ stored, subnetIds }: Wish, { state }: Context): Promise<Verdict> {
  if (subnetIds.length === 0) return undefined;
  return trusts(await state.trustDocument(roleName(stored)), 'lambda.amazonaws.com')
    ? undefined
    : invalid('The role defined for the function cannot be assumed by Lambda.');
}

async function notPermitted({ stored, subnetIds }: Wish, { state }: Context): Promise<Verdict> {
  if (subnetIds.length === 0) return undefined;
  const role = roleName(stored);
  const [documents, boundary] = [await state.policyDocuments(role), await state.boundaryDocument(role)];
  const allowed = allowsLambda(documents, boundary, 'ec2:CreateNetworkInterface');
  return allowed ? undefined : invalid(noPermission);
}

function notYetPermitted({ stored, subnetIds }: Wish, { memory }: Context): Verdict {
  const left = memory.propagation.get(roleName(stored)) ?? 0;
  if (subnetIds.length === 0 || left === 0) return undefined;
  memory.propagation.set(roleName(stored), left - 1);
  return invalid(noPermission);
}

function roleName({ Role = '' }: FunctionConfiguration): string {
  return Role.split('/').at(-1) ?? '';
}

async function subnetUnknown({ subnetIds }: Wish, { state }: Context): Promise<Verdict> {
  const found = subnetIds.length > 0 ? await state.subnets(subnetIds) : [];
  const missing = subnetIds.find((id) => !found.some(({ SubnetId }) => SubnetId === id));
  return missing === undefined
    ? undefined
    : fromEc2('DescribeSubnets', 'InvalidSubnetID.NotFound', `The subnet ID '${missing}' does not exist`);
}

async function groupUnknown({ groupIds }: Wish, { state }: Context): Promise<Verdict> {
  const found = groupIds.length > 0 ? await state.securityGroups(groupIds) : [];
  const missing = groupIds.find((id) => !found.some(({ GroupId }) => GroupId === id));
  if (missing === undefined) return undefined;
  return fromEc2(
    'DescribeSecurityGroups',
    'InvalidGroup.NotFound',
    `The security group '${missing}' does not exist`,
  );
}

function fromEc2(call: string, code: string, message: string): Verdict {
  return invalid(`Error occurred while ${call}. EC2 Error Code: ${code}. EC2 Error Message: ${message}`);
}

async function mixed({ subnetIds, groupIds }: Wish, { state }: Context): Promise<Verdict> {
  if (subnetIds.length === 0) return undefined;
  const subnets = await state.subnets(subnetIds);
  const groups = await state.securityGroups(groupIds);
  const vpcs = new Set([...subnets, ...groups].map(({ VpcId }) => VpcId));
  if (vpcs.size <= 1) return undefined;
  const which = new Set(subnets.map(({ VpcId }) => VpcId)).size > 1 ? 'Subnets' : 'Security Groups';
  return invalid(`${which} are required to be in the same VPC.`);
}

async function withoutIpv6({ ipv6, subnetIds }: Wish, { state }: Context): Promise<Verdict> {
  if (!ipv6) return undefined;
  if (subnetIds.length === 0)
    return invalid('Ipv6AllowedForDualStack cannot be true without subnet or security groups');
  const narrow = (await state.subnets(subnetIds)).find((subnet) => !hasIpv6(subnet))?.SubnetId;
  return narrow
    ? invalid(`Ipv6AllowedForDualStack cannot be true: ${narrow} has no IPv6 CIDR block`)
    : undefined;
}

function hasIpv6({ Ipv6CidrBlockAssociationSet }: Subnet): boolean {
  return (Ipv6CidrBlockAssociationSet ?? []).length > 0;
}
