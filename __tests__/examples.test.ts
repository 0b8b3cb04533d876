import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseInputs } from '../src/inputs/parse.js';
import { RunError } from '../src/model/problem.js';
import { shortenAccounts } from '../src/report/comment/shorten.js';
import { inputVariables } from './support/action-inputs.js';
import { projectRoot } from './support/project-root.js';
import {
  type ActionContract,
  neededPermissions,
  type UseOfAction,
  unguardedJobs,
  usesOfAction,
  wrongInputs,
  wrongOutputs,
} from './support/workflow/contract.js';
import { execute } from './support/workflow/execute.js';
import { runs } from './support/workflow/expressions.js';
import { unpinned, workflowsIn } from './support/workflow/files.js';
import { readWorkflow, type Workflow } from './support/workflow/workflow.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const action: ActionContract = parse(read('action.yml'));
const readme = read('README.md');
const examples = workflowsIn('examples').toSorted();

/** What the action would say of those inputs before its first call: errors and warnings. */
function complaints({ where, given }: UseOfAction): string[] {
  try {
    const { warnings } = parseInputs(inputVariables(projectRoot, given, 'ghs_x'));
    return warnings.map(({ message }) => `${where}: ${message}`);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return error.problems.map(({ message }) => `${where}: ${message}`);
  }
}

test('the examples are those that the README lists', () => {
  expect(examples.length).toBeGreaterThan(3);
  const section = readme.slice(readme.indexOf('## Examples'));
  const links = [...section.matchAll(/^- \[[^\]]+\]\((examples\/[\w.-]+)\): \w/gm)].map(([, path]) => path);
  expect(links.toSorted()).toEqual(examples);
});

test('the workflows in the README give this action inputs that it has', () => {
  const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => parse(block));
  const uses = blocks
    .filter((block) => 'jobs' in block)
    .flatMap((workflow: Workflow) => usesOfAction(workflow));
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.flatMap((use) => wrongInputs(use, action))).toEqual([]);
});

test.each([...examples, '.github/workflows/self-test.yml'])('%s fits action.yml', (path) => {
  const workflow = readWorkflow(join(projectRoot, path));
  const uses = usesOfAction(workflow);
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.flatMap((use) => wrongInputs(use, action))).toEqual([]);
  expect(uses.flatMap(complaints)).toEqual([]);
  expect(wrongOutputs(workflow, action)).toEqual([]);
});

describe.each(examples)('%s', (path) => {
  const text = read(path);
  const workflow = readWorkflow(join(projectRoot, path));

  test('asks for the permissions that it needs', () => {
    expect(workflow.permissions).toEqual(neededPermissions(workflow));
    expect(Object.values(workflow.jobs).filter((job) => job.permissions)).toEqual([]);
  });

  test('lets no two runs write at once and cancels none that writes', () => {
    expect(unguardedJobs(workflow)).toEqual([]);
  });

  test('pins the actions of others, and ends when it hangs', () => {
    expect(unpinned(text)).toEqual(
      text.split('\n').filter((line) => /uses: owner\/vpc-lambda-action@v1$/.test(line)),
    );
    const jobs = Object.values<Record<string, unknown>>(parse(text).jobs);
    expect(jobs.filter((job) => typeof job['timeout-minutes'] !== 'number')).toEqual([]);
  });
});

describe('the drift check', () => {
  const { steps } = readWorkflow(join(projectRoot, 'examples/drift-check.yml')).jobs.drift ?? { steps: [] };
  const step = steps.find(({ run }) => run?.includes('gh issue'));
  const folder = mkdtempSync(join(tmpdir(), 'drift-check-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What its last step asks of GitHub's command line, where that many issues are open. */
  async function asked(open: number, report = 'drift '.repeat(20_000)): Promise<string[]> {
    const fake = `#!/bin/sh\necho "$2" >> "$PWD/asked-${open}"\nif [ "$2" = list ]; then echo ${open}; else cat > body; fi\n`;
    rmSync(join(folder, `asked-${open}`), { force: true });
    writeFileSync(join(folder, 'gh'), fake, { mode: 0o755 });
    writeFileSync(join(folder, 'report.md'), report);
    const env = { ...step?.env, GH_TOKEN: 'ghs_x', GH_REPO: 'owner/app-7', REPORT: 'report.md' };
    const run = [{ run: 'echo "$PWD" >> "$GITHUB_PATH"' }, { run: step?.run ?? '', env }];
    const workflow: Workflow = { on: { schedule: null }, jobs: { drift: { steps: run } } };
    const event = { name: 'schedule', ref: 'refs/heads/main', payload: {} };
    const { status } = await execute(workflow, event, folder);
    expect(status).toBe('success');
    return readFileSync(join(folder, `asked-${open}`), 'utf8')
      .trim()
      .split('\n');
  }

  test('opens an issue that GitHub takes', async () => {
    expect(await asked(0)).toEqual(['list', 'create']);
    expect(readFileSync(join(folder, 'body'), 'utf8')).toHaveLength(60_000);
  });

  test('shortens account ids as the comment does', async () => {
    const report = [
      'arn:aws:iam::123456789012:role/x and 210987654321,123456789012',
      '123456789012',
      'subnet-123456789012abcde, eni-0123456789012, 1234567890123',
      '| `123456789012` | (210987654321) |',
      '',
    ].join('\n');
    await asked(0, report);
    const body = readFileSync(join(folder, 'body'), 'utf8');
    const lines = report.split('\n').map((line) => shortenAccounts(line, []));
    expect(body.split('\n')).toEqual(lines);
    expect(body).toContain('arn:aws:iam::…9012:role/x and …4321,…9012');
  });

  test('opens no second one', async () => {
    expect(await asked(1)).toEqual(['list']);
  });

  test('does so for drift alone', () => {
    const contexts = (drift: string) => ({ steps: { network: { outputs: { 'drift-count': drift } } } });
    const judged = ['2', '0', ''].map((drift) => runs(step?.if, contexts(drift), 'failure'));
    expect(judged).toEqual([true, false, false]);
    expect(runs(step?.if, contexts('2'), 'success')).toBe(false);
  });
});

describe('a workflow', () => {
  /** A workflow with one step of this action. */
  function workflowWith(step: Record<string, unknown>, more: Partial<Workflow> = {}): Workflow {
    const steps = [{ uses: 'owner/vpc-lambda-action@v1', ...step }];
    return { on: { push: null }, jobs: { a: { steps } }, ...more };
  }
  const inputs = { 'function-name': 'app-7', 'aws-region': 'us-east-2' };
  const useOf = (given: Record<string, string>): UseOfAction => ({ where: 'a', given });

  test.each([
    ['an unknown input', { ...inputs, subnet: 'private' }, ['a: there is no input subnet']],
    ['no function', { 'aws-region': 'us-east-2' }, ['a: input function-name is missing']],
  ])('with %s is found', (_, given, expected) => {
    expect(wrongInputs(useOf(given), action)).toEqual(expected);
  });

  test('with a value that the action refuses is found', () => {
    expect(complaints(useOf({ ...inputs, subnets: 'tag:' }))).toEqual([expect.stringContaining('tag:')]);
    expect(complaints(useOf(inputs))).toEqual([]);
  });

  test('is judged for each combination of its matrix', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow.
    const given = { 'function-name': '${{ matrix.function }}' };
    const steps = [{ uses: 'owner/vpc-lambda-action@v1', with: given }];
    const job = { steps, strategy: { matrix: { function: ['a', 'b'], region: ['c', 'd'] } } };
    const uses = usesOfAction({ on: {}, jobs: { a: job } });
    expect(uses.map((use) => use.given['function-name'])).toEqual(['a', 'a', 'b', 'b']);
  });

  test.each([
    ['if', { if: 'steps.network.outputs.drift > 0' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow.
    ['run', { run: 'echo ${{ steps.network.outputs.drift }}' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow.
    ['env', { env: { A: '${{ steps.network.outputs.drift }}' }, run: 'true' }],
  ])('that uses an unknown output in %s is found', (_, step) => {
    const network = { id: 'network', uses: 'owner/vpc-lambda-action@v1' };
    const workflow: Workflow = { on: {}, jobs: { a: { steps: [network, step] } } };
    expect(wrongOutputs(workflow, action)).toEqual(['steps.network has no output drift']);
  });

  test('needs permissions for what it does', () => {
    expect(neededPermissions(workflowWith({ with: inputs }))).toEqual({ contents: 'read' });
    const commenting = { 'role-to-assume': 'arn' };
    const onPullRequest = { on: { pull_request: null } };
    expect(neededPermissions(workflowWith({ with: commenting }, onPullRequest))).toEqual({
      contents: 'read',
      'id-token': 'write',
      'pull-requests': 'write',
    });
  });

  test.each([
    ['no concurrency', {}],
    ['runs that cancel each other', { concurrency: { group: 'a', 'cancel-in-progress': true } }],
  ])('with %s is found', (_, more) => {
    expect(unguardedJobs(workflowWith({}, more))).toEqual(['a']);
  });
});
