import type { IpPermission, SecurityGroup, VpcEndpoint } from '@aws-sdk/client-ec2';
import { given } from '../__tests__/support/worlds/world.js';
import type { Stage } from './stage.js';

/** What AWS itself says about the function's network, read past the action. */
export interface Network {
  readonly subnetIds: readonly string[];
  /** The function's security groups. */
  readonly groups: readonly SecurityGroup[];
  readonly endpoints: readonly VpcEndpoint[];
  /** The endpoints' security groups. */
  readonly endpointGroups: readonly SecurityGroup[];
  /** Names of the managed policies of the execution role. */
  readonly policies: readonly string[];
}

/** Reads the function's network. */
export async function readNetwork({ clients, world }: Stage): Promise<Network> {
  const { ec2, iam, lambda } = clients;
  const { VpcConfig } = await lambda.getFunctionConfiguration({ FunctionName: world.functionName });
  const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({
    Filters: [{ Name: 'vpc-id', Values: [world.vpcId] }],
  });
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'vpc-id', Values: [world.vpcId] }],
  });
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName: world.roleName });
  const endpointGroupIds = VpcEndpoints.flatMap(({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId));
  return {
    subnetIds: (VpcConfig?.SubnetIds ?? []).toSorted(),
    groups: SecurityGroups.filter(({ GroupId = '' }) => VpcConfig?.SecurityGroupIds?.includes(GroupId)),
    endpoints: VpcEndpoints.toSorted((a, b) => (a.ServiceName ?? '').localeCompare(b.ServiceName ?? '')),
    endpointGroups: SecurityGroups.filter(({ GroupId }) => endpointGroupIds.includes(GroupId)),
    policies: AttachedPolicies.map(({ PolicyName = '' }) => PolicyName),
  };
}

/** The network in a few lines; equal networks have equal lines. */
export function networkLines(network: Network, { world }: Stage): string[] {
  const { subnetIds, groups, endpoints, endpointGroups, policies } = network;
  const names = new Map([...groups, ...endpointGroups].map(({ GroupId, GroupName }) => [GroupId, GroupName]));
  const named = (ids: readonly (string | undefined)[]): string =>
    ids.map((id) => names.get(id) ?? id).join(', ') || 'no security group';
  const rows: [string, string][] = [
    [
      `function ${world.functionName}`,
      subnetIds.length === 0
        ? 'in no VPC'
        : `in ${subnetIds.length} subnets of ${world.vpcId}, behind ${named(groups.map(({ GroupId }) => GroupId))}`,
    ],
    ...groups.map((group): [string, string] => [
      `group ${group.GroupName}`,
      rulesOf(group, (id) => names.get(id)),
    ]),
    ...endpointGroups.map((group): [string, string] => [
      `group ${group.GroupName}`,
      rulesOf(group, (id) => names.get(id)),
    ]),
    ...endpoints.map((endpoint): [string, string] => [
      `endpoint ${shortName(endpoint)}`,
      endpointText(endpoint, named),
    ]),
    [`role ${world.roleName}`, policies.join(', ') || 'no managed policy'],
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`);
}

/** What the network still lacks of what the case study asks for, as a sentence; undefined when it has all. */
export function missing(network: Network, stage: Stage): string | undefined {
  const { subnetIds, groups, endpoints, endpointGroups, policies } = network;
  const wanted = stage.world.subnetIds.toSorted().join();
  const [group, endpointGroup] = [groups[0], endpointGroups[0]];
  const endpointsRight = endpoints.map(shortName).join() === 'logs,ssm' && endpoints.every(isComplete);
  const out = group && rulesOf(group, (id) => id);
  const into = endpointGroup && rulesOf(endpointGroup, (id) => id);
  const checks: [boolean, string][] = [
    [subnetIds.join() === wanted, 'the function is not in the three private subnets'],
    [groups.length === 1, 'the function does not have one security group'],
    [endpointGroups.length === 1, 'the endpoints do not have one security group'],
    [out === `out tcp 443 ${endpointGroup?.GroupId}`, 'the function may not connect to the endpoints alone'],
    [into === 'in tcp 443 12.25.15.0/25', 'the endpoints do not admit the addresses of the VPC alone'],
    [endpointsRight, 'the endpoints for logs and ssm are not available, in three subnets, with private DNS'],
    [policies.includes('AWSLambdaVPCAccessExecutionRole'), 'the execution role lacks its managed policy'],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}

function isComplete({ State, SubnetIds, PrivateDnsEnabled }: VpcEndpoint): boolean {
  return State?.toLowerCase() === 'available' && SubnetIds?.length === 3 && PrivateDnsEnabled === true;
}

/** `ssm` of `com.amazonaws.us-east-2.ssm`. */
export function shortName({ ServiceName }: VpcEndpoint): string {
  return ServiceName?.split('.').at(-1) ?? '';
}

function endpointText(
  endpoint: VpcEndpoint,
  named: (ids: readonly (string | undefined)[]) => string,
): string {
  const groups = named((endpoint.Groups ?? []).map(({ GroupId }) => GroupId));
  const dns = endpoint.PrivateDnsEnabled ? 'private DNS' : 'no private DNS';
  return `${endpoint.State}, ${endpoint.SubnetIds?.length ?? 0} subnets, ${dns}, behind ${groups}`;
}

type NameOf = (id: string | undefined) => string | undefined;

function rulesOf({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup, nameOf: NameOf): string {
  const inbound = IpPermissions.flatMap((rule) => peersOf(rule, nameOf).map((peer) => `in ${peer}`));
  const outbound = IpPermissionsEgress.flatMap((rule) => peersOf(rule, nameOf).map((peer) => `out ${peer}`));
  return [...inbound, ...outbound].toSorted().join('; ') || 'no rules';
}

function peersOf(rule: IpPermission, nameOf: NameOf): string[] {
  const ports = rule.IpProtocol === '-1' ? 'all' : `${rule.IpProtocol} ${rule.FromPort}`;
  const peers = [
    ...(rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(rule.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ...(rule.UserIdGroupPairs ?? []).map(({ GroupId }) => nameOf(GroupId) ?? GroupId),
  ];
  return peers.map((peer) => `${ports} ${peer}`);
}

/** What somebody took away by hand. */
export interface Damage {
  /** The function's group, which lost its outbound rules. */
  readonly groupId: string;
  readonly groupName: string;
  readonly endpointId: string;
  readonly service: string;
  readonly subnetId: string;
}

/** Somebody revokes the rule of the function's group and takes one subnet from the SSM endpoint. */
export async function damage(stage: Stage): Promise<Damage> {
  const { ec2 } = stage.clients;
  const { groups, endpoints } = await readNetwork(stage);
  const group = given(groups[0]);
  const endpoint = given(endpoints.find((one) => shortName(one) === 'ssm'));
  const subnetId = given(stage.world.subnetIds.at(-1));
  await ec2.revokeSecurityGroupEgress({ GroupId: group.GroupId, IpPermissions: group.IpPermissionsEgress });
  await ec2.modifyVpcEndpoint({ VpcEndpointId: endpoint.VpcEndpointId, RemoveSubnetIds: [subnetId] });
  return {
    groupId: given(group.GroupId),
    groupName: given(group.GroupName),
    endpointId: given(endpoint.VpcEndpointId),
    service: shortName(endpoint),
    subnetId,
  };
}
