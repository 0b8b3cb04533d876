import { STS } from '@aws-sdk/client-sts';
import { pullRequestClaims, type TokenClaims, tokenOf } from '../../support/token-service.js';
import { addFederatedRole } from '../../support/worlds/federation.js';
import type { RefusalCase, Stage } from './case.js';

const role = 'arn:aws:iam::123456789012:role/lambda-network';
const { iss, sub } = pullRequestClaims;

function assume({ bed }: Stage, claims: TokenClaims = {}, duration = 3600): Promise<unknown> {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return bed.through.sts.assumeRoleWithWebIdentity({
    RoleArn: role,
    RoleSessionName: 'session',
    DurationSeconds: duration,
    WebIdentityToken: tokenOf({ ...pullRequestClaims, aud: 'sts.amazonaws.com', exp, ...claims }),
  });
}

async function given({ bed }: Stage): Promise<void> {
  await addFederatedRole(bed.direct, 'lambda-network');
  bed.proxy.setOptions({
    federation: { issuer: String(iss), audiences: ['sts.amazonaws.com'], subjects: [String(sub)] },
  });
}

interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

async function session({ bed }: Stage): Promise<Session> {
  const { Credentials: made } = await bed.through.sts.assumeRoleWithWebIdentity({
    RoleArn: role,
    RoleSessionName: 'session',
    WebIdentityToken: 'a.b.c',
  });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = made ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function callAs({ bed }: Stage, credentials: Session): Promise<unknown> {
  const sts = new STS({ endpoint: bed.proxy.url, region: 'us-east-2', credentials, maxAttempts: 1 });
  return sts.getCallerIdentity({}).finally(() => sts.destroy());
}

/** Assuming a role with an ID token, and using its session. */
export const sessionCases: readonly RefusalCase[] = [
  {
    id: 'session-ended',
    code: 'ExpiredToken',
    message: /The security token included in the request is expired/,
    given: async ({ bed }) => bed.proxy.setOptions({ sessionSeconds: [-1] }),
    refused: async (stage) => callAs(stage, await session(stage)),
    accepted: async (stage) => callAs(stage, await session(stage)),
  },
  {
    id: 'identity-provider',
    code: 'InvalidIdentityTokenException',
    message:
      /^No OpenIDConnect provider found in your account for https:\/\/ghes\.example\/_services\/token$/,
    given,
    refused: (stage) => assume(stage, { iss: 'https://ghes.example/_services/token' }),
    accepted: assume,
  },
  {
    id: 'token-audience',
    code: 'InvalidIdentityTokenException',
    message: /^Incorrect token audience$/,
    given,
    refused: (stage) => assume(stage, { aud: 'https://github.com/owner' }),
    accepted: assume,
  },
  {
    id: 'token-expired',
    code: 'ExpiredTokenException',
    message: /^Token expired: current date\/time \d+ must be before the expiration date\/time 1$/,
    given,
    refused: (stage) => assume(stage, { exp: 1 }),
    accepted: assume,
  },
  {
    id: 'trust-policy',
    code: 'AccessDenied',
    message: /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    given,
    refused: (stage) => assume(stage, { sub: 'repo:owner/app-7:pull_request' }),
    accepted: assume,
  },
  {
    id: 'session-duration',
    code: 'ValidationError',
    message: /^The requested DurationSeconds exceeds the MaxSessionDuration set for this role\.$/,
    given,
    refused: (stage) => assume(stage, {}, 3601),
    accepted: assume,
  },
];
