import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { isUpdating, toLambdaFunction } from '../../src/resources/function.js';
import { defaultTarget, isPublic, readRouteTables, routeTableOf } from '../../src/resources/route-table.js';
import { fakeAws } from '../builders/fake-aws.js';

describe('a function', () => {
  const answer: FunctionConfiguration = {
    FunctionName: 'app-7',
    FunctionArn: 'arn:aws:lambda:us-east-2:123456789012:function:app-7:$LATEST',
    Role: 'arn:aws:iam::123456789012:role/app',
    Environment: { Variables: { PASSWORD: 'top-secret' } },
    KMSKeyArn: 'top-secret',
    Description: 'top-secret',
    CodeSha256: 'top-secret',
    Layers: [{ Arn: 'top-secret' }],
    VpcConfig: {
      VpcId: 'vpc-1',
      SubnetIds: ['subnet-2', 'subnet-1', 'subnet-1'],
      SecurityGroupIds: ['sg-2', 'sg-1'],
      Ipv6AllowedForDualStack: true,
    },
    RevisionId: 'r1',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };

  it('keeps no environment, code or description', () => {
    const location = { Code: { Location: 'https://top-secret' } };
    expect(JSON.stringify(toLambdaFunction({ ...answer, ...location }))).not.toContain('top-secret');
  });

  it('has sorted lists and the ARN without a qualifier', () => {
    expect(toLambdaFunction(answer)).toMatchObject({
      name: 'app-7',
      arn: 'arn:aws:lambda:us-east-2:123456789012:function:app-7',
      revisionId: 'r1',
      network: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1', 'sg-2'], ipv6: true },
      edge: false,
      capacityProvider: undefined,
      mountsFileSystem: false,
    });
  });

  it.each([
    [{ CapacityProviderArn: 'arn:pool' }, 'arn:pool'],
    [undefined, ''],
  ])('on the capacity provider %j', (LambdaManagedInstancesCapacityProviderConfig, arn) => {
    const CapacityProviderConfig = { LambdaManagedInstancesCapacityProviderConfig };
    expect(toLambdaFunction({ ...answer, CapacityProviderConfig }).capacityProvider).toBe(arn);
  });

  it.each<[string, FunctionConfiguration]>([
    ['no VpcConfig', {}],
    ['an empty VpcConfig', { VpcConfig: {} }],
    ['empty lists', { VpcConfig: { VpcId: '', SubnetIds: [], SecurityGroupIds: [] } }],
  ])('in no VPC: %s', (_name, config) => {
    expect(toLambdaFunction(config).network).toEqual({ subnetIds: [], securityGroupIds: [], ipv6: false });
  });

  it.each([
    ['Active', 'Successful', false],
    ['Active', 'InProgress', true],
    ['Pending', 'Successful', true],
    ['Inactive', 'Successful', false],
    ['Failed', 'Failed', false],
    ['SomethingNew', 'Successful', false],
  ])('state %s, update %s: updating %s', (state, lastUpdateStatus, updating) => {
    expect(isUpdating({ state, lastUpdateStatus })).toBe(updating);
  });

  it('without states, as old emulators answer, is active', () => {
    expect(toLambdaFunction({})).toMatchObject({ state: 'Active', lastUpdateStatus: 'Successful' });
  });
});

describe('route tables', () => {
  const aws = fakeAws({
    'ec2:DescribeRouteTables': {
      RouteTables: [
        {
          RouteTableId: 'rtb-2',
          Associations: [{ SubnetId: 'subnet-2' }, { SubnetId: 'subnet-1' }],
          Routes: [
            { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' },
            { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' },
            { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' },
            { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'blackhole' },
            { DestinationCidrBlock: '10.7.0.0/16', TransitGatewayId: 'tgw-1', State: 'filtered' },
            { DestinationCidrBlock: '10.8.0.0/16' },
          ],
        },
        { RouteTableId: 'rtb-1', Tags: [{ Key: 'Name', Value: 'main' }], Associations: [{ Main: true }] },
      ],
    },
  });

  it('are sorted, with what each destination leads to', async () => {
    const tables = await readRouteTables(aws, 'vpc-1');
    expect(tables).toEqual([
      { id: 'rtb-1', name: 'main', main: true, subnetIds: [], routes: [] },
      expect.objectContaining({ id: 'rtb-2', main: false, subnetIds: ['subnet-1', 'subnet-2'] }),
    ]);
    expect(
      tables[1]?.routes
        .map(
          ({ destination, target, state }) =>
            `${destination} ${target}${state === 'active' ? '' : ` ${state}`}`,
        )
        .sort(),
    ).toEqual(
      [
        '0.0.0.0/0 nat-1',
        '10.7.0.0/16 tgw-1 filtered',
        '10.8.0.0/16 unknown',
        '10.9.0.0/16 pcx-1 blackhole',
        '::/0 eigw-1',
        'pl-1 vpce-1',
      ].sort(),
    );
    expect(routeTableOf('subnet-1', tables)?.id).toBe('rtb-2');
    expect(routeTableOf('subnet-9', tables)?.id).toBe('rtb-1');
  });

  it.each([
    [
      'an internet gateway',
      [{ destination: '0.0.0.0/0', target: 'igw-1', state: 'active', propagated: false }],
      'igw-1',
      true,
    ],
    [
      'an internet gateway for IPv6 only',
      [{ destination: '::/0', target: 'igw-1', state: 'active', propagated: false }],
      undefined,
      true,
    ],
    [
      'a NAT gateway',
      [{ destination: '0.0.0.0/0', target: 'nat-1', state: 'active', propagated: false }],
      'nat-1',
      false,
    ],
    [
      'a NAT gateway that is gone',
      [{ destination: '0.0.0.0/0', target: 'nat-1', state: 'blackhole', propagated: false }],
      undefined,
      false,
    ],
    [
      'a NAT gateway by a route that may not be in effect',
      [{ destination: '0.0.0.0/0', target: 'nat-1', state: 'filtered', propagated: false }],
      undefined,
      false,
    ],
    [
      'an internet gateway for one address',
      [{ destination: '1.2.3.4/32', target: 'igw-1', state: 'active', propagated: false }],
      undefined,
      false,
    ],
    ['nowhere', [], undefined, false],
  ])('a default route to %s', (_name, routes, exit, open) => {
    const table = { id: 'rtb-1', name: undefined, main: true, subnetIds: [], routes };
    expect(defaultTarget(table)).toBe(exit);
    expect(isPublic(table)).toBe(open);
  });
});
