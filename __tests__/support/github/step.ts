import type { EventOptions, StepOptions } from '../run-action.js';
import { actionsToken, type LocalGitHub } from './index.js';

/** Number of the pull request of the tests. */
export const pullNumber = 42;

/** Head of the pull request. */
export const head = 'abcdef0123456789abcdef0123456789abcdef01';

/** A pull request of this repository was opened or got a commit. */
export function onPull(parts: { head?: string; state?: string; repo?: string } = {}): EventOptions {
  return {
    name: 'pull_request',
    ref: `refs/pull/${pullNumber}/merge`,
    payload: {
      action: 'synchronize',
      pull_request: {
        number: pullNumber,
        state: parts.state ?? 'open',
        head: { sha: parts.head ?? head, repo: { full_name: parts.repo ?? 'owner/app-7' } },
      },
    },
  };
}

/** What a step needs to find this GitHub; `via` is another name for it. */
export function stepOn(
  github: LocalGitHub,
  options: Partial<StepOptions> = {},
  via?: string,
): Partial<StepOptions> {
  return {
    event: onPull(),
    githubToken: actionsToken,
    ...options,
    env: { GITHUB_API_URL: `${via ?? github.url}/api/v3`, ...options.env },
  };
}
