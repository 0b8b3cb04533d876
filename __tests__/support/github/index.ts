import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Description } from './description.js';
import { type Fault, Faults, Gate } from './faults.js';
import { execute } from './graphql.js';
import { type Answer, described, operations, templates } from './operations.js';
import { type Author, actionsBot, State } from './state.js';

/** A request that was answered. */
export interface Seen {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
}

/** A GitHub of its own, with one repository `owner/app-7`. */
export interface LocalGitHub {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly state: State;
  readonly requests: readonly Seen[];
  /** What requests and answers got wrong by GitHub's own descriptions; a test expects none. */
  readonly faults: readonly string[];
  /** Gives a token to somebody. */
  addToken(token: string, author: Author): void;
  fail(fault: Fault): void;
  readonly gate: Gate;
  /** Requests of a method, of all or of those to a path. */
  count(method: string, path?: RegExp): number;
  stop(): Promise<void>;
}

/** The token of the bot of GitHub Actions. */
export const actionsToken = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';

let description: Description | undefined;

class Server implements LocalGitHub {
  readonly state = new State();
  readonly requests: Seen[] = [];
  readonly faults: string[] = [];
  readonly gate = new Gate();
  url = '';
  private readonly failures = new Faults();
  private readonly tokens = new Map<string, Author>([[actionsToken, actionsBot]]);
  private readonly http = createServer((asked, answer) => void this.handle(asked, answer));

  async start(): Promise<void> {
    description ??= new Description(templates);
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
    this.http.unref();
    this.url = `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  addToken(token: string, author: Author): void {
    this.tokens.set(token, author);
  }

  fail(fault: Fault): void {
    this.failures.add(fault);
  }

  count(method: string, path = /./): number {
    return this.requests.filter((seen) => seen.method === method && path.test(seen.path)).length;
  }

  stop(): Promise<void> {
    this.http.closeAllConnections();
    return new Promise((resolve) => this.http.close(() => resolve()));
  }

  private async handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const method = asked.method ?? '';
    const url = new URL(asked.url ?? '', this.url);
    const path = described(url.pathname.replace(/^\/api(\/v3)?(?=\/)/, ''));
    const body = await bodyOf(asked);
    await this.gate.pass(method, path);
    const fault = this.failures.take(method, path);
    const given = fault && !fault.isDone ? refused(fault) : await this.answer(asked, path, url, body);
    const told = fault?.isDone ? refused(fault) : given;
    this.requests.push({ method, path, status: told?.status ?? 0 });
    if (told === undefined) {
      asked.socket.destroy();
      return;
    }
    const headers = { 'content-type': 'application/json; charset=utf-8', ...told.headers };
    answer.writeHead(told.status, told.body === undefined ? told.headers : headers);
    answer.end(told.body === undefined ? undefined : JSON.stringify(told.body));
  }

  private async answer(asked: IncomingMessage, path: string, url: URL, body: unknown): Promise<Answer> {
    const author = this.tokens.get((asked.headers.authorization ?? '').replace(/^(token|bearer) /i, ''));
    if (author === undefined) return { status: 401, body: { message: 'Bad credentials', status: '401' } };
    if (!asked.headers['user-agent']) this.faults.push('the user agent is missing');
    if (path === '/graphql') {
      const { faults, body: result } = await execute(this.state, author, body);
      this.faults.push(...faults.map((text) => `graphql: ${text}`));
      return { status: 200, body: result };
    }
    return this.rest(asked.method ?? '', path, url, body, author, asked.headers.host ?? '');
  }

  private rest(method: string, path: string, url: URL, body: unknown, author: Author, host: string): Answer {
    const name = `${method} ${path}`;
    const operation = description?.find(method, path);
    const run = operation && operations[`${operation.method} ${operation.template}`];
    if (description === undefined || operation === undefined || run === undefined) {
      this.faults.push(`${name} is no operation that is known here`);
      return { status: 404, body: { message: 'Not Found', status: '404' } };
    }
    const query = url.searchParams;
    const prefix = /^\/api\/v3(?=\/)/.exec(url.pathname)?.[0] ?? '';
    const base = `http://${host}${prefix}`;
    const wrong = description.requestFaults(operation, query, body);
    this.faults.push(...wrong.map((text) => `${name}: ${text}`));
    const answer = run({ state: this.state, description, operation, query, body, author, base });
    const faults = description.answerFaults(operation, answer.status, answer.body);
    this.faults.push(...faults.map((text) => `answer ${answer.status} to ${name}: ${text}`));
    return answer;
  }
}

function refused({ status, headers, message }: Fault): Answer | undefined {
  if (status === undefined) return undefined;
  const text = message ?? `Fault ${status}`;
  return { status, ...(headers ? { headers } : {}), body: { message: text, status: String(status) } };
}

async function bodyOf(asked: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of asked) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

/** Starts a GitHub on a free port. */
export async function startGitHub(): Promise<LocalGitHub> {
  const server = new Server();
  await server.start();
  return server;
}
