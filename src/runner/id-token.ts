import type { TokenSource } from '../credentials/choose.js';
import type { Agents } from '../http/agent.js';
import { type HttpAnswer, sendRequest } from '../http/request.js';
import { type Problem, RunError } from '../model/problem.js';
import type { Clock } from '../settle.js';

/** What asking for a token needs. */
export interface Asking {
  readonly agents: Agents;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds for one attempt. */
const TIMEOUT = 10_000;

/** Milliseconds before each further attempt. */
const PAUSES = [500, 1_000, 2_000, 4_000];

function refused(status: number): Problem {
  return {
    code: 'id-token-refused',
    message: `GitHub gave no ID token: its token service answered with HTTP ${status}.`,
    remedy:
      status >= 500 || status === 429
        ? 'Run the job again; look at GitHub’s status page if that happens often.'
        : 'Check that the job has `permissions: { id-token: write }` and is still running, then run it again.',
  };
}

function unreachable(host: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'github-unreachable',
    message: `GitHub's token service at ${host} could not be reached: ${why}.`,
    remedy: 'Check the network and the proxy of the runner, then run the job again.',
  };
}

/** The token of an answer, or what is wrong with it. */
function tokenIn({ status, body }: HttpAnswer): string | Problem {
  if (status !== 200) return refused(status);
  try {
    const { value }: { value?: unknown } = Object(JSON.parse(body));
    if (typeof value === 'string' && value !== '') return value;
  } catch {
    // Told below: what the body holds must not be shown.
  }
  return {
    ...refused(status),
    message: 'GitHub gave no ID token: its token service sent none in its answer.',
  };
}

const isPassing = (status: number): boolean => status === 429 || status >= 500;

/** One attempt: the token, or what is wrong and whether another attempt may be better. */
async function attempt(url: URL, bearer: string, { agents, signal }: Asking) {
  const headers = { accept: 'application/json', authorization: `Bearer ${bearer}` };
  try {
    const answer = await sendRequest({ url, headers, agents, timeout: TIMEOUT, signal });
    return { found: tokenIn(answer), again: isPassing(answer.status) };
  } catch (error) {
    return { found: unreachable(url.host, error), again: true };
  }
}

/**
 * Asks GitHub for a new ID token. Retries when the service is out of reach, busy or broken; throws a
 * {@link RunError} when there is none.
 */
export async function askForIdToken(source: TokenSource, audience: string, asking: Asking): Promise<string> {
  const joint = source.url.includes('?') ? '&' : '?';
  const url = new URL(`${source.url}${joint}audience=${encodeURIComponent(audience)}`);
  const { clock, signal } = asking;
  for (const pause of [...PAUSES, undefined]) {
    const { found, again } = await attempt(url, source.bearer, asking);
    if (typeof found === 'string') return found;
    if (!again || pause === undefined || signal.aborted) throw new RunError([found]);
    await clock.sleep(pause, signal);
  }
  throw new RunError([unreachable(url.host, 'no attempt was made')]);
}
