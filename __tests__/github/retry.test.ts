import { describe, expect, it } from '@jest/globals';
import { GitHubError } from '../../src/github/api.js';
import { type Failure, pauseBefore, Retries } from '../../src/github/retry.js';
import type { Clock } from '../../src/settle.js';

const now = 1_700_000_000_000;
const failure = (status: number | undefined, headers: Failure['headers'] = {}, message = 'x'): Failure => ({
  status,
  headers,
  message,
});
const reset = (seconds: number): Failure['headers'] => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(now / 1000 + seconds),
});

const pauses: readonly (readonly [string, Failure, boolean, number | undefined])[] = [
  ['429 with a time', failure(429, { 'retry-after': '7' }), false, 7_000],
  ['429 without one', failure(429), false, 60_000],
  ['429 with a date', failure(429, { 'retry-after': 'tomorrow' }), false, 60_000],
  ['a used-up limit', failure(403, reset(30)), false, 30_000],
  ['a used-up limit that ends now', failure(403, reset(-5)), false, 1_000],
  ['a secondary limit', failure(403, {}, 'You have exceeded a secondary rate limit'), false, 60_000],
  ['a refusal', failure(403, { 'x-ratelimit-remaining': '4999' }), true, undefined],
  ['not found', failure(404), true, undefined],
  ['a failed server', failure(502), true, 1_000],
  ['a failed server, perhaps done', failure(502), false, undefined],
  ['no answer', failure(undefined), true, 1_000],
  ['no answer, perhaps done', failure(undefined), false, undefined],
];

it.each(pauses)('%s is asked again after', (_, given, isRepeatable, pause) => {
  expect(pauseBefore(given, 0, isRepeatable, now)).toBe(pause);
});

it('a failed server is asked twice more', () => {
  expect([0, 1, 2].map((attempt) => pauseBefore(failure(500), attempt, true, now))).toEqual([
    1_000,
    3_000,
    undefined,
  ]);
});

describe('requests', () => {
  const slept: number[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  };
  const retries = (signal = new AbortController().signal): Retries => {
    slept.length = 0;
    return new Retries(clock, signal);
  };
  const answers =
    (...given: (Failure | string)[]) =>
    async (): Promise<string> => {
      const next = given.shift() ?? 'end';
      if (typeof next !== 'string') throw next;
      return next;
    };
  const asFailure = (error: unknown): Failure => error as Failure;
  const limited = failure(429, { 'retry-after': '40' });

  it('wait for a minute in all, whichever they are', async () => {
    const shared = retries();
    await expect(shared.send(answers(limited, 'a'), asFailure, false)).resolves.toBe('a');
    const error = await shared.send(answers(limited, 'b'), asFailure, false).catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 429, kind: 'limit' });
    expect(slept).toEqual([40_000]);
  });

  it('tell whether they may have been carried out', async () => {
    const kindOf = async (given: Failure, isRepeatable: boolean): Promise<string> => {
      const always = answers(given, given, given);
      const error = await retries()
        .send(always, asFailure, isRepeatable)
        .catch((thrown) => thrown);
      return error instanceof GitHubError ? error.kind : 'none';
    };
    expect(await kindOf(failure(502), false)).toBe('doubt');
    expect(await kindOf(failure(undefined), false)).toBe('doubt');
    expect(await kindOf(failure(502), true)).toBe('failed');
    expect(await kindOf(failure(403), false)).toBe('failed');
  });

  it('do not wait for a run that is stopped', async () => {
    const stopped = retries(AbortSignal.abort());
    await expect(stopped.send(answers(limited, 'a'), asFailure, true)).rejects.toThrow(GitHubError);
    expect(slept).toEqual([]);
  });

  it('throw on what is no failure', async () => {
    const broken = new Error('broken');
    const send = async (): Promise<string> => {
      throw broken;
    };
    await expect(retries().send(send, () => undefined, true)).rejects.toBe(broken);
  });
});
