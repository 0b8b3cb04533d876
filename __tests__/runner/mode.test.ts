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

/** GitHub documentation, "Events that trigger workflows", and names that runners knew or may learn. */
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

  it.each(DRY)('%s is a dry run, and says so', (event) => {
    const mode = chooseMode('auto', context(event));
    expect(mode.writes).toBe(false);
    expect(mode.because).toContain(event);
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
