import { describe, expect, it } from '@jest/globals';
import type { ChangeResult, ChangeStatus } from '../../src/model/plan.js';
import { fails, failsBy, outcomeOfApply, whyFails } from '../../src/runner/outcome.js';
import { plan } from '../builders/plans.js';
import { ourRule } from '../builders/rules.js';
import { world } from '../builders/world.js';
import { finding } from '../fixtures/run-record.js';

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
  const quiet = { ...nothing, findings: [finding('a', { severity: 'notice' })] };
  const warned = { ...nothing, findings: [finding('a', { severity: 'warning' })] };
  const unsure = { ...nothing, findings: [finding('a', { severity: 'warning', status: 'unknown' })] };
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
    { outcome: 'planned', given: quiet, failOn: ['warning', 'unknown'], failed: false },
    { outcome: 'planned', given: warned, failOn: ['error'], failed: false },
    { outcome: 'planned', given: warned, failOn: ['warning'], failed: true },
    { outcome: 'planned', given: warned, failOn: ['unknown'], failed: false },
    { outcome: 'changed', given: warned, failOn: ['warning'], failed: true },
    { outcome: 'unchanged', given: unsure, failOn: ['unknown'], failed: true },
    { outcome: 'unchanged', given: unsure, failOn: ['warning'], failed: false },
    { outcome: 'changed', given: unsure, failOn: ['unknown'], failed: true },
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

  it('is told with how many warnings there are, and the first', () => {
    const one = finding('a', { severity: 'warning' });
    const two = finding('b', { severity: 'warning' });
    const other = [finding('c', { status: 'unknown' }), finding('d', { severity: 'notice' })];
    expect(whyFails('warning', { ...given, findings: [one, two, ...other] })).toBe(
      'There are 2 warnings, and fail-on lists warning. The first: Message of a. Solve a.',
    );
    expect(whyFails('warning', { ...given, findings: [one, ...other] })).toBe(
      'There is 1 warning, and fail-on lists warning. Message of a. Solve a.',
    );
    expect(whyFails('unknown', { ...given, findings: [one, ...other] })).toBe(
      'There is 1 thing that could not be checked, and fail-on lists unknown. Message of c. Solve c.',
    );
  });

  it('is a verdict of reach that is unknown', () => {
    const unread = world().vpc().privateSubnets(1, 'tgw-1');
    const line = 'tcp 443 192.168.7.0/24';
    const asked = plan(unread, { subnets: 'private', egress: line, reaches: line });
    expect(asked.reach.map(({ after }) => after.status)).toContain('unknown');
    expect(failsBy('planned', asked, ['unknown'])).toBe('unknown');
    expect(whyFails('unknown', asked)).toContain('Whether function app-7 reaches tcp 443 192.168.7.0/24');
  });

  it('is told by the most telling word of several', () => {
    const drift = [entry('Someone added a rule.')];
    const findings = [finding('a', { severity: 'warning' }), finding('b', { status: 'unknown' })];
    const all = { ...given, drift, findings };
    const words = ['changes', 'unknown', 'warning', 'drift'] as const;
    expect(failsBy('planned', all, words)).toBe('drift');
    expect(failsBy('planned', { ...all, drift: [] }, words)).toBe('warning');
    expect(failsBy('planned', { ...all, drift: [], findings: findings.slice(1) }, words)).toBe('unknown');
    expect(failsBy('planned', { ...all, drift: [], findings: [] }, words)).toBe('changes');
  });

  it.each([
    ['changes', 'There are changes, and fail-on lists changes.'],
    ['skipped', 'No plan was made, and fail-on lists skipped.'],
  ] as const)('names %s', (by, text) => {
    expect(whyFails(by, by === 'skipped' ? undefined : given)).toBe(text);
  });
});
