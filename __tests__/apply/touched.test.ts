import { describe, expect, it } from '@jest/globals';
import type { Applied } from '../../src/apply/apply.js';
import { allToRead, touchedBy } from '../../src/apply/touched.js';
import type { VpcEndpoint } from '../../src/model/observed.js';
import type { ChangeResult, ChangeStatus, Plan } from '../../src/model/plan.js';
import { plan } from '../builders/plans.js';
import { world } from '../builders/world.js';

const scratch = plan(world().vpc().privateSubnets(2), { subnets: 'private', endpoints: 'logs, ssm' });
const roleChange = scratch.changes.find(({ kind }) => kind === 'execution-role')?.id ?? 'none';
const POLICY = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';

const ended = (made: Plan, statuses: Readonly<Record<string, ChangeStatus>> = {}): ChangeResult[] =>
  made.changes.map(({ id }) => ({
    id,
    status: statuses[id] ?? 'applied',
    problem: undefined,
    because: undefined,
    wrote: true,
    ids: {},
    milliseconds: 0,
  }));

const endpoints = new Map(['vpce-1', 'vpce-2'].map((id) => [id, { id, state: 'available' } as VpcEndpoint]));

function touched(
  made: Plan,
  parts: Partial<Applied> = {},
  statuses?: Readonly<Record<string, ChangeStatus>>,
) {
  const results = ended(made, statuses);
  return touchedBy(made, { results, lambdas: new Map(), endpoints, ...parts }, results);
}

describe('what is not read twice', () => {
  it('is the endpoints that were waited for, and the policy with which Lambda took the move', () => {
    const { lambdas, endpoints: made, proven, roles } = touched(scratch);
    expect([...lambdas]).toEqual([['app-7', undefined]]);
    expect(made?.map(({ id }) => id)).toEqual(['vpce-1', 'vpce-2']);
    expect([...proven.values()].map(({ arn }) => arn)).toEqual([POLICY]);
    expect(roles).toBe(false);
  });

  it('is no endpoint where one was not waited for, or was made by somebody else', () => {
    const [first] = endpoints;
    expect(touched(scratch, { endpoints: new Map(first ? [first] : []) }).endpoints).toBeUndefined();
    expect(touched(scratch, {}, { 'vpc-endpoint/ssm': 'exists' }).endpoints).toBeUndefined();
  });

  it('is no endpoint where another one was changed or tagged', () => {
    const ours = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
    const other = world().vpc().privateSubnets(2).group('vpc-lambda-action-endpoints', { tags: ours });
    const tagging = plan(other.endpoint('logs', { tags: ours }), {
      subnets: 'private',
      endpoints: 'logs, ssm',
    });
    expect(tagging.changes.map(({ id }) => id)).toContain('tags/users');
    expect(touched(tagging).endpoints).toBeUndefined();
  });

  it.each([
    ['the move failed', { 'function/app-7': 'failed' }],
    ['the policy was there', { [roleChange]: 'exists' }],
  ] as [string, Record<string, ChangeStatus>][])('is no policy where %s', (_, statuses) => {
    const { proven, roles } = touched(scratch, {}, statuses);
    expect([proven.size, roles]).toEqual([0, true]);
  });

  it('is nothing at a second look', () => {
    const lambda = world().observed().lambda;
    const again = allToRead(touched(scratch, { lambdas: new Map([['app-7', lambda]]) }));
    expect(again).toEqual({
      lambdas: new Map([['app-7', undefined]]),
      endpoints: undefined,
      proven: new Map(),
      roles: true,
    });
  });
});
