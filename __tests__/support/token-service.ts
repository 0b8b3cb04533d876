import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The claims that matter here; `iat` and `exp` are seconds since 1970. */
export type TokenClaims = Readonly<Record<string, string | number>>;

/** GitHub's token service, as a runner offers it to a job that may ask. */
export interface TokenService {
  /** For ACTIONS_ID_TOKEN_REQUEST_URL; it has a query already, as GitHub's has. */
  readonly url: string;
  /** For ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly bearer: string;
  /** Audiences asked for, in the order of requests. */
  readonly audiences: readonly string[];
  /** Every token that was given. */
  readonly tokens: readonly string[];
  /** Changes claims of the tokens from now on. */
  setClaims(claims: TokenClaims): void;
  /** The next requests are answered with these statuses; 0 breaks the connection. */
  failWith(...statuses: readonly number[]): void;
  /** As new. */
  reset(): void;
  stop(): Promise<void>;
}

/** Claims of a run on a pull request (GitHub documentation, "OpenID Connect reference"). */
export const pullRequestClaims: TokenClaims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:owner@4567/app-7@700100200:pull_request',
  repository: 'owner/app-7',
  repository_id: '700100200',
  repository_owner_id: '4567',
};

const bearer = 'canary-of-the-request-token-8d2e';

/** Starts the service on a free port. Its tokens are not signed. */
export async function startTokenService(): Promise<TokenService> {
  let claims = pullRequestClaims;
  let audiences: string[] = [];
  let tokens: string[] = [];
  let failures: number[] = [];
  const server = createServer((asked, answer) => {
    const url = new URL(asked.url ?? '', 'http://localhost');
    const status = asked.headers.authorization === `Bearer ${bearer}` ? failures.shift() : 401;
    audiences.push(url.searchParams.get('audience') ?? '');
    if (status === 0) asked.socket.destroy();
    else if (status !== undefined) answer.writeHead(status).end('{"message":"no"}');
    else {
      const now = Math.floor(Date.now() / 1000);
      const aud = url.searchParams.get('audience') ?? '';
      const token = tokenOf({ iat: now, exp: now + 300, jti: String(tokens.length), aud, ...claims });
      tokens.push(token);
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value: token }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`,
    bearer,
    get audiences() {
      return audiences;
    },
    get tokens() {
      return tokens;
    },
    setClaims: (changes) => {
      claims = { ...claims, ...changes };
    },
    failWith: (...statuses) => {
      failures = [...statuses];
    },
    reset: () => {
      claims = pullRequestClaims;
      audiences = [];
      tokens = [];
      failures = [];
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A JSON web token with these claims. */
export function tokenOf(claims: TokenClaims): string {
  const part = (value: object | string): string =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'RS256', typ: 'JWT' }), part(claims), part('a signature that nobody checks')].join('.');
}
