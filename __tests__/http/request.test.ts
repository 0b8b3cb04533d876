import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeAgents, ProxyError } from '../../src/http/agent.js';
import { sendRequest } from '../../src/http/request.js';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.js';

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

interface Heard {
  readonly line: string;
  readonly body: string;
  readonly port: number | undefined;
}

let heard: Heard[];
const server = createServer((asked, answer) => {
  let body = '';
  asked.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  asked.on('end', () => {
    heard.push({ line: `${asked.method} ${asked.url}`, body, port: asked.socket.remotePort });
    if (asked.url === '/silent') return;
    answer.writeHead(asked.url === '/refused' ? 403 : 200, { 'X-Name': 'value' }).end('ünicode');
  });
});
let proxy: ConnectProxy;
let place: string;

beforeEach(async () => {
  for (const name of PROXY_VARIABLES) delete process.env[name];
  heard = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy = await startConnectProxy({
    route: (target) => (target.startsWith('behind.invalid:') ? place : undefined),
  });
});

afterEach(async () => {
  for (const name of PROXY_VARIABLES) delete process.env[name];
  await proxy.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (url: string, agents = makeAgents()) =>
  sendRequest({ url: new URL(url), agents, timeout: 5_000 });

describe('a request', () => {
  it('brings status, headers and text, whatever the status', async () => {
    const answer = await get(`http://${place}/refused`);
    expect(answer).toMatchObject({ status: 403, body: 'ünicode', headers: { 'x-name': 'value' } });
  });

  it('sends method, headers and body', async () => {
    const url = new URL(`http://${place}/path?a=b`);
    await sendRequest({ url, method: 'PATCH', body: '{"a":"ü"}', agents: makeAgents(), timeout: 5_000 });
    expect(heard).toMatchObject([{ line: 'PATCH /path?a=b', body: '{"a":"ü"}' }]);
  });

  it('uses a connection again', async () => {
    const agents = makeAgents();
    await get(`http://${place}/`, agents);
    await get(`http://${place}/`, agents);
    expect(heard[0]?.port).toBe(heard[1]?.port);
  });

  it('ends when its time is over, and says so', async () => {
    const asked = sendRequest({ url: new URL(`http://${place}/silent`), agents: makeAgents(), timeout: 50 });
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends when it is stopped, and says so', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const url = new URL(`http://${place}/silent`);
    const asked = sendRequest({ url, agents: makeAgents(), timeout: 5_000, signal: stop.signal });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('with a proxy', () => {
  it('a host that nobody else can resolve is reached through a tunnel, kept for the next request', async () => {
    await expect(get('http://behind.invalid:8080/')).rejects.toMatchObject({ syscall: 'getaddrinfo' });
    process.env.HTTP_PROXY = proxy.url;
    const agents = makeAgents();
    expect((await get('http://behind.invalid:8080/a', agents)).status).toBe(200);
    expect((await get('http://behind.invalid:8080/b', agents)).status).toBe(200);
    expect(proxy.targets).toEqual(['behind.invalid:8080']);
    expect(heard.map(({ line }) => line)).toEqual(['GET /a', 'GET /b']);
  });

  it('whose address holds a password sends it to the proxy', async () => {
    process.env.http_proxy = proxy.url.replace('://', '://user:p%40ss%25word@');
    await get('http://behind.invalid:8080/');
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('user:p@ss%word').toString('base64')}`]);
  });

  it.each(['behind.invalid', 'INVALID', '.invalid', 'other.example, behind.invalid:8080', '*'])(
    'NO_PROXY %s goes directly',
    async (noProxy) => {
      Object.assign(process.env, { HTTP_PROXY: proxy.url, NO_PROXY: noProxy });
      await expect(get('http://behind.invalid:8080/')).rejects.toMatchObject({ syscall: 'getaddrinfo' });
      expect(proxy.targets).toEqual([]);
    },
  );

  it.each(['other.invalid', 'behind.invalid:80', 'hind.invalid'])(
    'NO_PROXY %s means another host',
    async (noProxy) => {
      Object.assign(process.env, { HTTP_PROXY: proxy.url, NO_PROXY: noProxy });
      expect((await get('http://behind.invalid:8080/')).status).toBe(200);
    },
  );

  it('the machine itself is reached directly', async () => {
    process.env.HTTP_PROXY = proxy.url;
    expect((await get(`http://${place}/`)).status).toBe(200);
    expect(proxy.targets).toEqual([]);
  });

  it('the variable of the other protocol means nothing', async () => {
    process.env.HTTPS_PROXY = proxy.url;
    await expect(get('http://behind.invalid:8080/')).rejects.toMatchObject({ syscall: 'getaddrinfo' });
  });

  it('that refuses, it is named without its password', async () => {
    process.env.HTTPS_PROXY = proxy.url.replace('://', '://user:secret@');
    const refused = get('https://elsewhere.invalid/');
    await expect(refused).rejects.toThrow(ProxyError);
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_PROXY',
      message: `The proxy ${proxy.url} opened no connection to elsewhere.invalid:443: HTTP 403`,
    });
  });

  it('that is not there, it is named', async () => {
    process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
    await expect(get('https://elsewhere.invalid/')).rejects.toThrow(
      /^The proxy http:\/\/127\.0\.0\.1:9 opened no connection to elsewhere\.invalid:443: connect ECONNREFUSED/,
    );
  });
});
