import { type AwsErrorKind, type AwsProblem, RunError } from '../model/problem.js';
import { withoutCredentials } from '../text/redact.js';
import { spanOf } from '../text/words.js';

/** The fields of an SDK error that are looked at; nothing else of it is kept, because it may hold request dumps. */
interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** First match wins. Codes: EC2, IAM, Lambda and STS error references; rows are those of domain.md §1. */
const KINDS: readonly { kind: AwsErrorKind; code?: RegExp; message?: RegExp }[] = [
  { kind: 'cancelled', code: /^AbortError$/ },
  // Lambda's answer while the role's new policy spreads, or when something else denies it (rows 1–5).
  { kind: 'not-ready', message: /provided execution role does not have permissions/ },
  { kind: 'not-ready', message: /cannot be assumed by Lambda/ },
  { kind: 'not-ready', message: /KMS key is invalid for CreateGrant/ },
  { kind: 'throttled', message: /throttled by EC2/ },
  { kind: 'not-found', message: /EC2 Error Code: \S*NotFound/ },
  // Lambda reads subnets and groups with the caller's own permissions (row 6).
  { kind: 'denied', message: /Your access has been denied by EC2/ },
  { kind: 'denied', code: /^(Client\.)?(UnauthorizedOperation|AccessDenied(Exception)?)$/ },
  {
    kind: 'credentials',
    code: /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|InvalidSignature|RequestExpired|CredentialsProvider|TokenProvider|OptInRequired|MissingAuthenticationToken|IncompleteSignature)/,
  },
  {
    kind: 'throttled',
    code: /^(RequestLimitExceeded|RequestThrottled|SlowDown|Throttl|TooManyRequests|EC2Throttled|Bandwidth)/,
  },
  { kind: 'busy', code: /^ResourceConflict/ },
  { kind: 'stale', code: /^PreconditionFailed/ },
  { kind: 'exists', code: /(\.Duplicate|AlreadyExists|AlreadyAssociated)/ },
  { kind: 'exists', message: /conflicting DNS domain|already has a route with destination/ },
  { kind: 'quota', code: /(LimitExceeded|QuotaExceeded|TooManyTags)/ },
  { kind: 'not-found', code: /(NotFound|NoSuchEntity|ResourceNotFound)/ },
  {
    kind: 'conflict',
    code: /^(DependencyViolation|DeleteConflict|ConcurrentModification|IdempotentParameterMismatch|IncorrectState)/,
  },
  {
    kind: 'invalid',
    code: /(^Invalid|^Validation|Malformed|^MissingParameter|^Unsupported|^DuplicateSubnets|^Insufficient)/,
  },
  {
    kind: 'unreachable',
    code: /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_PROXY|TimeoutError|NetworkingError)$/,
  },
];

function facts(error: unknown): ErrorFacts {
  if (typeof error !== 'object' || error === null)
    return { code: 'unknown', message: String(error), status: undefined };
  const fields: { name?: unknown; code?: unknown; Code?: unknown; message?: unknown; $metadata?: unknown } =
    error;
  const metadata: { httpStatusCode?: unknown } = Object(fields.$metadata);
  const status = typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
  const named = [fields.Code, fields.code, fields.name].find(
    (word) => typeof word === 'string' && word !== 'Error',
  );
  return { code: String(named ?? 'unknown'), message: String(fields.message ?? ''), status };
}

function kindOf({ code, message, status }: ErrorFacts): AwsErrorKind {
  const row = KINDS.find((candidate) =>
    candidate.code ? candidate.code.test(code) : candidate.message?.test(message),
  );
  return row?.kind ?? (status === 429 ? 'throttled' : 'unknown');
}

/** What AWS says of a denial, without the encoded blob that EC2 appends. */
function deniedAction(message: string, fallback: string): string {
  const named = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
  const byEc2 = /permission to (Describe[A-Za-z]+)/.exec(message)?.[1];
  return named ?? (byEc2 ? `ec2:${byEc2}` : fallback);
}

function deniedResource(message: string): string | undefined {
  const byEc2 = /permission to Describe[A-Za-z]+(?: for ([a-z]+-[0-9a-f]+))?/.exec(message);
  if (byEc2) return byEc2[1] ?? '*';
  return /on resource:? ([^\s]+)/.exec(message)?.[1]?.replace(/[.,]$/, '');
}

/** Whether a policy could name the resource so; an id or a service name it could not. */
const isInPolicies = (resource: string): boolean => resource === '*' || resource.startsWith('arn:');

/** Organisations restrict where functions may be placed by conditions that no read shows (domain.md row 65). */
function guardHint(action: string): string {
  if (action !== 'lambda:UpdateFunctionConfiguration') return '';
  return ' Where it is allowed, look for a condition on `lambda:VpcIds`, `lambda:SubnetIds` or `lambda:SecurityGroupIds`, in policies of the organisation too.';
}

function denied(error: ErrorFacts, action: string, resource: string): AwsProblem {
  const missing = deniedAction(error.message, action);
  const target = deniedResource(error.message) ?? resource;
  const explicit = /explicit deny/.test(error.message) ? ' An explicit deny refuses it.' : '';
  return {
    kind: 'denied',
    code: 'permission-missing',
    awsCode: error.code,
    action: missing,
    message: `AWS refused ${missing} on ${target}.${explicit}`,
    remedy: `Allow ${missing}${isInPolicies(target) ? ` on ${target}` : ''} for the role that runs this step.${guardHint(missing)}`,
  };
}

/** Remedies of credentials that are absent, and of those that were good until they ended. */
const ABSENT =
  'Set `role-to-assume`, or add a step with aws-actions/configure-aws-credentials before this one.';
const ENDED =
  'Set `role-to-assume`, whose session is renewed in time, or get the credentials in a step right before this one.';

/** Code and remedy of each kind; `denied` has its own text. */
const TEXTS: Readonly<Record<Exclude<AwsErrorKind, 'denied'>, { code: string; remedy: string }>> = {
  'not-found': { code: 'not-found', remedy: 'Check the name and the region.' },
  credentials: {
    code: 'credentials-rejected',
    remedy: 'Check that the credentials are right and may be used in this region, or set `role-to-assume`.',
  },
  throttled: {
    code: 'throttled',
    remedy: 'Run the job again in a few minutes; it continues where it stopped.',
  },
  busy: {
    code: 'update-in-progress',
    remedy: 'Wait until the other update has ended, then run the job again.',
  },
  stale: { code: 'function-changed', remedy: 'Run the job again to plan from the present configuration.' },
  exists: { code: 'already-exists', remedy: 'Run the job again; what exists is then part of the plan.' },
  conflict: { code: 'conflict', remedy: 'Run the job again; it plans from what is there then.' },
  'not-ready': {
    code: 'role-not-ready',
    remedy:
      'Attach AWSLambdaVPCAccessExecutionRole to the execution role if it is not there; else check its permission boundary, service control policies and explicit denies.',
  },
  quota: {
    code: 'quota-reached',
    remedy: 'Raise the quota in Service Quotas, or remove what is not used, then run the job again.',
  },
  invalid: { code: 'refused-by-aws', remedy: 'Correct the value that AWS names, then run the job again.' },
  cancelled: { code: 'cancelled', remedy: 'Run the job again; it continues where it stopped.' },
  unreachable: {
    code: 'aws-unreachable',
    remedy: 'Check the network and the proxy of the runner, then run the job again.',
  },
  unknown: { code: 'aws-error', remedy: 'Run the job again; if it stays, look up the AWS error code.' },
};

/** Characters that are looked through for credentials: more than an ID token may have (STS API reference: 20,000). */
const LONGEST = 25_000;

/**
 * What AWS says, in its first line: further lines can hold the signed request, and the message of an
 * answer that cannot be parsed holds a piece of that answer. Values that AWS refuses stand in its message: what
 * looks like a credential goes before the text is cut, because a part of a secret is not recognised as one.
 */
function safeText({ code, message }: ErrorFacts): string {
  if (code === 'SyntaxError' || message.includes('Deserialization error'))
    return 'the answer could not be read';
  const [first = ''] = message
    .replace(/\s*Encoded authorization failure message:.*$/s, '')
    .trim()
    .split(/[\r\n]/);
  return withoutCredentials(first.slice(0, LONGEST)).slice(0, 500);
}

const STAMP = /\b(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\b/g;

/**
 * Milliseconds from AWS's time to the request's, where a signature is refused for its time. AWS names both, the
 * request's first and its own last (IAM user guide, "Troubleshoot Signature Version 4 signing").
 */
function clockDifference(message: string): number | undefined {
  if (!/Signature (expired|not yet current)/.test(message)) return undefined;
  const times = [...message.matchAll(STAMP)].map((match) => {
    const [year = 0, month = 1, ...rest] = match.slice(1).map(Number);
    return Date.UTC(year, month - 1, ...rest);
  });
  const [sent, last] = [times[0], times.at(-1)];
  return sent === undefined || last === undefined ? undefined : sent - last;
}

function clockSkew({ code }: ErrorFacts, action: string, difference: number): AwsProblem {
  const by = `${spanOf(Math.abs(difference) / 1000)} ${difference > 0 ? 'ahead of' : 'behind'}`;
  return {
    kind: 'credentials',
    code: 'clock-skew',
    awsCode: code,
    action,
    message: `AWS refused ${action}, because the clock of this machine is ${by} that of AWS.`,
    remedy: 'Set the clock of this machine, then run the job again.',
  };
}

function remedyOf(kind: Exclude<AwsErrorKind, 'denied'>, code: string): string {
  if (kind === 'credentials' && code.startsWith('Credentials')) return ABSENT;
  if (kind === 'credentials' && /^(ExpiredToken|RequestExpired)/.test(code)) return ENDED;
  return TEXTS[kind].remedy;
}

/**
 * Classifies an error thrown by the SDK for `action` on `resource` (an id, an ARN or `*`).
 * What stopped the credentials of a request already has its explanation. Never throws; keeps AWS's code and
 * message and nothing else of the error.
 */
export function classify(error: unknown, action: string, resource: string): AwsProblem {
  const known = error instanceof RunError ? error.problems[0] : undefined;
  if (known) return { kind: 'credentials', awsCode: known.code, action, ...known };
  const found = facts(error);
  const difference = clockDifference(found.message);
  if (difference !== undefined) return clockSkew(found, action, difference);
  const kind = kindOf(found);
  if (kind === 'denied') return denied(found, action, resource);
  const said = kind === 'cancelled' ? 'the run was stopped before AWS answered' : safeText(found);
  const service = kind === 'credentials' && found.code.startsWith('Credentials');
  return {
    kind,
    code: service ? 'credentials-missing' : TEXTS[kind].code,
    awsCode: found.code,
    action,
    message: service
      ? 'There are no AWS credentials in this job.'
      : `${action}${resource === '*' ? '' : ` on ${resource}`} failed: ${found.code}${said ? `: ${said}` : ''}`.replace(
          /[.!?]?$/,
          '.',
        ),
    remedy: remedyOf(kind, found.code),
  };
}
