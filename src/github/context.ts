import { comesFromFork } from '../runner/fork.js';
import { memberOf } from '../text/json.js';

/** A pull request as an event tells it. */
export interface PullOfEvent {
  readonly number: number;
  readonly isOpen: boolean;
  /** Commit at its head. */
  readonly head: string | undefined;
  /** Whether it comes from another repository: its token only reads. */
  readonly isFork: boolean;
}

/** Where on GitHub a run happens. */
export interface GitHubContext {
  readonly event: string;
  readonly repository: { readonly owner: string; readonly repo: string } | undefined;
  /** Commit of the run; on a pull request a merge of its head. */
  readonly sha: string | undefined;
  readonly isPushToDefaultBranch: boolean;
  readonly pull: PullOfEvent | undefined;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly runId: number | undefined;
  /** Page of this attempt of the run. */
  readonly runUrl: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function pullOf(payload: unknown, fullName: string): PullOfEvent | undefined {
  const pull = memberOf(payload, 'pull_request');
  const number = memberOf(pull, 'number');
  if (typeof number !== 'number') return undefined;
  const head = memberOf(pull, 'head');
  return {
    number,
    isOpen: memberOf(pull, 'state') !== 'closed',
    head: commitOf(textOf(memberOf(head, 'sha'))),
    isFork: comesFromFork(pull, fullName),
  };
}

const commitOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;

function repositoryOf(fullName: string): GitHubContext['repository'] {
  const [owner = '', repo = '', ...rest] = fullName.split('/');
  return owner === '' || repo === '' || rest.length > 0 ? undefined : { owner, repo };
}

function runUrlOf(env: Env): string | undefined {
  if (!env.GITHUB_SERVER_URL || !env.GITHUB_REPOSITORY || !env.GITHUB_RUN_ID) return undefined;
  const path = `${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}/attempts/${env.GITHUB_RUN_ATTEMPT || '1'}`;
  try {
    return new URL(path, `${env.GITHUB_SERVER_URL}/`).href;
  } catch {
    return undefined;
  }
}

/**
 * Reads the context from a runner's environment and the event's payload. On GitHub Enterprise Server the URLs are
 * the server's own.
 */
export function readGitHubContext(env: Env, payload: unknown): GitHubContext {
  const fullName = env.GITHUB_REPOSITORY ?? '';
  const branch = textOf(memberOf(memberOf(payload, 'repository'), 'default_branch'));
  const apiUrl = (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  const runId = Number(env.GITHUB_RUN_ID);
  return {
    event: env.GITHUB_EVENT_NAME ?? '',
    repository: repositoryOf(fullName),
    sha: commitOf(env.GITHUB_SHA),
    isPushToDefaultBranch:
      env.GITHUB_EVENT_NAME === 'push' && branch !== undefined && env.GITHUB_REF === `refs/heads/${branch}`,
    pull: pullOf(payload, fullName),
    apiUrl,
    graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`,
    runId: Number.isSafeInteger(runId) && runId > 0 ? runId : undefined,
    runUrl: runUrlOf(env),
  };
}
