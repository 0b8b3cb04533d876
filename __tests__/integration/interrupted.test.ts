import { describe, expect, it } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

const writeActions = [
  'ec2:CreateSecurityGroup',
  'iam:AttachRolePolicy',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:RevokeSecurityGroupEgress',
  'ec2:CreateVpcEndpoint',
  'lambda:UpdateFunctionConfiguration',
];

describe('nothing is lost or made twice', () => {
  it.each(writeActions.flatMap((action) => [[action, 'before'] as const, [action, 'after'] as const]))(
    'killed at %s, %s it took effect: the rerun ends in the same network',
    async (action, moment) => {
      const world = await caseWorld(bed);
      let kill = (): void => undefined;
      const reached = new Promise<void>((resolve) => {
        kill = resolve;
      });
      bed.proxy.inject({ when: { action }, do: { kind: 'run', moment, run: () => kill() } });
      bed.proxy.inject({ when: { action }, do: { kind: 'delay', milliseconds: 300 } });
      const killed = await step(bed, caseInputs, { signalAfter: { signal: 'SIGKILL', when: reached } });
      expect(killed.signal).toBe('SIGKILL');
      const rerun = await step(bed);
      expect(['changed', 'unchanged']).toContain(rerun.outputs.outcome);
      expect(rerun.outputs['drift-count']).toBe('0');
      expect(await caseStudyFaults(bed, world)).toEqual([]);
    },
  );

  it.each(writeActions)(
    'the connection breaks after %s took effect: the run still ends right',
    async (action) => {
      const world = await caseWorld(bed);
      bed.proxy.inject({ when: { action }, do: { kind: 'drop', moment: 'after' } });
      const { outputs } = await step(bed);
      expect(outputs.outcome).toBe('changed');
      expect(await caseStudyFaults(bed, world)).toEqual([]);
    },
  );

  it('stops on SIGINT within seconds, writes summary and outputs, and a rerun continues', async () => {
    const world = await caseWorld(bed);
    bed.proxy.setOptions({ endpointPendingPolls: 3 });
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    bed.proxy.inject({
      when: { action: 'ec2:CreateVpcEndpoint' },
      do: { kind: 'run', moment: 'after', run: () => reach() },
    });
    const stopped = await step(bed, caseInputs, { signalAfter: { signal: 'SIGINT', when: reached } });
    expect(stopped.exitCode).toBe(1);
    expect(stopped.outputs.outcome).toBe('partial');
    expect(stopped.summary).toContain('app-7');
    expect(JSON.parse(stopped.outputs.pending ?? '')).toContain('function/app-7');
    expect((await step(bed)).outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('two runs at once end in one network', async () => {
    const world = await caseWorld(bed);
    const [one, other] = await Promise.all([
      step(bed, caseInputs, { env: { GITHUB_RUN_ID: '1' } }),
      step(bed, caseInputs, { env: { GITHUB_RUN_ID: '2' } }),
    ]);
    const last = await step(bed);
    expect([one.outputs.outcome, other.outputs.outcome]).toContain('changed');
    expect(['changed', 'unchanged']).toContain(last.outputs.outcome);
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });
});
