import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Agents } from './agent.js';

/** One request. */
export interface HttpRequest {
  /** With `http:` or `https:`. */
  readonly url: URL;
  /** `GET` when left out. */
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Sent as UTF-8. */
  readonly body?: string;
  readonly agents: Agents;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
  /** Ends the exchange early. */
  readonly signal?: AbortSignal;
}

/** An answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** More than any answer that is asked for here; what is longer is not read on. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Sends one request, without retries, and reads the whole answer; redirects are not followed. Throws what
 * Node throws when there is no answer: an error with a `code` such as `ECONNREFUSED`, an `AbortError` when
 * `signal` ends it, or a `TimeoutError`.
 */
export function sendRequest(given: HttpRequest): Promise<HttpAnswer> {
  const { url, method = 'GET', headers = {}, body, agents, timeout, signal } = given;
  const isSecure = url.protocol === 'https:';
  const deadline = AbortSignal.timeout(timeout);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options = {
    method,
    headers: { ...headers, ...length },
    agent: isSecure ? agents.https : agents.http,
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(deadline.aborted && !signal?.aborted ? deadline.reason : error);
    };
    const outgoing = (isSecure ? overHttps : overHttp)(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) outgoing.destroy(new Error('The answer is too long.'));
        else chunks.push(chunk);
      });
      answer.on('error', fail);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
      });
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
