import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { withTestBed } from '../support/test-bed.js';
import {
  addEndpoint,
  addForeignInterface,
  addQueue,
  addSecurityGroup,
  addSubnet,
  given,
} from '../support/worlds/world.js';
import { planOf, told } from './findings.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

const dryRun = { ...caseInputs, 'dry-run': 'true' };

const writtenActions = (): string[] => writes(bed.proxy.calls).map(({ action }) => action);

describe('rules about the function', () => {
  it('tell what of it stays in its old network, and who else describes it', async () => {
    const world = await caseWorld(bed);
    const { lambda } = bed.direct;
    const { Version } = await lambda.publishVersion({ FunctionName: 'app-7' });
    await lambda.createAlias({ FunctionName: 'app-7', Name: 'live', FunctionVersion: Version });
    await lambda.tagResource({ Resource: world.functionArn, Tags: { ManagedBy: 'terraform' } });
    const FunctionName = `${world.functionArn}:live`;
    await lambda.createEventSourceMapping({
      FunctionName,
      EventSourceArn: await addQueue(bed.moto.url, 'orders'),
    });
    bed.proxy.keepFunctionMembers('app-7', {
      SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' },
      ProvisionedConcurrencyConfigs: [
        { FunctionArn: `${world.functionArn}:live`, RequestedProvisionedConcurrentExecutions: 5 },
      ],
    });
    const planned = await step(bed, dryRun);
    expect(planned.outputs.outcome).toBe('planned');
    expect(told(planned, 'runtime-deprecated')?.message).toContain('Runtime python3.8 of function app-7');
    expect(told(planned, 'provisioned-keeps-network')?.message).toContain('live (5)');
    expect(told(planned, 'snap-start-keeps-network')?.severity).toBe('warning');
    expect(told(planned, 'event-sources-keep-network')?.message).toMatch(/sqs orders \(to (live|1)\)/);
    expect(told(planned, 'aliases-keep-network')?.message).toContain('live (version 1)');
    const { message = '', remedy } = told(planned, 'function-in-stack') ?? {};
    expect(message).toContain('described by Terraform');
    for (const id of world.subnetIds) expect(remedy).toContain(`"${id}"`);
    expect(planned.everything).not.toContain('SnapStart: {');
    expect(writtenActions()).toEqual([]);
    expect(planOf(planned).passed).toContain('function-not-live');
  });

  it('are honest about what was denied, and omit what was not due', async () => {
    await caseWorld(bed);
    bed.proxy.inject({ when: { action: 'lambda:ListTags' }, times: 99, do: { kind: 'deny' } });
    const planned = await step(bed, dryRun);
    expect(planned.outputs.outcome).toBe('planned');
    const unknown = told(planned, 'function-in-stack');
    expect(unknown?.status).toBe('unknown');
    expect(`${unknown?.message} ${unknown?.remedy}`).toContain('lambda:ListTags');
    expect(planOf(planned).passed).not.toContain('provisioned-keeps-network');
    expect(told(planned, 'provisioned-keeps-network')).toBeUndefined();
  });
});

describe('rules about subnets', () => {
  it('stop a run that would run out of addresses, before anything is paid for', async () => {
    const world = await caseWorld(bed);
    const place = { vpcId: world.vpcId, cidr: '12.25.15.96/28', zone: 'us-east-2a' };
    const subnetId = await addSubnet(bed.direct, place);
    for (let index = 0; index < 9; index += 1) await addForeignInterface(bed.direct, { subnetId });
    const allow = 'private-dns-redirect:logs\nprivate-dns-redirect:ssm';
    const blocked = await step(bed, { ...caseInputs, subnets: subnetId, allow });
    expect(blocked.outputs.outcome).toBe('blocked');
    const { message, severity } = told(blocked, 'subnet-free-addresses') ?? {};
    expect(message).toBe(
      `Subnet ${subnetId} has 2 free addresses; this run needs 3 there (2 for endpoints, 1 for Lambda).`,
    );
    expect(severity).toBe('error');
    expect(writtenActions()).toEqual([]);
    const fewer = await step(bed, { ...caseInputs, subnets: subnetId, endpoints: 'logs', allow });
    expect(fewer.outputs.outcome).toBe('changed');
    expect(told(fewer, 'subnet-free-addresses')?.severity).toBe('warning');
  });
});

describe('rules about security groups', () => {
  it('warn of what AWS then refuses, and of the default group', async () => {
    const world = await caseWorld(bed);
    const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({
      Filters: [
        { Name: 'vpc-id', Values: [world.vpcId] },
        { Name: 'group-name', Values: ['default'] },
      ],
    });
    const group = given(SecurityGroups[0]?.GroupId);
    const egress = Array.from({ length: 60 }, (_, index) => `tcp 443 10.${index}.0.0/16`).join('\n');
    const inputs = { ...caseInputs, endpoints: 'logs', 'security-groups': `${group}, managed`, egress };
    const ended = await step(bed, inputs);
    expect(told(ended, 'default-security-group')?.message).toContain(group);
    expect(told(ended, 'rules-per-group-quota')?.message).toContain('count for 61');
    expect(ended.outputs.outcome).toBe('partial');
    expect(ended.everything).toContain('RulesPerSecurityGroupLimitExceeded');
  });
});

describe('rules about the VPC', () => {
  it('tell of its ranges and of DNS servers of its own', async () => {
    const world = await caseWorld(bed);
    const { ec2 } = bed.direct;
    const DhcpConfigurations = [{ Key: 'domain-name-servers', Values: ['12.25.15.53'] }];
    const { DhcpOptions } = await ec2.createDhcpOptions({ DhcpConfigurations });
    await ec2.associateDhcpOptions({
      DhcpOptionsId: given(DhcpOptions?.DhcpOptionsId),
      VpcId: world.vpcId,
    });
    const planned = await step(bed, dryRun);
    expect(told(planned, 'vpc-public-range')?.message).toContain('12.25.15.0/25');
    expect(told(planned, 'vpc-custom-dns')?.message).toContain('12.25.15.53');
    expect(planOf(planned).passed).toEqual(expect.arrayContaining(['vpc-dns-off', 'vpc-tenancy-dedicated']));
    expect(planned.summary).toMatch(/\d+ rules found nothing wrong\./);
  });
});

describe('rules about endpoints', () => {
  it('warn before the quota is met, and AWS agrees', async () => {
    const world = await caseWorld(bed);
    const groupIds = [await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'others' })];
    for (let index = 0; index < 49; index += 1) {
      const service = `com.amazonaws.us-east-2.${index % 2 === 0 ? 'kms' : 'sqs'}`;
      await addEndpoint(bed.direct, { vpcId: world.vpcId, service, groupIds, privateDns: false });
    }
    const ended = await step(bed, { ...caseInputs, endpoints: 'logs, ssm' });
    expect(told(ended, 'endpoint-quota')?.message).toBe(
      `There are 49 interface endpoints in ${world.vpcId} and this run makes 2 more; the quota is 50 unless it was raised.`,
    );
    expect(ended.outputs.outcome).toBe('partial');
    expect(ended.everything).toContain('VpcEndpointLimitExceeded');
  });
});

it('a finding leads to the page of the rules where the runner names the action', async () => {
  await caseWorld(bed);
  const env = { GITHUB_ACTION_REPOSITORY: 'owner/vpc-lambda-action', GITHUB_ACTION_REF: 'v1' };
  const planned = await step(bed, dryRun, { env });
  const page = 'https://github.com/owner/vpc-lambda-action/blob/v1/docs/rules.md';
  expect(planned.summary).toContain(`[<code>runtime-deprecated</code>](${page}#runtime-deprecated)`);
  const local = await step(bed, dryRun);
  expect(local.summary).toContain('<code>runtime-deprecated</code>');
  expect(local.summary).not.toContain('](');
});
