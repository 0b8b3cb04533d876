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
});
