import { describe, expect, it } from '@jest/globals';
import { count, depth, tally, writes } from '../support/proxy/calls.js';
import { textOf } from '../support/proxy/input.js';
import type { AwsRequest } from '../support/proxy/request.js';
import { withTestBed } from '../support/test-bed.js';
import { buildManyFunctions, type ManyFunctions } from '../support/worlds/many-functions.js';
import { step } from './steps.js';

const bed = withTestBed({ latency: 60 });

const inputs = (names: readonly string[], more: Record<string, string> = {}) => ({
  'function-name': names.join('\n'),
  'resource-name': 'many',
  'aws-region': 'us-east-2',
  subnets: 'tag:Tier=private',
  endpoints: 'logs',
  ...more,
});

const isFor =
  (...names: readonly string[]) =>
  ({ path }: AwsRequest): boolean =>
    names.some((name) => path.includes(`/functions/${name}/`));

/** The functions that wear exactly the shared group in exactly the three subnets. */
async function connected({ names, subnetIds }: ManyFunctions): Promise<string[]> {
  const { Functions = [] } = await bed.direct.lambda.listFunctions({});
  const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({});
  const group = SecurityGroups.find(({ GroupName }) => GroupName === 'many-lambda')?.GroupId;
  const isConnected = (name: string): boolean => {
    const config = Functions.find(({ FunctionName }) => FunctionName === name)?.VpcConfig;
    return (
      config?.SecurityGroupIds?.join() === group &&
      [...(config?.SubnetIds ?? [])].sort().join() === [...subnetIds].sort().join()
    );
  };
  return names.filter(isConnected);
}

type Results = Record<string, { outcome: string; problems: { code: string }[] }>;

const resultsOf = (outputs: Readonly<Record<string, string>>): Results => JSON.parse(outputs.results ?? '{}');

const outcomes = (outputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(resultsOf(outputs)).map(([arn, { outcome }]) => [arn.split(':').pop(), outcome]),
  );

describe('fifty functions of one VPC', () => {
  it('are connected with shared reads and one group, and then cost few calls', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 50, roles: 5 });
    const first = await step(bed, inputs(world.names));
    expect(first.outputs).toMatchObject({ outcome: 'changed', 'function-arn': '', 'subnet-ids': '[]' });
    expect(await connected(world)).toEqual(world.names);
    expect(Object.values(outcomes(first.outputs))).toEqual(world.names.map(() => 'changed'));
    expect(tally(bed.proxy.calls)['ec2:CreateSecurityGroup']).toBe(2);
    expect(tally(bed.proxy.calls)['iam:AttachRolePolicy']).toBe(5);
    expect(tally(bed.proxy.calls)['lambda:ListFunctions']).toBe(1);

    const again = await step(bed, inputs(world.names));
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', 'changes-count': '0', 'drift-count': '0' });
    expect(writes(bed.proxy.calls)).toEqual([]);
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(16 + 5 + 1);
    expect(depth(bed.proxy.calls)).toBeLessThanOrEqual(3);
  }, 300_000);

  it('go on where two of them fail', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 50, roles: 1 });
    const predicate = isFor('fn-00', 'fn-31');
    bed.proxy.inject({
      when: { action: 'lambda:UpdateFunctionConfiguration', predicate },
      times: 99,
      do: { kind: 'deny' },
    });
    const run = await step(bed, inputs(world.names));
    expect(run.outputs.outcome).toBe('partial');
    expect(run.exitCode).toBe(1);
    expect(await connected(world)).toEqual(
      world.names.filter((name) => name !== 'fn-00' && name !== 'fn-31'),
    );
    const ended = outcomes(run.outputs);
    expect(Object.keys(ended).filter((name) => ended[name] !== 'changed')).toEqual(['fn-00', 'fn-31']);
    expect(ended['fn-31']).toBe('failed');
    expect(run.summary).toContain('fn-31');
    bed.proxy.clearFaults();
    const rerun = await step(bed, inputs(world.names));
    expect(rerun.outputs.outcome).toBe('changed');
    expect(await connected(world)).toEqual(world.names);
  }, 300_000);
});

describe('several functions', () => {
  it('move one by one until one has moved, then at most five at a time', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 9, roles: 1 });
    const predicate = isFor('fn-00');
    const when = { action: 'lambda:UpdateFunctionConfiguration', predicate };
    bed.proxy.inject({ when, times: 99, do: { kind: 'deny' } });
    await step(bed, inputs(world.names));
    const moves = bed.proxy.calls.filter(({ action }) => action === 'lambda:UpdateFunctionConfiguration');
    const named = moves.map(({ input }) => textOf(input, 'FunctionName'));
    expect(named.slice(0, 2)).toEqual(['fn-00', 'fn-01']);
    const looks = bed.proxy.calls.filter(
      ({ action, input, start }) =>
        action === 'lambda:GetFunctionConfiguration' &&
        textOf(input, 'FunctionName') === 'fn-01' &&
        start > (moves[1]?.start ?? 0),
    );
    expect(moves[2]?.start).toBeGreaterThan(looks[0]?.end ?? Number.POSITIVE_INFINITY);
    expect(Math.max(...moves.map(({ start }) => moves.filter((move) => within(move, start)).length))).toBe(5);
  });

  it('go on without one that does not exist', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 3, roles: 1 });
    const names = [...world.names, 'missing'];
    const dryRun = await step(bed, inputs(names, { 'dry-run': 'true' }));
    expect(dryRun.outputs.outcome).toBe('blocked');
    expect(outcomes(dryRun.outputs)).toMatchObject({ 'fn-00': 'planned', missing: 'blocked' });
    const run = await step(bed, inputs(names));
    expect(run.outputs.outcome).toBe('partial');
    expect(run.exitCode).toBe(1);
    expect(outcomes(run.outputs)).toMatchObject({ 'fn-02': 'changed', missing: 'blocked' });
    expect(await connected(world)).toEqual(world.names);
    const again = await step(bed, inputs(names));
    expect(again.outputs.outcome).toBe('blocked');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it('come and go: another one joins, one leaves and goes on alone, a stranger is refused', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 4, roles: 4 });
    const [a = '', b = '', c = '', d = ''] = world.names;
    await step(bed, inputs([a], { 'resource-name': 'many' }));
    const joined = await step(bed, inputs([a, b, c]));
    expect(joined.outputs.outcome).toBe('changed');
    expect((await step(bed, inputs([b, c]))).outputs.outcome).toBe('unchanged');
    const alone = await step(bed, inputs([b], { 'resource-name': 'many' }));
    expect(alone.outputs.outcome).not.toBe('blocked');
    const stranger = await step(bed, inputs([d], { 'resource-name': 'many' }));
    expect(stranger.outputs.outcome).toBe('blocked');
    expect(stranger.stdout).toContain('resource-name-taken');
  });

  it('are all looked at again after a run that was killed amid their moves', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 4, roles: 1 });
    const predicate = isFor('fn-03');
    let kill: (value: unknown) => void = () => undefined;
    const when = new Promise((resolve) => {
      kill = resolve;
    });
    bed.proxy.inject({
      when: { action: 'lambda:UpdateFunctionConfiguration', predicate },
      do: { kind: 'run', moment: 'after', run: () => kill(undefined) },
    });
    bed.proxy.setOptions({ functionInProgressPolls: 3 });
    const killed = await step(bed, inputs(world.names), { signalAfter: { signal: 'SIGKILL', when } });
    expect(killed.exitCode).toBeNull();
    const rerun = await step(bed, inputs(world.names));
    expect(rerun.stdout).toContain('an update is in progress; waiting for its end before planning');
    expect(rerun.outputs.outcome).toBe('changed');
    expect(await connected(world)).toEqual(world.names);
    expect((await step(bed, inputs(world.names))).outputs.outcome).toBe('unchanged');
  });

  it('of different VPCs are told apart before anything is written', async () => {
    const world = await buildManyFunctions(bed.direct, { functions: 2, roles: 2 });
    const [a = '', b = ''] = world.names;
    await step(bed, inputs([a], { 'resource-name': 'a' }));
    const { Vpcs = [] } = await bed.direct.ec2.describeVpcs({});
    const other = Vpcs.find(({ VpcId }) => VpcId !== world.vpcId)?.VpcId ?? '';
    const { Subnets = [] } = await bed.direct.ec2.describeSubnets({
      Filters: [{ Name: 'vpc-id', Values: [other] }],
    });
    const subnets = Subnets.map(({ SubnetId }) => SubnetId ?? '').join(',');
    await step(bed, {
      ...inputs([b], { 'resource-name': 'b', allow: 'public-subnets' }),
      subnets,
      endpoints: '',
    });
    const run = await step(bed, { ...inputs([a, b]), subnets: '' });
    expect(run.outputs.outcome).toBe('failed');
    expect(run.stdout).toContain('functions-of-different-vpcs');
    expect(run.stdout).toContain(other);
  });
});

const within = (move: { start: number; end: number }, moment: number): boolean =>
  move.start <= moment && moment < move.end;
