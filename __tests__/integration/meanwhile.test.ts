import { describe, expect, it } from '@jest/globals';
import type { AwsRequest } from '../support/proxy/request.js';
import { withTestBed } from '../support/test-bed.js';
import { buildManyFunctions } from '../support/worlds/many-functions.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed();

const inputs = (names: readonly string[]) => ({
  'function-name': names.join('\n'),
  'resource-name': 'many',
  'aws-region': 'us-east-2',
  subnets: 'tag:Tier=private',
  endpoints: 'logs',
});

const moveOf = (name: string) => ({
  action: 'lambda:UpdateFunctionConfiguration',
  predicate: ({ path }: AwsRequest): boolean => path.includes(`/functions/${name}/`),
});

const stale = { kind: 'error', code: 'PreconditionFailedException', message: 'stale', status: 412 } as const;

describe('what others do while a run writes', () => {
  it('never makes a function count as moved: one is deleted while another changes', async () => {
    const { names } = await buildManyFunctions(bed.direct, { functions: 3, roles: 1 });
    bed.proxy.inject({
      when: moveOf('fn-01'),
      do: {
        kind: 'run',
        moment: 'before',
        run: () => bed.direct.lambda.deleteFunction({ FunctionName: 'fn-01' }),
      },
    });
    bed.proxy.inject({ when: moveOf('fn-02'), do: stale });
    const { outputs, exitCode } = await step(bed, inputs(names));
    expect(outputs.outcome).toBe('partial');
    expect(exitCode).toBe(1);
    const results: [string, { outcome: string }][] = Object.entries(JSON.parse(outputs.results ?? '{}'));
    expect(results.map(([arn, { outcome }]) => `${arn.split(':').pop()} ${outcome}`)).toEqual([
      'fn-00 changed',
      'fn-01 failed',
      'fn-02 changed',
    ]);
  });

  it('is seen by the verification: somebody takes the group over', async () => {
    await caseWorld(bed);
    const takeOver = async (): Promise<void> => {
      const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({});
      const group = SecurityGroups.find(({ GroupName }) => GroupName === 'app-7-lambda')?.GroupId ?? '';
      const Tags = [{ Key: 'vpc-lambda-action:owner', Value: 'somebody else' }];
      await bed.direct.ec2.createTags({ Resources: [group], Tags });
    };
    const when = { action: 'lambda:UpdateFunctionConfiguration' };
    bed.proxy.inject({ when, do: { kind: 'run', moment: 'after', run: takeOver } });
    const { outputs, annotations } = await step(bed, caseInputs);
    expect(outputs.outcome).toBe('partial');
    expect(annotations.map(({ properties }) => properties.title)).toContain('resource-name-taken');
    expect(JSON.parse(outputs.pending ?? '[]')).toEqual(['function/app-7']);
  });

  it('and two runs at once move each function, and make nothing twice', async () => {
    const { names } = await buildManyFunctions(bed.direct, { functions: 6, roles: 2 });
    const both = await Promise.all([step(bed, inputs(names)), step(bed, inputs(names))]);
    for (const { outputs } of both) expect(['changed', 'partial']).toContain(outputs.outcome);
    const again = await step(bed, inputs(names));
    expect(again.outputs.outcome).toBe('unchanged');
    const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({});
    const made = SecurityGroups.map(({ GroupName }) => GroupName).filter((name) => name !== 'default');
    expect(made.sort()).toEqual(['many-lambda', 'vpc-lambda-action-endpoints']);
    expect(await namesInVpc()).toEqual(names);
  });
});

describe('a run that is stopped amid its moves', () => {
  it('begins no further one, tells each function, and a rerun moves the rest', async () => {
    const { names } = await buildManyFunctions(bed.direct, { functions: 12, roles: 1 });
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    bed.proxy.inject({ when: moveOf('fn-03'), do: { kind: 'run', moment: 'after', run: () => reach() } });
    bed.proxy.inject({
      when: { action: 'lambda:GetFunctionConfiguration' },
      times: 999,
      do: { kind: 'delay', milliseconds: 300 },
    });
    const stopped = await step(bed, inputs(names), { signalAfter: { signal: 'SIGINT', when: reached } });
    expect(stopped.outputs.outcome).toBe('partial');
    const moved = await namesInVpc();
    expect(moved.length).toBeLessThan(names.length);
    const told = Object.entries<{ outcome: string }>(JSON.parse(stopped.outputs.results ?? '{}'));
    expect(told).toHaveLength(names.length);
    const untouched = told.filter(([, { outcome }]) => outcome === 'failed').map(([arn]) => arn);
    expect(untouched.map((arn) => arn.split(':').pop())).toEqual(
      names.filter((name) => !moved.includes(name)),
    );
    bed.proxy.clearFaults();
    expect((await step(bed, inputs(names))).outputs.outcome).toBe('changed');
    expect(await namesInVpc()).toEqual(names);
  });
});

/** The functions that are in subnets, sorted. */
async function namesInVpc(): Promise<string[]> {
  const { Functions = [] } = await bed.direct.lambda.listFunctions({});
  return Functions.filter(({ VpcConfig }) => (VpcConfig?.SubnetIds ?? []).length > 0)
    .map(({ FunctionName = '' }) => FunctionName)
    .sort();
}
