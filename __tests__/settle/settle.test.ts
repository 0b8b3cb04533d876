import { describe, expect, it } from '@jest/globals';
import { poll, WaitBudget, wallClock } from '../../src/settle.js';
import { FakeClock, waiting } from '../builders/clock.js';

/** Reads 1, 2, 3, … and tells when each was read. */
function counting(clock: FakeClock) {
  const times: number[] = [];
  let value = 0;
  const read = async (): Promise<number> => {
    times.push(clock.now() / 1000);
    value += 1;
    return value;
  };
  return { times, read };
}

describe('polling', () => {
  it('sleeps before each look; the last delay repeats', async () => {
    const shared = waiting();
    const { times, read } = counting(shared.clock);
    expect(await poll(read, (value) => value === 5, [1, 2, 3], shared)).toEqual({ how: 'settled', value: 5 });
    expect(times).toEqual([1, 3, 6, 9, 12]);
  });

  it('looks a last time when the budget ends, then gives up with what it saw', async () => {
    const shared = waiting(4);
    const { times, read } = counting(shared.clock);
    expect(await poll(read, () => false, [3], shared)).toEqual({ how: 'timeout', value: 2 });
    expect(times).toEqual([3, 4]);
  });

  it('reads nothing when nothing is left', async () => {
    const shared = waiting(0);
    const { times, read } = counting(shared.clock);
    expect(await poll(read, () => true, [1], shared)).toEqual({ how: 'timeout', value: undefined });
    expect(times).toEqual([]);
  });

  it('ends when the run is cancelled, without another read', async () => {
    const shared = waiting();
    const { times, read } = counting(shared.clock);
    const done = (value: number): boolean => {
      if (value === 2) shared.stop();
      return false;
    };
    expect(await poll(read, done, [1], shared)).toEqual({ how: 'cancelled', value: 2 });
    expect(times).toEqual([1, 2]);
  });

  it('does not take an error for a slow resource', async () => {
    const shared = waiting();
    const read = async (): Promise<number> => {
      throw new Error('AccessDenied');
    };
    await expect(poll(read, () => true, [1], shared)).rejects.toThrow('AccessDenied');
    expect(shared.clock.sleeps).toEqual([1]);
  });
});

describe('the budget of all waits', () => {
  it('counts waits that run side by side once', async () => {
    const clock = new FakeClock();
    const budget = new WaitBudget(100_000, clock);
    const sleep = async (seconds: number): Promise<void> =>
      clock.sleep(seconds * 1000, new AbortController().signal);
    await Promise.all([budget.during(() => sleep(10)), budget.during(() => sleep(30))]);
    expect(budget.left()).toBe(70_000);
  });

  it('counts from the first of them to the last', async () => {
    const clock = new FakeClock();
    const budget = new WaitBudget(100_000, clock);
    await budget.during(async () => {
      clock.pass(10);
      await budget.during(async () => clock.pass(5));
      expect(budget.left()).toBe(85_000);
      clock.pass(1);
    });
    expect(budget.left()).toBe(84_000);
  });

  it('does not run while nobody waits', async () => {
    const clock = new FakeClock();
    const budget = new WaitBudget(100_000, clock);
    clock.pass(50);
    await budget.during(async () => clock.pass(10));
    clock.pass(50);
    expect(budget.left()).toBe(90_000);
  });

  it('counts a wait that is still open', async () => {
    const clock = new FakeClock();
    const budget = new WaitBudget(100_000, clock);
    await budget.during(async () => {
      clock.pass(10);
      expect(budget.left()).toBe(90_000);
    });
  });

  it('counts a wait that failed', async () => {
    const clock = new FakeClock();
    const budget = new WaitBudget(100_000, clock);
    const failing = budget.during(async () => {
      clock.pass(10);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    clock.pass(10);
    expect(budget.left()).toBe(90_000);
  });
});

describe('the wall clock', () => {
  it('wakes at once when the run is cancelled, before or while it sleeps', async () => {
    const controller = new AbortController();
    const started = Date.now();
    const sleeping = wallClock.sleep(60_000, controller.signal);
    controller.abort();
    await sleeping;
    await wallClock.sleep(60_000, controller.signal);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});
