/** Time, so that tests can have their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `milliseconds`, or at once when `signal` is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The wall clock. */
export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
    }),
};

/**
 * The time all waits of a run may take together (`wait-timeout`). Waits that run side by side are
 * counted once: the clock runs while at least one wait is open.
 */
export class WaitBudget {
  private open = 0;
  private since = 0;
  private spent = 0;

  constructor(
    private readonly total: number,
    private readonly clock: Clock,
  ) {}

  /** Milliseconds left. */
  left(): number {
    const running = this.open > 0 ? this.clock.now() - this.since : 0;
    return this.total - this.spent - running;
  }

  /** Runs a wait while the budget's clock runs. */
  async during<T>(wait: () => Promise<T>): Promise<T> {
    if (this.open === 0) this.since = this.clock.now();
    this.open += 1;
    try {
      return await wait();
    } finally {
      this.open -= 1;
      if (this.open === 0) this.spent += this.clock.now() - this.since;
    }
  }
}

/** What every wait of a run shares. */
export interface Waiting {
  readonly clock: Clock;
  readonly budget: WaitBudget;
  /** Aborted when the run is cancelled: the wait ends unsettled. */
  readonly signal: AbortSignal;
}

/** Seconds before the first, second, … look at a function; the last one repeats. */
export const FUNCTION_DELAYS: readonly number[] = [1, 2, 2, 3, 3, 5];
/** Seconds before the first, second, … look at endpoints, which take half a minute or more. */
export const ENDPOINT_DELAYS: readonly number[] = [2, 3, 5];

/** How a wait ended: `timeout` and `cancelled` carry the last value read, if there was one. */
export type Settled<T> =
  | { readonly how: 'settled'; readonly value: T }
  | { readonly how: 'timeout' | 'cancelled'; readonly value: T | undefined };

/**
 * Reads again and again until `done`, the budget is used up, or the run is cancelled. A read that
 * throws ends the wait: a missing permission must not look like a slow resource.
 */
export async function poll<T>(
  read: () => Promise<T>,
  done: (value: T) => boolean,
  delays: readonly number[],
  { clock, budget, signal }: Waiting,
): Promise<Settled<T>> {
  return budget.during(async () => {
    let value: T | undefined;
    for (let look = 0; ; look += 1) {
      const delay = (delays[Math.min(look, delays.length - 1)] ?? 1) * 1000;
      if (budget.left() <= 0) return { how: 'timeout', value };
      await clock.sleep(Math.min(delay, budget.left()), signal);
      if (signal.aborted) return { how: 'cancelled', value };
      value = await read();
      if (done(value)) return { how: 'settled', value };
    }
  });
}
