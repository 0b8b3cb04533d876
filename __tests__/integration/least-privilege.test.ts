import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/project-root.js';
import { allowOnly } from '../support/proxy/permissions.js';
import { withTestBed } from '../support/test-bed.js';
import { addEndpoint, addSecurityGroup } from '../support/worlds/world.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 1, functionInProgressPolls: 1 });

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const [planPolicy = '', applyPolicy = '', morePolicy = ''] = [
  ...readme.matchAll(/```json\n([\s\S]*?)```/g),
].map((match) => match[1] ?? '');

function withoutOptional(policy: string): string {
  const { Statement, ...rest }: { Statement: { Sid: string }[] } = JSON.parse(policy);
  return JSON.stringify({ ...rest, Statement: Statement.filter(({ Sid }) => !Sid.startsWith('Optional')) });
}

describe('the policies of the README', () => {
  it('for dry runs are enough for a dry run, and not to write', async () => {
    await caseWorld(bed);
    bed.proxy.inject(allowOnly(planPolicy));
    const dryRun = await step(bed, { ...caseInputs, 'dry-run': 'true' });
    expect(dryRun.outputs.outcome).toBe('planned');
    expect(dryRun.summary).not.toContain('could not be');
    const apply = await step(bed);
    expect(apply.outputs.outcome).toBe('failed');
    expect(apply.exitCode).toBe(1);
  });

  it('are enough without the optional statements: what was not looked at is told', async () => {
    const world = await caseWorld(bed);
    bed.proxy.inject(allowOnly(withoutOptional(planPolicy), withoutOptional(applyPolicy)));
    const dryRun = await step(bed, { ...caseInputs, 'dry-run': 'true' });
    expect(dryRun.outputs.outcome).toBe('planned');
    expect(dryRun.summary).toContain('could not be');
    expect((await step(bed)).outputs).toMatchObject({
      outcome: 'changed',
      'plan-digest': dryRun.outputs['plan-digest'],
    });
    expect(await caseStudyFaults(bed, world)).toEqual([]);
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
  });

  it('with the further ones are enough to put inline policies', async () => {
    await caseWorld(bed);
    const inline = { ...caseInputs, 'iam-policy': 'inline', 'harden-role': 'true' };
    bed.proxy.inject(allowOnly(planPolicy, applyPolicy));
    const refused = await step(bed, inline);
    expect(refused.outputs.outcome).toBe('partial');
    expect(refused.summary).toContain('iam:PutRolePolicy');
    bed.proxy.clearFaults();
    bed.proxy.inject(allowOnly(planPolicy, applyPolicy, morePolicy));
    expect((await step(bed, inline)).outputs.outcome).toBe('changed');
    expect((await step(bed, inline)).outputs.outcome).toBe('unchanged');
  });

  it('together are enough to connect, and to repair', async () => {
    const world = await caseWorld(bed);
    bed.proxy.inject(allowOnly(planPolicy, applyPolicy));
    expect((await step(bed)).outputs.outcome).toBe('changed');
    const { ec2 } = bed.direct;
    const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({});
    const [endpoint] = VpcEndpoints;
    await ec2.modifyVpcEndpoint({
      VpcEndpointId: endpoint?.VpcEndpointId,
      RemoveSubnetIds: [endpoint?.SubnetIds?.[0] ?? ''],
    });
    expect((await step(bed)).outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('for endpoints and groups of others, and for deleting, are enough for those, and needed', async () => {
    const world = await caseWorld(bed);
    const group = await addSecurityGroup(bed.direct, {
      vpcId: world.vpcId,
      name: 'guard',
      ingressCidrs: ['12.25.15.0/25'],
    });
    await addEndpoint(bed.direct, {
      vpcId: world.vpcId,
      service: 'com.amazonaws.us-east-2.logs',
      subnetIds: world.subnetIds.slice(0, 1),
      groupIds: [group],
    });
    const inputs = { ...caseInputs, 'existing-endpoints': 'extend', egress: `tcp 5432 ${group}` };
    bed.proxy.inject(allowOnly(planPolicy, applyPolicy, morePolicy));
    const extended = await step(bed, { ...inputs, allow: `peer-ingress:${group}` });
    expect(extended.outputs.outcome).toBe('changed');
    const fewer = { ...inputs, endpoints: 'logs', egress: 'none', allow: 'delete-endpoints:ssm' };
    expect((await step(bed, fewer)).outputs.outcome).toBe('changed');
    bed.proxy.clearFaults();
    bed.proxy.inject(allowOnly(planPolicy, applyPolicy));
    expect((await step(bed, inputs)).outputs.outcome).toBe('changed');
    const denied = await step(bed, fewer);
    expect(denied.outputs.outcome).not.toBe('changed');
    expect(denied.summary).toContain('ec2:DeleteVpcEndpoints');
  });
});
