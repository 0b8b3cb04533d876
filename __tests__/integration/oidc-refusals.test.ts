import { describe, expect, it } from '@jest/globals';
import type { Effect } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import { githubIssuer } from '../support/worlds/federation.js';
import { roles, withOidc } from './oidc-stage.js';

const bed = withTestBed();
const stage = withOidc(bed);

interface Refusal {
  readonly name: string;
  readonly given?: () => void;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly code: string;
  readonly message: string;
}

const federation = { issuer: githubIssuer, audiences: ['sts.amazonaws.com'], subjects: [] };
const answer = (code: string, message: string, status = 400): Effect => ({
  kind: 'error',
  code,
  message,
  status,
});
const refuse = (effect: Effect): void =>
  bed.proxy.inject({ when: { action: 'sts:AssumeRoleWithWebIdentity' }, times: 100, do: effect });

const refusals: readonly Refusal[] = [
  {
    name: 'the job may not ask for an ID token',
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined },
    code: 'id-token-unavailable',
    message: `Role ${roles.apply} cannot be assumed: the job may not ask GitHub for an ID token. Add \`permissions: { id-token: write, contents: read }\` to the job, and to the job that calls it if it is of a reusable workflow.`,
  },
  {
    name: 'the trust policy does not admit the sub, in a repository with ids in it',
    given: () => bed.proxy.setOptions({ federation }),
    code: 'role-not-trusted',
    message: `Role ${roles.apply} does not trust this job: the ID token has the sub \`repo:owner@4567/app-7@700100200:pull_request\` and the aud \`sts.amazonaws.com\`. Check that the role exists, and that its trust policy admits that aud and exactly that sub; the two forms are \`repo:owner@4567/app-7@700100200:pull_request\` (repositories made, renamed or transferred after 15 July 2026) or \`repo:owner/app-7:pull_request\` (older ones).`,
  },
  {
    name: 'the trust policy does not admit the sub, in an older repository',
    given: () => stage.tokens.setClaims({ sub: 'repo:owner/app-7:environment:live' }),
    code: 'role-not-trusted',
    message: `Role ${roles.apply} does not trust this job: the ID token has the sub \`repo:owner/app-7:environment:live\` and the aud \`sts.amazonaws.com\`. Check that the role exists, and that its trust policy admits that aud and exactly that sub; the two forms are \`repo:owner@4567/app-7@700100200:environment:live\` (repositories made, renamed or transferred after 15 July 2026) or \`repo:owner/app-7:environment:live\` (older ones).`,
  },
  {
    name: 'the account has no identity provider',
    given: () => stage.tokens.setClaims({ iss: 'https://ghes.example/_services/token' }),
    code: 'identity-provider-missing',
    message:
      'Account 123456789012 has no identity provider for https://ghes.example/_services/token. Add an OpenID Connect provider with that URL and the audience `sts.amazonaws.com` to IAM of account 123456789012.',
  },
  {
    name: 'the identity provider does not know the audience',
    inputs: { audience: 'https://github.com/owner' },
    code: 'audience-rejected',
    message: `The identity provider of account 123456789012 does not know the audience \`https://github.com/owner\`. Add \`https://github.com/owner\` to the audiences of the provider for ${githubIssuer}, or set \`audience\` to one it has.`,
  },
  {
    name: 'the session would be too long',
    inputs: { 'role-duration-seconds': '7200' },
    code: 'session-too-long',
    message:
      'Role lambda-network-apply allows no session of 7200 seconds. Lower `role-duration-seconds`, or raise the maximum session duration of the role.',
  },
  {
    name: 'STS is not active in the region',
    given: () =>
      refuse(
        answer(
          'RegionDisabledException',
          'STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console.',
          403,
        ),
      ),
    code: 'sts-region-disabled',
    message:
      'STS is not active in us-east-2 for account 123456789012. Activate the STS endpoint of us-east-2 in the account settings of IAM, or the region itself.',
  },
  {
    name: 'AWS rejects a claim',
    given: () => refuse(answer('IDPRejectedClaim', 'The claim was rejected.', 403)),
    code: 'id-token-rejected',
    message: `AWS rejected the ID token of ${githubIssuer} for role ${roles.apply}. Check the identity provider of account 123456789012: its URL must be that issuer, its audience \`sts.amazonaws.com\`.`,
  },
  {
    name: 'AWS cannot read the keys of the issuer',
    given: () =>
      refuse(
        answer('InvalidIdentityToken', "Couldn't retrieve verification key from your identity provider"),
      ),
    code: 'identity-provider-unreachable',
    message: `AWS could not read the keys of ${githubIssuer} to check the ID token. Run the job again; a GitHub Enterprise Server must let AWS read its OIDC configuration and keys.`,
  },
  {
    name: 'GitHub refuses a token',
    given: () => stage.tokens.failWith(403),
    code: 'id-token-refused',
    message:
      'GitHub gave no ID token: its token service answered with HTTP 403. Check that the job has `permissions: { id-token: write }` and is still running, then run it again.',
  },
  {
    name: 'GitHub is broken for longer than is waited for',
    given: () => stage.tokens.failWith(500, 502, 503, 429, 500),
    code: 'id-token-refused',
    message:
      'GitHub gave no ID token: its token service answered with HTTP 500. Run the job again; look at GitHub’s status page if that happens often.',
  },
  {
    name: 'GitHub is out of reach',
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://tokens.invalid/token?api-version=2.0' },
    code: 'github-unreachable',
    message: expect.stringMatching(
      /^GitHub's token service at tokens\.invalid could not be reached: getaddrinfo \w+ tokens\.invalid\. Check the network and the proxy of the runner, then run the job again\.$/,
    ) as unknown as string,
  },
];

describe('a run without a session fails before it reads anything, and says why', () => {
  it.each(refusals)('$name', async ({ given, inputs, env = {}, code, message }) => {
    given?.();
    const { annotations, outputs, exitCode, everything, summary } = await stage.run(inputs, { env });
    const errors = annotations.filter(({ level }) => level === 'error');
    expect(errors.map(({ message }) => message)).toEqual([message]);
    expect(errors.map(({ properties }) => properties.title)).toEqual([code]);
    expect([outputs.outcome, exitCode]).toEqual(['failed', 1]);
    expect(summary).toContain(code);
    expect(bed.proxy.calls.filter(({ action }) => action !== 'sts:AssumeRoleWithWebIdentity')).toEqual([]);
    const written = everything.replace(/^::add-mask::.*$/gm, '');
    expect(
      [stage.tokens.bearer, ...stage.tokens.tokens].filter((secret) => written.includes(secret)),
    ).toEqual([]);
  });

  it('names by how much the clocks differ', async () => {
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    stage.tokens.setClaims({ iat: hourAgo, exp: hourAgo + 300 });
    const { annotations } = await stage.run();
    const error = annotations.find(({ level }) => level === 'error');
    expect(error?.properties.title).toBe('clock-skew');
    expect(error?.message).toBe(
      `AWS takes the ID token for expired or not yet valid, though it is new. The clock of ${githubIssuer} is 60 min behind that of AWS. Set the clock of ${githubIssuer}; if it is right, run the job again.`,
    );
  });
});

describe('what passes is tried again', () => {
  it.each([[500], [503, 502], [429], [0, 500]])('GitHub answers %s %s first', async (...statuses) => {
    stage.tokens.failWith(...statuses.filter((status) => status !== undefined));
    const { outputs } = await stage.run({ 'dry-run': 'true' });
    expect(outputs.outcome).toBe('planned');
    expect(stage.tokens.tokens).toHaveLength(1);
  });

  it('AWS cannot reach the issuer at first', async () => {
    const lost = answer('IDPCommunicationError', 'The identity provider could not be reached.');
    bed.proxy.inject({ when: { action: 'sts:AssumeRoleWithWebIdentity' }, times: 2, do: lost });
    const { outputs } = await stage.run({ 'dry-run': 'true' });
    expect(outputs.outcome).toBe('planned');
  });
});
