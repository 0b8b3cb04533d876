/** Somebody who writes on GitHub. */
export interface Author {
  readonly login: string;
  /** Id of the app whose bot it is; undefined for a person. */
  readonly app: number | undefined;
}

/** A comment on a pull request. */
export interface StoredComment {
  readonly id: number;
  readonly nodeId: string;
  readonly pull: number;
  readonly author: Author;
  body: string;
}

/** A pull request. */
export interface StoredPull {
  readonly number: number;
  state: 'open' | 'closed';
  readonly head: string;
  mergedAt: string | null;
  mergeCommit: string | null;
  readonly base: string;
}

/** `${{ github.token }}`: the app is the one of GitHub Actions on github.com. */
export const actionsBot: Author = { login: 'github-actions[bot]', app: 15_368 };

/** What a repository holds. */
export class State {
  readonly comments: StoredComment[] = [];
  readonly pulls: StoredPull[] = [];
  private nextId = 1000;

  /** Adds a pull request, open unless said otherwise. */
  addPull(number: number, parts: Partial<StoredPull> = {}): StoredPull {
    const pull: StoredPull = {
      number,
      state: 'open',
      head: 'abcdef0123456789abcdef0123456789abcdef01',
      mergedAt: null,
      mergeCommit: null,
      base: 'main',
      ...parts,
    };
    this.pulls.push(pull);
    return pull;
  }

  /** Adds a comment, as its author would. */
  addComment(pull: number, author: Author, body: string): StoredComment {
    this.nextId += 1;
    const comment = { id: this.nextId, nodeId: `IC_${this.nextId}`, pull, author, body };
    this.comments.push(comment);
    return comment;
  }

  commentsOn(pull: number): StoredComment[] {
    return this.comments.filter((comment) => comment.pull === pull);
  }

  remove(id: number): boolean {
    const index = this.comments.findIndex((comment) => comment.id === id);
    if (index >= 0) this.comments.splice(index, 1);
    return index >= 0;
  }
}
