import { MARKER_START, type Marker, parseMarker } from '../report/comment/marker.js';
import { type GitHub, GitHubError, type IssueComment } from './api.js';

/** Id of the app of `${{ github.token }}` on github.com; the answer to a create tells where it is another. */
const ACTIONS_APP = 15_368;

/** Times a comment is looked for and written, where it is not known whether GitHub made it. */
const MOST_TRIES = 3;

/** What a comment is to say. */
export interface Wanted {
  readonly key: string;
  /** Whether one is made where none stands. */
  readonly creates: boolean;
  /** Whether tokens like this run's belong to an app. */
  readonly isAppToken: boolean;
  /**
   * The text, given the marker of the one that stands and the app to name; undefined where that one has to stay.
   */
  readonly bodyFor: (standing: Marker | undefined, app: number | undefined) => string | undefined;
  readonly isSame: (one: string, other: string) => boolean;
  /** Waits before a comment is looked for that GitHub did not say it made. */
  readonly pause: () => Promise<void>;
}

/** What became of a comment. */
export interface Written {
  readonly how: 'created' | 'updated' | 'untouched' | 'not-needed';
  /** Address of the comment; empty where there is none. */
  readonly url: string;
}

/** A comment with our marker. */
interface Marked {
  readonly comment: IssueComment;
  readonly marker: Marker;
}

function isByOwnApp({ comment, marker }: Marked): boolean {
  return comment.isByBot && comment.app !== undefined && comment.app === marker.app;
}

/** Whoever quotes a marker does not own it: the bot of its app does, or the user of this token. */
async function ownOnes(github: GitHub, pull: number, key: string): Promise<Marked[]> {
  const comments = await github.comments(pull, MARKER_START);
  const marked = comments.flatMap((comment) => {
    const marker = parseMarker(comment.body);
    return marker?.key === key ? [{ comment, marker }] : [];
  });
  const doubtful = marked.filter((one) => !isByOwnApp(one)).map(({ comment }) => comment.nodeId);
  const authored = doubtful.length > 0 ? await github.authored(doubtful) : new Set<string>();
  return marked.filter((one) => isByOwnApp(one) || authored.has(one.comment.nodeId));
}

/** Those that only this action can have written: a person's copy of a comment is never deleted. */
async function removeSurplus(github: GitHub, surplus: readonly Marked[]): Promise<void> {
  for (const one of surplus) if (isByOwnApp(one)) await github.remove(one.comment.id);
}

async function update(github: GitHub, { comment, marker }: Marked, wanted: Wanted): Promise<Written> {
  const body = wanted.bodyFor(marker, comment.isByBot ? comment.app : undefined);
  if (body === undefined || wanted.isSame(body, comment.body)) return { how: 'untouched', url: comment.url };
  const { url } = await github.update(comment.id, body);
  return { how: 'updated', url };
}

/** Creates one, and gives way where another run of the same key was faster. */
async function create(github: GitHub, pull: number, wanted: Wanted): Promise<Written> {
  const guess = wanted.isAppToken ? ACTIONS_APP : undefined;
  const body = wanted.bodyFor(undefined, guess);
  if (body === undefined) return { how: 'not-needed', url: '' };
  let made = await github.create(pull, body);
  const app = made.isByBot ? made.app : undefined;
  if (app !== guess) made = await github.update(made.id, wanted.bodyFor(undefined, app) ?? body);
  const [first] = await ownOnes(github, pull, wanted.key);
  if (first === undefined || first.comment.id === made.id) return { how: 'created', url: made.url };
  await github.remove(made.id);
  return update(github, first, wanted);
}

async function writeOnce(github: GitHub, pull: number, wanted: Wanted): Promise<Written> {
  const [first, ...surplus] = await ownOnes(github, pull, wanted.key);
  if (first !== undefined) {
    await removeSurplus(github, surplus);
    return update(github, first, wanted);
  }
  return wanted.creates ? create(github, pull, wanted) : { how: 'not-needed', url: '' };
}

/**
 * Brings the one comment of a key up to date: the oldest own one is updated, untouched when it says the same, made
 * when there is none. Where GitHub gave no answer to a create, it is looked for before it is made again.
 */
export async function writeComment(github: GitHub, pull: number, wanted: Wanted): Promise<Written> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await writeOnce(github, pull, wanted);
    } catch (error) {
      const isInDoubt = error instanceof GitHubError && error.kind === 'doubt';
      if (!isInDoubt || tries === MOST_TRIES) throw error;
      await wanted.pause();
    }
  }
}
