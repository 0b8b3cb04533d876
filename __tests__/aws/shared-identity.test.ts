import { describe, expect, it } from '@jest/globals';
import { type Credentials, shareIdentity } from '../../src/aws/shared-identity.js';
import { FakeClock } from '../builders/clock.js';

/** Sessions of so many seconds; undefined is a session that is refused. */
function sessions(clock: FakeClock, ...lengths: readonly (number | undefined)[]) {
  let made = 0;
  const resolve = async (): Promise<Credentials> => {
    const seconds = lengths[made];
    made += 1;
    await Promise.resolve();
    if (seconds === undefined) throw new Error(`session ${made} is refused`);
    const expiration = new Date(clock.now() + seconds * 1000);
    return { accessKeyId: `key-${made}`, secretAccessKey: 'secret', expiration };
  };
  return { identity: shareIdentity(resolve, clock), count: () => made };
}

describe('a shared identity', () => {
  it('is resolved once for all who ask at the same time, and kept', async () => {
    const clock = new FakeClock();
    const { identity, count } = sessions(clock, 3600);
    const all = await Promise.all([identity(), identity(), identity()]);
    expect(new Set(all).size).toBe(1);
    clock.pass(3600 - 301);
    await identity();
    expect(count()).toBe(1);
  });

  it('is renewed once when less than five minutes are left', async () => {
    const clock = new FakeClock();
    const { identity, count } = sessions(clock, 3600, 3600);
    await identity();
    clock.pass(3600 - 299);
    const all = await Promise.all([identity(), identity()]);
    expect(all.map(({ accessKeyId }) => accessKeyId)).toEqual(['key-2', 'key-2']);
    expect(count()).toBe(2);
  });

  it('without an end is never renewed', async () => {
    const clock = new FakeClock();
    let made = 0;
    const identity = shareIdentity(async () => {
      made += 1;
      return { accessKeyId: 'key', secretAccessKey: 'secret' };
    }, clock);
    await identity();
    clock.pass(1e9);
    await identity();
    expect(made).toBe(1);
  });

  it('that cannot be renewed is kept to its end, and tried again after half a minute', async () => {
    const clock = new FakeClock();
    const { identity, count } = sessions(clock, 400, undefined, undefined, undefined);
    await identity();
    clock.pass(200);
    expect((await identity()).accessKeyId).toBe('key-1');
    clock.pass(29);
    await identity();
    expect(count()).toBe(2);
    clock.pass(2);
    await identity();
    expect(count()).toBe(3);
    clock.pass(400);
    await expect(identity()).rejects.toThrow('session 4 is refused');
  });

  it('that was refused may be asked for again', async () => {
    const { identity } = sessions(new FakeClock(), undefined, 3600);
    await expect(identity()).rejects.toThrow('session 1 is refused');
    expect((await identity()).accessKeyId).toBe('key-2');
  });

  it('tells the SDK not to keep copies', () => {
    expect(sessions(new FakeClock()).identity.memoized).toBe(true);
  });
});
