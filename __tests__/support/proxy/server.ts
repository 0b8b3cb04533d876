import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, errorAnswer, errorCodeOf } from './answers.js';
import { type Call, isWrite, repeated } from './calls.js';
import type { Context } from './context.js';
import type { Struck } from './faults.js';
import { type AwsRequest, readRequest } from './request.js';

/** What the server needs of the proxy. */
export interface ServerPort {
  /** Grows while the server runs; entries change when their call is answered. */
  readonly calls: (Call & { readonly invocationId: string })[];
  /** Milliseconds for every call. */
  latency(): number;
  strike(request: AwsRequest): Struck;
  contextFor(region: string): Context;
  answerOf(request: AwsRequest, context: Context): Promise<Answer>;
}

/** A running server. */
export interface RunningServer {
  readonly url: string;
  /** Resolves when no call is being handled: also those whose client has gone take effect first. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startServer(port: ServerPort): Promise<RunningServer> {
  const inTurn = makeTurns();
  const running = new Set<Promise<unknown>>();
  const server = createServer((incoming, outgoing) => {
    const work = serve(incoming, outgoing, performance.now(), port, inTurn).catch(() => outgoing.destroy());
    running.add(work);
    void work.finally(() => running.delete(work));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port: number } = server.address() as AddressInfo;
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  return { url: `http://127.0.0.1:${number}`, idle, stop: () => stop(server) };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  start: number,
  port: ServerPort,
  inTurn: Turns,
): Promise<void> {
  const request = readRequest(await rawRequest(incoming));
  if (request === undefined) {
    send(
      outgoing,
      errorAnswer('ec2', { code: 'UnknownOperation', message: 'The proxy serves EC2, IAM, Lambda, STS.' }),
    );
    return;
  }
  const finish = record(port, request, start);
  try {
    const answer = await through(request, port, inTurn);
    finish(answer?.status ?? 0, answer === undefined ? 'dropped' : errorCodeOf(answer));
    if (answer === undefined) outgoing.destroy();
    else send(outgoing, answer);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    finish(500, 'ProxyError');
    send(outgoing, {
      status: 500,
      headers: { 'content-type': 'text/html' },
      body: `<pre>fault proxy: ${message}</pre>`,
    });
  }
}

/** The answer, or undefined where the connection is to break. */
async function through(request: AwsRequest, port: ServerPort, inTurn: Turns): Promise<Answer | undefined> {
  const struck = port.strike(request);
  const wait = port.latency() + struck.delay;
  if (wait > 0) await sleep(wait, undefined, { ref: false });
  for (const run of struck.before) await run(request);
  if (struck.drop === 'before') return undefined;
  const ordinary = () => port.answerOf(request, port.contextFor(request.region));
  // What checks the world and then changes it must not be overtaken by another change.
  const answer =
    struck.answer ?? (isWrite(request.action, request.input) ? await inTurn(ordinary) : await ordinary());
  for (const run of struck.after) await run(request);
  return struck.drop === 'after' ? undefined : answer;
}

function record(
  port: ServerPort,
  request: AwsRequest,
  start: number,
): (status: number, errorCode: string) => void {
  const { service, action, input, invocationId } = request;
  const arrival = { service, action, input, invocationId, start, isWrite: isWrite(action, input) };
  const repeatOf = repeated(port.calls, arrival);
  const index = port.calls.length;
  const call = {
    ...arrival,
    n: index + 1,
    end: Number.POSITIVE_INFINITY,
    status: 0,
    errorCode: '',
    ...(repeatOf !== undefined && { repeatOf }),
  };
  const { calls } = port;
  calls.push(call);
  return (status, errorCode) => {
    // The list may have been emptied meanwhile; then this call belongs to no list any more.
    if (calls[index] === call) calls[index] = { ...call, status, errorCode, end: performance.now() };
  };
}

async function rawRequest(incoming: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', url: path = '/', headers } = incoming;
  return { method, path, headers, body: Buffer.concat(chunks).toString() };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs one piece of work at a time, in the order asked. */
function makeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
