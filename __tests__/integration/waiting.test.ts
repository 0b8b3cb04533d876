import { describe, expect, it } from '@jest/globals';
import { throttleEveryDistinctCall } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed();

describe('what AWS needs time for', () => {
  it('gets through three throttles on every distinct call', async () => {
    const world = await caseWorld(bed);
    bed.proxy.inject(throttleEveryDistinctCall(3));
    const { outputs } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('waits for endpoints, for the function and for the policy to spread', async () => {
    const world = await caseWorld(bed);
    bed.proxy.setOptions({ endpointPendingPolls: 3, functionInProgressPolls: 3, rolePropagationRefusals: 2 });
    const { outputs, stdout } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(stdout).toContain('waiting for 2 endpoints');
    expect(stdout).toContain('the policy of the execution role is still spreading');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('waits for somebody else’s update before it plans', async () => {
    const world = await caseWorld(bed);
    bed.proxy.busyFunction('app-7', 3);
    const { outputs, stdout } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(stdout).toContain('an update is in progress; waiting for its end before planning');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it.each([
    ['changed', () => bed.proxy.touchFunction('app-7')],
    ['being changed', () => bed.proxy.busyFunction('app-7', 2)],
  ])('plans again when the function is %s by somebody else, and goes on', async (_, meanwhile) => {
    const world = await caseWorld(bed);
    const when = { action: 'lambda:UpdateFunctionConfiguration' };
    bed.proxy.inject({ when, do: { kind: 'run', moment: 'before', run: meanwhile } });
    const { outputs, stdout } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(stdout).toContain('changed by someone else; planning again');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('stops when somebody else moved the function meanwhile', async () => {
    const world = await caseWorld(bed);
    const when = { action: 'lambda:UpdateFunctionConfiguration' };
    const run = async (): Promise<void> => {
      const { ec2, lambda } = bed.direct;
      const { SecurityGroups } = await ec2.describeSecurityGroups({});
      const SecurityGroupIds = [SecurityGroups?.find(({ VpcId }) => VpcId === world.vpcId)?.GroupId ?? ''];
      const VpcConfig = { SubnetIds: world.subnetIds.slice(0, 1), SecurityGroupIds };
      await lambda.updateFunctionConfiguration({ FunctionName: 'app-7', VpcConfig });
      bed.proxy.touchFunction('app-7');
    };
    bed.proxy.inject({ when, do: { kind: 'run', moment: 'before', run } });
    const { outputs, annotations, exitCode } = await step(bed);
    expect(outputs.outcome).toBe('partial');
    expect(exitCode).toBe(1);
    expect(annotations.map(({ level, properties }) => `${level} ${properties.title}`)).toContain(
      'error function-changed',
    );
  });

  it('says that a rerun continues when wait-timeout has passed, and it does', async () => {
    const world = await caseWorld(bed);
    bed.proxy.setOptions({ endpointPendingPolls: 4 });
    const first = await step(bed, { ...caseInputs, 'wait-timeout': '3s' });
    expect(first.outputs.outcome).toBe('partial');
    expect(first.exitCode).toBe(1);
    expect(first.annotations.map(({ properties }) => properties.title)).toContain('wait-timeout');
    expect(JSON.parse(first.outputs.pending ?? '')).toContain('function/app-7');
    const second = await step(bed);
    expect(second.outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });
});
