import type { TestBed } from '../support/test-bed.js';
import {
  addEndpoint,
  addForeignInterface,
  addFunction,
  addNat,
  addPublicSubnet,
  addRole,
  addRouteTable,
  addSecurityGroup,
  addSubnet,
  addVpc,
  given,
} from '../support/worlds/world.js';

const zones = ['us-east-2a', 'us-east-2b'] as const;

/** Inputs with which a dry run in {@link manyReadsWorld} makes every read that there is for one function. */
export const manyReadsInputs = {
  'function-name': 'reader',
  'aws-region': 'us-east-2',
  vpc: 'name:busy',
  subnets: 'private',
  endpoints: 'auto, logs, dynamodb',
  egress: 'tcp 443 0.0.0.0/0',
  reaches: 'tcp 443 internet',
  allow: 'private-dns-redirect:logs\nprivate-dns-redirect:ssm\nconnection-drop:dynamodb',
  'dry-run': 'true',
};

/** A role with a policy of the account, a boundary and as many managed policies as a role takes by default but one. */
async function addReadersRole({ direct }: TestBed): Promise<string> {
  const { iam } = direct;
  const document = (...Action: string[]): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const policyOf = async (PolicyName: string, ...actions: string[]): Promise<string> => {
    const { Policy } = await iam.createPolicy({ PolicyName, PolicyDocument: document(...actions) });
    return given(Policy?.Arn);
  };
  const managedPolicies: string[] = [];
  for (let count = 1; count <= 10; count += 1) {
    managedPolicies.push(await policyOf(`reader-${count}`, 'ssm:GetParameter'));
  }
  const roleArn = await addRole(direct, { name: 'reader', actions: ['logs:PutLogEvents'], managedPolicies });
  const PermissionsBoundary = await policyOf('limit', '*');
  await iam.putRolePermissionsBoundary({ RoleName: 'reader', PermissionsBoundary });
  return roleArn;
}

/** A VPC that is peered, with a NAT gateway and DHCP options of its own. Returns its id and where to put subnets. */
async function addBusyVpc({ direct }: TestBed): Promise<{ vpcId: string; routeTableId: string }> {
  const { ec2 } = direct;
  const vpcId = await addVpc(direct, { cidr: '10.0.0.0/16', name: 'busy' });
  const peerId = await addVpc(direct, { cidr: '10.1.0.0/16' });
  const routeTableId = await addRouteTable(direct, { vpcId });
  const open = await addPublicSubnet(direct, { vpcId, cidr: '10.0.0.0/24', zone: zones[0] });
  await addNat(direct, { publicSubnetId: open.subnetId, routeTableId });
  const { VpcPeeringConnection } = await ec2.createVpcPeeringConnection({ VpcId: vpcId, PeerVpcId: peerId });
  const VpcPeeringConnectionId = given(VpcPeeringConnection?.VpcPeeringConnectionId);
  await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId });
  const DestinationCidrBlock = '10.1.0.0/16';
  await ec2.createRoute({ RouteTableId: routeTableId, DestinationCidrBlock, VpcPeeringConnectionId });
  const DhcpConfigurations = [{ Key: 'domain-name-servers', Values: ['AmazonProvidedDNS'] }];
  const { DhcpOptions } = await ec2.createDhcpOptions({ DhcpConfigurations });
  await ec2.associateDhcpOptions({ VpcId: vpcId, DhcpOptionsId: given(DhcpOptions?.DhcpOptionsId) });
  return { vpcId, routeTableId };
}

/** Private hosted zones of the VPC that answer no name of a service. */
async function addZones({ direct }: TestBed, VPCId: string): Promise<void> {
  for (const Name of ['one.internal.', 'two.internal.']) {
    const VPC = { VPCId, VPCRegion: 'us-east-2' as const };
    await direct.route53.createHostedZone({
      Name,
      CallerReference: Name,
      VPC,
      HostedZoneConfig: { PrivateZone: true },
    });
  }
}

/** A world in which one function's dry run reads everything that is ever read. */
export async function manyReadsWorld(bed: TestBed): Promise<void> {
  const { direct, proxy } = bed;
  const { vpcId, routeTableId } = await addBusyVpc(bed);
  for (const [index, zone] of zones.entries()) {
    const subnetId = await addSubnet(direct, { vpcId, cidr: `10.0.${index + 1}.0/24`, zone, routeTableId });
    const groupId = await addSecurityGroup(direct, { vpcId, name: `others-${index}` });
    await addForeignInterface(direct, { subnetId, groupIds: [groupId] });
  }
  await addEndpoint(direct, {
    vpcId,
    service: 'com.amazonaws.us-east-2.s3',
    type: 'Gateway',
    routeTableIds: [routeTableId],
  });
  await addZones(bed, vpcId);
  const roleArn = await addReadersRole(bed);
  const arn = await addFunction(direct, { name: 'reader', roleArn });
  await addFunction(direct, { name: 'other', roleArn: await addRole(direct, { name: 'other' }) });
  const { Version } = await direct.lambda.publishVersion({ FunctionName: 'reader' });
  await direct.lambda.createAlias({ FunctionName: 'reader', Name: 'live', FunctionVersion: Version });
  proxy.keepFunctionMembers('reader', {
    ProvisionedConcurrencyConfigs: [
      { FunctionArn: `${arn}:live`, RequestedProvisionedConcurrentExecutions: 1 },
    ],
  });
}
