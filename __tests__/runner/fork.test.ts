import { describe, expect, it } from '@jest/globals';
import { readGitHubContext } from '../../src/github/context.js';
import { readContext } from '../../src/runner/context.js';
import { comesFromFork } from '../../src/runner/fork.js';

const OURS = { id: 7, full_name: 'owner/app-7' };
const THEIRS = { id: 5, full_name: 'stranger/app-7' };

const rows: readonly [name: string, head: unknown, base: unknown, isFork: boolean][] = [
  ['a branch of the repository', OURS, OURS, false],
  ['a fork', THEIRS, OURS, true],
  ['a fork that was deleted', null, OURS, true],
  ['a head without a repository', undefined, OURS, true],
  ['a repository that was renamed meanwhile', { ...OURS, full_name: 'owner/old' }, OURS, false],
  ['another repository of the same name', { ...THEIRS, full_name: 'owner/app-7' }, OURS, true],
  ['an event without ids', { full_name: 'Owner/app-7' }, { full_name: 'owner/app-7' }, false],
  ['a fork in an event without ids', { full_name: 'stranger/app-7' }, { full_name: 'owner/app-7' }, true],
  ['an event without a base', { full_name: 'owner/app-7' }, undefined, false],
  ['a fork in an event without a base', THEIRS, undefined, true],
  ['a head that tells nothing', {}, OURS, true],
];

describe('a pull request', () => {
  it.each(rows)('%s', (_name, head, base, isFork) => {
    const pull = { number: 7, head: { repo: head }, base: { repo: base }, user: { login: 'octocat' } };
    expect(comesFromFork(pull, 'owner/app-7')).toBe(isFork);
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REPOSITORY: 'owner/app-7' };
    const payload = { pull_request: pull };
    expect(readContext(env, payload).stranger).toBe(isFork ? 'fork' : undefined);
    expect(readGitHubContext(env, payload).pull?.isFork).toBe(isFork);
  });
});
