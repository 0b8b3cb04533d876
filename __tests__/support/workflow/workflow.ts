import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A step: what it uses or runs. Values are as the file has them, expressions included. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, unknown>>;
}

/** One job. */
export interface Job {
  readonly steps: readonly Step[];
  readonly env?: Readonly<Record<string, unknown>>;
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly environment?: unknown;
  readonly strategy?: {
    readonly matrix?: Readonly<Record<string, unknown>>;
  };
}

/** A workflow file, as far as the tests look at it. */
export interface Workflow {
  readonly name?: string;
  readonly on: Readonly<Record<string, { readonly branches?: readonly string[] } | null>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Reads a workflow file; that it is a valid one is for actionlint to say. */
export function readWorkflow(path: string): Workflow {
  return parse(readFileSync(path, 'utf8'));
}

/** Whether the event of that name, on that branch (of a pull request: its base), starts the workflow. */
export function triggers({ on }: Workflow, event: string, branch: string): boolean {
  if (!(event in on)) return false;
  const branches = on[event]?.branches;
  return branches === undefined || branches.includes(branch);
}

const understood = {
  workflow: ['name', 'on', 'permissions', 'concurrency', 'env', 'jobs'],
  job: ['runs-on', 'timeout-minutes', 'steps', 'env'],
  step: ['name', 'id', 'if', 'uses', 'with', 'run', 'env'],
};

/** The keys of a workflow that the executor of the tests would pass over, as paths; it must not run such a one. */
export function notUnderstood(workflow: Workflow): string[] {
  const strange = (value: object, known: readonly string[], path: string): string[] =>
    Object.keys(value)
      .filter((key) => !known.includes(key))
      .map((key) => `${path}${key}`);
  const jobs = Object.entries(workflow.jobs).flatMap(([id, job]) => [
    ...strange(job, understood.job, `jobs.${id}.`),
    ...job.steps.flatMap((step, index) => strange(step, understood.step, `jobs.${id}.steps[${index}].`)),
  ]);
  return [...strange(workflow, understood.workflow, ''), ...jobs];
}
