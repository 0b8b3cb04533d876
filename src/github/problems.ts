import type { Problem } from '../model/problem.js';
import type { FailureKind } from './api.js';
import type { GitHubContext } from './context.js';

/** What went wrong on the way to a comment. */
export interface Trouble {
  readonly message: string;
  readonly status: number | undefined;
  readonly kind: FailureKind;
}

const PERMISSION = 'Add `pull-requests: write` to the `permissions` of the job';

function notPermitted({ message, status }: Trouble, where: string, { pull }: GitHubContext): Problem {
  const isLocked = /\blocked\b/i.test(message);
  const fork = pull?.isFork === true ? ' The pull request comes from a fork, whose token may only read.' : '';
  return {
    code: 'comment-not-permitted',
    message: `GitHub refused the comment on ${where} (HTTP ${status}: ${message}).${isLocked ? '' : fork}`,
    remedy: isLocked
      ? 'Unlock the conversation of the pull request, or set `comment: never`.'
      : `${PERMISSION}, or set \`comment: never\`; the job summary says the same.`,
  };
}

/** GitHub does not know the token at all: expired, revoked, or of another server. */
function notAuthenticated({ message }: Trouble, where: string): Problem {
  return {
    code: 'comment-not-permitted',
    message: `GitHub did not accept the token for the comment on ${where} (HTTP 401: ${message}).`,
    remedy:
      'Leave `github-token` out, or set it to a token of this server that is still valid; the job summary says the same.',
  };
}

/** Why there is no comment, as a warning: it is never a reason for a run to fail. */
export function commentProblem(trouble: Trouble, where: string, context: GitHubContext): Problem {
  const { status, message, kind } = trouble;
  if (status === 401) return notAuthenticated(trouble, where);
  if (kind !== 'limit' && (status === 403 || status === 404)) {
    return notPermitted(trouble, where, context);
  }
  return {
    code: 'comment-not-posted',
    message: `The comment on ${where} could not be written (${status === undefined ? 'no answer' : `HTTP ${status}`}: ${message}).`,
    remedy: 'Read the job summary, which says the same, and run the job again for a comment.',
  };
}

/** The number of `pr-number` is that of no pull request, or of one that the token does not see. */
export function pullNotFound(number: number): Problem {
  return {
    code: 'pull-request-not-found',
    message: `GitHub shows no pull request ${number} in this repository, which pr-number names.`,
    remedy: `Correct \`pr-number\`; for a private repository, ${PERMISSION.replace(/^A/, 'a')}.`,
  };
}

/** The pull request of `pr-number` takes no comment any more. */
export function pullClosed(number: number): Problem {
  return {
    code: 'pull-request-closed',
    message: `Pull request ${number}, which pr-number names, is closed: it got no comment.`,
    remedy: 'Write the number of an open pull request into `pr-number`.',
  };
}
