import { createHash } from 'node:crypto';

/** What a comment says, in the words of its marker. */
export type CommentState =
  /** What a run would change, or why it cannot be said. */
  | 'plan'
  /** What a run changed. */
  | 'changed'
  /** Why a run that may write did not finish. */
  | 'stopped'
  /** There is nothing to change. */
  | 'nothing'
  /** A plan that stood here is not needed any more. */
  | 'outdated';

/** What the first line of a comment hides: what it is about, who wrote it, and from what. */
export interface Marker {
  /** Of {@link commentKey}. */
  readonly key: string;
  /** Id of the GitHub App whose token wrote the comment; undefined for other tokens. */
  readonly app: number | undefined;
  readonly state: CommentState;
  /** Digest of the plan that the comment shows. */
  readonly digest: string | undefined;
  /** Commit that the run was about: the head of the pull request, or what was pushed. */
  readonly head: string | undefined;
  /** GITHUB_RUN_ID; later runs have higher ones. */
  readonly run: number | undefined;
}

/** How the first line of every comment of this action begins. The number is that of the format. */
export const MARKER_START = '<!-- vpc-lambda-action:comment:v1 ';

/** What one comment is about, known from the inputs alone: a run that fails early has no ARN. */
export interface CommentSubject {
  /** Names, never ARNs. */
  readonly functionNames: readonly string[];
  readonly region: string;
  readonly label: string | undefined;
}

/** A name for a subject that does not depend on the order of the functions: 16 hex digits. */
export function commentKey({ functionNames, region, label }: CommentSubject): string {
  const parts = [[...new Set(functionNames)].sort(), region, label ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

const orNone = (value: string | number | undefined): string =>
  value === undefined || value === '' ? 'none' : String(value);

/** Writes a marker, without the line end. */
export function formatMarker({ key, app, state, digest, head, run }: Marker): string {
  const fields = `key=${key} app=${orNone(app)} state=${state} digest=${orNone(digest)}`;
  return `${MARKER_START}${fields} head=${orNone(head)} run=${orNone(run)} -->`;
}

const MARKER =
  /^<!-- vpc-lambda-action:comment:v1 key=([0-9a-f]{16}) app=(\d{1,15}|none) state=(plan|changed|stopped|nothing|outdated) digest=([0-9a-f]{64}|none) head=([0-9a-f]{7,64}|none) run=(\d{1,15}|none) -->(?:\r?\n|$)/;

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text === 'none' ? undefined : Number(text);
const textOf = (text: string | undefined): string | undefined => (text === 'none' ? undefined : text);

/** Reads the marker that a comment begins with; undefined where it begins with something else, a quote for example. */
export function parseMarker(body: string): Marker | undefined {
  const match = MARKER.exec(body);
  if (match === null) return undefined;
  const [, key = '', app, state, digest, head, run] = match;
  return {
    key,
    app: numberOf(app),
    state: state as CommentState,
    digest: textOf(digest),
    head: textOf(head),
    run: numberOf(run),
  };
}
