import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import type { StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import type { CaseStudy } from '../support/worlds/case-study.js';
import { addPublicSubnet, addSecurityGroup, addSubnet, addVpc } from '../support/worlds/world.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

interface Expected {
  readonly outcome: string;
  readonly code: string;
  /** Must stand in the message or its remedy. */
  readonly says: string;
}

function expectOneError(result: StepResult, { outcome, code, says }: Expected): void {
  const errors = result.annotations.filter(({ level }) => level === 'error');
  expect(errors.map(({ properties }) => properties.title)).toEqual([code]);
  expect(errors[0]?.message).toContain(says);
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe(outcome);
  expect(result.summary).toContain('app-7');
  expect(result.files).not.toEqual({});
}

type Prepare = (world: CaseStudy) => Promise<Record<string, string>>;

const cases: [string, Prepare, Expected][] = [
  [
    'function not found',
    async () => ({ ...caseInputs, 'function-name': 'app-70' }),
    { outcome: 'failed', code: 'function-not-found', says: 'region us-east-2' },
  ],
  [
    'account not allowed',
    async () => ({ ...caseInputs, 'allowed-account-ids': '210987654321' }),
    { outcome: 'failed', code: 'account-not-allowed', says: '123456789012' },
  ],
  [
    'subnet not found',
    async ({ vpcId }) => ({ ...caseInputs, vpc: vpcId, subnets: 'subnet-0123456789abcdef0' }),
    { outcome: 'blocked', code: 'subnets-not-found', says: 'subnet-0123456789abcdef0' },
  ],
  [
    'nothing selected',
    async ({ vpcId }) => ({ ...caseInputs, vpc: vpcId, subnets: 'tag:Tier=database' }),
    { outcome: 'blocked', code: 'subnets-not-found', says: 'tag:Tier=database' },
  ],
  [
    'no subnets for a function in no VPC',
    async () => ({ 'function-name': 'app-7', 'aws-region': 'us-east-2', endpoints: 'logs' }),
    { outcome: 'failed', code: 'subnets-missing', says: 'subnets: private' },
  ],
  [
    'subnets of different VPCs',
    async ({ subnetIds }) => {
      const vpcId = await addVpc(bed.direct, { cidr: '10.9.0.0/16' });
      const other = await addSubnet(bed.direct, { vpcId, cidr: '10.9.1.0/24', zone: 'us-east-2a' });
      return { ...caseInputs, subnets: `${subnetIds[0]}, ${other}` };
    },
    { outcome: 'failed', code: 'subnets-of-different-vpcs', says: 'vpc-' },
  ],
  [
    'groups of different VPCs',
    async () => {
      const vpcId = await addVpc(bed.direct, { cidr: '10.9.0.0/16' });
      const group = await addSecurityGroup(bed.direct, { vpcId, name: 'elsewhere' });
      return { ...caseInputs, 'security-groups': group };
    },
    { outcome: 'blocked', code: 'groups-of-different-vpcs', says: 'sg-' },
  ],
  [
    'group not found',
    async () => ({ ...caseInputs, 'security-groups': 'managed, payments' }),
    { outcome: 'blocked', code: 'security-group-not-found', says: 'payments' },
  ],
  [
    'only public subnets',
    async ({ vpcId }) => {
      const id = await addPublicSubnet(bed.direct, { vpcId, cidr: '12.25.15.96/27', zone: 'us-east-2a' });
      return {
        ...caseInputs,
        vpc: vpcId,
        subnets:
          typeof id === 'string'
            ? id
            : (Object.values(id).find((value) => String(value).startsWith('subnet-')) ?? ''),
      };
    },
    { outcome: 'blocked', code: 'public-subnets', says: 'allow: public-subnets' },
  ],
  [
    'service not found',
    async () => ({ ...caseInputs, endpoints: 'logs, smm' }),
    { outcome: 'blocked', code: 'service-not-found', says: 'Did you mean ssm?' },
  ],
  [
    'zone unsupported by the service',
    async () => {
      bed.proxy.setOptions({ serviceZones: { 'com.amazonaws.us-east-2.ssm': ['us-east-2d'] } });
      return caseInputs;
    },
    { outcome: 'blocked', code: 'zone-unsupported', says: 'us-east-2d' },
  ],
  [
    'VPC DNS attributes off',
    async ({ vpcId }) => {
      await bed.direct.ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: false } });
      return caseInputs;
    },
    { outcome: 'blocked', code: 'vpc-dns-off', says: 'aws ec2 modify-vpc-attribute' },
  ],
  [
    'policy missing while it is only verified',
    async () => ({ ...caseInputs, 'iam-policy': 'verify' }),
    { outcome: 'blocked', code: 'execution-role-policy', says: 'app-7-lambda-role' },
  ],
];

describe('errors that are known from reading', () => {
  it.each(cases)('%s', async (_, prepare, expected) => {
    const inputs = await prepare(await caseWorld(bed));
    expectOneError(await step(bed, inputs), expected);
    expect(writes(bed.proxy.calls)).toEqual([]);
    const dryRun = await step(bed, { ...inputs, 'dry-run': 'true' });
    expect(dryRun.exitCode).toBe(1);
    expect(dryRun.outputs.outcome).toBe(expected.outcome);
  });

  it('names the role that does not exist', async () => {
    const { roleName } = await caseWorld(bed);
    const { PolicyNames = [] } = await bed.direct.iam.listRolePolicies({ RoleName: roleName });
    for (const PolicyName of PolicyNames)
      await bed.direct.iam.deleteRolePolicy({ RoleName: roleName, PolicyName });
    await bed.direct.iam.deleteRole({ RoleName: roleName });
    expectOneError(await step(bed), { outcome: 'failed', code: 'role-not-found', says: roleName });
  });

  it('tells every bad input at once, before any call', async () => {
    const result = await step(bed, { 'function-name': 'app-7:live', subnets: 'privat', 'dry-run': 'maybe' });
    const messages = result.annotations
      .filter(({ level }) => level === 'error')
      .map(({ message }) => message);
    expect(messages).toHaveLength(4);
    expect(messages.join('\n')).toContain('Did you mean `private`?');
    expect(messages.join('\n')).toContain('aws-region');
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('failed');
    expect(result.summary).not.toBe('');
    expect(bed.proxy.calls).toEqual([]);
  });
});

const deniedReads: [string, string][] = [
  ['lambda:GetFunctionConfiguration', 'failed'],
  ['ec2:DescribeSubnets', 'failed'],
  ['ec2:DescribeVpcs', 'failed'],
  ['ec2:DescribeVpcEndpoints', 'failed'],
  ['ec2:DescribeVpcEndpointServices', 'failed'],
  ['ec2:DescribeVpcAttribute', 'failed'],
  ['ec2:DescribeRouteTables', 'failed'],
  ['ec2:DescribeSecurityGroups', 'failed'],
  ['sts:GetCallerIdentity', 'failed'],
];

describe('missing permissions', () => {
  it.each(deniedReads)('%s stops the run and is named', async (action, outcome) => {
    await caseWorld(bed);
    bed.proxy.inject(deny(action));
    expectOneError(await step(bed), { outcome, code: 'permission-missing', says: action });
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it.each(['ec2:DescribeNetworkAcls', 'lambda:ListAliases'])(
    '%s is told as unknown, and the run goes on',
    async (action) => {
      await caseWorld(bed);
      bed.proxy.inject(deny(action));
      const { outputs, annotations } = await step(bed);
      expect(annotations.map(({ message }) => message).join('\n')).toContain(action);
      expect(outputs.outcome).toBe('changed');
    },
  );

  it('asks for consent where it cannot be seen who else is in the VPC', async () => {
    await caseWorld(bed);
    bed.proxy.inject(deny('ec2:DescribeNetworkInterfaces'));
    const { outputs, annotations } = await step(bed);
    expect(outputs.outcome).toBe('blocked');
    expect(annotations.map(({ message }) => message).join('\n')).toContain('private-dns-redirect:logs');
  });

  it.each([
    ['ec2:CreateSecurityGroup', 'failed'],
    ['iam:AttachRolePolicy', 'partial'],
    ['ec2:CreateVpcEndpoint', 'partial'],
    ['ec2:AuthorizeSecurityGroupIngress', 'partial'],
    ['lambda:UpdateFunctionConfiguration', 'partial'],
  ])('%s is named, only what depends on it is skipped, and a rerun finishes', async (action, outcome) => {
    await caseWorld(bed);
    bed.proxy.inject(deny(action));
    const denied = await step(bed);
    expect(denied.outputs.outcome).toBe(action === 'ec2:CreateSecurityGroup' ? 'partial' : outcome);
    expect(denied.annotations.map(({ message }) => message).join('\n')).toContain(action);
    expect(JSON.parse(denied.outputs.pending ?? '')).toContain('function/app-7');
    bed.proxy.clearFaults();
    expect((await step(bed)).outputs.outcome).toBe('changed');
  });
});

describe('what fails on AWS’s side', () => {
  it('explains why Lambda could not move the function', async () => {
    await caseWorld(bed);
    bed.proxy.setOptions({
      functionFailure: { code: 'SubnetOutOfIPAddresses', reason: 'no addresses' },
      functionInProgressPolls: 1,
    });
    const result = await step(bed);
    expectOneError(result, {
      outcome: 'partial',
      code: 'function-update-failed',
      says: 'a subnet has no free address',
    });
  });

  it('explains that an endpoint failed', async () => {
    await caseWorld(bed);
    bed.proxy.setOptions({
      endpointPendingPolls: 1,
      endpointFailure: {
        serviceName: 'com.amazonaws.us-east-2.ssm',
        code: 'Internal',
        message: 'went wrong',
      },
    });
    const result = await step(bed);
    expectOneError(result, { outcome: 'partial', code: 'endpoint-failed', says: 'went wrong' });
  });

  it('gives up after a while when something else denies the role what its policy allows', async () => {
    await caseWorld(bed);
    await bed.direct.iam.attachRolePolicy({
      RoleName: 'app-7-lambda-role',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    });
    const message =
      'The provided execution role does not have permissions to call CreateNetworkInterface on EC2';
    const fault = { kind: 'error' as const, code: 'InvalidParameterValueException', message, status: 400 };
    bed.proxy.inject({ when: { action: 'lambda:UpdateFunctionConfiguration' }, times: 99, do: fault });
    const result = await step(bed);
    expectOneError(result, { outcome: 'partial', code: 'role-not-ready', says: 'permission boundary' });
  });
});
