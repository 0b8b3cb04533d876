import type { CommentWishes } from '../model/desired.js';
import type { RunRecord } from '../model/run.js';
import type { CommentState, Marker } from '../report/comment/marker.js';
import type { GitHubContext } from './context.js';

/** Which pull request gets a comment, as far as that is known before GitHub is asked. */
export type Target =
  /** The event's own. */
  | { readonly kind: 'event'; readonly number: number; readonly head: string | undefined }
  /** The one of `pr-number`: it has to be looked at. */
  | { readonly kind: 'number'; readonly number: number }
  /** The one that was merged as this commit. */
  | { readonly kind: 'merged'; readonly sha: string }
  /** None; completes "No comment, because …". */
  | { readonly kind: 'none'; readonly because: string };

const none = (because: string): Target => ({ kind: 'none', because });

function ofEvent({ event, pull, isPushToDefaultBranch, sha }: GitHubContext): Target {
  if (pull !== undefined) {
    if (!pull.isOpen) return none(`pull request ${pull.number} is closed`);
    return { kind: 'event', number: pull.number, head: pull.head };
  }
  if (isPushToDefaultBranch && sha !== undefined) return { kind: 'merged', sha };
  return none(event === '' ? 'this is no GitHub event' : `the event ${event} names no pull request`);
}

/** Decides from the inputs, the event and the outcome alone whether GitHub has to be asked at all. */
export function targetOf(
  wishes: CommentWishes,
  context: GitHubContext,
  { outcome }: Pick<RunRecord, 'outcome'>,
): Target {
  if (wishes.when === 'never') return none('comment is never');
  if (context.repository === undefined) return none('this run is of no GitHub repository');
  if (wishes.token === undefined) return none('github-token is empty');
  // A run without credentials knows nothing new, and its token could not write.
  if (outcome === 'skipped' && wishes.when === 'auto') return none('no plan was made');
  if (wishes.pullNumber !== undefined) return { kind: 'number', number: wishes.pullNumber };
  return ofEvent(context);
}

/** Whether a run has to say something that a person should not have to look for. */
export function saysSomething({ outcome, plan }: RunRecord): boolean {
  if (outcome === 'skipped') return false;
  if (outcome !== 'unchanged') return true;
  const isWrong = (plan?.findings ?? []).some(
    ({ status, severity }) => status === 'fail' && severity !== 'notice',
  );
  return isWrong || (plan?.drift.length ?? 0) > 0;
}

/** What the comment of a run says, given the one that stands; undefined where that one must stay as it is. */
export function stateOf(
  record: RunRecord,
  standing: Marker | undefined,
  run?: number,
): CommentState | undefined {
  // A run that started earlier and ends later must not hide what a later one found.
  if (standing?.run !== undefined && run !== undefined && standing.run > run) return undefined;
  const { outcome, dryRun } = record;
  if (outcome === 'changed') return 'changed';
  if (outcome !== 'unchanged') return dryRun ? 'plan' : 'stopped';
  if (dryRun) return standing?.state === 'plan' || standing?.state === 'outdated' ? 'outdated' : 'nothing';
  // Run again, an apply finds nothing to do; what it did the first time is what people look for.
  return standing?.state === 'changed' ? undefined : 'nothing';
}
