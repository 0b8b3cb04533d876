import { describe, expect, it } from '@jest/globals';
import { operations } from '../../src/aws/operations.js';
import type { StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import { manyReadsInputs, manyReadsWorld } from './many-reads.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

/** The plan of a run without what differs from run to run, as text. */
function planText({ outputs, temp, files }: StepResult): string {
  const { plan } = JSON.parse(files[String(outputs['plan-file']).slice(temp.length + 1)] ?? '{}');
  return JSON.stringify(plan).replace(/"ClientToken":"[^"]*"/g, '');
}

/** Lists of which a run asked for more than one page. */
function pagedActions(): string[] {
  const counts = new Map<string, number>();
  for (const { action } of bed.proxy.calls) counts.set(action, (counts.get(action) ?? 0) + 1);
  const isPaged = (action: string): boolean =>
    Object.entries(operations).some(([name, { paging }]) => name === action && paging !== undefined);
  return [...counts].flatMap(([action, count]) => (isPaged(action) && count > 1 ? [action] : []));
}

describe('lists that come in pages of one', () => {
  it('make the same plan of all there is to read', async () => {
    await manyReadsWorld(bed);
    const whole = planText(await step(bed, manyReadsInputs));
    bed.proxy.setOptions({ pageSize: 1 });
    const cut = planText(await step(bed, manyReadsInputs));
    expect(cut).toBe(whole);
    expect(pagedActions().sort()).toEqual(
      expect.arrayContaining([
        'ec2:DescribeManagedPrefixLists',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcEndpointServices',
        'ec2:DescribeVpcs',
        'ec2:GetManagedPrefixListEntries',
        'iam:ListAttachedRolePolicies',
        'iam:SimulatePrincipalPolicy',
        'lambda:ListFunctions',
        'pricing:GetProducts',
        'route53:ListHostedZonesByVPC',
      ]),
    );
  });

  it('connect the case study, and find it connected', async () => {
    const world = await caseWorld(bed);
    bed.proxy.setOptions({ pageSize: 1 });
    expect((await step(bed, caseInputs)).outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
    expect((await step(bed, caseInputs)).outputs.outcome).toBe('unchanged');
  });
});
