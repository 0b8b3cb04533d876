import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';

/** The two agents of a run: connections are kept and shared by all who send requests. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Connections are used again; at most 50 to one host, as the AWS SDK limits them by itself. */
const POOL = { keepAlive: true, maxSockets: 50 };

/** Milliseconds that a proxy gets to open a connection. */
const PROXY_TIMEOUT = 10_000;

type Callback = (error: Error | null, stream: Duplex) => void;

/** What Node says of the connection it needs. */
interface Target {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
}

/** Makes a connection through a proxy or, inherited from Node, a direct one. */
interface Connector {
  createConnection(options: object, callback?: Callback): Duplex | null | undefined;
}

/** A connection that a proxy did not open. Its text holds no credentials. */
export class ProxyError extends Error {
  /** Told from a refusal by what is behind the proxy. */
  readonly code = 'ERR_PROXY';

  constructor(proxy: URL, target: string, cause: Error) {
    const status = /^Bad response: (\d+)$/.exec(cause.message)?.[1];
    const why = status === undefined ? cause.message : `HTTP ${status}`;
    super(`The proxy ${proxy.protocol}//${proxy.host} opened no connection to ${target}: ${why}`);
    this.name = 'ProxyError';
  }
}

/** Finds the way for each new connection, because `NO_PROXY` names hosts. */
class Router {
  private readonly tunnels = new Map<string, Connector>();

  constructor(
    private readonly protocol: 'http:' | 'https:',
    private readonly tunnelTo: (proxy: string) => Connector,
  ) {}

  connect(options: Target, callback: Callback | undefined, direct: Connector['createConnection']) {
    const host = options.host ?? 'localhost';
    const name = `${host.includes(':') ? `[${host}]` : host}:${options.port ?? ''}`;
    const proxy = getProxyUrl(new URL(`${this.protocol}//${name}`));
    if (proxy === undefined) return direct(options, callback);
    const tunnel = this.tunnels.get(proxy.href) ?? this.tunnelTo(proxy.href);
    this.tunnels.set(proxy.href, tunnel);
    const told: Callback = (error, stream) =>
      callback?.(error ? new ProxyError(proxy, name, error) : null, stream);
    return tunnel.createConnection({ ...options, timeout: PROXY_TIMEOUT }, told);
  }
}

class RoutedHttpAgent extends HttpAgent {
  private readonly router = new Router('http:', (proxy) => new HttpProxyAgent({ ...POOL, proxy }));

  override createConnection(options: Target, callback?: Callback) {
    return this.router.connect(options, callback, (...asked) => super.createConnection(...asked));
  }
}

class RoutedHttpsAgent extends HttpsAgent {
  private readonly router = new Router('https:', (proxy) => new HttpsProxyAgent({ ...POOL, proxy }));

  override createConnection(options: Target, callback?: Callback) {
    return this.router.connect(options, callback, (...asked) => super.createConnection(...asked));
  }
}

/**
 * Makes the agents that every request of a run goes through. They follow `HTTPS_PROXY`, `HTTP_PROXY` and
 * `NO_PROXY` (lower case wins) by the rules of GitHub's toolkit, which hold for the other actions of a job:
 * a name in `NO_PROXY` includes its subdomains, and loopback addresses are never proxied. Plain HTTP goes
 * through a CONNECT tunnel too.
 */
export function makeAgents(): Agents {
  return { http: new RoutedHttpAgent(POOL), https: new RoutedHttpsAgent(POOL) };
}
