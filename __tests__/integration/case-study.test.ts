import { describe, expect, it } from '@jest/globals';
import { count, depth, tally, writes } from '../support/proxy/calls.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ latency: 60 });

describe('the reference job, from the committed bundle', () => {
  it('plans without writing, connects, verifies, and then has nothing to do', async () => {
    const world = await caseWorld(bed);

    const dryRun = await step(bed, { ...caseInputs, 'dry-run': 'true' });
    expect(dryRun.outputs).toMatchObject({ outcome: 'planned', 'has-changes': 'true', 'drift-count': '0' });
    expect(dryRun.exitCode).toBe(0);
    expect(writes(bed.proxy.calls)).toEqual([]);

    const apply = await step(bed);
    expect(apply.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    expect(apply.outputs).toMatchObject({ outcome: 'changed', 'vpc-id': world.vpcId, pending: '[]' });
    expect(apply.outputs['plan-digest']).toBe(dryRun.outputs['plan-digest']);
    expect(JSON.parse(apply.outputs['subnet-ids'] ?? '')).toEqual([...world.subnetIds].sort());
    expect(apply.exitCode).toBe(0);
    expect(await caseStudyFaults(bed, world)).toEqual([]);
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(30);
    expect(tally(bed.proxy.calls)['lambda:ListTags']).toBeUndefined();
    expect(depth(bed.proxy.calls)).toBeLessThanOrEqual(9);

    const again = await step(bed);
    expect(again.outputs).toMatchObject({
      outcome: 'unchanged',
      'has-changes': 'false',
      'changes-count': '0',
    });
    expect(writes(bed.proxy.calls)).toEqual([]);
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(15);
    expect(depth(bed.proxy.calls)).toBe(2);
  });

  it.each([
    ['only the function', { 'function-name': 'app-7', 'aws-region': 'us-east-2' }],
    [
      'function and endpoints',
      { 'function-name': 'app-7', 'aws-region': 'us-east-2', endpoints: 'ssm, logs' },
    ],
    [
      'everything spelled otherwise',
      { ...caseInputs, subnets: 'private', endpoints: 'com.amazonaws.us-east-2.logs' },
    ],
  ])('has nothing to do on the finished network, given %s', async (_, inputs) => {
    const world = await caseWorld(bed);
    await step(bed, { ...caseInputs, 'resource-name': 'billing', vpc: world.vpcId });
    const again = await step(bed, inputs);
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', 'drift-count': '0' });
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it('names what was taken away as drift, and restores it', async () => {
    const world = await caseWorld(bed);
    await step(bed);
    const { ec2 } = bed.direct;
    const inVpc = { Filters: [{ Name: 'vpc-id', Values: [world.vpcId] }] };
    const { SecurityGroups } = await ec2.describeSecurityGroups(inVpc);
    const group = SecurityGroups?.find(({ GroupName }) => GroupName === 'app-7-lambda');
    await ec2.revokeSecurityGroupEgress({
      GroupId: group?.GroupId,
      IpPermissions: group?.IpPermissionsEgress,
    });
    const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints(inVpc);
    const [endpoint] = VpcEndpoints;
    const lost = endpoint?.SubnetIds?.[0] ?? '';
    await ec2.modifyVpcEndpoint({ VpcEndpointId: endpoint?.VpcEndpointId, RemoveSubnetIds: [lost] });

    const dryRun = await step(bed, { ...caseInputs, 'dry-run': 'true', 'fail-on': 'drift' });
    expect(dryRun.outputs).toMatchObject({ outcome: 'planned', 'drift-count': '2', 'changes-count': '2' });
    expect(dryRun.exitCode).toBe(1);
    const [why] = dryRun.annotations.filter(({ level }) => level === 'error');
    expect(why?.message).toMatch(/^There is drift, .* lacks 1 outbound rule .* restores what is missing\.$/);
    expect(dryRun.summary).toContain(group?.GroupId);
    expect(dryRun.summary).toContain(endpoint?.VpcEndpointId);
    expect(dryRun.summary).toContain(lost);

    const apply = await step(bed);
    expect(apply.outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });
});
