import { setMaxListeners } from 'node:events';

/** The abort signals of a run. */
export interface Cancellation {
  /** Reads, waits and new writes stop. */
  readonly stop: AbortSignal;
  /** Writes in flight are given up. */
  readonly giveUp: AbortSignal;
}

/** Milliseconds that writes in flight get: a runner sends SIGTERM after 7.5 s and kills 2.5 s later. */
const WRITES_IN_FLIGHT = 4_000;

/** Turns the runner's SIGINT and SIGTERM into abort signals, so that the report is still written. */
export function listenForSignals(process: NodeJS.EventEmitter): Cancellation {
  const stop = new AbortController();
  const giveUp = new AbortController();
  // Every request in flight and every wait listens.
  setMaxListeners(0, stop.signal, giveUp.signal);
  const cancel = (): void => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => giveUp.abort(), WRITES_IN_FLIGHT).unref();
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  return { stop: stop.signal, giveUp: giveUp.signal };
}
