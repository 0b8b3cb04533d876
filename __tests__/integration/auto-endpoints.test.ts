import { describe, expect, it } from '@jest/globals';
import { count, depth, writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ latency: 60 });

describe('endpoints: auto', () => {
  const auto = { ...caseInputs, endpoints: 'auto' };

  it('makes those for logs and ssm, has nothing to do again, and calls a lost one drift', async () => {
    const world = await caseWorld(bed);
    const plan = await step(bed, { ...auto, 'dry-run': 'true' });
    expect(plan.stdout).toContain('endpoints-chosen');
    expect(depth(bed.proxy.calls)).toBeLessThanOrEqual(5);
    const apply = await step(bed, auto);
    expect(apply.outputs).toMatchObject({
      outcome: 'changed',
      'plan-digest': plan.outputs['plan-digest'],
    });
    expect(await caseStudyFaults(bed, world)).toEqual([]);
    expect((await step(bed, auto)).outputs.outcome).toBe('unchanged');
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(15);
    const { VpcEndpoints = [] } = await bed.direct.ec2.describeVpcEndpoints({});
    await bed.direct.ec2.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpoints[0]?.VpcEndpointId ?? ''] });
    expect((await step(bed, { ...auto, 'dry-run': 'true' })).outputs['drift-count']).toBe('1');
  });

  it('knows what a gateway endpoint that it chooses leads to', async () => {
    const { roleName } = await caseWorld(bed);
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await bed.direct.iam.putRolePolicy({ RoleName: roleName, PolicyName: 'files', PolicyDocument });
    const { summary, stdout } = await step(bed, { ...auto, 'dry-run': 'true' });
    expect(summary).toMatch(/\| s3 \| needed \| endpoint \(new\)/);
    expect(stdout).toContain('reach s3: no -> yes: through VPC endpoint s3 (new)');
    expect(stdout).not.toContain('reach-unknown');
  });

  it('goes with a role that is left alone', async () => {
    await caseWorld(bed);
    const left = { ...auto, 'dry-run': 'true', 'iam-policy': 'none' };
    expect((await step(bed, left)).outputs.outcome).toBe('planned');
  });

  it('stops where the role’s policies may not be read, and names the action', async () => {
    await caseWorld(bed);
    bed.proxy.inject(deny('iam:GetRolePolicy'));
    const { outputs, summary } = await step(bed, auto);
    expect(outputs.outcome).toBe('blocked');
    expect(summary).toContain('iam:GetRolePolicy');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});
