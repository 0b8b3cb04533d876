import { describe, expect, it } from '@jest/globals';
import type { ChangeResult, ChangeStatus } from '../../src/model/plan.js';
import { fails, outcomeOfApply, whyFails } from '../../src/runner/outcome.js';
import { plan } from '../builders/plans.js';
import { ourRule } from '../builders/rules.js';
import { world } from '../builders/world.js';

const result = (status: ChangeStatus, ids: Record<string, string> = {}): ChangeResult => ({
  id: status,
  status,
  problem: undefined,
  because: undefined,
  wrote: status === 'applied' || status === 'unknown' || Object.keys(ids).length > 0,
  ids,
  milliseconds: 0,
});

describe('how applying ended', () => {
  it.each([
    {
      name: 'all done and verified',
      results: [result('applied'), result('exists')],
      verified: true,
      outcome: 'changed',
    },
    {
      name: 'all done, verification found more',
      results: [result('applied')],
      verified: false,
      outcome: 'partial',
    },
    {
      name: 'some done',
      results: [result('applied'), result('failed'), result('skipped')],
      verified: false,
      outcome: 'partial',
    },
    {
      name: 'a failure that made something',
      results: [result('failed', { VpcEndpointId: 'vpce-1' })],
      verified: false,
      outcome: 'partial',
    },
    {
      name: 'a write without an answer',
      results: [result('unknown'), result('skipped')],
      verified: false,
      outcome: 'partial',
    },
    {
      name: 'nothing written',
      results: [result('failed'), result('skipped')],
      verified: false,
      outcome: 'failed',
    },
    {
      name: 'stopped before the first write',
      results: [result('skipped')],
      verified: true,
      outcome: 'failed',
    },
  ])('$name: $outcome', ({ results, verified, outcome }) => {
    expect(outcomeOfApply(results, verified)).toBe(outcome);
  });
});

describe('the exit code', () => {
  const changes = plan(world().vpc().privateSubnets(1), { subnets: 'private' });
  const foreign = ourRule('tcp 1 10.0.0.0/8', 'x');
  const drifted = {
    ...changes,
    drift: [{ subject: 'sg', message: foreign.description, repairedBy: undefined }],
  };
  const nothing = { ...changes, changes: [] };
  it.each([
    { outcome: 'blocked', given: nothing, failOn: [], failed: true },
    { outcome: 'partial', given: nothing, failOn: [], failed: true },
    { outcome: 'failed', given: undefined, failOn: [], failed: true },
    { outcome: 'planned', given: changes, failOn: ['error'], failed: false },
    { outcome: 'planned', given: changes, failOn: ['changes'], failed: true },
    { outcome: 'planned', given: changes, failOn: ['drift'], failed: false },
    { outcome: 'planned', given: drifted, failOn: ['drift'], failed: true },
    { outcome: 'planned', given: drifted, failOn: [], failed: false },
    { outcome: 'changed', given: drifted, failOn: ['drift', 'changes'], failed: false },
    { outcome: 'unchanged', given: nothing, failOn: ['drift', 'changes'], failed: false },
    { outcome: 'skipped', given: undefined, failOn: ['error', 'drift', 'changes'], failed: false },
    { outcome: 'skipped', given: undefined, failOn: ['skipped'], failed: true },
    { outcome: 'planned', given: changes, failOn: ['skipped'], failed: false },
    { outcome: 'unchanged', given: { ...drifted, changes: [] }, failOn: ['drift'], failed: true },
  ] as const)('$outcome with fail-on $failOn: $failed', ({ outcome, given, failOn, failed }) => {
    expect(fails(outcome, given, failOn)).toBe(failed);
  });
});

describe('why a run fails that would not by itself', () => {
  const given = plan(world().vpc().privateSubnets(1), { subnets: 'private' });
  const entry = (message: string, repairedBy?: string) => ({ subject: 'sg', message, repairedBy });

  it('is told with the drift', () => {
    const drift = [entry('Someone added a rule.')];
    expect(whyFails('drift', { ...given, drift })).toBe(
      'There is drift, and fail-on lists drift. Someone added a rule.',
    );
  });

  it('says how much more there is, and that it can be repaired', () => {
    const drift = ['A.', 'B.', 'C.', 'D.', 'E.'].map((message) => entry(message, 'some/change'));
    expect(whyFails('drift', { ...given, drift })).toBe(
      'There is drift, and fail-on lists drift. A. B. C. 2 more are in the job summary. Run the workflow that writes: it restores what is missing.',
    );
  });

  it.each([
    ['changes', 'There are changes, and fail-on lists changes.'],
    ['skipped', 'No plan was made, and fail-on lists skipped.'],
  ] as const)('names %s', (by, text) => {
    expect(whyFails(by, by === 'skipped' ? undefined : given)).toBe(text);
  });
});
