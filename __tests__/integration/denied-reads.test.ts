import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { empty, withTestBed } from '../support/test-bed.js';
import { manyReadsInputs, manyReadsWorld } from './many-reads.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

type Inputs = Readonly<Record<string, string>>;

/** Reads in whose place something else tells the same: documents for the simulator, the count alone for a price. */
const REPLACED = ['iam:SimulatePrincipalPolicy', 'pricing:GetProducts'];

/** The reads of a step, each once. */
async function readsOf(inputs: Inputs, outcome: string): Promise<string[]> {
  const whole = await step(bed, inputs);
  expect(whole.outputs.outcome).toBe(outcome);
  const wrote = writes(bed.proxy.calls).map(({ action }) => action);
  return [...new Set(bed.proxy.calls.map(({ action }) => action))].filter(
    (action) => !wrote.includes(action),
  );
}

/** What is wrong with a run under a denial: nothing where it goes on or stops with the action named. */
async function faultsUnder(action: string, inputs: Inputs, fine: readonly string[]): Promise<string[]> {
  bed.proxy.clearFaults();
  bed.proxy.inject(deny(action));
  const { outputs, stdout, summary } = await step(bed, inputs);
  const wrote = writes(bed.proxy.calls).length > 0;
  return [
    ...(fine.includes(outputs.outcome ?? '') ? [] : [`${action}: outcome ${outputs.outcome}`]),
    ...(stdout.includes('internal-error') ? [`${action}: a mistake of its own`] : []),
    ...(summary.includes(action) || REPLACED.includes(action) ? [] : [`${action}: not named`]),
    ...(wrote && ['planned', 'failed', 'blocked'].includes(outputs.outcome ?? '')
      ? [`${action}: wrote`]
      : []),
  ];
}

const dry = { ...caseInputs, 'dry-run': 'true' };
const STOPPED = ['failed', 'blocked'];

describe('every read can be denied: the run goes on with what is unknown, or stops and names the action', () => {
  it('of a dry run of the case study', async () => {
    await caseWorld(bed);
    const reads = await readsOf(dry, 'planned');
    expect(reads.length).toBeGreaterThan(19);
    const faults: string[] = [];
    for (const action of reads) faults.push(...(await faultsUnder(action, dry, [...STOPPED, 'planned'])));
    expect(faults).toEqual([]);
  });

  it('of a dry run that has all there is to read', async () => {
    await manyReadsWorld(bed);
    const reads = await readsOf(manyReadsInputs, 'blocked');
    expect(reads.length).toBeGreaterThan(27);
    const faults: string[] = [];
    for (const action of reads) {
      faults.push(...(await faultsUnder(action, manyReadsInputs, [...STOPPED, 'planned'])));
    }
    expect(faults).toEqual([]);
  });

  it('of an apply', async () => {
    await caseWorld(bed);
    const reads = await readsOf(caseInputs, 'changed');
    expect(reads.length).toBeGreaterThan(15);
    const faults: string[] = [];
    for (const action of reads) {
      await empty(bed);
      await caseWorld(bed);
      faults.push(...(await faultsUnder(action, caseInputs, [...STOPPED, 'changed', 'partial'])));
    }
    expect(faults).toEqual([]);
  });
});
