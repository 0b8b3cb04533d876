import { describe, expect, it } from '@jest/globals';
import { count, depth, writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import { addFunction, addRole } from '../support/worlds/world.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ latency: 60 });

const dry = { ...caseInputs, 'dry-run': 'true' };
const interfaces = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];
const document = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

async function putPolicy(name: string, ...statements: readonly object[]): Promise<void> {
  const PolicyDocument = document(...statements);
  await bed.direct.iam.putRolePolicy({ RoleName: 'app-7-lambda-role', PolicyName: name, PolicyDocument });
}

async function attachedNames(): Promise<string[]> {
  const { AttachedPolicies = [] } = await bed.direct.iam.listAttachedRolePolicies({
    RoleName: 'app-7-lambda-role',
  });
  return AttachedPolicies.map(({ PolicyName = '' }) => PolicyName);
}

describe('a dry run with all advice', () => {
  it('shows services and cost within 35 calls and 5 round trips, and has the digest of the apply', async () => {
    await caseWorld(bed);
    const plan = await step(bed, dry);
    expect(plan.summary).toContain('4,380 endpoint-hours a month, about 43.80 USD');
    expect(plan.summary).toMatch(/\| logs \| needed \| endpoint \(new\)/);
    expect(plan.summary).toMatch(/\| ssm \| needed \| endpoint \(new\)/);
    expect(plan.summary).toMatch(/\| kms \| only if your code calls it \| no way/);
    expect(plan.summary).toMatch(/\| sqs \| only if your code calls it \| no way/);
    expect(plan.stdout).not.toContain('service-without-path');
    expect(writes(bed.proxy.calls)).toEqual([]);
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(35);
    expect(depth(bed.proxy.calls)).toBeLessThanOrEqual(5);
    const apply = await step(bed);
    expect(apply.outputs['plan-digest']).toBe(plan.outputs['plan-digest']);
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(30);
    expect(depth(bed.proxy.calls)).toBeLessThanOrEqual(9);
  });

  it('counts without a price where the list may not be read', async () => {
    await caseWorld(bed);
    bed.proxy.inject(deny('pricing:GetProducts'));
    const { summary, outputs } = await step(bed, dry);
    expect(outputs.outcome).toBe('planned');
    expect(summary).toContain('4,380 endpoint-hours a month.');
    expect(summary).not.toContain('USD');
  });

  it('warns of what the role needs and nothing leads to', async () => {
    await caseWorld(bed);
    const { annotations } = await step(bed, { ...dry, endpoints: 'logs' });
    const said = annotations.filter(({ properties }) => properties.title === 'service-without-path');
    expect(said).toHaveLength(1);
    expect(said[0]?.message).toContain('ssm:GetParameter');
  });

  it('reads nothing that only advises with advice: none, and everything in an apply with full', async () => {
    await caseWorld(bed);
    const consent = { allow: 'private-dns-redirect:logs\nprivate-dns-redirect:ssm' };
    const none = await step(bed, { ...dry, ...consent, advice: 'none' });
    expect(none.outputs.outcome).toBe('planned');
    const advising = /GetRole$|ListRolePolicies|GetProducts|ListAliases|NetworkInterfaces/;
    expect(bed.proxy.calls.filter(({ action }) => advising.test(action))).toEqual([]);
    await step(bed, { ...caseInputs, advice: 'full' });
    const asked = new Set(bed.proxy.calls.map(({ action }) => action));
    expect(asked).toContain('iam:GetRole');
    expect(asked).toContain('pricing:GetProducts');
  });
});

describe('a policy of one’s own', () => {
  it.each(['the simulator', 'the documents'])('is recognised by %s, and nothing is attached', async (by) => {
    const world = await caseWorld(bed);
    await putPolicy('network', { Effect: 'Allow', Action: interfaces, Resource: '*' });
    if (by === 'the documents') bed.proxy.inject(deny('iam:SimulatePrincipalPolicy'));
    const plan = await step(bed, dry);
    const apply = await step(bed);
    expect(apply.outputs).toMatchObject({
      outcome: 'changed',
      'plan-digest': plan.outputs['plan-digest'],
    });
    expect(await attachedNames()).toEqual([]);
    expect(await caseStudyFaults(bed, world)).toEqual(['the policy is not attached']);
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
  });

  it.each(['any resource', 'ARNs'])('for %s passes verify, again and again', async (resource) => {
    await caseWorld(bed);
    const verify = { ...caseInputs, 'iam-policy': 'verify' };
    const scope = resource === 'ARNs' ? 'arn:aws:ec2:us-east-2:123456789012:*' : '*';
    await putPolicy('network', { Effect: 'Allow', Action: interfaces, Resource: scope });
    const reads = {
      Effect: 'Allow',
      Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
      Resource: '*',
    };
    await putPolicy('reads', reads);
    const plan = await step(bed, { ...verify, 'dry-run': 'true' });
    const apply = await step(bed, verify);
    expect(apply.outputs).toMatchObject({ outcome: 'changed', 'plan-digest': plan.outputs['plan-digest'] });
    expect((await step(bed, verify)).outputs.outcome).toBe('unchanged');
    expect((await step(bed, { ...verify, advice: 'none' })).outputs.outcome).toBe('unchanged');
  });

  it('is found with advice: none as well', async () => {
    await caseWorld(bed);
    await putPolicy('network', { Effect: 'Allow', Action: interfaces, Resource: '*' });
    expect((await step(bed)).outputs.outcome).toBe('changed');
    expect((await step(bed, { ...caseInputs, advice: 'none' })).outputs.outcome).toBe('unchanged');
    expect(await attachedNames()).toEqual([]);
  });

  it('that is in a managed policy of the account is recognised by its document', async () => {
    await caseWorld(bed);
    const { Policy } = await bed.direct.iam.createPolicy({
      PolicyName: 'network',
      PolicyDocument: document({ Effect: 'Allow', Action: interfaces, Resource: '*' }),
    });
    await bed.direct.iam.attachRolePolicy({ RoleName: 'app-7-lambda-role', PolicyArn: Policy?.Arn ?? '' });
    bed.proxy.inject({
      when: { action: 'iam:SimulatePrincipalPolicy' },
      times: Number.POSITIVE_INFINITY,
      do: { kind: 'html500' },
    });
    const { outputs, summary } = await step(bed, dry);
    expect(outputs.outcome).toBe('planned');
    expect(summary).not.toContain('AWSLambdaVPCAccessExecutionRole');
    const simulations = bed.proxy.calls.filter(({ action }) => action.includes('Simulate'));
    expect(simulations).toHaveLength(1);
  });

  it('that denies stops the run before the first write', async () => {
    await caseWorld(bed);
    await putPolicy('guard', { Effect: 'Deny', Action: 'ec2:*', Resource: '*' });
    const { outputs, stdout } = await step(bed);
    expect(outputs.outcome).toBe('blocked');
    expect(stdout).toContain('execution-role-denied');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it('is of no use beyond a permissions boundary, which is named', async () => {
    const { roleName } = await caseWorld(bed);
    const { Policy } = await bed.direct.iam.createPolicy({
      PolicyName: 'limit',
      PolicyDocument: document({ Effect: 'Allow', Action: ['logs:*', 'ssm:*'], Resource: '*' }),
    });
    await bed.direct.iam.putRolePermissionsBoundary({
      RoleName: roleName,
      PermissionsBoundary: Policy?.Arn ?? '',
    });
    expect((await step(bed)).outputs.outcome).toBe('blocked');
    bed.proxy.inject(deny('iam:SimulatePrincipalPolicy'));
    const { outputs, summary } = await step(bed, dry);
    expect(outputs.outcome).toBe('blocked');
    expect(summary).toContain('permissions boundary');
  });
});

describe('inline policies', () => {
  const inputs = { ...caseInputs, 'iam-policy': 'inline', 'harden-role': 'true' };
  const grant = 'vpc-lambda-action-network-interfaces';

  it('are put, left alone, and put right', async () => {
    const world = await caseWorld(bed);
    const plan = await step(bed, { ...inputs, 'dry-run': 'true' });
    const apply = await step(bed, inputs);
    expect(apply.outputs).toMatchObject({
      outcome: 'changed',
      'plan-digest': plan.outputs['plan-digest'],
    });
    expect(await caseStudyFaults(bed, world)).toEqual(['the policy is not attached']);
    const { PolicyNames } = await bed.direct.iam.listRolePolicies({ RoleName: world.roleName });
    expect(PolicyNames?.sort()).toEqual([
      'app-7-lambda-role-policy',
      'vpc-lambda-action-deny-us-east-2-app-7',
      grant,
    ]);
    expect((await step(bed, inputs)).outputs.outcome).toBe('unchanged');
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(15);
    expect(depth(bed.proxy.calls)).toBe(2);
    await putPolicy(grant, { Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
    const drift = await step(bed, { ...inputs, 'dry-run': 'true', 'fail-on': 'drift' });
    expect(drift.outputs).toMatchObject({ 'drift-count': '1', 'changes-count': '1' });
    const texts = bed.proxy.calls.filter(({ action }) => action === 'iam:GetRolePolicy');
    expect(new Set(texts.map(({ input }) => JSON.stringify(input))).size).toBe(texts.length);
    expect(drift.exitCode).toBe(1);
    expect((await step(bed, inputs)).outputs.outcome).toBe('changed');
    expect((await step(bed, inputs)).outputs.outcome).toBe('unchanged');
  });

  it('are refused before the first write where the role is full', async () => {
    await caseWorld(bed);
    await putPolicy('large', {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${'x'.repeat(9_700)}`,
    });
    const { outputs, stdout } = await step(bed, inputs);
    expect(outputs.outcome).toBe('blocked');
    expect(stdout).toContain('role-policy-quota');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});

describe('roles with limits', () => {
  it('an eleventh policy is not attached, and the plan says what to do', async () => {
    const { roleName } = await caseWorld(bed);
    for (let number = 1; number <= 10; number += 1) {
      const { Policy } = await bed.direct.iam.createPolicy({
        PolicyName: `p${number}`,
        PolicyDocument: document({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
      });
      await bed.direct.iam.attachRolePolicy({ RoleName: roleName, PolicyArn: Policy?.Arn ?? '' });
    }
    const { outputs, summary } = await step(bed, dry);
    expect(outputs.outcome).toBe('blocked');
    expect(summary).toContain('role-policy-quota');
    expect(summary).toContain('iam-policy: inline');
    expect(bed.proxy.calls.map(({ action }) => action)).toContain('iam:GetAccountSummary');
  });

  it('a role that Lambda cannot assume stops the plan', async () => {
    await caseWorld(bed);
    const roleArn = await addRole(bed.direct, {
      name: 'batch-role',
      path: '/service-role/',
      trusts: 'ec2.amazonaws.com',
    });
    await addFunction(bed.direct, { name: 'batch', roleArn });
    const { outputs, summary } = await step(bed, { ...dry, 'function-name': 'batch' });
    expect(outputs.outcome).toBe('blocked');
    expect(summary).toContain('role-not-assumable');
  });

  it('a role that several functions share is read once', async () => {
    const { roleArn } = await caseWorld(bed);
    await addFunction(bed.direct, { name: 'app-8', roleArn });
    await step(bed, { ...dry, 'function-name': 'app-7, app-8', 'resource-name': 'apps' });
    const asked = bed.proxy.calls.filter(({ service }) => service === 'iam').map(({ action }) => action);
    expect(asked.sort()).toEqual([
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:SimulatePrincipalPolicy',
    ]);
  });
});
