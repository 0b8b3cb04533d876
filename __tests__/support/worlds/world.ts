import type { ResourceType, TagSpecification, VpcEndpointType } from '@aws-sdk/client-ec2';
import type { CreateFunctionRequest, VpcConfig } from '@aws-sdk/client-lambda';
import type { AwsClients } from '../aws-clients.js';

/** An id that AWS's answer type calls optional and never leaves out. */
export function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the emulator left out a member that AWS always gives');
  return value;
}

/** Tags as EC2's create calls take them: none at all where the record is empty, for an empty list is refused. */
function taggedAs(
  ResourceType: ResourceType,
  tags: Readonly<Record<string, string>>,
): TagSpecification[] | undefined {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return Tags.length > 0 ? [{ ResourceType, Tags }] : undefined;
}

/** A VPC with both DNS attributes on, unless told otherwise. */
export async function addVpc(
  { ec2 }: AwsClients,
  options: { cidr: string; name?: string; dns?: boolean; ipv6?: boolean },
): Promise<string> {
  const { Vpc } = await ec2.createVpc({
    CidrBlock: options.cidr,
    ...(options.ipv6 && { AmazonProvidedIpv6CidrBlock: true }),
    TagSpecifications: taggedAs('vpc', options.name ? { Name: options.name } : {}),
  });
  const VpcId = given(Vpc?.VpcId);
  const Value = options.dns ?? true;
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value } });
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value } });
  return VpcId;
}

/** A subnet; it uses the VPC's main route table unless one is given. */
export async function addSubnet(
  { ec2 }: AwsClients,
  options: {
    vpcId: string;
    cidr: string;
    zone: string;
    tags?: Record<string, string>;
    routeTableId?: string;
  },
): Promise<string> {
  const { Subnet } = await ec2.createSubnet({
    VpcId: options.vpcId,
    CidrBlock: options.cidr,
    AvailabilityZone: options.zone,
    TagSpecifications: taggedAs('subnet', options.tags ?? {}),
  });
  const SubnetId = given(Subnet?.SubnetId);
  if (options.routeTableId) await ec2.associateRouteTable({ RouteTableId: options.routeTableId, SubnetId });
  return SubnetId;
}

/** A route table with the VPC's local routes only. */
export async function addRouteTable(
  { ec2 }: AwsClients,
  options: { vpcId: string; name?: string },
): Promise<string> {
  const { RouteTable } = await ec2.createRouteTable({
    VpcId: options.vpcId,
    TagSpecifications: taggedAs('route-table', options.name ? { Name: options.name } : {}),
  });
  return given(RouteTable?.RouteTableId);
}

/** A subnet of its own route table, whose default route goes to a new internet gateway. */
export async function addPublicSubnet(
  clients: AwsClients,
  options: { vpcId: string; cidr: string; zone: string; tags?: Record<string, string> },
): Promise<{ subnetId: string; routeTableId: string; internetGatewayId: string }> {
  const routeTableId = await addRouteTable(clients, { vpcId: options.vpcId, name: 'public' });
  const subnetId = await addSubnet(clients, { ...options, routeTableId });
  const { InternetGateway } = await clients.ec2.createInternetGateway({});
  const internetGatewayId = given(InternetGateway?.InternetGatewayId);
  await clients.ec2.attachInternetGateway({ InternetGatewayId: internetGatewayId, VpcId: options.vpcId });
  await clients.ec2.createRoute({
    RouteTableId: routeTableId,
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: internetGatewayId,
  });
  return { subnetId, routeTableId, internetGatewayId };
}

/** A NAT gateway in a public subnet, and a default route to it in a private route table. */
export async function addNat(
  { ec2 }: AwsClients,
  options: { publicSubnetId: string; routeTableId: string },
): Promise<string> {
  const { AllocationId } = await ec2.allocateAddress({ Domain: 'vpc' });
  const { NatGateway } = await ec2.createNatGateway({ SubnetId: options.publicSubnetId, AllocationId });
  const NatGatewayId = given(NatGateway?.NatGatewayId);
  await ec2.createRoute({
    RouteTableId: options.routeTableId,
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId,
  });
  return NatGatewayId;
}

/** Some other workload's network interface. */
export async function addForeignInterface(
  { ec2 }: AwsClients,
  options: { subnetId: string; description?: string; groupIds?: string[]; address?: string },
): Promise<string> {
  const { NetworkInterface } = await ec2.createNetworkInterface({
    SubnetId: options.subnetId,
    Description: options.description ?? 'billing database',
    ...(options.groupIds && { Groups: options.groupIds }),
    ...(options.address && { PrivateIpAddress: options.address }),
  });
  return given(NetworkInterface?.NetworkInterfaceId);
}

/** A security group with AWS's default egress, and ingress TCP 443 from the CIDRs given. */
export async function addSecurityGroup(
  { ec2 }: AwsClients,
  options: { vpcId: string; name: string; ingressCidrs?: string[]; tags?: Record<string, string> },
): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({
    VpcId: options.vpcId,
    GroupName: options.name,
    Description: options.name,
    TagSpecifications: taggedAs('security-group', options.tags ?? {}),
  });
  const IpRanges = (options.ingressCidrs ?? []).map((CidrIp) => ({ CidrIp }));
  if (IpRanges.length > 0) {
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  }
  return given(GroupId);
}

/** An endpoint that somebody made before: available at once, with its interfaces or routes. */
export async function addEndpoint(
  { ec2 }: AwsClients,
  options: {
    vpcId: string;
    service: string;
    type?: VpcEndpointType;
    subnetIds?: string[];
    groupIds?: string[];
    routeTableIds?: string[];
    privateDns?: boolean;
    policy?: string;
    tags?: Record<string, string>;
  },
): Promise<string> {
  const { VpcEndpoint } = await ec2.createVpcEndpoint({
    VpcId: options.vpcId,
    ServiceName: options.service,
    VpcEndpointType: options.type ?? 'Interface',
    SubnetIds: options.subnetIds,
    SecurityGroupIds: options.groupIds,
    RouteTableIds: options.routeTableIds,
    PrivateDnsEnabled: options.privateDns ?? (options.type ?? 'Interface') === 'Interface',
    PolicyDocument: options.policy,
    TagSpecifications: taggedAs('vpc-endpoint', options.tags ?? {}),
  });
  return given(VpcEndpoint?.VpcEndpointId);
}

/** An execution role; trusts Lambda unless a service is named. Returns its ARN. */
export async function addRole(
  { iam }: AwsClients,
  options: {
    name: string;
    path?: string;
    trusts?: string | readonly string[];
    actions?: string[];
    managedPolicies?: string[];
  },
): Promise<string> {
  const Principal = { Service: options.trusts ?? 'lambda.amazonaws.com' };
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  };
  const { Role } = await iam.createRole({
    RoleName: options.name,
    Path: options.path ?? '/',
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  if (options.actions) {
    const statement = { Effect: 'Allow', Action: options.actions, Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await iam.putRolePolicy({ RoleName: options.name, PolicyName: `${options.name}-policy`, PolicyDocument });
  }
  for (const PolicyArn of options.managedPolicies ?? []) {
    await iam.attachRolePolicy({ RoleName: options.name, PolicyArn });
  }
  return given(Role?.Arn);
}

/** A function; in a VPC when `vpcConfig` is given. Returns its ARN. */
export async function addFunction(
  { lambda }: AwsClients,
  options: { name: string; roleArn: string; vpcConfig?: VpcConfig; more?: Partial<CreateFunctionRequest> },
): Promise<string> {
  const { FunctionArn } = await lambda.createFunction({
    FunctionName: options.name,
    Role: options.roleArn,
    Runtime: 'python3.12',
    Handler: 'handler.lambda_handler',
    Code: { ZipFile: new TextEncoder().encode('no code is ever run') },
    ...(options.vpcConfig && { VpcConfig: options.vpcConfig }),
    ...options.more,
  });
  return given(FunctionArn);
}

/** Somebody moves a function by hand. Empty lists take it out of its VPC. */
export async function moveFunction(
  { lambda }: AwsClients,
  options: { name: string; subnetIds: string[]; groupIds: string[] },
): Promise<void> {
  await lambda.updateFunctionConfiguration({
    FunctionName: options.name,
    VpcConfig: { SubnetIds: options.subnetIds, SecurityGroupIds: options.groupIds },
  });
}

/** A queue; there is no client for it, because the action never calls SQS. Returns its ARN. */
export async function addQueue(motoUrl: string, name: string, region = 'us-east-2'): Promise<string> {
  const scope = `AKIAIOSFODNN7EXAMPLE/20260101/${region}/sqs/aws4_request`;
  const answer = await fetch(motoUrl, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Action: 'CreateQueue', QueueName: name, Version: '2012-11-05' }),
  });
  if (!answer.ok) throw new Error(`the emulator made no queue: ${answer.status}`);
  return `arn:aws:sqs:${region}:123456789012:${name}`;
}
