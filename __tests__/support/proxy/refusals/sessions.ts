import type { Context } from '../context.js';
import { textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { pages, type Row, type Verdict } from './row.js';

const assume = ['sts:AssumeRoleWithWebIdentity'];

/** Assuming a role with an ID token, and using a session after its end. */
export const sessionRows: readonly Row[] = [
  {
    id: 'session-ended',
    actions: ['ec2:*', 'iam:*', 'lambda:*', 'sts:*'],
    row: 0,
    docs: pages.stsErrors,
    wording: 'seen',
    refuse: ended,
  },
  {
    id: 'identity-provider',
    actions: assume,
    row: 0,
    docs: pages.assumeRole,
    wording: 'seen',
    refuse: ({ input }, { options: { federation } }) => {
      const { iss } = claimsOf(textOf(input, 'WebIdentityToken'));
      if (federation === undefined || federation.issuer === iss) return undefined;
      const message = `No OpenIDConnect provider found in your account for ${iss}`;
      return { code: 'InvalidIdentityToken', message };
    },
  },
  {
    id: 'token-audience',
    actions: assume,
    row: 0,
    docs: pages.assumeRole,
    wording: 'seen',
    refuse: ({ input }, { options: { federation } }) => {
      const { aud } = claimsOf(textOf(input, 'WebIdentityToken'));
      if (federation === undefined || federation.audiences.includes(String(aud))) return undefined;
      return { code: 'InvalidIdentityToken', message: 'Incorrect token audience' };
    },
  },
  {
    id: 'token-expired',
    actions: assume,
    row: 0,
    docs: pages.assumeRole,
    wording: 'seen',
    refuse: ({ input }, { options: { federation } }) => {
      const { exp } = claimsOf(textOf(input, 'WebIdentityToken'));
      const now = Math.floor(Date.now() / 1000);
      if (federation === undefined || Number(exp) > now) return undefined;
      const message = `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`;
      return { code: 'ExpiredTokenException', message };
    },
  },
  {
    id: 'trust-policy',
    actions: assume,
    row: 0,
    docs: pages.assumeRole,
    wording: 'seen',
    refuse: notTrusted,
  },
  {
    id: 'session-duration',
    actions: assume,
    row: 0,
    docs: pages.assumeRole,
    wording: 'seen',
    refuse: async ({ input }, context) => {
      const most = (await roleOf(textOf(input, 'RoleArn'), context))?.MaxSessionDuration;
      if (most === undefined || Number(textOf(input, 'DurationSeconds')) <= most) return undefined;
      const message = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
      return { code: 'ValidationError', message };
    },
  },
];

function claimsOf(token: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
  } catch {
    return {};
  }
}

function ended({ headers, service }: AwsRequest, { memory }: Context): Verdict {
  const key = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  const end = memory.sessions.get(key);
  if (end === undefined || end > Date.now()) return undefined;
  if (service === 'ec2') return { code: 'RequestExpired', message: 'Request has expired.' };
  const message = 'The security token included in the request is expired';
  return { code: service === 'lambda' ? 'ExpiredTokenException' : 'ExpiredToken', message, status: 403 };
}

async function roleOf(arn: string, { state }: Context) {
  const RoleName = arn.split('/').at(-1);
  return (await state.clients.iam.getRole({ RoleName }).catch(() => undefined))?.Role;
}

/** A role that does not exist is refused in the same words as one that does not trust the subject. */
async function notTrusted({ input }: AwsRequest, context: Context): Promise<Verdict> {
  const { federation } = context.options;
  if (federation === undefined) return undefined;
  const { sub } = claimsOf(textOf(input, 'WebIdentityToken'));
  const exists = (await roleOf(textOf(input, 'RoleArn'), context)) !== undefined;
  if (exists && federation.subjects.includes(String(sub))) return undefined;
  const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
  return { code: 'AccessDenied', message, status: 403 };
}
