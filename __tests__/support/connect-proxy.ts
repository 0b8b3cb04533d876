import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy that opens tunnels, and nothing else. */
export interface ConnectProxy {
  /** For `HTTPS_PROXY` and `HTTP_PROXY`. */
  readonly url: string;
  /** What clients wanted to be connected to, `host:port`, in the order of arrival. */
  readonly targets: readonly string[];
  /** The `Proxy-Authorization` of each, '' where there was none. */
  readonly credentials: readonly string[];
  stop(): Promise<void>;
}

/** How the proxy behaves. */
export interface ConnectProxyOptions {
  /** Where a target really is, as `host:port`; undefined: the proxy refuses it. */
  readonly route: (target: string) => string | undefined;
  /** Status of a refusal; 403 by default. */
  readonly refusal?: number;
}

/** Starts a proxy on a free port. It reaches names that nobody else can resolve. */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const targets: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_, answer) => answer.writeHead(405).end());
  server.on('connect', (asked: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = asked.url ?? '';
    targets.push(target);
    credentials.push(asked.headers['proxy-authorization'] ?? '');
    const place = options.route(target);
    if (place === undefined) client.end(`HTTP/1.1 ${options.refusal ?? 403} No\r\n\r\n`);
    else for (const socket of tunnel(client, place, head)) keep(sockets, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    targets,
    credentials,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function tunnel(client: Duplex, place: string, head: Buffer): [Duplex, Socket] {
  const { hostname, port } = new URL(`http://${place}`);
  const upstream = connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  return [client, upstream];
}

function keep(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}
