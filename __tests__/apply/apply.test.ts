import { describe, expect, it } from '@jest/globals';
import { apply } from '../../src/apply/apply.js';
import type { ChangeResult, Plan } from '../../src/model/plan.js';
import { outcomeOfApply } from '../../src/runner/outcome.js';
import { type TestWaiting, waiting } from '../builders/clock.js';
import { awsError, type FakeAws, fakeAws, inTurn } from '../builders/fake-aws.js';
import { plan } from '../builders/plans.js';
import { world } from '../builders/world.js';

type Answers = Parameters<typeof fakeAws>[0];

const config = (LastUpdateStatus: string, more: object = {}) => ({
  FunctionName: 'app-7',
  State: 'Active',
  LastUpdateStatus,
  ...more,
});

/** AWS where everything succeeds: endpoints are pending for one look, the function for one. */
function answers(): Answers {
  let made = 0;
  const tell = (VpcEndpointIds: unknown, State: string) =>
    (VpcEndpointIds as string[]).map((VpcEndpointId) => ({ VpcEndpointId, State }));
  let looks = 0;
  return {
    'ec2:CreateSecurityGroup': ({ GroupName }) => ({ GroupId: `sg-${String(GroupName)}` }),
    'ec2:AuthorizeSecurityGroupEgress': {},
    'ec2:AuthorizeSecurityGroupIngress': {},
    'ec2:RevokeSecurityGroupEgress': {},
    'iam:AttachRolePolicy': {},
    'ec2:CreateVpcEndpoint': () => {
      made += 1;
      return { VpcEndpoint: { VpcEndpointId: `vpce-${made}`, State: 'Pending' } };
    },
    'ec2:DescribeVpcEndpoints': ({ VpcEndpointIds }) => {
      looks += 1;
      return { VpcEndpoints: tell(VpcEndpointIds, looks > 1 ? 'Available' : 'Pending') };
    },
    'lambda:UpdateFunctionConfiguration': config('InProgress'),
    'lambda:GetFunctionConfiguration': inTurn(config('InProgress'), config('Successful')),
  };
}

const scratch: Plan = plan(world().vpc().privateSubnets(2), { subnets: 'private', endpoints: 'logs, s3' });

async function run(changed: Answers = {}, given: { plan?: Plan; shared?: TestWaiting } = {}) {
  const aws: FakeAws = fakeAws({ ...answers(), ...changed });
  const shared = given.shared ?? waiting();
  const told: string[] = [];
  const tell = ({ subject, text }: { subject: string; text: string }) => told.push(`${subject}: ${text}`);
  const { results, lambdas } = await apply(given.plan ?? scratch, {
    aws,
    waiting: shared,
    tell,
    earlier: [],
  });
  return { results, lambda: lambdas.get('app-7'), aws, shared, told };
}

const lines = (results: readonly ChangeResult[]): string[] =>
  results.map(({ id, status, because }) => `${id}: ${status}${because ? ` (${because})` : ''}`);
const actions = (aws: FakeAws): string[] => aws.sent.map(({ action }) => action.split(':')[1] ?? '');

describe('a plan is carried out', () => {
  it('whole, in the plan’s order of results', async () => {
    const { results, lambda } = await run();
    expect(lines(results)).toEqual(scratch.changes.map(({ id }) => `${id}: applied`));
    expect(lambda).toMatchObject({ name: 'app-7', lastUpdateStatus: 'Successful' });
  });

  it('with the ids that AWS gave', async () => {
    const { results, aws } = await run();
    expect(results.find(({ id }) => id === 'security-group/function')?.ids).toEqual({
      GroupId: 'sg-app-7-lambda',
    });
    const update = aws.sent.find(({ action }) => action === 'lambda:UpdateFunctionConfiguration');
    expect(update?.input).toMatchObject({ VpcConfig: { SecurityGroupIds: ['sg-app-7-lambda'] } });
    expect(JSON.stringify(aws.sent)).not.toContain('"ref"');
  });

  it('side by side where nothing is in between, and the function after all', async () => {
    const sent = actions((await run()).aws);
    expect(sent.slice(0, 3).sort()).toEqual([
      'AttachRolePolicy',
      'CreateSecurityGroup',
      'CreateSecurityGroup',
    ]);
    const update = sent.indexOf('UpdateFunctionConfiguration');
    expect(sent.slice(update + 1).every((action) => action === 'GetFunctionConfiguration')).toBe(true);
    expect(sent.lastIndexOf('AuthorizeSecurityGroupIngress')).toBeLessThan(sent.indexOf('CreateVpcEndpoint'));
    expect(sent.lastIndexOf('DescribeVpcEndpoints')).toBeLessThan(update);
  });

  it('without a look where the answer says that all is done', async () => {
    const { aws, shared } = await run({
      'ec2:CreateVpcEndpoint': { VpcEndpoint: { VpcEndpointId: 'vpce-1', State: 'available' } },
      'lambda:UpdateFunctionConfiguration': config('Successful'),
    });
    expect(actions(aws).filter((action) => /Describe|Get/.test(action))).toEqual([]);
    expect(shared.clock.sleeps).toEqual([]);
  });
});

describe('a failure skips what depends on it, and nothing else', () => {
  it('of one endpoint: the other is made, the function is not moved', async () => {
    const { results } = await run({
      'ec2:CreateVpcEndpoint': ({ ServiceName }) => {
        if (String(ServiceName).endsWith('logs')) throw awsError('VpcEndpointLimitExceeded');
        return { VpcEndpoint: { VpcEndpointId: 'vpce-s3', State: 'available' } };
      },
    });
    expect(lines(results).slice(-3)).toEqual([
      'vpc-endpoint/logs: failed',
      'vpc-endpoint/s3: applied',
      'function/app-7: skipped (vpc-endpoint/logs)',
    ]);
    expect(outcomeOfApply(results, false)).toBe('partial');
  });

  it('of a group: everything behind it names the group', async () => {
    const { results, aws } = await run({
      'ec2:CreateSecurityGroup': ({ GroupName }) => {
        if (String(GroupName).endsWith('endpoints')) throw awsError('UnauthorizedOperation');
        return { GroupId: 'sg-1' };
      },
    });
    const skipped = results.filter(({ status }) => status === 'skipped');
    expect(skipped.map(({ id }) => id)).toEqual([
      'security-group-rules/endpoints',
      'security-group-rules/function',
      'security-group-rules/endpoints-default',
      'security-group-rules/function-default',
      'vpc-endpoint/logs',
      'vpc-endpoint/s3',
      'function/app-7',
    ]);
    expect(new Set(skipped.map(({ because }) => because))).toEqual(new Set(['security-group/endpoints']));
    expect(actions(aws)).not.toContain('CreateVpcEndpoint');
  });

  it('before the first write is told as failed', async () => {
    const denied = inTurn(awsError('AccessDenied'));
    const { results } = await run({ 'ec2:CreateSecurityGroup': denied, 'iam:AttachRolePolicy': denied });
    expect(outcomeOfApply(results, false)).toBe('failed');
  });

  it('of an endpoint that AWS could not make keeps its id', async () => {
    const { results } = await run({
      'ec2:DescribeVpcEndpoints': ({ VpcEndpointIds }) => ({
        VpcEndpoints: (VpcEndpointIds as string[]).map((VpcEndpointId) => ({
          VpcEndpointId,
          State: 'Failed',
          LastError: { Message: 'no room' },
        })),
      }),
    });
    const failed = results.find(({ id }) => id === 'vpc-endpoint/logs');
    expect(failed).toMatchObject({
      status: 'failed',
      problem: { code: 'endpoint-failed', message: expect.stringContaining('no room') },
    });
    expect(Object.keys(failed?.ids ?? {})).toEqual(['VpcEndpointId']);
  });

  it('of Lambda’s own work is explained', async () => {
    const { results } = await run({
      'lambda:GetFunctionConfiguration': config('Failed', {
        LastUpdateStatusReasonCode: 'SubnetOutOfIPAddresses',
        LastUpdateStatusReason: 'full',
      }),
    });
    const failed = results.find(({ id }) => id === 'function/app-7');
    expect(failed).toMatchObject({ status: 'failed', problem: { code: 'function-update-failed' } });
    expect(failed?.problem?.message).toMatch(
      /no free address \(SubnetOutOfIPAddresses: full\).*serves its earlier configuration/,
    );
  });

  it('of a look while waiting ends the wait at once', async () => {
    const { results, shared } = await run({
      'lambda:GetFunctionConfiguration': inTurn(
        awsError('AccessDeniedException', 'not authorized to perform: lambda:GetFunctionConfiguration'),
      ),
    });
    expect(results.find(({ id }) => id === 'function/app-7')?.problem).toMatchObject({
      kind: 'denied',
      action: 'lambda:GetFunctionConfiguration',
    });
    expect(shared.clock.now()).toBeLessThan(30_000);
  });
});

describe('what was written is never called "stopped before the first write"', () => {
  const connected = world()
    .vpc()
    .privateSubnets(2)
    .group('db')
    .placed(['sg-00000000000000001'], ['subnet-00000000000000001']);
  const only: Plan = plan(connected, { subnets: 'private', 'security-groups': 'db', 'iam-policy': 'none' });
  const move = plan(connected, { subnets: 'name:x', 'security-groups': 'db', 'iam-policy': 'none' }).changes;
  const update = plan(
    world()
      .vpc()
      .privateSubnets(2)
      .group('db')
      .placed(['sg-00000000000000001'], ['subnet-00000000000000001']),
    {
      subnets: 'subnet-00000000000000001, subnet-00000000000000002',
      'security-groups': 'db',
      'iam-policy': 'none',
    },
  );

  it('an update of the function whose end was not seen in time', async () => {
    expect([only.changes.length, move.length, update.changes.length]).toEqual([0, 0, 1]);
    const { results } = await run(
      { 'lambda:GetFunctionConfiguration': config('InProgress') },
      { plan: update, shared: waiting(30) },
    );
    expect(results).toMatchObject([{ status: 'failed', problem: { code: 'wait-timeout' } }]);
    expect(outcomeOfApply(results, false)).toBe('partial');
  });

  it('an update of the function that Lambda could not finish', async () => {
    const { results } = await run({ 'lambda:GetFunctionConfiguration': config('Failed') }, { plan: update });
    expect(outcomeOfApply(results, false)).toBe('partial');
  });

  it('a refused one is', async () => {
    const { results } = await run(
      { 'lambda:UpdateFunctionConfiguration': inTurn(awsError('AccessDeniedException')) },
      { plan: update },
    );
    expect(outcomeOfApply(results, false)).toBe('failed');
  });
});

describe('a cancelled run', () => {
  it('starts nothing new, and says so', async () => {
    const shared = waiting();
    const { results, aws } = await run(
      {
        'iam:AttachRolePolicy': () => {
          shared.stop();
          return {};
        },
      },
      { shared },
    );
    expect(actions(aws).sort()).toEqual(['AttachRolePolicy', 'CreateSecurityGroup', 'CreateSecurityGroup']);
    expect(
      results.filter(({ status }) => status === 'skipped').every(({ because }) => because === undefined),
    ).toBe(true);
    expect(results.filter(({ status }) => status === 'applied')).toHaveLength(3);
  });

  it('that was stopped at once writes nothing', async () => {
    const shared = waiting();
    shared.stop();
    const { results, aws } = await run({}, { shared });
    expect(aws.sent).toEqual([]);
    expect(outcomeOfApply(results, false)).toBe('failed');
  });

  it('does not know about a write without an answer', async () => {
    const { results } = await run({
      'iam:AttachRolePolicy': inTurn(awsError('AbortError')),
      'ec2:CreateSecurityGroup': inTurn(awsError('TimeoutError')),
    });
    expect(lines(results).slice(0, 3)).toEqual([
      'security-group/function: unknown',
      'security-group/endpoints: unknown',
      'execution-role/app-7-role: unknown',
    ]);
    expect(outcomeOfApply(results, false)).toBe('partial');
  });
});

describe('the policy that this run attached may spread', () => {
  const refused = awsError(
    'InvalidParameterValueException',
    'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
  );

  it('for two minutes', async () => {
    const { results, shared } = await run({ 'lambda:UpdateFunctionConfiguration': inTurn(refused) });
    expect(results.find(({ id }) => id === 'function/app-7')?.problem).toMatchObject({ kind: 'not-ready' });
    expect(shared.clock.now()).toBeGreaterThan(120_000);
  });

  it('but not one that was there before', async () => {
    const changes = scratch.changes.filter(({ id }) => id !== 'execution-role/app-7-role');
    const withPolicy = { ...scratch, changes };
    const { shared } = await run(
      { 'lambda:UpdateFunctionConfiguration': inTurn(refused) },
      { plan: withPolicy },
    );
    expect(shared.clock.now()).toBeLessThan(60_000);
  });
});
