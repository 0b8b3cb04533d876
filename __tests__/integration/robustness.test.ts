import { describe, expect, it } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { addFunction, addRole } from '../support/worlds/world.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

describe('an AWS that does not behave', () => {
  it('a connection that hangs is given up and tried again', async () => {
    const world = await caseWorld(bed);
    const hang = { kind: 'delay' as const, milliseconds: 90_000 };
    bed.proxy.inject({ when: { action: 'ec2:DescribeRouteTables' }, do: hang });
    const { outputs, milliseconds } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(milliseconds).toBeLessThan(80_000);
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('a default rule that AWS does not show yet is not taken for revoked', async () => {
    const world = await caseWorld(bed);
    const message = 'The specified rule does not exist in this security group.';
    const fault = { kind: 'error' as const, code: 'InvalidPermission.NotFound', message, status: 400 };
    bed.proxy.inject({ when: { action: 'ec2:RevokeSecurityGroupEgress' }, times: 2, do: fault });
    const first = await step(bed);
    expect(first.outputs.outcome).toBe('partial');
    const second = await step(bed);
    expect(second.outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('a run that is stopped while AWS throttles ends before the runner kills it', async () => {
    await caseWorld(bed);
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const when = { action: 'ec2:CreateVpcEndpoint' };
    bed.proxy.inject({ when, do: { kind: 'run', moment: 'before', run: () => reach() } });
    bed.proxy.inject({ when, times: 99, do: { kind: 'throttle' } });
    let signalled = 0;
    const stop = reached.then(() => {
      signalled = Date.now();
    });
    const { outputs, exitCode, summary } = await step(bed, caseInputs, {
      signalAfter: { signal: 'SIGINT', when: stop },
    });
    expect(Date.now() - signalled).toBeLessThan(9_000);
    expect(exitCode).toBe(1);
    expect(outputs.outcome).toBe('partial');
    expect(summary).toContain('app-7');
  });

  it('a move that Lambda could not carry out is tried again', async () => {
    const world = await caseWorld(bed);
    bed.proxy.setOptions({
      functionInProgressPolls: 1,
      functionFailure: { code: 'SubnetOutOfIPAddresses', reason: 'none' },
    });
    expect((await step(bed)).outputs.outcome).toBe('partial');
    bed.proxy.setOptions({ functionFailure: undefined });
    expect((await step(bed)).outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('two functions cannot share a resource-name by mistake', async () => {
    await caseWorld(bed);
    await step(bed, { ...caseInputs, 'resource-name': 'billing' });
    const roleArn = await addRole(bed.direct, { name: 'b-role', actions: ['logs:PutLogEvents'] });
    await addFunction(bed.direct, { name: 'b', roleArn });
    const { outputs, annotations } = await step(bed, {
      ...caseInputs,
      'function-name': 'b',
      'resource-name': 'billing',
    });
    expect(outputs.outcome).toBe('blocked');
    expect(annotations.map(({ properties }) => properties.title)).toContain('resource-name-taken');
  });

  it('a peer in egress that does not exist stops the run before it writes', async () => {
    await caseWorld(bed);
    const { outputs, annotations } = await step(bed, {
      ...caseInputs,
      egress: 'tcp 5432 sg-0123456789abcdef0',
    });
    expect(outputs.outcome).toBe('blocked');
    expect(annotations.map(({ properties }) => properties.title)).toContain('security-group-not-found');
  });
});
