import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/project-root.js';
import { allowOnly } from '../support/proxy/permissions.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 1, functionInProgressPolls: 1 });

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const [planPolicy = '', applyPolicy = ''] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(
  (match) => match[1] ?? '',
);

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
});
