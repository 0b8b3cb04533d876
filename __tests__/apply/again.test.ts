import { describe, expect, it } from '@jest/globals';
import {
  completes,
  continues,
  isAdopted,
  isOutdated,
  merged,
  settledMeanwhile,
} from '../../src/apply/again.js';
import { classify } from '../../src/aws/errors.js';
import type { Observed } from '../../src/model/observed.js';
import type { ChangeResult, ChangeStatus, Plan } from '../../src/model/plan.js';
import { applied } from '../builders/applied.js';
import { awsError } from '../builders/fake-aws.js';
import { id } from '../builders/ids.js';
import { idsOf, plan } from '../builders/plans.js';
import { world } from '../builders/world.js';

const wish = { subnets: 'private', endpoints: 'logs, s3' };
const before: Observed = world().vpc().privateSubnets(2).observed();
const first = plan(before, wish);

const result = (
  change: string,
  status: ChangeStatus,
  ids: Record<string, string> = {},
  code?: string,
): ChangeResult => ({
  id: change,
  status,
  problem:
    code === undefined ? undefined : classify(awsError(code), 'lambda:UpdateFunctionConfiguration', 'app-7'),
  because: undefined,
  wrote: status === 'applied',
  ids,
  milliseconds: 1,
});

/** All done but the function, which somebody changed meanwhile. */
const all = { ...first, changes: first.changes.slice(0, -1) };
const after = applied(all, before);
const made = (name: string): string => after.groups.find((group) => group.name === name)?.id ?? '';
const results: ChangeResult[] = first.changes.map(({ id: change }) => {
  if (change === 'function/app-7') return result(change, 'failed', {}, 'PreconditionFailedException');
  if (change === 'security-group/function')
    return result(change, 'applied', { GroupId: made('app-7-lambda') });
  return change === 'security-group/endpoints'
    ? result(change, 'applied', { GroupId: made('vpc-lambda-action-endpoints') })
    : result(change, 'applied');
});
const touched = (edit: Partial<Observed['lambda']>): Plan =>
  plan({ ...after, lambda: { ...after.lambda, revisionId: 'revision-5', ...edit } }, wish);

describe('a plan is outdated', () => {
  it.each([
    ['PreconditionFailedException', true],
    ['ResourceConflictException', true],
    ['AccessDeniedException', false],
    ['RequestLimitExceeded', false],
  ])('by %s: %s', (code, outdated) => {
    expect(isOutdated([result('a', 'applied'), result('function/app-7', 'failed', {}, code)])).toBe(outdated);
  });

  it('not by a wait that ended', () => {
    const waited = { ...result('a', 'failed'), problem: { code: 'wait-timeout', message: 'x', remedy: 'y' } };
    expect(isOutdated([waited])).toBe(false);
  });
});

describe('a plan made anew continues the one that was decided', () => {
  it('where somebody changed something else of the function', () => {
    expect(idsOf(touched({ runtime: 'python3.14' }))).toEqual(['function/app-7']);
    expect(continues(first, results, touched({ runtime: 'python3.14' }))).toBe(true);
  });

  it('where somebody did what was to be done', () => {
    const done = touched({
      network: {
        subnetIds: [id('subnet', 1), id('subnet', 2)],
        securityGroupIds: [made('app-7-lambda')],
        ipv6: false,
      },
    });
    expect(done.changes).toEqual([]);
    expect(continues(first, results, done)).toBe(true);
  });

  it.each<[string, Partial<Observed['lambda']>]>([
    [
      'somebody moved the function elsewhere',
      { network: { subnetIds: [id('subnet', 1)], securityGroupIds: ['sg-9'], ipv6: false } },
    ],
    ['somebody turned on IPv6', { network: { subnetIds: [], securityGroupIds: [], ipv6: true } }],
    ['the role is another', { roleArn: 'arn:aws:iam::123456789012:role/other' }],
  ])('not where %s', (_name, edit) => {
    const next = touched(edit);
    const same =
      _name === 'the role is another'
        ? plan({ ...after, policies: { ok: true, value: [] }, lambda: { ...after.lambda, ...edit } }, wish)
        : next;
    expect(same.changes.length).toBeGreaterThan(0);
    expect(continues(first, results, same)).toBe(false);
  });

  it('not where something has to be done again that was done', () => {
    const undone = plan(
      { ...after, endpoints: after.endpoints.filter(({ type }) => type === 'Gateway') },
      wish,
    );
    expect(idsOf(undone)).toContain('vpc-endpoint/logs');
    expect(continues(first, results, undone)).toBe(false);
  });

  it('not where the wish is another', () => {
    expect(continues(first, results, plan(after, { ...wish, endpoints: 'logs, s3, ssm' }))).toBe(false);
  });
});

describe('another run had a hand in it', () => {
  it.each<[string, ChangeResult, boolean]>([
    ['it made a thing first', result('vpc-endpoint/logs', 'exists', { VpcEndpointId: 'vpce-1' }), true],
    ['it added the same rules', result('security-group-rules/function', 'exists'), false],
    ['it made nothing of ours', result('vpc-endpoint/logs', 'applied', { VpcEndpointId: 'vpce-1' }), false],
  ])('%s', (_name, one, adopted) => {
    expect(isAdopted([result('a', 'applied'), one])).toBe(adopted);
  });

  it('and what is left is of what was decided, or tags', () => {
    const tags = plan(after, { ...wish, tags: 'x=y' });
    expect(completes(first, tags)).toBe(true);
    expect(completes(first, first)).toBe(true);
    expect(completes(first, plan(before, { ...wish, endpoints: 'logs, s3, ssm' }))).toBe(false);
  });
});

it('what was open and is not planned any more is as desired; what is planned stays open', () => {
  const open = [
    result('a', 'applied'),
    result('b', 'unknown', {}, 'TimeoutError'),
    result('function/app-7', 'failed', {}, 'PreconditionFailedException'),
  ];
  const now = settledMeanwhile(open, first, touched({}));
  expect(now.map(({ id: change, status, problem }) => `${change} ${status} ${problem?.code}`)).toEqual([
    'a applied undefined',
    'b exists undefined',
    'function/app-7 failed function-changed',
  ]);
});

it('what was open stays open where the plan made anew cannot serve the function', () => {
  const open = [
    result('execution-role/app-7-role', 'unknown', {}, 'TimeoutError'),
    result('function/app-7', 'failed', {}, 'PreconditionFailedException'),
  ];
  const blocked = { ...touched({ capacityProvider: 'pool' }), changes: [] };
  expect(settledMeanwhile(open, first, blocked)).toEqual(open);
});

it('results of the second round replace those of the first, in its order; new ones follow', () => {
  const round = [result('b', 'applied'), result('z', 'applied')];
  expect(
    merged([result('a', 'applied'), result('b', 'failed')], round).map(
      ({ id: change, status }) => `${change} ${status}`,
    ),
  ).toEqual(['a applied', 'b applied', 'z applied']);
});
