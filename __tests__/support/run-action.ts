import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inputVariables } from './action-inputs.js';
import { node24 } from './node24.js';
import { projectRoot } from './project-root.js';
import { type Annotation, parseAnnotations, parseOutputs } from './runner-files.js';

/** One step of a workflow. */
export interface StepOptions {
  /** By their names in action.yml; those not named get their defaults. */
  readonly inputs: Readonly<Record<string, string>>;
  /** AWS_ENDPOINT_URL: the proxy. */
  readonly endpoint: string;
  /** Adds to, replaces, or (undefined) removes variables of the step. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly event?: EventOptions;
  /** The checked-out repository; an empty folder by default. */
  readonly cwd?: string;
  /** The interpreter; Node 24 by default. */
  readonly node?: string;
  /** The folder of action.yml; the project by default. */
  readonly root?: string;
  /** The bundle; the one of action.yml's folder by default. */
  readonly main?: string;
  readonly githubToken?: string;
  /** Sends a signal that many milliseconds after the start, or when a promise of the test resolves. */
  readonly signalAfter?: { readonly signal: NodeJS.Signals; readonly when: number | Promise<unknown> };
  /** Milliseconds after which the step is killed; a minute by default. */
  readonly timeout?: number;
}

/** What happened on GitHub; a push to the default branch by default. */
export interface EventOptions {
  readonly name?: string;
  /** `refs/heads/main` by default. */
  readonly ref?: string;
  /** Merged over a payload with the repository. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A step that ended. */
export interface StepResult {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The job summary, Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** What it left in RUNNER_TEMP, by path from there. */
  readonly files: Readonly<Record<string, string>>;
  /** Wall time, process start included. */
  readonly milliseconds: number;
  /** Everything the step wrote, anywhere: where a secret must not be found. */
  readonly everything: string;
  /** RUNNER_TEMP. It is removed when the test process ends. */
  readonly temp: string;
}

/** Runs the committed bundle as a runner does: `node dist/index.js` with INPUT_* and GITHUB_* variables, and no others. */
export async function runAction(options: StepOptions): Promise<StepResult> {
  const folders = makeFolders(options.event ?? {});
  const root = options.root ?? projectRoot;
  const env: Record<string, string | undefined> = {
    ...runnerVariables(folders, options),
    ...inputVariables(root, options.inputs, options.githubToken ?? ''),
    ...options.env,
  };
  for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
  const start = performance.now();
  const main = options.main ?? join(root, 'dist/index.js');
  const child = spawn(options.node ?? node24(), [main], { cwd: options.cwd ?? folders.workspace, env });
  const { exitCode, signal, stdout, stderr } = await ended(child, options);
  const milliseconds = performance.now() - start;
  const read = (name: string): string => readFileSync(join(folders.commands, name), 'utf8');
  const files = filesIn(folders.temp);
  const [outputText, summary] = [read('output'), read('summary')];
  const written = [stdout, stderr, outputText, summary, read('state'), read('env'), ...Object.values(files)];
  return {
    exitCode,
    signal,
    stdout,
    stderr,
    outputs: parseOutputs(outputText),
    summary,
    annotations: parseAnnotations(stdout),
    files,
    milliseconds,
    everything: written.join('\n'),
    temp: folders.temp,
  };
}

interface Folders {
  readonly temp: string;
  readonly workspace: string;
  readonly commands: string;
  readonly eventPath: string;
}

const repository = {
  id: 700100200,
  full_name: 'owner/app-7',
  name: 'app-7',
  default_branch: 'main',
  fork: false,
};

function makeFolders(event: EventOptions): Folders {
  const base = mkdtempSync(join(tmpdir(), 'vpc-lambda-action-'));
  process.once('exit', () => rmSync(base, { recursive: true, force: true }));
  const [temp, workspace, commands] = [join(base, 'temp'), join(base, 'workspace'), join(base, 'commands')];
  for (const folder of [temp, workspace, commands]) mkdirSync(folder);
  for (const name of ['output', 'summary', 'state', 'env', 'path']) writeFileSync(join(commands, name), '');
  const eventPath = join(base, 'event.json');
  const ref = event.ref ?? 'refs/heads/main';
  writeFileSync(eventPath, JSON.stringify({ ref, repository, ...event.payload }));
  return { temp, workspace, commands, eventPath };
}

function runnerVariables(
  { temp, workspace, commands, eventPath }: Folders,
  options: StepOptions,
): Record<string, string> {
  const event = options.event ?? {};
  const ref = event.ref ?? 'refs/heads/main';
  return {
    PATH: process.env.PATH ?? '',
    HOME: workspace,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'network',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_ENV: join(commands, 'env'),
    GITHUB_EVENT_NAME: event.name ?? 'push',
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: 'network',
    GITHUB_OUTPUT: join(commands, 'output'),
    GITHUB_PATH: join(commands, 'path'),
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REPOSITORY: repository.full_name,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_REPOSITORY_OWNER: 'owner',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '900800700',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_STATE: join(commands, 'state'),
    GITHUB_STEP_SUMMARY: join(commands, 'summary'),
    GITHUB_WORKFLOW: 'network',
    GITHUB_WORKSPACE: options.cwd ?? workspace,
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_TEMP: temp,
    AWS_ENDPOINT_URL: options.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN',
    // A test without credentials must not ask the metadata service of the machine it runs on.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(child: ChildProcess, options: StepOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const timers = [setTimeout(() => child.kill('SIGKILL'), options.timeout ?? 60_000)];
    const { signalAfter } = options;
    if (typeof signalAfter?.when === 'number') {
      timers.push(setTimeout(() => child.kill(signalAfter.signal), signalAfter.when));
    } else signalAfter?.when.then(() => child.kill(signalAfter.signal), reject);
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      timers.map(clearTimeout);
      resolve({ exitCode, signal, stdout, stderr });
    });
  });
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
