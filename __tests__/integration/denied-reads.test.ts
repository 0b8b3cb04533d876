import { expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

/** Reads in whose place something else tells the same: documents for the simulator, the count alone for a price. */
const REPLACED = ['iam:SimulatePrincipalPolicy', 'pricing:GetProducts'];

/** What is wrong with a dry run under a denial: nothing where it goes on or stops with the action named. */
async function faultsUnder(action: string): Promise<string[]> {
  bed.proxy.clearFaults();
  bed.proxy.inject(deny(action));
  const { outputs, stdout, summary } = await step(bed, { ...caseInputs, 'dry-run': 'true' });
  const stops = outputs.outcome === 'failed' || outputs.outcome === 'blocked';
  return [
    ...(stops || outputs.outcome === 'planned' ? [] : [`${action}: outcome ${outputs.outcome}`]),
    ...(stdout.includes('internal-error') ? [`${action}: a mistake of its own`] : []),
    ...(summary.includes(action) || REPLACED.includes(action) ? [] : [`${action}: not named`]),
    ...(writes(bed.proxy.calls).length === 0 ? [] : [`${action}: wrote`]),
  ];
}

it('every read of a dry run can be denied: the run goes on with what is unknown, or stops and names the action', async () => {
  await caseWorld(bed);
  const whole = await step(bed, { ...caseInputs, 'dry-run': 'true' });
  expect(whole.outputs.outcome).toBe('planned');
  const reads = [...new Set(bed.proxy.calls.map(({ action }) => action))];
  expect(reads.length).toBeGreaterThan(15);
  const faults: string[] = [];
  for (const action of reads) faults.push(...(await faultsUnder(action)));
  expect(faults).toEqual([]);
});
