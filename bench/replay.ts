import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { canonical } from '../__tests__/support/proxy/input.js';
import { readRequest } from '../__tests__/support/proxy/request.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Answers by call: what AWS said once, to be said again. */
export type Recording = Map<string, Answer>;

/** A server between a program and AWS. */
export interface Recorder {
  readonly url: string;
  readonly recording: Recording;
  stop(): Promise<void>;
}

/** A server that says again what was recorded, at once. */
export interface Replay {
  readonly url: string;
  /** Time of `performance.now()` at which the first call since {@link forget} arrived. */
  firstCall(): number;
  forget(): void;
  /** Calls that were never recorded. */
  readonly unknown: readonly string[];
  stop(): Promise<void>;
}

/** Passes every request on to `target` and keeps the answers. */
export async function startRecorder(target: string): Promise<Recorder> {
  const recording: Recording = new Map();
  const server = await listen(async (incoming, outgoing) => {
    const request = await raw(incoming);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const passed = await fetch(`${target}${request.path}`, {
      method: request.method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(request.body !== '' && { body: request.body }),
    });
    const answer = {
      status: passed.status,
      type: passed.headers.get('content-type') ?? '',
      body: await passed.text(),
    };
    recording.set(keyOf(request), answer);
    outgoing.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });
  return { url: urlOf(server), recording, stop: () => stop(server) };
}

/** Answers from a recording. */
export async function startReplay(recording: Recording): Promise<Replay> {
  let first = Number.NaN;
  const unknown: string[] = [];
  const server = await listen(async (incoming, outgoing) => {
    if (Number.isNaN(first)) first = performance.now();
    const key = keyOf(await raw(incoming));
    const answer = recording.get(key);
    if (answer === undefined) unknown.push(key);
    const { status, type, body } = answer ?? { status: 400, type: 'text/plain', body: 'not recorded' };
    outgoing.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  });
  return {
    url: urlOf(server),
    firstCall: () => first,
    forget: () => {
      first = Number.NaN;
    },
    unknown,
    stop: () => stop(server),
  };
}

type Raw = Parameters<typeof readRequest>[0];

/** What tells one call from another: what it asks for, not when it was signed. */
function keyOf(request: Raw): string {
  const read = readRequest(request);
  return read === undefined ? `${request.method} ${request.path}` : `${read.action} ${canonical(read.input)}`;
}

async function raw(incoming: IncomingMessage): Promise<Raw> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', url: path = '/', headers } = incoming;
  return { method, path, headers, body: Buffer.concat(chunks).toString() };
}

async function listen(serve: (...given: Parameters<RequestListener>) => Promise<void>): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) =>
      outgoing.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
