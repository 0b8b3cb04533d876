import { expect, it } from '@jest/globals';
import { type CommentJob, commentOn } from '../../src/github/comment.js';
import { runRecord } from '../fixtures/run-record.js';

interface Told {
  readonly url: string;
  readonly said: readonly string[];
  readonly warned: readonly string[];
}

/** Comments on a pull request of a server that does not exist: whoever asks it is warned. */
async function comment(parts: Partial<CommentJob>): Promise<Told> {
  const said: string[] = [];
  const warned: string[] = [];
  const url = await commentOn({
    record: runRecord(),
    subject: { functionNames: ['app-7'], region: 'us-east-2', label: undefined },
    wishes: { when: 'auto', label: undefined, pullNumber: undefined, token: 'ghs_token' },
    env: {
      GITHUB_API_URL: 'ftp://github.invalid',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REPOSITORY: 'owner/app-7',
    },
    payload: { pull_request: { number: 42, state: 'open', head: {} } },
    userAgent: 'test',
    redact: (text) => text,
    signal: new AbortController().signal,
    say: (line) => void said.push(line),
    warn: ({ code }) => void warned.push(code),
    ...parts,
  });
  return { url, said, warned };
}

it('a run that was stopped begins no comment', async () => {
  expect(await comment({ signal: AbortSignal.abort() })).toEqual({
    url: '',
    said: ['No comment, because the run was stopped.'],
    warned: [],
  });
});

it('a run that no pull request belongs to says so', async () => {
  expect(await comment({ payload: undefined })).toEqual({
    url: '',
    said: ['No comment, because the event pull_request names no pull request.'],
    warned: [],
  });
});

it('a run that wants none says nothing', async () => {
  const wishes = { when: 'never' as const, label: undefined, pullNumber: undefined, token: 'ghs_token' };
  expect(await comment({ wishes })).toEqual({ url: '', said: [], warned: [] });
});

it('whatever goes wrong is a warning', async () => {
  const broken = {
    redact: () => {
      throw new Error('broken');
    },
  };
  expect(await comment(broken)).toEqual({ url: '', said: [], warned: ['comment-not-posted'] });
});
