import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { execute, type WorkflowEvent } from '../support/workflow/execute.js';
import { interpolate, runs } from '../support/workflow/expressions.js';
import { type Step, triggers, type Workflow } from '../support/workflow/workflow.js';

const folder = mkdtempSync(join(tmpdir(), 'executor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const onPush: WorkflowEvent = { name: 'push', ref: 'refs/heads/main', payload: { number: 7 } };

/** An expression as a workflow writes it. */
const marked = (expression: string): string => `\${{ ${expression} }}`;

function run(steps: readonly Step[], more: Partial<Workflow> = {}) {
  return execute({ on: { push: null }, jobs: { a: { steps } }, ...more }, onPush, folder);
}

async function outcomes(steps: readonly Step[]): Promise<string[]> {
  const { steps: done } = await run(steps);
  return done.map(({ outcome }) => outcome);
}

describe('an execution', () => {
  test('hands variables, paths and outputs on to later steps', async () => {
    const { status, steps } = await run(
      [
        { run: 'echo "COLOUR=blue" >> "$GITHUB_ENV"; mkdir bin; echo "$PWD/bin" >> "$GITHUB_PATH"' },
        { run: "printf '#!/bin/sh\\necho found' > bin/tool; chmod +x bin/tool" },
        { id: 'third', run: 'echo "size=$(tool) $COLOUR $SHAPE" >> "$GITHUB_OUTPUT"' },
        { run: 'echo "$SAID"', env: { SAID: marked('steps.third.outputs.size') } },
        { run: `echo ${marked('github.event_name')} ${marked('env.COLOUR')}` },
      ],
      { env: { SHAPE: 'round' } },
    );
    expect(status).toBe('success');
    expect(steps.slice(3).map(({ log }) => log)).toEqual(['found blue round\n', 'push blue\n']);
  });

  test('stops a script at its first failure, and skips what follows but for its if', async () => {
    const steps = [
      { run: 'false\necho not reached' },
      { run: 'true' },
      { if: marked('always()'), run: 'true' },
      { if: "failure() && github.event_name == 'push'", run: 'true' },
      { if: "github.event_name == 'push'", run: 'true' },
    ];
    expect(await outcomes(steps)).toEqual(['failure', 'skipped', 'success', 'success', 'skipped']);
    expect((await run(steps)).steps[0]?.log).toBe('');
    expect((await run(steps)).status).toBe('failure');
  });

  test('takes the setups of others as done, and does not hand on what they would set', async () => {
    expect(await outcomes([{ uses: 'actions/checkout@v6' }, { run: 'true' }])).toEqual([
      'success',
      'success',
    ]);
  });
});

describe('expressions', () => {
  const github = { event_name: 'push', event: { number: 7 } };
  test.each([
    ["format('{0}-{1}', github.event_name, github.event.number)", 'push-7'],
    ["github.event_name == 'PUSH'", 'true'],
    ['github.event.absent', ''],
    ["join(fromJSON('[1,2]'), ' ')", '1 2'],
  ])('%s is %s', (expression, value) => {
    expect(interpolate(`<${marked(expression)}>`, { github })).toBe(`<${value}>`);
  });

  test('that look at an unknown context are an error', () => {
    expect(() => interpolate(marked('gitbuh.event_name'), { github })).toThrow(/gitbuh/);
  });

  test.each([
    [undefined, 'success', true],
    [undefined, 'failure', false],
    ['always()', 'failure', true],
    ['failure()', 'success', false],
    ["github.event_name == 'push'", 'failure', false],
    ["!cancelled() && github.event_name == 'push'", 'failure', true],
    ["github.event_name == 'failure'", 'success', false],
    ['github.event.absent', 'success', false],
  ] as const)('the step with if: %s after %s runs: %s', (condition, status, expected) => {
    expect(runs(condition, { github }, status)).toBe(expected);
  });
});

test.each([
  ['push', 'main', true],
  ['push', 'feature', false],
  ['pull_request', 'feature', true],
  ['schedule', 'main', false],
])('%s on %s starts the workflow: %s', (event, branch, expected) => {
  const on = { push: { branches: ['main'] }, pull_request: null };
  expect(triggers({ on, jobs: {} }, event, branch)).toBe(expected);
});
