import { afterEach, describe, expect, it } from '@jest/globals';
import { parseMarker } from '../../src/report/comment/marker.js';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.js';
import type { Fault } from '../support/github/faults.js';
import type { LocalGitHub } from '../support/github/index.js';
import { onPull, stepOn } from '../support/github/step.js';
import type { StepOptions, StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import { withPullRequest } from './pull-request.js';
import { caseInputs, step } from './steps.js';

const bed = withTestBed();
let github: LocalGitHub;

withPullRequest(bed, (started) => {
  github = started;
});

const run = (inputs: Record<string, string> = {}, options: Partial<StepOptions> = {}): Promise<StepResult> =>
  step(bed, { ...caseInputs, ...inputs }, stepOn(github, options));

const warningsOf = ({ annotations }: StepResult): { title: string | undefined; message: string }[] =>
  annotations
    .filter(({ level, properties }) => level === 'warning' && /comment|pull/.test(properties.title ?? ''))
    .map(({ properties, message }) => ({ title: properties.title, message }));

/** A run whose comment did not come about: as good as any, with its summary and one warning. */
function expectUnaffected(result: StepResult, title: string, message: RegExp): void {
  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ outcome: 'planned', 'comment-url': '' });
  expect(result.summary).toContain('Dry run: 10 changes');
  expect(warningsOf(result)).toEqual([{ title, message: expect.stringMatching(message) }]);
}

describe('a token that may not comment', () => {
  const readOnly: Fault = { method: 'POST', status: 403, message: 'Resource not accessible by integration' };

  it('is a warning that names the permission', async () => {
    github.fail(readOnly);
    expectUnaffected(
      await run(),
      'comment-not-permitted',
      /^GitHub refused the comment on pull request 42 \(HTTP 403: Resource not accessible by integration\S*.*`pull-requests: write`/,
    );
    expect(github.count('POST')).toBe(1);
  });

  it('of a fork is said to be one', async () => {
    github.fail(readOnly);
    const result = await run({}, { event: onPull({ repo: 'stranger/app-7' }) });
    expectUnaffected(result, 'comment-not-permitted', /comes from a fork, whose token may only read/);
  });

  it('may not even see the repository', async () => {
    github.fail({ method: 'GET', status: 404, message: 'Not Found' });
    expectUnaffected(await run(), 'comment-not-permitted', /HTTP 404.*`pull-requests: write`/);
  });

  it('is not known', async () => {
    const result = await run({}, { githubToken: 'ghs_unknown' });
    expectUnaffected(result, 'comment-not-permitted', /HTTP 401: Bad credentials.*`github-token`/);
  });

  it('cannot unlock a conversation', async () => {
    github.fail({ ...readOnly, message: 'Unable to create comment because issue is locked.' });
    expectUnaffected(await run(), 'comment-not-permitted', /Unlock the conversation/);
  });
});

describe('a GitHub that is busy', () => {
  it('is asked again after the time that it names', async () => {
    github.fail({ method: 'GET', status: 429, headers: { 'retry-after': '1' }, times: 1 });
    github.fail({
      method: 'POST',
      status: 403,
      headers: { 'retry-after': '1' },
      message: 'You have exceeded a secondary rate limit.',
      times: 1,
    });
    const result = await run();
    expect(result.outputs['comment-url']).not.toBe('');
    expect(github.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 429',
      'GET 200',
      'POST 403',
      'POST 201',
      'GET 200',
    ]);
  });

  it('is not waited for where it wants longer than a minute', async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 1800);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    github.fail({ method: 'POST', status: 403, headers, message: 'API rate limit exceeded' });
    expectUnaffected(await run(), 'comment-not-posted', /HTTP 403: API rate limit exceeded/);
    expect(github.count('POST')).toBe(1);
  });

  it.each([500, 503, undefined])('that answers %s is asked twice more', async (status) => {
    github.fail({ method: 'GET', status, times: 2 });
    const result = await run();
    expect(result.outputs['comment-url']).not.toBe('');
    expect(warningsOf(result)).toEqual([]);
  });

  it('that stays so is a warning', async () => {
    github.fail({ method: 'GET', status: 502 });
    expectUnaffected(await run(), 'comment-not-posted', /HTTP 502/);
    expect(github.count('GET')).toBe(3);
  });

  it.each([
    ['made the comment', true],
    ['did not make it', false],
  ])('and %s without saying so gets one comment', async (_, isDone) => {
    github.fail({ method: 'POST', status: isDone ? undefined : 502, isDone, times: 1 });
    const result = await run();
    expect(github.state.comments).toHaveLength(1);
    expect(github.count('POST')).toBe(isDone ? 1 : 2);
    expect(result.outputs['comment-url']).toContain(`#issuecomment-${github.state.comments[0]?.id}`);
    expect(warningsOf(result)).toEqual([]);
  });
});

describe('pr-number', () => {
  const onDispatch: Partial<StepOptions> = { event: { name: 'workflow_dispatch' } };
  const dryRun = { 'dry-run': 'true' };

  it('names the pull request where the event does not', async () => {
    const silent = await run(dryRun, onDispatch);
    expect(silent.stdout).toContain('No comment, because the event workflow_dispatch names no pull request.');
    expect(github.requests).toEqual([]);
    const result = await run({ ...dryRun, 'pr-number': '42' }, onDispatch);
    expect(result.outputs['comment-url']).toContain('/pull/42#');
    expect(parseMarker(github.state.comments[0]?.body ?? '')?.head).toBe(github.state.pulls[0]?.head);
  });

  it.each([
    ['is of no pull request', '7', 'pull-request-not-found', /no pull request 7/],
    ['is of a closed one', '43', 'pull-request-closed', /43, which pr-number names, is closed/],
  ])('that %s is a warning', async (_, number, title, message) => {
    github.state.addPull(43, { state: 'closed' });
    expectUnaffected(await run({ ...dryRun, 'pr-number': number }, onDispatch), title, message);
  });

  it('that is no number stops the run', async () => {
    const result = await run({ 'pr-number': 'refs/pull/42/merge' });
    expect(result.exitCode).toBe(1);
    expect(result.annotations[0]?.message).toContain('`refs/pull/42/merge` is not the number');
    expect(github.requests).toEqual([]);
  });
});

describe('the way to GitHub', () => {
  let proxy: ConnectProxy | undefined;
  afterEach(() => proxy?.stop());

  it('leads through the proxy, where nobody else knows the server', async () => {
    proxy = await startConnectProxy({
      route: (target) => (target === 'github.invalid:80' ? new URL(github.url).host : undefined),
    });
    const direct = await run({}, { env: { GITHUB_API_URL: 'http://github.invalid/api/v3' } });
    expectUnaffected(direct, 'comment-not-posted', /no answer/);
    const env = { GITHUB_API_URL: 'http://github.invalid/api/v3', HTTP_PROXY: proxy.url };
    const result = await run({}, { env });
    expect(result.outputs['comment-url']).not.toBe('');
    expect(new Set(proxy.targets)).toEqual(new Set(['github.invalid:80']));
  });

  it('is left at once when the run is stopped', async () => {
    const reached = github.gate.hold(2, 'GET', /comments$/);
    const result = await run({}, { signalAfter: { signal: 'SIGTERM', when: reached } });
    expect(result.signal).toBeNull();
    expect(result.outputs).toMatchObject({ outcome: 'planned', 'comment-url': '' });
    expect(github.state.comments).toEqual([]);
    expect(result.milliseconds).toBeLessThan(20_000);
  });
});
