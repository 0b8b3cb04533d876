import type { Description, Operation } from './description.js';
import type { Author, State, StoredComment, StoredPull } from './state.js';

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What an operation may look at. */
export interface Asked {
  readonly state: State;
  readonly description: Description;
  readonly operation: Operation;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly author: Author;
  /** Address of the API, for links. */
  readonly base: string;
}

/** GitHub's limit, in the words of its refusal. */
const LONGEST = 65_536;

const REPOSITORY_ID = 700100200;

const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
});

const comments = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const comment = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

/** The operations that this GitHub knows, by method and path. */
export const operations: Readonly<Record<string, (asked: Asked) => Answer>> = {
  [`get ${comments}`]: listComments,
  [`post ${comments}`]: createComment,
  [`patch ${comment}`]: updateComment,
  [`delete ${comment}`]: ({ state, operation }) =>
    state.remove(Number(operation.path.comment_id)) ? { status: 204 } : refusal(404, 'Not Found'),
  'get /repos/{owner}/{repo}/pulls/{pull_number}': (asked) => {
    const pull = asked.state.pulls.find(({ number }) => number === Number(asked.operation.path.pull_number));
    return pull ? { status: 200, body: pullBody(asked, pull) } : refusal(404, 'Not Found');
  },
  'get /repos/{owner}/{repo}/commits/{commit_sha}/pulls': (asked) => ({
    status: 200,
    body: asked.state.pulls
      .filter(({ mergeCommit }) => mergeCommit === asked.operation.path.commit_sha)
      .map((pull) => pullBody(asked, pull, 'pull-request-simple')),
  }),
};

/** Paths of the operations. */
export const templates = [...new Set(Object.keys(operations).map((name) => name.replace(/^\w+ /, '')))];

function userBody({ login, app }: Author): Record<string, unknown> {
  const url = `https://api.github.com/users/${encodeURIComponent(login)}`;
  const names = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'];
  return {
    login,
    id: login.length,
    node_id: `U_${login.length}`,
    avatar_url: `${url}/avatar`,
    gravatar_id: '',
    url,
    html_url: url,
    ...Object.fromEntries(names.map((name) => [`${name}_url`, `${url}/${name}`])),
    following_url: `${url}/following`,
    gists_url: `${url}/gists`,
    starred_url: `${url}/starred`,
    events_url: `${url}/events`,
    type: app === undefined ? 'User' : 'Bot',
    site_admin: false,
  };
}

function appBody({ description }: Asked, { app, login }: Author): unknown {
  if (app === undefined) return null;
  return { ...description.example('integration'), id: app, slug: login.replace('[bot]', '') };
}

function commentBody(asked: Asked, stored: StoredComment): Record<string, unknown> {
  return {
    ...asked.description.example('issue-comment'),
    id: stored.id,
    node_id: stored.nodeId,
    html_url: `https://github.com/owner/app-7/pull/${stored.pull}#issuecomment-${stored.id}`,
    body: stored.body,
    user: userBody(stored.author),
    performed_via_github_app: appBody(asked, stored.author),
  };
}

function pullFields({ number, state, mergedAt, mergeCommit }: StoredPull): Record<string, unknown> {
  return { number, state, merged_at: mergedAt, merge_commit_sha: mergeCommit };
}

function pullBody({ description }: Asked, pull: StoredPull, name = 'pull-request'): Record<string, unknown> {
  // The teams of GitHub's examples lack what its schema asks of a team.
  const example = { ...description.example(name), requested_teams: [] };
  const head = { ...Object(Reflect.get(example, 'head')), sha: pull.head };
  const base = { ...Object(Reflect.get(example, 'base')), ref: pull.base };
  return { ...example, ...pullFields(pull), head, base };
}

/** A page, and the links to others as GitHub writes them: by the number of the repository. */
function listComments(asked: Asked): Answer {
  const { state, operation, query, base } = asked;
  const pull = Number(operation.path.issue_number);
  if (!state.pulls.some(({ number }) => number === pull)) return refusal(404, 'Not Found');
  const all = state.commentsOn(pull).sort((one, other) => one.id - other.id);
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string): string =>
    `<${base}/repositories/${REPOSITORY_ID}/issues/${pull}/comments?per_page=${size}&page=${to}>; rel="${rel}"`;
  const links = page < last ? [link(page + 1, 'next'), link(last, 'last')] : [];
  return {
    status: 200,
    headers: links.length > 0 ? { link: links.join(', ') } : {},
    body: all.slice((page - 1) * size, page * size).map((one) => commentBody(asked, one)),
  };
}

/** The path of a link, as the description spells it. */
export const described = (path: string): string =>
  path.replace(`/repositories/${REPOSITORY_ID}/`, '/repos/owner/app-7/');

const textOf = (body: unknown): string => String(Object(body).body ?? '');

function isTooLong(body: unknown): boolean {
  return textOf(body).length > LONGEST;
}

const TOO_LONG = refusal(422, 'Validation Failed: Body is too long (maximum is 65536 characters)');

function createComment(asked: Asked): Answer {
  const { state, operation, body, author } = asked;
  const pull = Number(operation.path.issue_number);
  if (!state.pulls.some(({ number }) => number === pull)) return refusal(404, 'Not Found');
  if (isTooLong(body)) return TOO_LONG;
  const made = state.addComment(pull, author, textOf(body));
  return {
    status: 201,
    headers: { location: `${asked.base}/comments/${made.id}` },
    body: commentBody(asked, made),
  };
}

function updateComment(asked: Asked): Answer {
  const { state, operation, body } = asked;
  const found = state.comments.find(({ id }) => id === Number(operation.path.comment_id));
  if (found === undefined) return refusal(404, 'Not Found');
  if (isTooLong(body)) return TOO_LONG;
  found.body = textOf(body);
  return { status: 200, body: commentBody(asked, found) };
}
