import { type Contexts, expressionsIn, interpolate, runs } from './expressions.js';
import type { Job, Step, Workflow } from './workflow.js';

/** What action.yml says, as far as a workflow depends on it. */
export interface ActionContract {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A step that uses this action, in one combination of its job's matrix; its inputs have no expressions left. */
export interface UseOfAction {
  /** `jobs.network`, and the combination. */
  readonly where: string;
  readonly given: Readonly<Record<string, string>>;
}

/** Whether a step uses this action, from another repository or its own. */
function isOurs({ uses }: Step): boolean {
  return uses === 'owner/vpc-lambda-action@v1' || uses === './';
}

/** Every use of this action, each combination of a matrix for itself. */
export function usesOfAction(workflow: Workflow): UseOfAction[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) =>
    combinations(job).flatMap((matrix) =>
      job.steps.filter(isOurs).map((step) => ({
        where: `jobs.${id} ${JSON.stringify(matrix)}`,
        given: textual(step.with ?? {}, { matrix, github }),
      })),
    ),
  );
}

/** What `with:` names and action.yml does not have, and what it requires and `with:` does not name. */
export function wrongInputs({ where, given }: UseOfAction, { inputs }: ActionContract): string[] {
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  const missing = Object.keys(inputs).filter((name) => inputs[name]?.required && !given[name]);
  return [
    ...unknown.map((name) => `${where}: there is no input ${name}`),
    ...missing.map((name) => `${where}: input ${name} is missing`),
  ];
}

/** Outputs of this action that expressions use and action.yml does not have. */
export function wrongOutputs(workflow: Workflow, { outputs }: ActionContract): string[] {
  return Object.values(workflow.jobs).flatMap(({ steps }) => {
    const ids = steps.filter(isOurs).map(({ id }) => id);
    const used = steps.flatMap((step) => expressionsOf(step).flatMap(outputsIn));
    const wrong = used.filter(({ id, name }) => ids.includes(id) && !(name in outputs));
    return wrong.map(({ id, name }) => `steps.${id} has no output ${name}`);
  });
}

/** The permissions that a workflow with this action needs, by what it does. */
export function neededPermissions(workflow: Workflow): Record<string, string> {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const given = steps.filter(isOurs).map((step) => step.with ?? {});
  const comments = 'pull_request' in workflow.on && given.some(({ comment }) => comment !== 'never');
  const opensIssues = steps.some(({ run }) => run?.includes('gh issue create'));
  return {
    ...(given.some((inputs) => 'role-to-assume' in inputs) && { 'id-token': 'write' }),
    contents: 'read',
    ...(comments && { 'pull-requests': 'write' }),
    ...(opensIssues && { issues: 'write' }),
  };
}

/** Jobs that no `concurrency` holds back, or whose runs that write may be cancelled by it. */
export function unguardedJobs(workflow: Workflow): string[] {
  return Object.entries(workflow.jobs)
    .filter(([, job]) => !isGuarded(job.concurrency ?? workflow.concurrency))
    .map(([id]) => id);
}

/** What a push to main looks like in expressions. */
const github = { event_name: 'push', ref: 'refs/heads/main', workflow: 'example', repository: 'owner/app-7' };

function isGuarded(concurrency: unknown): boolean {
  const { group, 'cancel-in-progress': cancel }: Record<string, unknown> = Object(concurrency);
  if (typeof group !== 'string') return false;
  return !runs(String(cancel ?? false), { github, matrix: {} }, 'success');
}

/** The combinations of a job's matrix, of plain lists; one empty one where there is none. */
function combinations({ strategy }: Job): Record<string, unknown>[] {
  const rows = Object.entries(strategy?.matrix ?? {});
  return rows.reduce<Record<string, unknown>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => (values as unknown[]).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

function textual(values: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, string> {
  const all = Object.entries(values).map(([name, value]) => [name, interpolate(String(value), contexts)]);
  return Object.fromEntries(all);
}

/** Every expression of a step: `if:` holds one without the braces. */
function expressionsOf({ if: condition, run, with: given, env }: Step): string[] {
  const texts = [run ?? '', ...Object.values({ ...given, ...env }).map(String)];
  return [condition ?? '', ...texts.flatMap(expressionsIn)];
}

function outputsIn(expression: string): { id: string; name: string }[] {
  const found = expression.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g);
  return [...found].map(([, id = '', name = '']) => ({ id, name }));
}
