import { expect, it } from '@jest/globals';
import type { ParsedPolicy } from '../../src/iam/document.js';
import { denialPolicy, networkInterfacePolicy } from '../../src/iam/inline-policy.js';
import {
  NETWORK_INTERFACE_ACTIONS,
  networkInterfaceAccess,
  type Place,
} from '../../src/iam/network-interfaces.js';
import { AWS_POLICIES, allow, awsPolicy, deny, policy, type RawStatement } from './policies.js';

const place: Place = {
  partition: 'aws',
  region: 'us-east-2',
  accountId: '123456789012',
  subnetIds: ['subnet-0000000a', 'subnet-0000000b'],
  groupIds: ['sg-0000000a'],
};
const all = AWS_POLICIES.AWSLambdaVPCAccessExecutionRole;
const reads = 'ec2:DescribeNetworkInterfaces ec2:DescribeSubnets';
const writes =
  'ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses';
const here = 'arn:aws:ec2:us-east-2:123456789012';
const functionArn = 'arn:aws:lambda:us-east-2:123456789012:function:app-7';

const judge = (...statements: readonly RawStatement[]) =>
  networkInterfaceAccess([policy('own', statements)], undefined, place);

it.each<[string, RawStatement[], string]>([
  ['nothing', [], 'not-allowed'],
  ['what the managed policy lists', [allow(all)], 'allowed'],
  ['ec2:*', [allow('ec2:*')], 'allowed'],
  ['*', [allow('*')], 'allowed'],
  ['actions in another case', [allow(all.toLowerCase())], 'allowed'],
  [
    'the three actions of old guides',
    [allow(`${reads} ec2:CreateNetworkInterface ec2:DeleteNetworkInterface`)],
    'not-allowed',
  ],
  ['everything on interfaces alone', [allow(all, `${here}:network-interface/*`)], 'not-allowed'],
  ['reads on all, writes in the region and account', [allow(reads), allow(writes, `${here}:*/*`)], 'allowed'],
  ['reads scoped to the region and account', [allow(reads, `${here}:*/*`), allow(writes)], 'not-allowed'],
  [
    'writes in another region',
    [allow(reads), allow(writes, 'arn:aws:ec2:eu-west-1:123456789012:*/*')],
    'not-allowed',
  ],
  [
    'writes on the very subnets and groups',
    [
      allow(reads),
      allow(writes, `${here}:network-interface/*`),
      allow('ec2:CreateNetworkInterface', `${here}:subnet/subnet-0000000a`, `${here}:subnet/subnet-0000000b`),
      allow('ec2:CreateNetworkInterface', `${here}:security-group/sg-0000000a`),
    ],
    'allowed',
  ],
  [
    'writes on one of two subnets',
    [
      allow(reads),
      allow(writes, `${here}:network-interface/*`, `${here}:security-group/*`),
      allow('ec2:CreateNetworkInterface', `${here}:subnet/subnet-0000000a`),
    ],
    'not-allowed',
  ],
  [
    'deletes of one interface only',
    [
      allow(all.replace('ec2:DeleteNetworkInterface ', '')),
      allow('ec2:DeleteNetworkInterface', `${here}:network-interface/eni-1`),
    ],
    'not-allowed',
  ],
  [
    'on a VPC condition',
    [{ ...allow(all), Condition: { ArnEquals: { 'ec2:Vpc': `${here}:vpc/vpc-1` } } }],
    'unknown',
  ],
  [
    'in this region only',
    [{ ...allow(all), Condition: { StringEquals: { 'ec2:Region': 'us-east-2' } } }],
    'allowed',
  ],
  [
    'in another region only',
    [{ ...allow(all), Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }],
    'not-allowed',
  ],
  ['a deny of one action', [allow(all), deny('ec2:DeleteNetworkInterface')], 'denied'],
  ['the deny for the code of the function', [allow(all), ...denialPolicy(functionArn).Statement], 'allowed'],
  ['the inline policy of this action', [...networkInterfacePolicy().Statement], 'allowed'],
])('%s: %s', (_name, statements, verdict) => {
  expect(judge(...statements).verdict).toBe(verdict);
});

it.each<[keyof typeof AWS_POLICIES, string]>([
  ['AWSLambdaVPCAccessExecutionRole', 'allowed'],
  ['AWSLambdaENIManagementAccess', 'allowed'],
  ['AdministratorAccess', 'allowed'],
  ['AWSLambdaBasicExecutionRole', 'not-allowed'],
  ['AWSLambdaMSKExecutionRole', 'not-allowed'],
])('%s: %s', (name, verdict) => {
  expect(networkInterfaceAccess([awsPolicy(name)], undefined, place).verdict).toBe(verdict);
});

it('what AWS advises is told and does not decide', () => {
  const access = networkInterfaceAccess([awsPolicy('AWSLambdaENIManagementAccess')], undefined, place);
  expect(access).toEqual({
    verdict: 'allowed',
    by: [{ policy: 'AWSLambdaENIManagementAccess', statement: 'statement 1' }],
    obstacles: [],
    advised: ['ec2:DescribeSubnets'],
  });
});

it('says what stands in the way of each action, the worst one deciding', () => {
  const access = judge(allow(reads), deny('ec2:Assign*', { Sid: 'NoAddresses' }));
  expect(access.verdict).toBe('denied');
  expect(access.obstacles.map(({ action, verdict }) => [action, verdict.verdict])).toEqual([
    ['ec2:AssignPrivateIpAddresses', 'denied'],
    ['ec2:CreateNetworkInterface', 'not-allowed'],
    ['ec2:DeleteNetworkInterface', 'not-allowed'],
    ['ec2:UnassignPrivateIpAddresses', 'not-allowed'],
  ]);
  expect(access.obstacles[0]?.verdict).toEqual({
    verdict: 'denied',
    by: [{ policy: 'own', statement: 'NoAddresses' }],
  });
});

it('policies add up, and a boundary limits their sum', () => {
  const parts: ParsedPolicy[] = [policy('reads', [allow(reads)]), policy('writes', [allow(writes)])];
  expect(networkInterfaceAccess(parts, undefined, place)).toMatchObject({
    verdict: 'allowed',
    by: expect.arrayContaining([
      { policy: 'reads', statement: 'statement 1' },
      { policy: 'writes', statement: 'statement 1' },
    ]),
  });
  expect(networkInterfaceAccess(parts, 'unread', place).verdict).toBe('unknown');
  expect(networkInterfaceAccess(parts, policy('limit', [allow('s3:*')]), place).verdict).toBe('not-allowed');
});

it('other partitions have their own ARNs', () => {
  const own = [policy('own', [allow(reads), allow(writes, 'arn:aws-cn:ec2:cn-north-1:123456789012:*/*')])];
  const china = { ...place, partition: 'aws-cn', region: 'cn-north-1' };
  expect(networkInterfaceAccess(own, undefined, china).verdict).toBe('allowed');
  expect(networkInterfaceAccess(own, undefined, place).verdict).toBe('not-allowed');
});

it('the actions are those of the managed policy beside its logs actions', () => {
  const managed = all.split(' ').filter((action) => action.startsWith('ec2:'));
  expect([...NETWORK_INTERFACE_ACTIONS]).toEqual(managed.sort());
});
