import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StepOptions } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import { noCredentials, pullRequest, withOidc } from './oidc-stage.js';

const bed = withTestBed();
const stage = withOidc(bed);

const noToken = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined };
const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-job' };
const noRoles = { 'role-to-assume': '', 'plan-role-to-assume': '' };

const from = (head: object | null): Partial<StepOptions> => ({
  env: noToken,
  event: {
    ...pullRequest,
    payload: { pull_request: { ...pullRequest.payload.pull_request, head: { repo: head } } },
  },
});
const fork = from({ id: 5, full_name: 'stranger/app-7', fork: true });
const dependabot = { env: { ...noToken, GITHUB_ACTOR: 'dependabot[bot]' }, event: pullRequest };

const FORK =
  'No plan was made, because the pull request comes from a fork, whose runs get neither ID token nor secrets. Add `if: github.event.pull_request == null || github.event.pull_request.head.repo.full_name == github.repository` to the job to leave it out.';
const DEPENDABOT =
  "No plan was made, because Dependabot started this run, which gets no secrets and may ask for no ID token. Add `if: github.actor != 'dependabot[bot]'` to the job to leave it out.";

describe('a run without credentials is skipped', () => {
  it.each([
    { name: 'of a fork', options: fork, code: 'skipped-fork', message: FORK },
    {
      name: 'of a fork that is deleted meanwhile',
      options: from(null),
      code: 'skipped-fork',
      message: FORK,
    },
    { name: 'of Dependabot', options: dependabot, code: 'skipped-dependabot', message: DEPENDABOT },
  ])('$name', async ({ options, code, message }) => {
    for (const inputs of [{}, noRoles]) {
      const result = await stage.run(inputs, options);
      expect(result.annotations).toEqual([{ level: 'warning', message, properties: { title: code } }]);
      expect([result.outputs.outcome, result.exitCode]).toEqual(['skipped', 0]);
      expect(result.outputs['has-changes']).toBe('false');
      expect(result.summary).toContain('Skipped: no plan was made for function app-7.');
      expect(result.summary).toContain('github.');
      expect(bed.proxy.calls).toEqual([]);
    }
  });

  it('fails where fail-on lists it, and says so', async () => {
    const { annotations, exitCode, outputs } = await stage.run({ 'fail-on': 'error, skipped' }, fork);
    expect([outputs.outcome, exitCode]).toEqual(['skipped', 1]);
    expect(annotations.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        message: 'No plan was made, and fail-on lists skipped.',
        properties: { title: 'fail-on-skipped' },
      },
    ]);
  });

  it('does not take the credentials of its machine', async () => {
    const env = { ...noToken, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${bed.proxy.url}/credentials` };
    const { outputs } = await stage.run(noRoles, { ...fork, env });
    expect(outputs.outcome).toBe('skipped');
    expect(bed.proxy.calls).toEqual([]);
  });

  it('does not take the credentials of the job in place of a role', async () => {
    const { outputs } = await stage.run({}, { ...fork, env: { ...noToken, ...keys } });
    expect(outputs.outcome).toBe('skipped');
  });
});

describe('a run that writes', () => {
  it.each([{}, noRoles])('is never left out quietly, roles as in %j', async (inputs) => {
    const env = { ...dependabot.env, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${bed.proxy.url}/credentials` };
    const { annotations, exitCode, outputs } = await stage.run(inputs, { env });
    expect([outputs.outcome, exitCode]).toEqual(['failed', 1]);
    expect(annotations.map(({ properties }) => properties.title)).toEqual(['dependabot-cannot-write']);
    expect(bed.proxy.calls).toEqual([]);
  });
});

describe('a run with credentials makes its plan', () => {
  it('of a fork whose runs may ask for ID tokens', async () => {
    const { outputs } = await stage.run({}, { event: fork.event ?? {} });
    expect(outputs.outcome).toBe('planned');
  });

  it('of Dependabot, with keys that the job has', async () => {
    const { outputs } = await stage.run(noRoles, { ...dependabot, env: { ...dependabot.env, ...keys } });
    expect(outputs.outcome).toBe('planned');
  });

  it('of a branch of the repository', async () => {
    const { outputs } = await stage.run({}, { event: pullRequest });
    expect(outputs.outcome).toBe('planned');
  });
});

describe('a run of the repository itself is not skipped', () => {
  it.each([
    { name: 'on a pull request', event: pullRequest },
    { name: 'on pull_request_target of a fork', event: { ...fork.event, name: 'pull_request_target' } },
    { name: 'on a push', event: {} },
  ])('$name: without ID token it fails', async ({ event }) => {
    const { outputs, exitCode } = await stage.run({}, { env: noToken, event });
    expect([outputs.outcome, exitCode]).toEqual(['failed', 1]);
  });
});

describe('credentials of the machine', () => {
  const token = 'canary-of-the-container-token-2c77';
  let server: Server;

  beforeAll(async () => {
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const body = {
      AccessKeyId: 'ASIAOFTHECONTAINER77',
      SecretAccessKey: 'secret-of-the-container',
      Token: token,
    };
    server = createServer((_, answer) => answer.end(JSON.stringify({ ...body, Expiration })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close();
  });

  it('are used with a warning where the job could have a role', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/credentials`;
    const env = { ...noCredentials, AWS_CONTAINER_CREDENTIALS_FULL_URI: url };
    const { annotations, outputs, everything, stdout } = await stage.run(
      { ...noRoles, 'dry-run': 'true' },
      { env },
    );
    expect(outputs.outcome).toBe('planned');
    expect(annotations).toContainEqual({
      level: 'warning',
      message:
        'The run acts with the credentials of the container, although it may ask for an ID token. Set `role-to-assume`, if it is empty by mistake; or take `id-token: write` from the job.',
      properties: { title: 'machine-credentials' },
    });
    expect(stdout).toContain('\nCredentials: the container.\n');
    expect(stdout).toContain(`::add-mask::${token}`);
    expect(everything.replace(/^::add-mask::.*$/gm, '')).not.toContain(token);
  });

  it('are used without a warning where the job may ask for no ID token', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/credentials`;
    const env = { ...noCredentials, ...noToken, AWS_CONTAINER_CREDENTIALS_FULL_URI: url };
    const { annotations, outputs } = await stage.run({ ...noRoles, 'dry-run': 'true' }, { env });
    expect(outputs.outcome).toBe('planned');
    expect(annotations.map(({ properties }) => properties.title)).not.toContain('machine-credentials');
  });
});
