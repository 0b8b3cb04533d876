import { describe, expect, it } from '@jest/globals';
import { type CommentState, parseMarker } from '../../src/report/comment/marker.js';
import type { LocalGitHub } from '../support/github/index.js';
import { type Author, actionsBot, type StoredComment } from '../support/github/state.js';
import { head, onPull, pullNumber, stepOn } from '../support/github/step.js';
import type { StepOptions, StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import { withPullRequest } from './pull-request.js';
import { caseInputs, step } from './steps.js';

const bed = withTestBed();
let github: LocalGitHub;

withPullRequest(bed, (started) => {
  github = started;
});

/** Comments that begin with a marker of the action. */
const marked = (): StoredComment[] =>
  github.state.commentsOn(pullNumber).filter(({ body }) => parseMarker(body) !== undefined);
const states = (): (CommentState | undefined)[] => marked().map(({ body }) => parseMarker(body)?.state);
const bodyOf = (index = 0): string => marked()[index]?.body ?? '';

const run = (inputs: Record<string, string> = {}, options: Partial<StepOptions> = {}): Promise<StepResult> =>
  step(bed, { ...caseInputs, ...inputs }, stepOn(github, options));

/** A push of the commit that the pull request was merged as. */
const pushed = '00112233445566778899aabbccddeeff00112233';
const onMerge: Partial<StepOptions> = { event: { name: 'push' }, env: { GITHUB_SHA: pushed } };

function merge(): void {
  const [pull] = github.state.pulls;
  Object.assign(pull ?? {}, { state: 'closed', mergedAt: '2026-11-23T10:00:00Z', mergeCommit: pushed });
}

const ofRun = (id: number): Partial<StepOptions> => ({ env: { GITHUB_RUN_ID: String(id) } });
const noted = { login: 'octocat', app: undefined };

describe('the comment of a pull request', () => {
  it('is made once, stays when it would say the same, and is updated for a new commit and after the merge', async () => {
    const planned = await run();
    expect(planned.outputs).toMatchObject({ outcome: 'planned' });
    expect(planned.outputs['comment-url']).toBe(
      `https://github.com/owner/app-7/pull/42#issuecomment-${marked()[0]?.id}`,
    );
    const digest = planned.outputs['plan-digest'];
    expect(parseMarker(bodyOf())).toMatchObject({ app: actionsBot.app, state: 'plan', digest, head });
    expect(bodyOf()).not.toContain('123456789012');
    expect(bodyOf()).toContain('arn:aws:lambda:us-east-2:…9012:function:app-7');

    const again = await run({}, ofRun(900800701));
    expect(again.outputs['comment-url']).toBe(planned.outputs['comment-url']);
    expect(again.stdout).toContain('The comment on pull request 42 stays as it is');
    expect([github.count('POST'), github.count('PATCH')]).toEqual([1, 0]);

    const next = 'fedcba9876543210fedcba9876543210fedcba98';
    await run({}, { ...ofRun(900800702), event: onPull({ head: next }) });
    expect(parseMarker(bodyOf())).toMatchObject({ head: next, run: 900800702 });
    expect([github.count('POST'), github.count('PATCH')]).toEqual([1, 1]);

    merge();
    const applied = await run({}, { ...onMerge, env: { ...onMerge.env, GITHUB_RUN_ID: '900800703' } });
    expect(applied.outputs).toMatchObject({ outcome: 'changed' });
    expect(states()).toEqual(['changed']);
    expect(bodyOf()).toContain('Function app-7 has been connected');

    const rerun = await run({}, { ...onMerge, env: { ...onMerge.env, GITHUB_RUN_ID: '900800703' } });
    expect(rerun.outputs).toMatchObject({ outcome: 'unchanged' });
    expect(states()).toEqual(['changed']);
    expect(github.state.comments).toHaveLength(1);
    expect(github.count('POST', /graphql/)).toBe(0);
  });

  it('is outdated when the pull request changes nothing any more', async () => {
    await run({ comment: 'never' }, { event: { name: 'push' } });
    expect(github.requests).toEqual([]);
    await run({ endpoints: 'logs, ssm, kms', allow: 'private-dns-redirect:kms' });
    expect(states()).toEqual(['plan']);
    await run();
    expect(states()).toEqual(['outdated']);
    expect(bodyOf()).toContain('This pull request no longer changes the network.');
    expect(bodyOf()).not.toContain('kms');
    await run();
    expect(states()).toEqual(['outdated']);
    expect([github.count('POST'), github.count('PATCH')]).toEqual([1, 1]);
    await run({ endpoints: 'logs, ssm, kms', allow: 'private-dns-redirect:kms' });
    expect(states()).toEqual(['plan']);
  });

  it('is not made by auto when there is nothing to say, and is by always', async () => {
    await run({ comment: 'never' }, { event: { name: 'push' } });
    const options = { event: onPull() };
    const quiet = await run({ 'iam-policy': 'none' }, options);
    expect(quiet.outputs).toMatchObject({ outcome: 'unchanged', 'comment-url': '' });
    expect(states()).toEqual([]);
    await run({ comment: 'always' }, options);
    await run({ comment: 'always' }, options);
    expect(states()).toEqual(['nothing']);
    expect(bodyOf()).not.toContain('no longer changes');
  });

  it('says why a run failed', async () => {
    const failed = await run({ 'function-name': 'app-8' });
    expect(failed.exitCode).toBe(1);
    expect(parseMarker(bodyOf())).toMatchObject({ state: 'plan', digest: undefined });
    expect(bodyOf()).toContain('<code>function-not-found</code>');
  });

  it('is never overwritten by a run that started earlier', async () => {
    await run({}, ofRun(900800705));
    await run({ endpoints: 'logs' }, ofRun(900800704));
    expect(parseMarker(bodyOf())?.run).toBe(900800705);
    expect(github.count('PATCH')).toBe(0);
  });
});

describe('among other comments', () => {
  const talk = (count: number): void => {
    for (let index = 0; index < count; index += 1)
      github.state.addComment(pullNumber, noted, `Word ${index}`);
  };

  it('is found behind two full pages, and not made a second time', async () => {
    talk(125);
    await run();
    talk(125);
    const before = github.requests.length;
    await run({}, { event: onPull({ head: 'fedcba9876543210fedcba9876543210fedcba98' }) });
    const asked = github.requests.slice(before).map(({ method }) => method);
    expect(asked).toEqual(['GET', 'GET', 'GET', 'PATCH']);
    expect(github.state.comments).toHaveLength(251);
    expect(marked()).toHaveLength(1);
  });

  it('is told from what others quote', async () => {
    await run();
    const [own] = marked();
    const strangers: Author[] = [noted, { login: 'other[bot]', app: 4711 }];
    const copies = strangers.map((author) => github.state.addComment(pullNumber, author, own?.body ?? ''));
    github.state.remove(own?.id ?? 0);
    const texts = copies.map(({ body }) => body);
    await run({}, { event: onPull({ head: 'fedcba9876543210fedcba9876543210fedcba98' }) });
    expect(copies.map(({ body }) => body)).toEqual(texts);
    expect(marked()).toHaveLength(3);
    expect(marked()[2]?.author).toEqual(actionsBot);
    expect(github.count('POST', /graphql/)).toBeGreaterThan(0);
  });

  it('loses its own duplicates, and no copy by a person', async () => {
    await run();
    const [own] = marked();
    github.state.addComment(pullNumber, actionsBot, own?.body ?? '');
    github.state.addComment(pullNumber, noted, own?.body ?? '');
    await run();
    expect(marked().map(({ author }) => author.login)).toEqual([actionsBot.login, noted.login]);
    expect(marked()[0]?.id).toBe(own?.id);
  });
});

describe('several jobs at once', () => {
  it('of a matrix write one comment each', async () => {
    void github.gate.hold(3, 'GET', /comments$/);
    const labels = ['dev', 'test', 'production'];
    const results = await Promise.all(labels.map((label) => run({ label })));
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(marked()).toHaveLength(3);
    expect(new Set(results.map(({ outputs }) => outputs['comment-url'])).size).toBe(3);
    const titles = marked().map(({ body }) => body.split('\n')[1]);
    expect(titles.sort()).toEqual(
      labels.sort().map((label) => `## Network of function app-7 in us-east-2 (${label})`),
    );
    await Promise.all(labels.map((label) => run({ label })));
    expect(marked()).toHaveLength(3);
  });

  it('that are told by one comment leave one behind', async () => {
    void github.gate.hold(2, 'GET', /comments$/);
    const results = await Promise.all([run(), run()]);
    expect(github.count('POST')).toBe(2);
    expect(marked()).toHaveLength(1);
    const [own] = marked();
    for (const { outputs } of results) expect(outputs['comment-url']).toContain(`#issuecomment-${own?.id}`);
  });
});

describe('another token', () => {
  const person: Author = { login: 'deployer', app: undefined };

  it('of a person updates what that person wrote, by GraphQL', async () => {
    github.addToken('ghp_person', person);
    const options = { githubToken: 'ghp_person' };
    await run({}, options);
    expect(parseMarker(bodyOf())).toMatchObject({ app: undefined });
    await run({}, { ...options, event: onPull({ head: 'fedcba9876543210fedcba9876543210fedcba98' }) });
    expect(marked()).toHaveLength(1);
    expect([github.count('PATCH'), github.count('POST', /graphql/)]).toEqual([1, 2]);
  });

  it('of another app names that app', async () => {
    github.addToken('ghs_other', { login: 'network[bot]', app: 4711 });
    const options = { githubToken: 'ghs_other', env: { GITHUB_GRAPHQL_URL: `${github.url}/api/graphql` } };
    await run({}, options);
    expect(parseMarker(bodyOf())).toMatchObject({ app: 4711 });
    await run({}, options);
    expect(marked()).toHaveLength(1);
    expect(github.count('POST', /graphql/)).toBe(0);
  });

  it('is told to nobody', async () => {
    github.addToken('ghp_person_of_the_tests', person);
    const result = await run(
      { label: 'ghp_person_of_the_tests' },
      { githubToken: 'ghp_person_of_the_tests' },
    );
    expect(marked()).toHaveLength(1);
    expect(`${result.everything}${bodyOf()}`).not.toContain('ghp_person_of_the_tests');
  });
});
