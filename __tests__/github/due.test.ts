import { describe, expect, it } from '@jest/globals';
import { mergedAs } from '../../src/github/comment.js';
import { type GitHubContext, readGitHubContext } from '../../src/github/context.js';
import { saysSomething, stateOf, type Target, targetOf } from '../../src/github/due.js';
import type { CommentWishes } from '../../src/model/desired.js';
import type { RunRecord } from '../../src/model/run.js';
import type { Marker } from '../../src/report/comment/marker.js';
import { plan } from '../fixtures/plan.js';
import { finding, runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';

const sha = '0123456789abcdef0123456789abcdef01234567';
const headSha = 'abcdef0123456789abcdef0123456789abcdef01';
const pull = (state: string, fork = false): object => ({
  pull_request: {
    number: 42,
    state,
    head: { sha: headSha, repo: { full_name: fork ? 'stranger/app-7' : 'owner/app-7' } },
  },
});
const wishes = (parts: Partial<CommentWishes> = {}): CommentWishes => ({
  when: 'auto',
  label: undefined,
  pullNumber: undefined,
  token: 'ghs_token',
  ...parts,
});

function context(event: string, payload: object = {}, env: Record<string, string> = {}): GitHubContext {
  return readGitHubContext(
    {
      GITHUB_EVENT_NAME: event,
      GITHUB_REPOSITORY: 'owner/app-7',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: sha,
      ...env,
    },
    { repository: { default_branch: 'main' }, ...payload },
  );
}

const nobody = (because: RegExp): object => ({ kind: 'none', because: expect.stringMatching(because) });
const ofEvent: Target = { kind: 'event', number: 42, head: headSha };
const number: Target = { kind: 'number', number: 7 };

const cases: readonly (readonly [string, CommentWishes, GitHubContext, object])[] = [
  ['a pull request', wishes(), context('pull_request', pull('open')), ofEvent],
  ['a pull request of a fork', wishes(), context('pull_request', pull('open', true)), ofEvent],
  ['pull_request_target', wishes(), context('pull_request_target', pull('open')), ofEvent],
  ['a review', wishes(), context('pull_request_review', pull('open')), ofEvent],
  ['a closed pull request', wishes(), context('pull_request', pull('closed')), nobody(/42 is closed/)],
  ['a push to the default branch', wishes(), context('push'), { kind: 'merged', sha }],
  [
    'a push to another branch',
    wishes(),
    context('push', {}, { GITHUB_REF: 'refs/heads/x' }),
    nobody(/event push/),
  ],
  [
    'a push to a tag of that name',
    wishes(),
    context('push', {}, { GITHUB_REF: 'refs/tags/main' }),
    nobody(/event push/),
  ],
  ['a merge queue', wishes(), context('merge_group'), nobody(/event merge_group/)],
  ['a schedule', wishes(), context('schedule'), nobody(/event schedule/)],
  ['a dispatch', wishes(), context('workflow_dispatch'), nobody(/event workflow_dispatch/)],
  ['an unknown event', wishes(), context('lunar_eclipse'), nobody(/event lunar_eclipse/)],
  ['no event', wishes({ when: 'always' }), context(''), nobody(/no GitHub event/)],
  ['pr-number on a dispatch', wishes({ pullNumber: 7 }), context('workflow_dispatch'), number],
  ['pr-number before the event', wishes({ pullNumber: 7 }), context('pull_request', pull('open')), number],
  ['never', wishes({ when: 'never' }), context('pull_request', pull('open')), nobody(/comment is never/)],
  [
    'no token',
    wishes({ when: 'always', token: undefined }),
    context('pull_request', pull('open')),
    nobody(/github-token is empty/),
  ],
  [
    'no repository',
    wishes(),
    context('pull_request', pull('open'), { GITHUB_REPOSITORY: '' }),
    nobody(/no GitHub repository/),
  ],
];

it.each(cases)('the comment on %s', (_, asked, where, target) => {
  expect(targetOf(asked, where, { outcome: 'planned' })).toEqual(target);
});

it('a run without a plan for want of credentials asks nobody, unless it always comments', () => {
  const where = context('pull_request', pull('open'));
  expect(targetOf(wishes(), where, { outcome: 'skipped' })).toMatchObject({ kind: 'none' });
  expect(targetOf(wishes({ when: 'always' }), where, { outcome: 'skipped' })).toEqual(ofEvent);
});

const settled = { outcome: 'unchanged' as const, plan: plan({ changes: [] }) };
const says: readonly (readonly [string, Partial<RunRecord>, boolean])[] = [
  ['changes', {}, true],
  ['a block', { outcome: 'blocked' }, true],
  ['a failure without a plan', { outcome: 'failed', plan: undefined }, true],
  ['an apply', { outcome: 'changed', dryRun: false }, true],
  ['a part', { outcome: 'partial', dryRun: false }, true],
  ['nothing', settled, false],
  ['a skip', { outcome: 'skipped', plan: undefined }, false],
  ['drift', { ...settled, plan: plan({ changes: [], drift: stories.drift?.plan?.drift ?? [] }) }, true],
  [
    'a warning',
    { ...settled, plan: plan({ changes: [], findings: [finding('a', { severity: 'warning' })] }) },
    true,
  ],
  [
    'a notice',
    { ...settled, plan: plan({ changes: [], findings: [finding('a', { severity: 'notice' })] }) },
    false,
  ],
  [
    'what could not be checked',
    { ...settled, plan: plan({ changes: [], findings: [finding('a', { status: 'unknown' })] }) },
    false,
  ],
];

it.each(says)('%s is something to say: %#', (_, parts, expected) => {
  expect(saysSomething(runRecord(parts))).toBe(expected);
});

const standing = (state: Marker['state'], run = 5): Marker => ({
  key: '0'.repeat(16),
  app: 1,
  state,
  digest: undefined,
  head: undefined,
  run,
});
const applying = { dryRun: false };
const nextStates: readonly (readonly [string, Partial<RunRecord>, Marker | undefined, string | undefined])[] =
  [
    ['a plan', {}, undefined, 'plan'],
    ['a plan after nothing', {}, standing('nothing'), 'plan'],
    ['nothing', settled, undefined, 'nothing'],
    ['nothing after nothing', settled, standing('nothing'), 'nothing'],
    ['nothing after a plan', settled, standing('plan'), 'outdated'],
    ['nothing after an outdated plan', settled, standing('outdated'), 'outdated'],
    ['a plan after an outdated one', {}, standing('outdated'), 'plan'],
    ['a block of a dry run', { outcome: 'blocked' }, undefined, 'plan'],
    ['an apply', { ...applying, outcome: 'changed' }, standing('plan'), 'changed'],
    ['a block of an apply', { ...applying, outcome: 'blocked' }, standing('plan'), 'stopped'],
    ['a part', { ...applying, outcome: 'partial' }, standing('plan'), 'stopped'],
    ['an apply that finds nothing', { ...settled, ...applying }, standing('plan'), 'nothing'],
    ['an apply run again', { ...settled, ...applying }, standing('changed'), undefined],
    ['an apply run again after a part', { ...settled, ...applying }, standing('stopped'), 'nothing'],
    ['a run older than the comment', {}, standing('plan', 8), undefined],
  ];

it.each(nextStates)('%s is said', (_, parts, before, state) => {
  expect(stateOf(runRecord(parts), before, 7)).toBe(state);
});

describe('the pull request that was merged as a commit', () => {
  const merged = (number: number, mergedAt: string | undefined, mergeCommit: string | undefined) => ({
    number,
    isOpen: mergedAt === undefined,
    head: headSha,
    base: 'main',
    mergedAt,
    mergeCommit,
  });
  it.each([
    ['is none of those that are open', [merged(1, undefined, sha)], undefined],
    ['is the one of that commit', [merged(1, '2026-02-01', 'x'), merged(2, '2026-01-01', sha)], 2],
    [
      'is the last one, where the commit was rebased',
      [merged(1, '2026-01-01', 'x'), merged(2, '2026-02-01', 'y')],
      2,
    ],
    ['is none', [], undefined],
  ] as const)('%s', (_, pulls, expected) => {
    expect(mergedAs(sha, pulls)?.number).toBe(expected);
  });
});

describe('the place on GitHub', () => {
  it('is that of the event, fork or not', () => {
    expect(context('pull_request', pull('open', true)).pull).toMatchObject({ isFork: true, head: headSha });
    expect(context('pull_request', pull('open')).pull?.isFork).toBe(false);
    expect(context('pull_request', { pull_request: 'x' }).pull).toBeUndefined();
  });

  it('is a server of its own where the runner says so', () => {
    const env = { GITHUB_API_URL: 'https://git.example/api/v3/' };
    expect(context('push', {}, env)).toMatchObject({
      apiUrl: 'https://git.example/api/v3',
      graphqlUrl: 'https://git.example/api/graphql',
    });
    const named = { ...env, GITHUB_GRAPHQL_URL: 'https://graph.example' };
    expect(context('push', {}, named).graphqlUrl).toBe('https://graph.example');
    expect(context('push')).toMatchObject({
      apiUrl: 'https://api.github.com',
      graphqlUrl: 'https://api.github.com/graphql',
    });
  });

  it('links to the attempt of the run', () => {
    const env = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_RUN_ID: '900', GITHUB_RUN_ATTEMPT: '2' };
    expect(context('push', {}, env)).toMatchObject({
      runUrl: 'https://git.example/owner/app-7/actions/runs/900/attempts/2',
      runId: 900,
    });
    expect(context('push')).toMatchObject({ runUrl: undefined, runId: undefined });
    expect(context('push', {}, { ...env, GITHUB_SERVER_URL: 'no address' }).runUrl).toBeUndefined();
  });
});
