import { parseArn, roleNameOf } from '../aws/partitions.js';
import type { AwsProblem, Problem } from '../model/problem.js';
import { spanOf } from '../text/words.js';
import { type Claims, subjectForms } from './claims.js';

/** What was asked of STS. */
export interface Assumption {
  /** ARN of the role. */
  readonly role: string;
  readonly region: string;
  /** Seconds. */
  readonly duration: number;
  readonly claims: Claims;
  /** AWS's time minus that of the token's issuer when it was made, in seconds; undefined where AWS named none. */
  readonly clockDifference: number | undefined;
}

type Told = Pick<Problem, 'code' | 'message' | 'remedy'>;

/** One refusal: what AWS answers, and what it means. */
interface Row {
  /** STS API reference, AssumeRoleWithWebIdentity, errors. */
  readonly code: RegExp;
  /** Part of AWS's message, where the code says too little. */
  readonly message?: RegExp;
  readonly tell: (asked: Assumption) => Told;
}

const audienceIn = ({ claims }: Assumption): string => claims.audience ?? '';
const issuerIn = ({ claims }: Assumption): string => claims.issuer ?? 'GitHub';
const accountIn = ({ role }: Assumption): string => parseArn(role).accountId;

function notTrusted(asked: Assumption): Told {
  const { claims, role } = asked;
  const forms = subjectForms(claims);
  const both = forms?.withIds
    ? `\`${forms.withIds}\` (repositories made, renamed or transferred after 15 July 2026) or \`${forms.withoutIds}\` (older ones)`
    : `\`${forms?.withoutIds ?? claims.subject ?? 'the sub that GitHub documents'}\``;
  return {
    code: 'role-not-trusted',
    message: `Role ${role} does not trust this job: the ID token has the sub \`${claims.subject ?? ''}\` and the aud \`${audienceIn(asked)}\`.`,
    remedy: `Check that the role exists, and that its trust policy admits that aud and exactly that sub; the two forms are ${both}.`,
  };
}

function clockWrong(asked: Assumption): Told {
  const { clockDifference: difference } = asked;
  const issuer = issuerIn(asked);
  const by =
    difference === undefined
      ? ''
      : ` The clock of ${issuer} is ${spanOf(Math.abs(difference))} ${difference > 0 ? 'behind' : 'ahead of'} that of AWS.`;
  return {
    code: 'clock-skew',
    message: `AWS takes the ID token for expired or not yet valid, though it is new.${by}`,
    remedy: `Set the clock of ${issuer}; if it is right, run the job again.`,
  };
}

const providerUnreachable = (asked: Assumption): Told => ({
  code: 'identity-provider-unreachable',
  message: `AWS could not read the keys of ${issuerIn(asked)} to check the ID token.`,
  remedy: 'Run the job again; a GitHub Enterprise Server must let AWS read its OIDC configuration and keys.',
});

const tokenRejected = (asked: Assumption): Told => ({
  code: 'id-token-rejected',
  message: `AWS rejected the ID token of ${issuerIn(asked)} for role ${asked.role}.`,
  remedy: `Check the identity provider of account ${accountIn(asked)}: its URL must be that issuer, its audience \`${audienceIn(asked)}\`.`,
});

/** First match wins. Texts of AWS: issues of aws-actions/configure-aws-credentials and of other users of STS. */
const ROWS: readonly Row[] = [
  { code: /^AccessDenied/, tell: notTrusted },
  {
    code: /^InvalidIdentityToken/,
    message: /No OpenIDConnect provider found/,
    tell: (asked) => ({
      code: 'identity-provider-missing',
      message: `Account ${accountIn(asked)} has no identity provider for ${issuerIn(asked)}.`,
      remedy: `Add an OpenID Connect provider with that URL and the audience \`${audienceIn(asked)}\` to IAM of account ${accountIn(asked)}.`,
    }),
  },
  {
    code: /^InvalidIdentityToken/,
    message: /audience/i,
    tell: (asked) => ({
      code: 'audience-rejected',
      message: `The identity provider of account ${accountIn(asked)} does not know the audience \`${audienceIn(asked)}\`.`,
      remedy: `Add \`${audienceIn(asked)}\` to the audiences of the provider for ${issuerIn(asked)}, or set \`audience\` to one it has.`,
    }),
  },
  {
    code: /^InvalidIdentityToken/,
    message: /verification key|could not be reached/i,
    tell: providerUnreachable,
  },
  { code: /^InvalidIdentityToken/, message: /expired|not (yet )?valid|time|clock/i, tell: clockWrong },
  { code: /^(InvalidIdentityToken|IDPRejectedClaim)/, tell: tokenRejected },
  { code: /^(ExpiredToken|SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed)/, tell: clockWrong },
  { code: /^IDPCommunicationError/, tell: providerUnreachable },
  {
    code: /^RegionDisabled/,
    tell: (asked) => ({
      code: 'sts-region-disabled',
      message: `STS is not active in ${asked.region} for account ${accountIn(asked)}.`,
      remedy: `Activate the STS endpoint of ${asked.region} in the account settings of IAM, or the region itself.`,
    }),
  },
  {
    code: /^ValidationError/,
    message: /DurationSeconds|MaxSessionDuration/,
    tell: ({ role, duration }) => ({
      code: 'session-too-long',
      message: `Role ${roleNameOf(role)} allows no session of ${duration} seconds.`,
      remedy: 'Lower `role-duration-seconds`, or raise the maximum session duration of the role.',
    }),
  },
];

/** Explains why STS gave no session, where that has a reason of its own; else the problem as it was classified. */
export function explainRefusal(problem: AwsProblem, said: string, asked: Assumption): AwsProblem {
  const row = ROWS.find(({ code, message }) => code.test(problem.awsCode) && (message?.test(said) ?? true));
  return row ? { ...problem, kind: 'credentials', ...row.tell(asked) } : problem;
}
