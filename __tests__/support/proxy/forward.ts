import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { Answer } from './answers.js';
import type { AwsRequest } from './request.js';

/** Sends requests to moto unchanged but for the length of their body. */
export function makeForward(motoUrl: string): {
  forward: (request: AwsRequest) => Promise<Answer>;
  close(): void;
} {
  const agent = new Agent({ maxSockets: 32 });
  const forward = ({ method, path, headers, body }: AwsRequest): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        `${motoUrl}${path}`,
        { method, headers: forwarded(headers, body), agent },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const status = answer.statusCode ?? 500;
            resolve({
              status,
              headers: answerHeaders(answer.headers),
              body: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { forward, close: () => agent.destroy() };
}

function forwarded(headers: IncomingHttpHeaders, body: string): OutgoingHttpHeaders {
  const kept = { ...headers };
  for (const hop of ['connection', 'transfer-encoding', 'expect']) delete kept[hop];
  return { ...kept, 'content-length': Buffer.byteLength(body) };
}

const keptHeaders = ['content-type', 'x-amzn-errortype', 'x-amzn-requestid'];

function answerHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = headers[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}
