import type { CommentWishes } from '../model/desired.js';
import type { Problem } from '../model/problem.js';
import type { RunRecord } from '../model/run.js';
import { commentBody, saysTheSame } from '../report/comment/body.js';
import { type CommentSubject, commentKey } from '../report/comment/marker.js';
import { wallClock } from '../settle.js';
import { type Redact, redactAll } from '../text/redact.js';
import { type GitHub, GitHubError, type Pull } from './api.js';
import { type GitHubContext, readGitHubContext } from './context.js';
import { saysSomething, stateOf, type Target, targetOf } from './due.js';
import { connect } from './octokit.js';
import { commentProblem, pullClosed, pullNotFound } from './problems.js';
import { type Wanted, type Written, writeComment } from './write.js';

/** A run that is to be told on its pull request. */
export interface CommentJob {
  readonly record: RunRecord;
  readonly subject: CommentSubject;
  readonly wishes: CommentWishes;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the event; undefined when there is none. */
  readonly payload: unknown;
  readonly userAgent: string;
  readonly redact: Redact;
  /** Aborted when the run is cancelled: no comment waits, and none is begun. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly warn: (problem: Problem) => void;
}

/** Milliseconds between a create without an answer and looking for what it made. */
const DOUBT_PAUSE = 2_000;

/** A pull request, and the commit that this run was about. */
interface Place {
  readonly number: number;
  readonly head: string | undefined;
}

/** The pull request that a commit of the default branch came from: the one merged as it, else the last merged. */
export function mergedAs(sha: string, pulls: readonly Pull[]): Pull | undefined {
  const merged = pulls.filter(({ mergedAt }) => mergedAt !== undefined);
  const latest = [...merged].sort((one, other) => ((one.mergedAt ?? '') < (other.mergedAt ?? '') ? 1 : -1));
  return merged.find(({ mergeCommit }) => mergeCommit === sha) ?? latest[0];
}

async function pullOfNumber(github: GitHub, number: number, warn: CommentJob['warn']) {
  try {
    const pull = await github.pull(number);
    if (pull.isOpen) return pull;
    warn(pullClosed(number));
  } catch (error) {
    if (!(error instanceof GitHubError && error.status === 404)) throw error;
    warn(pullNotFound(number));
  }
  return undefined;
}

async function placeOf(
  github: GitHub,
  target: Exclude<Target, { kind: 'none' }>,
  { say, warn }: CommentJob,
): Promise<Place | undefined> {
  if (target.kind === 'event') return target;
  if (target.kind === 'number') return pullOfNumber(github, target.number, warn);
  const pull = mergedAs(target.sha, await github.pullsOf(target.sha));
  if (pull === undefined) say(`No comment, because no pull request was merged as ${target.sha.slice(0, 7)}.`);
  return pull && { number: pull.number, head: target.sha };
}

function wantedFor(job: CommentJob, { runId, runUrl }: GitHubContext, head: string | undefined): Wanted {
  const { wishes, redact, signal } = job;
  const { record, subject } = redactAll({ record: job.record, subject: job.subject }, redact);
  return {
    key: commentKey(subject),
    creates: wishes.when === 'always' || saysSomething(record),
    // Installation tokens of GitHub Apps begin so (GitHub, "About authentication", token formats).
    isAppToken: wishes.token?.startsWith('ghs_') ?? false,
    bodyFor: (standing, app) => {
      const state = stateOf(record, standing, runId);
      return state && commentBody(record, subject, { app, state, head, run: runId, runUrl });
    },
    isSame: saysTheSame,
    pause: () => wallClock.sleep(DOUBT_PAUSE, signal),
  };
}

const TOLD: Readonly<Record<Written['how'], (where: string) => string>> = {
  created: (where) => `Commented on ${where}`,
  updated: (where) => `Updated the comment on ${where}`,
  untouched: (where) => `The comment on ${where} stays as it is`,
  'not-needed': (where) => `No comment on ${where}, because there is nothing to say`,
};

async function post(
  job: CommentJob,
  context: GitHubContext,
  target: Exclude<Target, { kind: 'none' }>,
  token: string,
): Promise<string> {
  const { signal, userAgent, warn, say } = job;
  let where = 'the pull request';
  try {
    const github = await connect({ context, token, clock: wallClock, signal, userAgent });
    const place = await placeOf(github, target, job);
    if (place === undefined) return '';
    where = `pull request ${place.number}`;
    const { how, url } = await writeComment(github, place.number, wantedFor(job, context, place.head));
    say(`${TOLD[how](where)}${url === '' ? '' : `: ${url}`}.`);
    return url;
  } catch (error) {
    const trouble =
      error instanceof GitHubError
        ? error
        : { message: String(error), status: undefined, kind: 'failed' as const };
    warn(commentProblem({ ...trouble, message: trouble.message }, where, context));
    return '';
  }
}

/**
 * Tells a run on its pull request, in one comment for its functions, region and label. Resolves to the comment's
 * address, empty where there is none. Never throws: a comment is no reason for a run to fail.
 */
export async function commentOn(job: CommentJob): Promise<string> {
  const { wishes, env, payload, record, signal, say } = job;
  const context = readGitHubContext(env, payload);
  const target = targetOf(wishes, context, record);
  if (target.kind === 'none') {
    if (wishes.when !== 'never') say(`No comment, because ${target.because}.`);
    return '';
  }
  if (signal.aborted) {
    say('No comment, because the run was stopped.');
    return '';
  }
  return post(job, context, target, wishes.token ?? '');
}
