import { type Clock, WaitBudget, type Waiting } from '../../src/settle.js';

/** A clock that only sleeping moves; it remembers every sleep, in seconds. */
export class FakeClock implements Clock {
  private time = 0;
  readonly sleeps: number[] = [];

  now(): number {
    return this.time;
  }

  /** Lets time pass without anybody sleeping. */
  pass(seconds: number): void {
    this.time += seconds * 1000;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.sleeps.push(milliseconds / 1000);
    const until = this.time + milliseconds;
    await Promise.resolve();
    this.time = Math.max(this.time, until);
  }
}

/** What waits of a test share; `stop` cancels them. */
export interface TestWaiting extends Waiting {
  readonly clock: FakeClock;
  readonly stop: () => void;
}

/** Waits with a fake clock and a budget in seconds. */
export function waiting(seconds = 600): TestWaiting {
  const clock = new FakeClock();
  const controller = new AbortController();
  return {
    clock,
    budget: new WaitBudget(seconds * 1000, clock),
    signal: controller.signal,
    stop: () => controller.abort(),
  };
}
