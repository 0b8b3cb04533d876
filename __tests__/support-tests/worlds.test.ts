import { expect, test } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { buildCaseStudy } from '../support/worlds/case-study.js';
import {
  addForeignInterface,
  addNat,
  addPublicSubnet,
  addRole,
  addSecurityGroup,
  moveFunction,
} from '../support/worlds/world.js';

const bed = withTestBed();

test('the case study is as published', async () => {
  const world = await buildCaseStudy(bed.direct, { environment: { TOKEN: 'secret' } });
  const { ec2, iam, lambda } = bed.direct;
  const { Subnets = [] } = await ec2.describeSubnets({
    Filters: [{ Name: 'tag:Tier', Values: ['private'] }],
  });
  expect(Subnets.map(({ CidrBlock, AvailabilityZone }) => `${CidrBlock} ${AvailabilityZone}`).sort()).toEqual(
    ['12.25.15.0/27 us-east-2a', '12.25.15.32/27 us-east-2b', '12.25.15.64/27 us-east-2c'],
  );
  const tables = await ec2.describeRouteTables({ RouteTableIds: [world.routeTableId] });
  expect(tables.RouteTables?.[0]?.Associations?.map(({ SubnetId }) => SubnetId).sort()).toEqual(
    [...world.subnetIds].sort(),
  );
  expect(tables.RouteTables?.[0]?.Routes?.map(({ GatewayId }) => GatewayId)).toEqual(['local']);
  const configuration = await lambda.getFunctionConfiguration({ FunctionName: 'app-7' });
  expect(configuration).toMatchObject({
    Role: world.roleArn,
    Runtime: 'python3.8',
    Handler: 'handler.lambda_handler',
  });
  expect(configuration.Environment?.Variables).toMatchObject({ TOKEN: 'secret' });
  expect(configuration.VpcConfig).toBeFalsy();
  expect((await iam.listAttachedRolePolicies({ RoleName: world.roleName })).AttachedPolicies).toEqual([]);
  const { PolicyNames } = await iam.listRolePolicies({ RoleName: world.roleName });
  expect(PolicyNames).toEqual(['app-7-lambda-role-policy']);
});

test('a public subnet leads to the internet, and a NAT gateway takes others there', async () => {
  const world = await buildCaseStudy(bed.direct);
  const place = { vpcId: world.vpcId, cidr: '12.25.15.96/28', zone: 'us-east-2a' };
  const { subnetId, routeTableId, internetGatewayId } = await addPublicSubnet(bed.direct, place);
  const nat = await addNat(bed.direct, { publicSubnetId: subnetId, routeTableId: world.routeTableId });
  const { RouteTables } = await bed.direct.ec2.describeRouteTables({
    RouteTableIds: [routeTableId, world.routeTableId],
  });
  const defaults = RouteTables?.flatMap(({ Routes }) => Routes ?? [])
    .filter(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0')
    .map(({ GatewayId, NatGatewayId }) => NatGatewayId ?? GatewayId);
  expect(defaults?.sort()).toEqual([internetGatewayId, nat].sort());
});

test('others may be there, and move the function', async () => {
  const world = await buildCaseStudy(bed.direct);
  const groupId = await addSecurityGroup(bed.direct, {
    vpcId: world.vpcId,
    name: 'db',
    ingressCidrs: ['12.25.15.0/25'],
  });
  const [subnetId = ''] = world.subnetIds;
  await addForeignInterface(bed.direct, { subnetId, groupIds: [groupId] });
  await moveFunction(bed.direct, { name: world.functionName, subnetIds: [subnetId], groupIds: [groupId] });
  const { VpcConfig } = await bed.through.lambda.getFunctionConfiguration({
    FunctionName: world.functionName,
  });
  expect(VpcConfig).toMatchObject({ SubnetIds: [subnetId], SecurityGroupIds: [groupId], VpcId: world.vpcId });
  const { NetworkInterfaces } = await bed.through.ec2.describeNetworkInterfaces({});
  expect(NetworkInterfaces?.map(({ InterfaceType }) => InterfaceType).sort()).toEqual([
    'interface',
    'lambda',
  ]);
});

test('a role may have a path and managed policies', async () => {
  const arn = await addRole(bed.direct, {
    name: 'edge',
    path: '/service-role/',
    trusts: 'edgelambda.amazonaws.com',
    managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
  expect(arn).toBe('arn:aws:iam::123456789012:role/service-role/edge');
});
