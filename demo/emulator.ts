import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../__tests__/support/project-root.js';
import { type EmulatorState, serveEmulator } from './emulator-server.js';
import { say } from './words.js';

/** The command cannot be carried out; the message is one sentence for the person who gave it. */
class Refused extends Error {}

const folder = join(projectRoot, '.cache/emulator');
const stateFile = join(folder, 'state.json');
const logFile = join(folder, 'log.txt');

/** Milliseconds for the start on a busy machine, and for the end. */
const startTimeout = 90_000;
const stopTimeout = 20_000;

/** The running emulator, or undefined; a state file that a killed one left is removed. */
function running(): EmulatorState | undefined {
  if (!existsSync(stateFile)) return undefined;
  const state: EmulatorState = JSON.parse(readFileSync(stateFile, 'utf8'));
  if (isAlive(state.pid)) return state;
  rmSync(stateFile, { force: true });
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts the emulator in a session of its own, and waits until it is ready. */
async function start(): Promise<void> {
  const before = running();
  if (before)
    throw new Refused(`An emulator runs already at ${before.endpoint}; end it by script/emulator stop.`);
  mkdirSync(folder, { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  const state = await until(startTimeout, () => (child.exitCode === null ? running() : 'ended'));
  if (state === 'ended' || state === undefined) {
    child.kill('SIGKILL');
    throw new Refused(`The emulator did not start; it said:\n${readFileSync(logFile, 'utf8')}`);
  }
  publish({
    AWS_ENDPOINT_URL: state.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  });
}

/** Looks again and again; undefined where the time is up. */
async function until<T>(milliseconds: number, look: () => T | undefined): Promise<T | undefined> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = look();
    if (found !== undefined || Date.now() > end) return found;
    await sleep(50);
  }
}

/** Prints the variables, and in a workflow's step sets them for the steps after it. */
function publish(variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  const file = process.env.GITHUB_ENV;
  if (file) appendFileSync(file, lines.join(''));
  process.stdout.write(lines.join(''));
}

/** Asks the running emulator; its answer is printed, and one that is no success fails the command. */
async function ask(word: string): Promise<void> {
  const state = running();
  if (state === undefined) throw new Refused('No emulator runs; start one by script/emulator start.');
  const answer = await fetch(`${state.control}/${word}`, { method: 'POST' });
  say((await answer.text()).trimEnd());
  if (!answer.ok) process.exitCode = 1;
}

/** Ends the emulator and waits until its process is gone; where none runs there is nothing to do. */
async function stop(): Promise<void> {
  const state = running();
  if (state === undefined) return say('No emulator runs.');
  await ask('stop');
  const gone = await until(stopTimeout, () => (isAlive(state.pid) ? undefined : true));
  if (!gone) throw new Refused(`The emulator (process ${state.pid}) does not end.`);
}

const commands: Readonly<Record<string, () => Promise<void>>> = {
  start,
  stop,
  writes: () => ask('writes'),
  check: () => ask('check'),
  serve: () => serveEmulator(stateFile),
};

const command = commands[process.argv[2] ?? ''];
try {
  if (command === undefined) throw new Refused('Say start, writes, check or stop.');
  await command();
} catch (error) {
  process.stderr.write(`${error instanceof Refused ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
