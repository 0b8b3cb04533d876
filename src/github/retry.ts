import type { Clock } from '../settle.js';
import { type FailureKind, GitHubError } from './api.js';

/** An answer that is no success, or none. */
export interface Failure {
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly message: string;
}

/** Seconds to wait at a limit that names no time (GitHub, "Rate limits for the REST API"). */
const LIMIT_PAUSE = 60;

/** Milliseconds before the first and the second retry of a request without a proper answer. */
const PAUSES: readonly number[] = [1_000, 3_000];

/** Milliseconds that the waits of all requests may take together. */
const MOST_WAITING = 60_000;

/** Whether GitHub refused for the number of requests: 429, or 403 with one of its signs. */
export function isLimit({ status, headers, message }: Failure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /rate limit/i.test(message)
  );
}

function limitPause({ headers }: Failure, now: number): number {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after) && after >= 0) return after * 1000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) {
    return Math.max(1_000, reset * 1000 - now);
  }
  return LIMIT_PAUSE * 1000;
}

/**
 * Milliseconds after which a request is sent again; undefined where it is not. `isRepeatable` says that it does no
 * harm when it was carried out already.
 */
export function pauseBefore(
  failure: Failure,
  attempt: number,
  isRepeatable: boolean,
  now: number,
): number | undefined {
  if (isLimit(failure)) return limitPause(failure, now);
  return isUnanswered(failure) && isRepeatable ? PAUSES[attempt] : undefined;
}

const isUnanswered = ({ status }: Failure): boolean => status === undefined || status >= 500;

function kindOf(failure: Failure, isRepeatable: boolean): FailureKind {
  if (isLimit(failure)) return 'limit';
  return isUnanswered(failure) && !isRepeatable ? 'doubt' : 'failed';
}

/** Sends requests again where that helps; one for all requests of a run. */
export class Retries {
  private left = MOST_WAITING;

  constructor(
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {}

  /** `failureOf` reads what `send` throws; what it does not know is thrown on. */
  async send<T>(
    send: () => Promise<T>,
    failureOf: (error: unknown) => Failure | undefined,
    isRepeatable: boolean,
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await send();
      } catch (error) {
        const failure = failureOf(error);
        if (failure === undefined) throw error;
        const pause = pauseBefore(failure, attempt, isRepeatable, this.clock.now());
        if (pause === undefined || pause > this.left || this.signal.aborted) {
          throw new GitHubError(failure.message, failure.status, kindOf(failure, isRepeatable));
        }
        this.left -= pause;
        await this.clock.sleep(pause, this.signal);
        if (this.signal.aborted) throw new GitHubError('The run was stopped.', undefined, 'failed');
      }
    }
  }
}
