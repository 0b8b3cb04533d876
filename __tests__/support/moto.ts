import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { awsClients } from './aws-clients.js';
import { projectRoot } from './project-root.js';

/** The AWS emulator, in a process of its own. */
export interface Moto {
  /** Base URL, without a slash at the end. */
  readonly url: string;
  /** Forgets every resource; ids and timestamps are not reset. */
  reset(): Promise<void>;
  /** Ends the process and waits for its exit; a second call does nothing. */
  stop(): Promise<void>;
}

/** How long a start may take on a busy machine, in milliseconds. */
const startTimeout = 60_000;

/** How long an orderly end may take before the process is killed, in milliseconds. */
const stopTimeout = 5_000;

/** The interpreter of the virtual environment that `script/emulator-install` makes. */
const python = join(projectRoot, '.cache/emulator-venv/bin/python');

/**
 * Starts moto on a free port and resolves when it is warm: the backends that the tests use are imported, so that
 * no timed call pays for that. The process ends with this one, even after SIGKILL (see `moto_server.py`).
 */
export async function startMoto(): Promise<Moto> {
  if (!existsSync(python)) throw new Error(`${python} is missing; run script/emulator-install`);
  const child = spawn(python, [join(projectRoot, '__tests__/support/moto_server.py')], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  releaseEventLoop(child);
  await warmUp(url);
  await post(`${url}/moto-api/reset`, '');
  return {
    url,
    reset: () => post(`${url}/moto-api/reset`, ''),
    stop: () => stop(child),
  };
}

/** The first line of standard output is the port; what moto wrote to standard error explains a failed start. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let errors = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`moto did not start: ${why}\n${errors}`));
    };
    const timer = setTimeout(() => fail(`nothing within ${startTimeout} ms`), startTimeout);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`exit code ${code}, signal ${signal}`));
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4000);
    });
    child.stdout?.once('data', (chunk: Buffer) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(Number(chunk.toString()));
    });
  });
}

/** A test process that forgot `stop` may still end; the closing pipe then ends moto. */
function releaseEventLoop(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

/** Lambda without Docker comes first: that setting swaps the backend, and functions made earlier would vanish. */
async function warmUp(url: string): Promise<void> {
  await post(`${url}/moto-api/config`, JSON.stringify({ lambda: { use_docker: false } }), 'application/json');
  const { ec2, iam, lambda, sts, close } = awsClients({ endpoint: url, region: 'us-east-2' });
  await ec2.describeVpcs({});
  await ec2.describeVpcEndpointServices({});
  await lambda.listFunctions({});
  await iam.listRoles({});
  await sts.getCallerIdentity({});
  close();
}

async function post(url: string, body: string, type = 'text/plain'): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer().catch(() => undefined);
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  child.ref();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin?.end();
  });
}
