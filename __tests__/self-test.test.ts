import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { projectRoot } from './support/project-root.js';
import { checkOut } from './support/workflow/checkout.js';
import { execute, type JobRun, type WorkflowEvent } from './support/workflow/execute.js';
import { readWorkflow, triggers, type Workflow } from './support/workflow/workflow.js';

const workflow = readWorkflow(join(projectRoot, '.github/workflows/self-test.yml'));

function event(name: 'push' | 'pull_request', ref: string): WorkflowEvent {
  const path = join(projectRoot, `__tests__/fixtures/events/${name}.json`);
  return { name, ref, payload: JSON.parse(readFileSync(path, 'utf8')) };
}

/** Milliseconds for one execution: it compiles the emulator, starts it, and runs the action twice. */
const timeout = 240_000;

const onPush = event('push', 'refs/heads/main');
const onPullRequest = event('pull_request', 'refs/pull/7/merge');

/** What each step came to; the log of one that failed. */
function told({ steps }: JobRun): Record<string, string> {
  const tell = ({ outcome, log }: JobRun['steps'][number]) => (outcome === 'failure' ? log : outcome);
  return Object.fromEntries(steps.map((step) => [step.name, tell(step)]));
}

describe('the self-test', () => {
  let checkout = '';
  beforeAll(() => {
    checkout = checkOut();
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  test(
    'connects the function on a push to main, and again',
    async () => {
      expect(triggers(workflow, 'push', 'main')).toBe(true);
      const run = await execute(workflow, onPush, checkout);
      expect(told(run)).toEqual({
        'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd': 'success',
        'Start the emulator with the function and its VPC': 'success',
        'Connect the function, on a pull request as a dry run': 'success',
        'The dry run planned changes and wrote nothing': 'skipped',
        'The function was connected': 'success',
        'Connect the function again': 'success',
        'The second time changed nothing': 'success',
        'Stop the emulator': 'success',
      });
      expect(run.status).toBe('success');
    },
    timeout,
  );

  test(
    'plans on a pull request',
    async () => {
      expect(triggers(workflow, 'pull_request', 'main')).toBe(true);
      const run = await execute(workflow, onPullRequest, checkout);
      expect(told(run)).toMatchObject({
        'Connect the function, on a pull request as a dry run': 'success',
        'The dry run planned changes and wrote nothing': 'success',
        'The function was connected': 'skipped',
        'Connect the function again': 'skipped',
        'The second time changed nothing': 'skipped',
        'Stop the emulator': 'success',
      });
      expect(run.status).toBe('success');
    },
    timeout,
  );

  test(
    'is red for an action that only says it did it',
    async () => {
      const bundle = join(checkout, 'dist/index.js');
      const honest = readFileSync(bundle, 'utf8');
      const claims = {
        outcome: 'changed',
        'changes-count': '10',
        'subnet-ids': '["subnet-1","subnet-2","subnet-3"]',
        'endpoint-ids': '["vpce-1","vpce-2"]',
        pending: '[]',
      };
      const lines = Object.entries(claims).map(([name, value]) => `${name}=${value}\n`);
      const lie = `import { appendFileSync } from 'node:fs';\nappendFileSync(process.env.GITHUB_OUTPUT, ${JSON.stringify(lines.join(''))});\n`;
      writeFileSync(bundle, lie);
      const run = await execute(workflow, onPush, checkout).finally(() => writeFileSync(bundle, honest));
      expect(run.status).toBe('failure');
      expect(told(run)).toMatchObject({
        'The function was connected': expect.stringContaining('writes to AWS is "0" and should be [1-9]*'),
        'Connect the function again': 'skipped',
        'Stop the emulator': 'success',
      });
    },
    timeout,
  );
});

test('a workflow that the executor would only half run is refused', async () => {
  const job = { steps: [{ run: 'true', 'continue-on-error': true }], services: {} };
  const strange: Workflow = { on: { push: null }, jobs: { a: job } };
  const refused = execute(strange, onPush, projectRoot);
  await expect(refused).rejects.toThrow('jobs.a.services, jobs.a.steps[0].continue-on-error');
});
