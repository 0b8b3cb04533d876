import type { Stranger } from '../credentials/choose.js';
import { comesFromFork } from './fork.js';

/** What the runner says about this run. */
export interface RunContext {
  readonly event: string;
  /** Full ref, for example `refs/heads/main`. */
  readonly ref: string;
  readonly defaultBranch: string | undefined;
  readonly repositoryId: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly isPullRequest: boolean;
  /** Whose proposal it is, where GitHub gives the run fewer rights for that. */
  readonly stranger: Stranger | undefined;
  /** Run and attempt: an attempt later may have to make again what was deleted meanwhile. */
  readonly runId: string;
  /** Folder for files that live as long as the job. */
  readonly temp: string;
}

function defaultBranchOf(payload: unknown): string | undefined {
  const { repository }: { repository?: unknown } = Object(payload);
  const { default_branch: branch }: { default_branch?: unknown } = Object(repository);
  return typeof branch === 'string' && branch !== '' ? branch : undefined;
}

interface PullRequest {
  readonly user?: { readonly login?: unknown } | null;
}

function pullRequestOf(payload: unknown): PullRequest | undefined {
  const { pull_request: found }: { pull_request?: unknown } = Object(payload);
  return typeof found === 'object' && found !== null ? found : undefined;
}

/** Their payload may say nothing of the pull request where that is from a fork. */
const OF_PULL_REQUESTS = /^pull_request(_review|_review_comment)?$/;

const DEPENDABOT = 'dependabot[bot]';

/**
 * Forks and Dependabot get no secrets and only a reading token (GitHub documentation, "Events that trigger
 * workflows", pull requests from forks; "Troubleshooting Dependabot on GitHub Actions"). `pull_request_target`
 * runs with the rights of the base repository, unless Dependabot started it on a pull request of its own.
 */
function strangerOf(
  event: string,
  actor: string | undefined,
  pull: PullRequest | undefined,
  repository: string,
) {
  const [acts, proposes] = [actor === DEPENDABOT, pull?.user?.login === DEPENDABOT];
  if (event === 'pull_request_target') return acts && proposes ? 'dependabot' : undefined;
  if (acts || proposes) return 'dependabot';
  if (pull === undefined) return OF_PULL_REQUESTS.test(event) ? 'fork' : undefined;
  return comesFromFork(pull, repository) ? 'fork' : undefined;
}

/** Reads the context from a runner's environment and the event's payload (undefined when there is none). */
export function readContext(env: Readonly<Record<string, string | undefined>>, payload: unknown): RunContext {
  const event = env.GITHUB_EVENT_NAME ?? '';
  const pull = pullRequestOf(payload);
  const repository = env.GITHUB_REPOSITORY || 'local';
  return {
    event,
    ref: env.GITHUB_REF ?? '',
    defaultBranch: defaultBranchOf(payload),
    repositoryId: env.GITHUB_REPOSITORY_ID || 'local',
    repository,
    isPullRequest: pull !== undefined || event.startsWith('pull_request'),
    stranger: strangerOf(event, env.GITHUB_ACTOR, pull, repository),
    runId: `${env.GITHUB_RUN_ID || 'local'}/${env.GITHUB_RUN_ATTEMPT || '1'}`,
    temp: env.RUNNER_TEMP || '.',
  };
}
