import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { StepResult } from '../support/run-action.js';
import type { TestBed } from '../support/test-bed.js';
import { pullRequestClaims, startTokenService, type TokenService } from '../support/token-service.js';
import { addFederatedRole, githubIssuer } from '../support/worlds/federation.js';
import { caseInputs, caseWorld, step } from './steps.js';

/** Roles of the account, by what they are for. */
export const roles = {
  apply: 'arn:aws:iam::123456789012:role/ci/lambda-network-apply',
  plan: 'arn:aws:iam::123456789012:role/lambda-network-plan',
};

/** A step without credentials in its environment. */
export const noCredentials = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
};

/** A job with `id-token: write`, a token service, and an account that trusts it. */
export interface OidcStage {
  readonly tokens: TokenService;
  /** Runs a step of the case study without ambient credentials. */
  run(inputs?: Readonly<Record<string, string>>, options?: Parameters<typeof step>[2]): Promise<StepResult>;
}

/** Declares the hooks: the case study's world and its trust before each test. */
export function withOidc(bed: TestBed): OidcStage {
  let tokens: TokenService | undefined;
  beforeAll(async () => {
    tokens = await startTokenService();
  });
  afterAll(() => tokens?.stop());
  beforeEach(async () => {
    tokens?.reset();
    await caseWorld(bed);
    await addFederatedRole(bed.direct, 'lambda-network-plan');
    await addFederatedRole(bed.direct, 'lambda-network-apply');
    bed.proxy.setOptions({
      federation: {
        issuer: githubIssuer,
        audiences: ['sts.amazonaws.com'],
        subjects: [String(pullRequestClaims.sub)],
      },
    });
  });
  const started = (): TokenService => {
    if (tokens === undefined) throw new Error('the token service is there inside hooks and tests only');
    return tokens;
  };
  return {
    get tokens() {
      return started();
    },
    run: (inputs = {}, options = {}) => {
      const { url, bearer } = started();
      const env = {
        ...noCredentials,
        ACTIONS_ID_TOKEN_REQUEST_URL: url,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer,
        ...options.env,
      };
      const both = { 'role-to-assume': roles.apply, 'plan-role-to-assume': roles.plan };
      return step(bed, { ...caseInputs, ...both, ...inputs }, { ...options, env });
    },
  };
}

/** A pull request from a branch of the repository itself. */
export const pullRequest = {
  name: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: {
    pull_request: {
      number: 7,
      user: { login: 'octocat' },
      head: { repo: { id: 700100200, full_name: 'owner/app-7' } },
      base: { repo: { id: 700100200, full_name: 'owner/app-7' } },
    },
  },
};
