import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { writes } from '../__tests__/support/proxy/calls.js';
import { missing, networkLines, readNetwork } from './network.js';
import { openStage, type Stage } from './stage.js';

/** A running emulator as its state file tells of it. */
export interface EmulatorState {
  readonly pid: number;
  /** For AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** Where `script/emulator` asks and stops it; not part of what stands in for AWS. */
  readonly control: string;
}

/** Milliseconds between two looks whether the state file is there. */
const lookEvery = 2_000;

/** An answer of the control server; any status but 200 makes `script/emulator` fail. */
interface Answer {
  readonly status: 200 | 404 | 409;
  readonly text: string;
}

/**
 * Serves the emulator with the case study's world until `POST /stop`, a signal, or the removal of the state file,
 * which is there from when it is ready.
 */
export async function serveEmulator(stateFile: string): Promise<void> {
  const stage = await openStage({ latency: 0 });
  const server = createServer((request, response) => {
    void answerTo(request, stage).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, { status: 409, text: String(error) }),
    );
    if (request.url === '/stop') response.once('close', () => void stop());
  });
  const stop = async (): Promise<void> => {
    rmSync(stateFile, { force: true });
    await stage.close();
    process.exit(0);
  };
  // The step that started it may end, and its terminal with it.
  process.on('SIGHUP', () => undefined);
  process.on('SIGTERM', () => void stop()).on('SIGINT', () => void stop());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state = { pid: process.pid, endpoint: stage.url, control: `http://127.0.0.1:${port}` };
  mkdirSync(dirname(stateFile), { recursive: true });
  // Whoever waits for the file must not read half of it.
  writeFileSync(`${stateFile}.new`, JSON.stringify(state satisfies EmulatorState));
  renameSync(`${stateFile}.new`, stateFile);
  // A checkout that is removed takes its emulator with it.
  setInterval(() => existsSync(stateFile) || void stop(), lookEvery);
}

async function answerTo({ method, url }: IncomingMessage, stage: Stage): Promise<Answer> {
  switch (`${method} ${url}`) {
    case 'POST /writes': {
      const count = writes(stage.proxy.calls).length;
      stage.proxy.forgetCalls();
      return { status: 200, text: String(count) };
    }
    case 'POST /check': {
      const network = await readNetwork(stage);
      const lack = missing(network, stage);
      const lines = networkLines(network, stage);
      // These looks are not the action's.
      stage.proxy.forgetCalls();
      return lack === undefined
        ? { status: 200, text: lines.join('\n') }
        : { status: 409, text: [...lines, `Not connected: ${lack}.`].join('\n') };
    }
    case 'POST /stop':
      return { status: 200, text: 'The emulator stops.' };
    default:
      return { status: 404, text: 'The emulator knows writes, check and stop.' };
  }
}

function send(response: ServerResponse, { status, text }: Answer): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`${text}\n`);
}
