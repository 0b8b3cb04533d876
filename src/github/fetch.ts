import { makeAgents } from '../http/agent.js';
import { sendRequest } from '../http/request.js';

/** Milliseconds for one request to GitHub, which itself gives up after ten seconds. */
const TIMEOUT = 15_000;

/** The part of `fetch` that Octokit uses. */
export type Fetch = (
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  },
) => Promise<Response>;

/** A `fetch` through agents made as those for AWS: one behaviour towards proxies. */
export function makeFetch(signal: AbortSignal): Fetch {
  const agents = makeAgents();
  return async (url, { method = 'GET', headers = {}, body }) => {
    const answer = await sendRequest({
      url: new URL(url),
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      agents,
      timeout: TIMEOUT,
      signal,
    });
    const pairs = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    const isEmpty = answer.status === 204 || answer.status === 304;
    return new Response(isEmpty ? null : answer.body, { status: answer.status, headers: pairs });
  };
}
