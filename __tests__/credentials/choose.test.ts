import { describe, expect, it } from '@jest/globals';
import {
  audienceOf,
  chooseCredentials,
  machineWarning,
  namesCredentials,
  type Situation,
  sessionNameOf,
  sourceOf,
  tokenSourceOf,
} from '../../src/credentials/choose.js';
import type { RoleInputs } from '../../src/model/desired.js';

const apply = 'arn:aws:iam::123456789012:role/apply';
const plan = 'arn:aws:iam::123456789012:role/plan';
const tokenSource = { url: 'https://tokens.example/?a=b', bearer: 'secret' };

const inputs = (parts: Partial<RoleInputs> = {}): RoleInputs => ({
  role: undefined,
  planRole: undefined,
  sessionName: undefined,
  duration: 3600,
  audience: undefined,
  ...parts,
});

const situation = (parts: Partial<Situation> = {}): Situation => ({
  writes: false,
  isPullRequest: false,
  stranger: undefined,
  tokenSource,
  namesCredentials: false,
  ...parts,
});

/** What is chosen, in a word or two. */
function chosen(roles: Partial<RoleInputs>, parts: Partial<Situation>): string {
  const choice = chooseCredentials(inputs(roles), situation(parts));
  if (choice.kind === 'ambient') return 'ambient';
  if (choice.kind !== 'role') return choice.problem.code;
  return [choice.role.split('/')[1], ...choice.warnings.map(({ code }) => code)].join(' ');
}

const noToken = { tokenSource: undefined };
const named = { namesCredentials: true };
const fork = { stranger: 'fork', isPullRequest: true } as const;
const pushed = { stranger: 'dependabot' } as const;
const bot = { stranger: 'dependabot', isPullRequest: true } as const;
const both = { role: apply, planRole: plan };

describe('the credentials of a run', () => {
  it.each<[string, Partial<RoleInputs>, Partial<Situation>, string]>([
    ['two roles, writing', both, { writes: true }, 'apply'],
    ['two roles, dry', both, {}, 'plan'],
    ['two roles, dry, with keys in the job', both, named, 'plan'],
    ['one role, writing', { role: apply }, { writes: true }, 'apply'],
    ['one role, dry', { role: apply }, {}, 'apply'],
    ['one role, on a pull request', { role: apply }, { isPullRequest: true }, 'apply one-role-for-both'],
    ['the same role twice, dry', { role: apply, planRole: apply }, {}, 'apply one-role-for-both'],
    [
      'the same role twice, writing',
      { role: apply, planRole: apply },
      { writes: true },
      'apply one-role-for-both',
    ],
    ['a plan role alone, dry', { planRole: plan }, { isPullRequest: true }, 'plan'],
    ['a plan role alone, writing', { planRole: plan }, { writes: true }, 'role-missing'],
    ['a plan role alone, writing, with keys', { planRole: plan }, { writes: true, ...named }, 'role-missing'],
    ['a session name without a role', { sessionName: 'me' }, {}, 'role-missing'],
    ['an audience without a role', { audience: 'me' }, named, 'role-missing'],
    ['a duration without a role', { duration: 900 }, { writes: true }, 'role-missing'],
    ['a role without id-token', both, { ...noToken, writes: true }, 'id-token-unavailable'],
    ['a role without id-token, with keys', both, { ...noToken, ...named }, 'id-token-unavailable'],
    ['nothing', {}, {}, 'ambient'],
    ['nothing without id-token', {}, noToken, 'ambient'],
    ['nothing, with keys', {}, named, 'ambient'],
    ['a fork, roles', both, { ...fork, ...noToken }, 'skipped-fork'],
    ['a fork, roles, with keys', both, { ...fork, ...noToken, ...named }, 'skipped-fork'],
    ['a fork, empty roles', {}, { ...fork, ...noToken }, 'skipped-fork'],
    ['a fork, one empty role', { sessionName: 'me' }, { ...fork, ...named }, 'skipped-fork'],
    ['a fork, empty roles, id-token', {}, fork, 'skipped-fork'],
    ['a fork that may ask for tokens', both, fork, 'plan'],
    ['a fork, with keys', {}, { ...fork, ...noToken, ...named }, 'ambient'],
    ['Dependabot', both, { ...bot, ...noToken }, 'skipped-dependabot'],
    ['Dependabot, empty roles', {}, { ...bot, ...noToken }, 'skipped-dependabot'],
    ['Dependabot that may ask for tokens', both, bot, 'plan'],
    ['a dry push of Dependabot', both, { ...pushed, ...noToken }, 'skipped-dependabot'],
    [
      'a writing push of Dependabot',
      both,
      { ...pushed, ...noToken, writes: true },
      'dependabot-cannot-write',
    ],
    ['a writing push of Dependabot, empty roles', {}, { ...pushed, writes: true }, 'dependabot-cannot-write'],
    ['a writing push of Dependabot that may ask for tokens', both, { ...pushed, writes: true }, 'apply'],
    ['a writing push of Dependabot, with keys', {}, { ...pushed, ...named, writes: true }, 'ambient'],
    ['a fork told to write', both, { ...fork, ...noToken, writes: true }, 'skipped-fork'],
  ])('%s', (_, roles, parts, expected) => {
    expect(chosen(roles, parts)).toBe(expected);
  });

  it('name the input that is empty', () => {
    const problem = (roles: Partial<RoleInputs>, writes: boolean): string => {
      const choice = chooseCredentials(inputs(roles), situation({ writes }));
      return choice.kind === 'refused' ? choice.problem.message : '';
    };
    expect(problem({ planRole: plan }, true)).toBe(
      'Input role-to-assume is empty, but this run writes, and plan-role-to-assume is for dry runs.',
    );
    expect(problem({ audience: 'x' }, false)).toBe(
      'Input role-to-assume is empty, but other inputs of a role are given.',
    );
  });
});

describe('what the environment says', () => {
  it.each([
    [{ AWS_ACCESS_KEY_ID: 'AKIA' }, true],
    [{ AWS_PROFILE: 'ci' }, true],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, true],
    [{ AWS_SHARED_CREDENTIALS_FILE: '/credentials' }, true],
    [{ AWS_ACCESS_KEY_ID: '' }, false],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/' }, false],
    [{}, false],
  ])('%j names credentials: %s', (env, expected) => {
    expect(namesCredentials(env)).toBe(expected);
  });

  it.each([
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, true],
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, false],
    [{ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, false],
    [{}, false],
  ])('%j lets the job ask for tokens: %s', (env, expected) => {
    expect(tokenSourceOf(env) !== undefined).toBe(expected);
  });
});

it.each([
  ['arn:aws:iam::1:role/a', 'sts.amazonaws.com'],
  ['arn:aws-us-gov:iam::1:role/a', 'sts.amazonaws.com'],
  ['arn:aws-cn:iam::1:role/a', 'sts.amazonaws.com.cn'],
])('the audience of %s is %s', (role, audience) => {
  expect(audienceOf(role)).toBe(audience);
});

it.each([
  ['900800700/1', 'owner/app-7', 'vpc-lambda-action-900800700-1-owner-app-7'],
  ['local/1', 'local', 'vpc-lambda-action-local-1-local'],
  ['7/1', `owner/${'x'.repeat(100)}`, `vpc-lambda-action-7-1-owner-${'x'.repeat(36)}`],
  ['7/1', 'größe/a b', 'vpc-lambda-action-7-1-gr-e-a-b'],
])('the session of run %s in %s is %s', (run, repository, name) => {
  expect(sessionNameOf(run, repository)).toBe(name);
  expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
});

it.each([
  [['CREDENTIALS_ENV_VARS'], 'environment variables'],
  [
    ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'CREDENTIALS_STS_ASSUME_ROLE_WEB_ID'],
    'a web identity token file',
  ],
  [['CREDENTIALS_PROFILE'], 'a profile'],
  [['CREDENTIALS_ENV_VARS', 'CREDENTIALS_PROFILE_SOURCE_PROFILE'], 'a profile'],
  [['CREDENTIALS_SSO'], 'a profile'],
  [['CREDENTIALS_HTTP'], 'the container'],
  [[], 'the instance profile'],
])('marks %j mean %s', (marks, source) => {
  expect(sourceOf(marks)).toBe(source);
});

it.each([
  ['the instance profile', true, 1],
  ['the container', true, 1],
  ['the instance profile', false, 0],
  ['environment variables', true, 0],
  ['a profile', true, 0],
] as const)('%s beside an ID token (%s): %i warnings', (source, hasIdToken, count) => {
  expect(machineWarning(source, hasIdToken)).toHaveLength(count);
});
