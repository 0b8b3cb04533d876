import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Description } from '../support/github/description.js';
import { execute } from '../support/github/graphql.js';
import { actionsToken, type LocalGitHub, startGitHub } from '../support/github/index.js';
import { templates } from '../support/github/operations.js';
import { actionsBot, State } from '../support/github/state.js';

const description = new Description(templates);
const comments = '/repos/owner/app-7/issues/42/comments';

function faultsOf(method: string, path: string, query = '', body?: unknown): string[] {
  const operation = description.find(method, path);
  if (operation === undefined) return ['no operation'];
  return description.requestFaults(operation, new URLSearchParams(query), body);
}

describe('the description of REST', () => {
  it.each([
    ['a list', 'GET', comments, 'per_page=100&page=2', undefined],
    ['a comment', 'POST', comments, '', { body: 'a' }],
    ['an update', 'PATCH', '/repos/owner/app-7/issues/comments/1', '', { body: 'a' }],
    ['a removal', 'DELETE', '/repos/owner/app-7/issues/comments/1', '', undefined],
  ] as const)('takes %s', (_, method, path, query, body) => {
    expect(faultsOf(method, path, query, body)).toEqual([]);
  });

  it.each([
    ['a wrong type', 'POST', comments, '', { body: 3 }, /\/body must be string/],
    ['no body', 'POST', comments, '', {}, /required property 'body'/],
    ['a body too many', 'GET', comments, '', { body: 'a' }, /not expected/],
    ['a wrong page', 'GET', comments, 'per_page=many', undefined, /per_page must be integer/],
    ['an unknown parameter', 'GET', comments, 'sort=new', undefined, /sort is unknown/],
    ['a wrong number', 'GET', comments.replace('42', 'x'), '', undefined, /issue_number must be integer/],
    ['another method', 'PUT', comments, '', undefined, /no operation/],
  ] as const)('refuses %s', (_, method, path, query, body, says) => {
    expect(faultsOf(method, path, query, body)).toEqual([expect.stringMatching(says)]);
  });

  it('refuses answers that GitHub does not give', () => {
    const operation = description.find('GET', comments);
    if (operation === undefined) throw new Error('not described');
    expect(description.answerFaults(operation, 200, [])).toEqual([]);
    expect(description.answerFaults(operation, 200, {})).toEqual([' must be array']);
    expect(description.answerFaults(operation, 200, [{ id: 1 }]).length).toBeGreaterThan(5);
    expect(description.answerFaults(operation, 418, { message: 3 })).toEqual(['/message must be string']);
    expect(description.answerFaults(operation, 299, [])).toEqual(['status 299 is unknown']);
  });
});

describe('the schema of GraphQL', () => {
  const ask = (query: string, variables = {}) =>
    execute(new State(), actionsBot, { query, variables }).then(({ faults }) => faults);

  it('takes what GitHub takes', async () => {
    const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { viewerDidAuthor } } }';
    expect(await ask(query, { ids: [] })).toEqual([]);
  });

  it.each([
    ['an unknown member', '{ viewer { nickname } }', /Cannot query field "nickname"/],
    ['a wrong argument', '{ nodes(id: "a") { id } }', /Unknown argument "id"/],
    ['another type', '{ nodes(ids: []) { ... on Comet { id } } }', /Unknown type "Comet"/],
  ])('refuses %s', async (_, query, says) => {
    expect((await ask(query))[0]).toMatch(says);
  });
});

describe('the server', () => {
  let github: LocalGitHub;
  beforeAll(async () => {
    github = await startGitHub();
    github.state.addPull(42);
  });
  afterAll(() => github.stop());
  const get = (path: string, token = actionsToken): Promise<Response> =>
    fetch(`${github.url}${path}`, { headers: { authorization: `token ${token}` } });

  it('pages by links, knows its tokens and says what is wrong', async () => {
    for (let index = 0; index < 5; index += 1) github.state.addComment(42, actionsBot, `${index}`);
    const first = await get(`${comments}?per_page=2`);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(next).toContain('/repositories/700100200/issues/42/comments?per_page=2&page=2');
    const texts: unknown = await (await get(next.slice(github.url.length))).json();
    expect(texts).toMatchObject([{ body: '2' }, { body: '3' }]);
    expect((await get(comments, 'x')).status).toBe(401);
    expect(github.faults).toEqual([]);
    expect((await get('/repos/owner/app-7/milestones')).status).toBe(404);
    expect(github.faults).toEqual(['GET /repos/owner/app-7/milestones is no operation that is known here']);
  });
});
