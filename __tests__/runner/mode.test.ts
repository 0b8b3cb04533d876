import { describe, expect, it } from '@jest/globals';
import type { RunContext } from '../../src/runner/context.js';
import { readContext } from '../../src/runner/context.js';
import { chooseMode } from '../../src/runner/mode.js';

function context(event: string, parts: Partial<RunContext> = {}): RunContext {
  return {
    event,
    ref: 'refs/heads/main',
    defaultBranch: 'main',
    repositoryId: '1',
    repository: 'owner/name',
    isPullRequest: false,
    stranger: undefined,
    runId: '2',
    temp: '.',
    ...parts,
  };
}

/** A payload with a pull request from one repository to another. */
const pull = (head: number, base: number, login = 'octocat') => ({
  pull_request: { head: { repo: { id: head } }, base: { repo: { id: base } }, user: { login } },
});

/** Every event of GitHub's documentation, "Events that trigger workflows", and names that runners knew or may learn. */
const WRITING = ['workflow_dispatch', 'release', 'deployment', 'repository_dispatch'];
const DRY = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'create',
  'delete',
  'deployment_status',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'merge_group',
  'milestone',
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'pull_request',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'registry_package',
  'schedule',
  'status',
  'watch',
  'workflow_call',
  'workflow_run',
  'dynamic',
  'an_event_of_the_future',
];

describe('without dry-run the event decides', () => {
  it.each(WRITING)('%s writes', (event) => {
    expect(chooseMode('auto', context(event))).toEqual({ writes: true, because: `the event is ${event}` });
  });

  it.each(DRY)('%s is a dry run, and says why', (event) => {
    const because =
      event === 'pull_request_target' ? 'pull_request_target never writes' : `the event is ${event}`;
    expect(chooseMode('auto', context(event))).toEqual({ writes: false, because });
  });

  it('no event is a dry run', () => {
    expect(chooseMode('auto', context(''))).toEqual({ writes: false, because: 'this is no GitHub event' });
  });

  it.each(['Release', 'workflow_dispatch ', 'PUSH'])(
    'a name that only looks like a writing event does not write: %s',
    (event) => {
      expect(chooseMode('auto', context(event)).writes).toBe(false);
    },
  );
});

describe('a push', () => {
  it.each([
    {
      name: 'to the default branch writes',
      ref: 'refs/heads/main',
      defaultBranch: 'main',
      writes: true,
      notice: false,
    },
    {
      name: 'to a default branch with slashes writes',
      ref: 'refs/heads/release/1',
      defaultBranch: 'release/1',
      writes: true,
      notice: false,
    },
    {
      name: 'to another branch is dry, with a notice',
      ref: 'refs/heads/topic',
      defaultBranch: 'main',
      writes: false,
      notice: true,
    },
    {
      name: 'of a tag with the branch’s name is dry',
      ref: 'refs/tags/main',
      defaultBranch: 'main',
      writes: false,
      notice: true,
    },
    {
      name: 'to a branch that ends in its name is dry',
      ref: 'refs/heads/x/main',
      defaultBranch: 'main',
      writes: false,
      notice: true,
    },
    {
      name: 'without a known default branch is dry',
      ref: 'refs/heads/main',
      defaultBranch: undefined,
      writes: false,
      notice: false,
    },
  ])('$name', ({ ref, defaultBranch, writes, notice }) => {
    const mode = chooseMode('auto', context('push', { ref, defaultBranch }));
    expect(mode.writes).toBe(writes);
    expect(mode.notice !== undefined).toBe(notice);
  });

  it('says which branch would write', () => {
    const { notice, because } = chooseMode('auto', context('push', { ref: 'refs/heads/topic' }));
    expect(notice).toContain('main');
    expect(because).toContain('refs/heads/topic');
  });
});

describe('dry-run given', () => {
  it.each(['push', 'pull_request', 'schedule', ...WRITING])('decides on %s', (event) => {
    expect(chooseMode('true', context(event))).toEqual({ writes: false, because: 'dry-run is true' });
    expect(chooseMode('false', context(event))).toEqual({ writes: true, because: 'dry-run is false' });
  });

  it.each(['auto', 'true', 'false'] as const)('never on pull_request_target: %s', (dryRun) => {
    const mode = chooseMode(dryRun, context('pull_request_target'));
    expect(mode).toEqual({ writes: false, because: 'pull_request_target never writes' });
  });
});

describe('the context', () => {
  const env = {
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY_ID: '42',
    GITHUB_RUN_ID: '7',
    RUNNER_TEMP: '/tmp/x',
  };

  it('comes from the runner', () => {
    expect(readContext(env, { repository: { default_branch: 'main' } })).toEqual({
      event: 'push',
      ref: 'refs/heads/main',
      defaultBranch: 'main',
      repositoryId: '42',
      repository: 'local',
      isPullRequest: false,
      stranger: undefined,
      runId: '7/1',
      temp: '/tmp/x',
    });
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    {},
    { repository: null },
    { repository: { default_branch: '' } },
    { repository: { default_branch: 1 } },
  ])('a payload without a default branch names none: %j', (payload) => {
    expect(readContext(env, payload).defaultBranch).toBeUndefined();
  });

  it.each<{ name: string; event?: string; actor?: string; payload?: unknown; stranger?: string }>([
    { name: 'a push', event: 'push' },
    { name: 'an own branch', payload: pull(1, 1) },
    { name: 'a fork', payload: pull(2, 1), stranger: 'fork' },
    {
      name: 'a deleted fork',
      payload: { pull_request: { head: { repo: null }, base: { repo: { id: 1 } } } },
      stranger: 'fork',
    },
    { name: 'a review in a fork', event: 'pull_request_review', payload: pull(2, 1), stranger: 'fork' },
    { name: 'a pull request that the payload leaves out', payload: {}, stranger: 'fork' },
    { name: 'a payload of junk', payload: { pull_request: 7 }, stranger: 'fork' },
    { name: 'pull_request_target of a fork', event: 'pull_request_target', payload: pull(2, 1) },
    { name: 'Dependabot', actor: 'dependabot[bot]', payload: pull(1, 1), stranger: 'dependabot' },
    { name: 'a push of Dependabot', event: 'push', actor: 'dependabot[bot]', stranger: 'dependabot' },
    {
      name: 'pull_request_target of Dependabot',
      event: 'pull_request_target',
      actor: 'dependabot[bot]',
      payload: pull(1, 1, 'dependabot[bot]'),
      stranger: 'dependabot',
    },
    {
      name: 'pull_request_target on a pull request of Dependabot, started by somebody',
      event: 'pull_request_target',
      payload: pull(1, 1, 'dependabot[bot]'),
    },
    {
      name: 'Dependabot’s pull request, run again by somebody',
      payload: pull(1, 1, 'dependabot[bot]'),
      stranger: 'dependabot',
    },
    { name: 'somebody who calls himself so', actor: 'dependabot', payload: pull(1, 1) },
  ])('tells strangers: $name', ({ event = 'pull_request', actor = 'octocat', payload, stranger }) => {
    const found = readContext({ GITHUB_EVENT_NAME: event, GITHUB_ACTOR: actor }, payload);
    expect(found.stranger).toBe(stranger);
    expect(found.isPullRequest).toBe(event.startsWith('pull_request'));
  });

  it('outside GitHub has names of its own', () => {
    expect(readContext({}, undefined)).toEqual({
      event: '',
      ref: '',
      defaultBranch: undefined,
      repositoryId: 'local',
      repository: 'local',
      isPullRequest: false,
      stranger: undefined,
      runId: 'local/1',
      temp: '.',
    });
  });
});
