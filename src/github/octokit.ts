import type { Clock } from '../settle.js';
import { type GitHub, GitHubError, type IssueComment, type Pull } from './api.js';
import type { GitHubContext } from './context.js';
import { makeFetch } from './fetch.js';
import { type Failure, Retries } from './retry.js';
import type { getOctokit } from './toolkit.js';

/** What a connection to GitHub needs. */
export interface Connection {
  readonly context: GitHubContext;
  readonly token: string;
  readonly clock: Clock;
  /** Ends every request and wait. */
  readonly signal: AbortSignal;
  readonly userAgent: string;
}

type Octokit = ReturnType<typeof getOctokit>;
type Rest = Octokit['rest'];
type AnswerOf<T extends (...given: never[]) => Promise<{ data: unknown }>> = Awaited<ReturnType<T>>['data'];
type CommentAnswer = AnswerOf<Rest['issues']['createComment']>;
type PullAnswer =
  | AnswerOf<Rest['pulls']['get']>
  | AnswerOf<Rest['repos']['listPullRequestsAssociatedWithCommit']>[number];

/** As many as a query may name (GitHub, "Rate limits and query limits for the GraphQL API"). */
const PAGE = 100;

const AUTHORED = `query Authored($ids: [ID!]!) {
  nodes(ids: $ids) { ... on IssueComment { id viewerDidAuthor } }
}`;

function pullFrom({ number, state, head, base, merged_at, merge_commit_sha }: PullAnswer): Pull {
  return {
    number,
    isOpen: state === 'open',
    head: head.sha,
    base: base.ref,
    mergedAt: merged_at ?? undefined,
    mergeCommit: merge_commit_sha ?? undefined,
  };
}

function commentFrom(answer: CommentAnswer): IssueComment {
  return {
    id: answer.id,
    nodeId: answer.node_id,
    body: answer.body ?? '',
    url: answer.html_url,
    app: answer.performed_via_github_app?.id,
    isByBot: answer.user?.type === 'Bot',
  };
}

/** Octokit throws a status of 500 where there was no answer at all. */
function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, response }: { status?: unknown; response?: { headers?: Failure['headers'] } } =
    Object(error);
  const isAnswered = typeof status === 'number' && response !== undefined;
  return {
    status: isAnswered ? status : undefined,
    headers: response?.headers ?? {},
    message: error.message,
  };
}

/** The comments of `nodes` whose member says that the viewer wrote them. */
function authoredIn(answer: unknown): string[] {
  const { data }: { data?: { nodes?: readonly unknown[] } } = Object(answer);
  return (data?.nodes ?? []).flatMap((node) => {
    const { id, viewerDidAuthor }: { id?: unknown; viewerDidAuthor?: unknown } = Object(node);
    return typeof id === 'string' && viewerDidAuthor === true ? [id] : [];
  });
}

class OctokitGitHub implements GitHub {
  constructor(
    private readonly octokit: Octokit,
    private readonly repository: { readonly owner: string; readonly repo: string },
    private readonly graphqlUrl: string,
  ) {}

  async pull(number: number): Promise<Pull> {
    const { data } = await this.octokit.rest.pulls.get({ ...this.repository, pull_number: number });
    return pullFrom(data);
  }

  async pullsOf(sha: string): Promise<Pull[]> {
    const given = { ...this.repository, commit_sha: sha, per_page: PAGE };
    const { data } = await this.octokit.rest.repos.listPullRequestsAssociatedWithCommit(given);
    return data.map(pullFrom);
  }

  async comments(pull: number, start: string): Promise<IssueComment[]> {
    const found: IssueComment[] = [];
    const given = { ...this.repository, issue_number: pull, per_page: PAGE };
    const pages = this.octokit.paginate.iterator(this.octokit.rest.issues.listComments, given);
    for await (const { data } of pages) {
      found.push(...data.map(commentFrom).filter(({ body }) => body.startsWith(start)));
    }
    return found.sort((one, other) => one.id - other.id);
  }

  async create(pull: number, body: string): Promise<IssueComment> {
    const given = { ...this.repository, issue_number: pull, body };
    return commentFrom((await this.octokit.rest.issues.createComment(given)).data);
  }

  async update(id: number, body: string): Promise<IssueComment> {
    const given = { ...this.repository, comment_id: id, body };
    return commentFrom((await this.octokit.rest.issues.updateComment(given)).data);
  }

  async remove(id: number): Promise<void> {
    try {
      await this.octokit.rest.issues.deleteComment({ ...this.repository, comment_id: id });
    } catch (error) {
      if (!(error instanceof GitHubError && error.status === 404)) throw error;
    }
  }

  async authored(nodeIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let from = 0; from < nodeIds.length; from += PAGE) {
      const variables = { ids: nodeIds.slice(from, from + PAGE) };
      const answer = await this.octokit.request(`POST ${this.graphqlUrl}`, { query: AUTHORED, variables });
      for (const id of authoredIn(answer.data)) found.add(id);
    }
    return found;
  }
}

const silent = (): void => undefined;

/** Connects to GitHub with a token, by a client that is loaded here alone. Nothing is sent before the first question. */
export async function connect({ context, token, clock, signal, userAgent }: Connection): Promise<GitHub> {
  const { apiUrl, graphqlUrl, repository } = context;
  if (repository === undefined) throw new GitHubError('The run names no repository.', undefined, 'failed');
  const toolkit = await import('./toolkit.js');
  const octokit = toolkit.getOctokit(token, {
    baseUrl: apiUrl,
    userAgent,
    request: { fetch: makeFetch(signal) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const retries = new Retries(clock, signal);
  octokit.hook.wrap('request', (request, options) => {
    // Creating twice makes two; a query changes nothing.
    const isRepeatable = options.method !== 'POST' || options.url === graphqlUrl;
    return retries.send(async () => request(options), failureOf, isRepeatable);
  });
  return new OctokitGitHub(octokit, repository, graphqlUrl);
}
