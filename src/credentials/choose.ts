import { partitionOfArn, roleNameOf } from '../aws/partitions.js';
import type { RoleInputs } from '../model/desired.js';
import type { Problem } from '../model/problem.js';

/** Whose proposal a run is about, where GitHub gives it fewer rights. */
export type Stranger = 'fork' | 'dependabot';

/** Where a job asks GitHub for ID tokens. */
export interface TokenSource {
  readonly url: string;
  /** A secret: who holds it can ask for tokens of this job. */
  readonly bearer: string;
}

/** Where the runner lets the job ask, undefined without `id-token: write` (GitHub documentation, "OpenID Connect"). */
export function tokenSourceOf(env: Readonly<Record<string, string | undefined>>): TokenSource | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  return url && bearer ? { url, bearer } : undefined;
}

/** What decides on the credentials of a run, inputs aside. */
export interface Situation {
  readonly writes: boolean;
  /** Whether a pull request is the event's subject. */
  readonly isPullRequest: boolean;
  readonly stranger: Stranger | undefined;
  /** Undefined where the job may not ask GitHub for an ID token. */
  readonly tokenSource: TokenSource | undefined;
  /** Whether the job's environment names credentials: keys, a profile, a token file. */
  readonly namesCredentials: boolean;
}

/** Where the credentials of a run come from; `skipped` and `refused` end it before anything is asked. */
export type Choice =
  | {
      readonly kind: 'role';
      readonly role: string;
      readonly tokenSource: TokenSource;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'ambient' }
  | { readonly kind: 'skipped' | 'refused'; readonly problem: Problem };

/** Variables with which a job, or a step before this one, names its credentials (AWS SDKs reference guide). */
const NAMING = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
];

/** Whether the environment names credentials. Those that a machine or container has by itself are not named. */
export function namesCredentials(env: Readonly<Record<string, string | undefined>>): boolean {
  return NAMING.some((name) => (env[name] ?? '') !== '');
}

/** For each stranger, why there are no credentials, and the line that keeps the job from running. */
const STRANGERS: Readonly<Record<Stranger, { code: string; because: string; line: string }>> = {
  fork: {
    code: 'skipped-fork',
    because: 'the pull request comes from a fork, whose runs get neither ID token nor secrets',
    line: 'if: github.event.pull_request == null || github.event.pull_request.head.repo.full_name == github.repository',
  },
  dependabot: {
    code: 'skipped-dependabot',
    because: 'Dependabot started this run, which gets no secrets and may ask for no ID token',
    line: "if: github.actor != 'dependabot[bot]'",
  },
};

function skipped(stranger: Stranger): Choice {
  const { code, because, line } = STRANGERS[stranger];
  const problem = {
    code,
    message: `No plan was made, because ${because}.`,
    remedy: `Add \`${line}\` to the job to leave it out.`,
  };
  return { kind: 'skipped', problem };
}

/** A green run after a merge says that the network is as desired: one that was to write must not be left out so. */
const CANNOT_WRITE: Choice = {
  kind: 'refused',
  problem: {
    code: 'dependabot-cannot-write',
    message:
      'Nothing was changed: this run writes, but Dependabot started it, which gets no secrets and may ask for no ID token.',
    remedy:
      'Start the workflow by hand, as `workflow_dispatch`; or give the job `permissions: { id-token: write }`, and Dependabot the secrets it needs.',
  },
};

/** What becomes of a stranger's run without credentials: a proposal is left out, a write is refused. */
function withoutCredentials(stranger: Stranger, { writes, isPullRequest }: Situation): Choice {
  return writes && !isPullRequest ? CANNOT_WRITE : skipped(stranger);
}

const ID_TOKEN_UNAVAILABLE = (role: string): Problem => ({
  code: 'id-token-unavailable',
  message: `Role ${role} cannot be assumed: the job may not ask GitHub for an ID token.`,
  remedy:
    'Add `permissions: { id-token: write, contents: read }` to the job, and to the job that calls it if it is of a reusable workflow.',
});

function roleMissing(roles: RoleInputs, writes: boolean): Problem {
  const empty = roles.planRole === undefined || writes ? 'role-to-assume' : 'plan-role-to-assume';
  const because =
    roles.planRole === undefined
      ? 'other inputs of a role are given'
      : 'this run writes, and plan-role-to-assume is for dry runs';
  return {
    code: 'role-missing',
    message: `Input ${empty} is empty, but ${because}.`,
    remedy: `Set \`${empty}\`; if it is a variable or secret, check that it exists for this event and environment.`,
  };
}

function sameRole(roles: RoleInputs, role: string, { isPullRequest, writes }: Situation): Problem[] {
  const given = roles.planRole !== undefined && roles.planRole === roles.role;
  if (!given && (roles.planRole !== undefined || writes || !isPullRequest)) return [];
  return [
    {
      code: 'one-role-for-both',
      message: `Role ${roleNameOf(role)} is used for dry runs and for writing: a pull request can run with its rights.`,
      remedy:
        'Set `plan-role-to-assume` to a role that only reads, and let only that one trust pull requests.',
    },
  ];
}

const DEFAULT_DURATION = 3600;

/** Whether an input was given that only means something together with a role. */
function wantsRole({ role, planRole, sessionName, audience, duration }: RoleInputs): boolean {
  return [role, planRole, sessionName, audience].some(Boolean) || duration !== DEFAULT_DURATION;
}

/**
 * Chooses the credentials of a run. A role that is given is used or the run ends: other credentials never stand
 * in for it. An input that is empty because a secret is absent cannot be told from one that was not given, so
 * it counts as absent where another input of a role is given, and on a stranger's run that names no credentials.
 */
export function chooseCredentials(roles: RoleInputs, situation: Situation): Choice {
  const { writes, stranger, tokenSource } = situation;
  const role = writes ? roles.role : (roles.planRole ?? roles.role);
  const skip = stranger && withoutCredentials(stranger, situation);
  if (role !== undefined) {
    if (tokenSource) return { kind: 'role', role, tokenSource, warnings: sameRole(roles, role, situation) };
    return skip ?? { kind: 'refused', problem: ID_TOKEN_UNAVAILABLE(role) };
  }
  if (wantsRole(roles)) return skip ?? { kind: 'refused', problem: roleMissing(roles, writes) };
  return situation.namesCredentials ? { kind: 'ambient' } : (skip ?? { kind: 'ambient' });
}

/** Characters that STS takes in a session name. */
const NOT_IN_SESSION_NAME = /[^\w+=,.@-]+/g;

/** A session name from run and repository: whole run id first, at most 64 characters. */
export function sessionNameOf(runId: string, repository: string): string {
  return `vpc-lambda-action-${runId}-${repository}`.replace(NOT_IN_SESSION_NAME, '-').slice(0, 64);
}

/** The audience that the identity providers of a role's partition are set up with; the usual one where it is not known. */
export function audienceOf(role: string): string {
  return partitionOfArn(role)?.audience ?? 'sts.amazonaws.com';
}

/** What a run acts with, in the words of the log. */
export type Source =
  | 'environment variables'
  | 'a web identity token file'
  | 'a profile'
  | 'the container'
  | 'the instance profile';

/** How the AWS SDK marks what it found, most telling first. */
const SOURCES: readonly { readonly mark: RegExp; readonly source: Source }[] = [
  { mark: /^CREDENTIALS_(PROFILE|PROCESS|SSO|LOGIN)/, source: 'a profile' },
  { mark: /^CREDENTIALS_ENV_VARS_STS/, source: 'a web identity token file' },
  { mark: /^CREDENTIALS_ENV_VARS$/, source: 'environment variables' },
  { mark: /^CREDENTIALS_HTTP$/, source: 'the container' },
];

/** Where the SDK found credentials, by its marks; those of an instance carry none. */
export function sourceOf(marks: readonly string[]): Source {
  const row = SOURCES.find(({ mark }) => marks.some((word) => mark.test(word)));
  return row?.source ?? 'the instance profile';
}

/** The warning for a run that acts as its machine although it could have a role of its own. */
export function machineWarning(source: Source, hasIdToken: boolean): Problem[] {
  if (!hasIdToken || (source !== 'the container' && source !== 'the instance profile')) return [];
  return [
    {
      code: 'machine-credentials',
      message: `The run acts with the credentials of ${source}, although it may ask for an ID token.`,
      remedy: 'Set `role-to-assume`, if it is empty by mistake; or take `id-token: write` from the job.',
    },
  ];
}
