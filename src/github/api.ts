/** A pull request, as far as it is needed. */
export interface Pull {
  readonly number: number;
  readonly isOpen: boolean;
  /** Commit at its head. */
  readonly head: string;
  /** Branch it goes into. */
  readonly base: string;
  /** When it was merged, ISO 8601; undefined when it was not. */
  readonly mergedAt: string | undefined;
  readonly mergeCommit: string | undefined;
}

/** A comment on a pull request, as far as it is needed. */
export interface IssueComment {
  readonly id: number;
  /** Its id in GraphQL. */
  readonly nodeId: string;
  readonly body: string;
  /** Its address for people. */
  readonly url: string;
  /** GitHub App that wrote it; undefined for people. */
  readonly app: number | undefined;
  readonly isByBot: boolean;
}

/** What is asked of GitHub: the one door. Everything throws a {@link GitHubError}. */
export interface GitHub {
  pull(number: number): Promise<Pull>;
  /** Pull requests that a commit belongs to. */
  pullsOf(sha: string): Promise<Pull[]>;
  /** Those that begin with `start`, oldest first, of all pages. */
  comments(pull: number, start: string): Promise<IssueComment[]>;
  create(pull: number, body: string): Promise<IssueComment>;
  update(id: number, body: string): Promise<IssueComment>;
  /** One that is gone already is fine. */
  remove(id: number): Promise<void>;
  /** Those of the comments that this token's user wrote. */
  authored(nodeIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Why a request failed. */
export type FailureKind =
  /** There were too many requests. */
  | 'limit'
  /** There was no proper answer, and it may have been carried out. */
  | 'doubt'
  | 'failed';

/** GitHub refused, or did not answer. */
export class GitHubError extends Error {
  constructor(
    message: string,
    /** HTTP status; undefined when there was no answer. */
    readonly status: number | undefined,
    readonly kind: FailureKind,
  ) {
    super(message);
    this.name = 'GitHubError';
  }
}
