import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../run-action.js';
import { parseOutputs } from '../runner-files.js';
import { type Contexts, interpolate, runs } from './expressions.js';
import { type Job, notUnderstood, type Step, type Workflow } from './workflow.js';

/** What happened on GitHub. */
export interface WorkflowEvent {
  readonly name: string;
  readonly ref: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A step that ended, or was skipped by its `if:`. */
export interface StepRun {
  /** Its name, else what it uses. */
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
}

/** A job that ended. */
export interface JobRun {
  readonly status: 'success' | 'failure';
  readonly steps: readonly StepRun[];
}

/** Milliseconds after which a step is killed. */
const stepTimeout = 120_000;

/**
 * Executes the one job of a workflow in a checkout, as a runner does: step by step, with GITHUB_ENV, GITHUB_PATH and
 * GITHUB_OUTPUT, expressions evaluated when their step is due, `run:` by `bash -e` (docs.github.com, "Workflow
 * syntax", default shell) and `uses: ./` from the checkout's action.yml. Steps that use actions of others (checkout,
 * setups) are taken as done. A workflow with keys that this does not understand is refused.
 */
export async function execute(workflow: Workflow, event: WorkflowEvent, checkout: string): Promise<JobRun> {
  const strange = notUnderstood(workflow);
  const [job, ...others] = Object.values(workflow.jobs);
  if (strange.length > 0) throw new Error(`the executor does not understand ${strange.join(', ')}`);
  if (job === undefined || others.length > 0) throw new Error('the executor runs workflows of one job');
  const execution = new Execution(workflow, job, event, checkout);
  try {
    return await execution.run();
  } finally {
    execution.close();
  }
}

class Execution {
  private readonly folder = mkdtempSync(join(tmpdir(), 'workflow-run-'));
  private readonly done: StepRun[] = [];
  private readonly outcomes: Record<string, Pick<StepRun, 'outcome' | 'outputs'>> = {};
  /** What earlier steps set by GITHUB_ENV. */
  private variables: Record<string, string> = {};
  private paths: string[] = [];
  private status: JobRun['status'] = 'success';

  constructor(
    private readonly workflow: Workflow,
    private readonly job: Job,
    private readonly event: WorkflowEvent,
    private readonly checkout: string,
  ) {}

  async run(): Promise<JobRun> {
    for (const step of this.job.steps) {
      const run = await this.step(step);
      this.done.push(run);
      if (run.outcome === 'failure') this.status = 'failure';
      if (step.id) this.outcomes[step.id] = { outcome: run.outcome, outputs: run.outputs };
    }
    return { status: this.status, steps: this.done };
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async step(step: Step): Promise<StepRun> {
    const name = step.name ?? step.uses ?? step.run ?? '';
    const nothing = { name, outputs: {}, log: '' };
    const contexts = this.contexts();
    if (!runs(step.if, contexts, this.status)) return { ...nothing, outcome: 'skipped' };
    const env = this.environment(step, contexts);
    if (step.run !== undefined) return { name, ...(await this.shell(interpolate(step.run, contexts), env)) };
    if (step.uses === './') return { name, ...(await this.action(step, contexts, env)) };
    return { ...nothing, outcome: 'success' };
  }

  private contexts(): Contexts {
    const { name, ref, payload } = this.event;
    const github = { event_name: name, ref, event: payload, token: '', workflow: this.workflow.name };
    const status = { status: this.status };
    const env = this.interpolated({ ...this.workflow.env, ...this.job.env }, { github });
    return { github, env: { ...env, ...this.variables }, steps: this.outcomes, job: status };
  }

  private environment(step: Step, contexts: Contexts): Record<string, string> {
    const shared = this.interpolated({ ...this.workflow.env, ...this.job.env }, contexts);
    return { ...shared, ...this.variables, ...this.interpolated(step.env ?? {}, contexts) };
  }

  private interpolated(
    values: Readonly<Record<string, unknown>>,
    contexts: Contexts,
  ): Record<string, string> {
    const all = Object.entries(values).map(([name, value]) => [name, interpolate(String(value), contexts)]);
    return Object.fromEntries(all);
  }

  private async action(step: Step, contexts: Contexts, env: Readonly<Record<string, string>>) {
    const result = await runAction({
      inputs: this.interpolated(step.with ?? {}, contexts),
      endpoint: env.AWS_ENDPOINT_URL ?? '',
      // The credentials are those that a step before has set, or none.
      env: {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        ...env,
      },
      event: this.event,
      cwd: this.checkout,
      root: this.checkout,
      timeout: stepTimeout,
    });
    const outcome: StepRun['outcome'] = result.exitCode === 0 ? 'success' : 'failure';
    return { outcome, outputs: result.outputs, log: result.stdout + result.stderr };
  }

  private async shell(script: string, env: Readonly<Record<string, string>>) {
    const folder = join(this.folder, String(this.done.length));
    mkdirSync(folder);
    const file = (name: string): string => join(folder, name);
    for (const name of ['env', 'output', 'path', 'summary']) writeFileSync(file(name), '');
    writeFileSync(file('script.sh'), script);
    const { code, log } = await ended('bash', ['-e', file('script.sh')], this.checkout, {
      PATH: [...this.paths, process.env.PATH].join(':'),
      HOME: process.env.HOME,
      ...registrySettings(),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ENV: file('env'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_PATH: file('path'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_EVENT_NAME: this.event.name,
      GITHUB_REF: this.event.ref,
      GITHUB_WORKSPACE: this.checkout,
      ...env,
    });
    const read = (name: string): string => readFileSync(file(name), 'utf8');
    this.variables = { ...this.variables, ...parseOutputs(read('env')) };
    this.paths = [...read('path').split('\n').filter(Boolean).toReversed(), ...this.paths];
    const outcome: StepRun['outcome'] = code === 0 ? 'success' : 'failure';
    return { outcome, outputs: parseOutputs(read('output')), log };
  }
}

/** A step that has to install something needs the package clients as they are set up on this machine. */
function registrySettings(): Record<string, string | undefined> {
  const settings = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_|pip_|https?_proxy$|no_proxy$)/i.test(name),
  );
  return Object.fromEntries(settings);
}

function ended(
  command: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number | null; log: string }> {
  const child = spawn(command, words, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), stepTimeout);
  let log = '';
  const hear = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, log });
    });
  });
}
