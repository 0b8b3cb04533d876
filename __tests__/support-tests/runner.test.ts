import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { inputVariables } from '../support/action-inputs.js';
import { runAction } from '../support/run-action.js';
import { parseAnnotations, parseOutputs } from '../support/runner-files.js';

const root = mkdtempSync(join(tmpdir(), 'fake-action-'));
mkdirSync(join(root, 'dist'));
writeFileSync(
  join(root, 'action.yml'),
  [
    'inputs:',
    '  function-name: { required: true }',
    '  dry-run: { default: auto }',
    '  wait timeout: { default: 10m }',
    `  github-token: { default: '\${{ github.token }}' }`,
  ].join('\n'),
);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs a program as if it were the bundle. */
function run(program: string, more: Partial<Parameters<typeof runAction>[0]> = {}) {
  writeFileSync(join(root, 'dist/index.js'), program);
  return runAction({ root, endpoint: 'http://127.0.0.1:9', inputs: { 'function-name': 'app-7' }, ...more });
}

const printEnvironment = 'console.log(JSON.stringify(process.env))';

describe('the environment', () => {
  test('has the inputs as a runner names them, with their defaults', async () => {
    const { stdout } = await run(printEnvironment, { githubToken: 'ghs_x' });
    expect(JSON.parse(stdout)).toMatchObject({
      'INPUT_FUNCTION-NAME': 'app-7',
      'INPUT_DRY-RUN': 'auto',
      INPUT_WAIT_TIMEOUT: '10m',
      'INPUT_GITHUB-TOKEN': 'ghs_x',
    });
  });

  test('is that of a push to the default branch', async () => {
    const { stdout, temp } = await run(printEnvironment);
    expect(JSON.parse(stdout)).toMatchObject({
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: temp,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    });
  });

  test('inherits nothing from the tests', async () => {
    process.env.AWS_REGION = 'mars-1';
    process.env.GITHUB_HEAD_REF = 'feature';
    const { stdout } = await run(printEnvironment).finally(() => {
      delete process.env.AWS_REGION;
      delete process.env.GITHUB_HEAD_REF;
    });
    const seen: Record<string, string> = JSON.parse(stdout);
    expect([seen.AWS_REGION, seen.GITHUB_HEAD_REF, seen.NODE_OPTIONS]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('can be added to, and taken from', async () => {
    const { stdout } = await run(printEnvironment, {
      env: { AWS_REGION: 'us-east-2', AWS_ACCESS_KEY_ID: undefined },
    });
    const seen: Record<string, string> = JSON.parse(stdout);
    expect([seen.AWS_REGION, seen.AWS_ACCESS_KEY_ID]).toEqual(['us-east-2', undefined]);
  });

  test('has the event that the test wants', async () => {
    const program = "console.log(require('fs').readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'))";
    const event = {
      name: 'pull_request',
      ref: 'refs/pull/7/merge',
      payload: { pull_request: { number: 7 } },
    };
    const { stdout } = await run(program, { event });
    expect(JSON.parse(stdout)).toMatchObject({
      pull_request: { number: 7 },
      ref: 'refs/pull/7/merge',
      repository: { default_branch: 'main', id: expect.any(Number) },
    });
  });

  test('runs on Node 24', async () => {
    const { stdout } = await run('console.log(process.version)');
    expect(stdout).toMatch(/^v24\./);
  });
});

describe('what comes back', () => {
  const program = `
    const fs = require('fs');
    const { env } = process;
    fs.appendFileSync(env.GITHUB_OUTPUT, 'outcome=changed\\nreport<<END\\n# one\\n\\n# two\\nEND\\n');
    fs.appendFileSync(env.GITHUB_STEP_SUMMARY, '# Summary');
    fs.appendFileSync(env.GITHUB_ENV, 'SECRET=in-env');
    fs.mkdirSync(env.RUNNER_TEMP + '/deep');
    fs.writeFileSync(env.RUNNER_TEMP + '/deep/plan.json', '{}');
    console.log('::warning title=A%3A b::line one%0Aline two');
    console.error('on standard error');
    process.exitCode = 3;`;

  test('is everything the step wrote', async () => {
    const result = await run(program);
    expect(result).toMatchObject({
      exitCode: 3,
      signal: null,
      outputs: { outcome: 'changed', report: '# one\n\n# two' },
      summary: '# Summary',
      annotations: [{ level: 'warning', message: 'line one\nline two', properties: { title: 'A: b' } }],
      files: { 'deep/plan.json': '{}' },
    });
    expect(result.milliseconds).toBeGreaterThan(0);
    for (const text of ['on standard error', 'in-env', '# Summary', '{}', 'line one']) {
      expect(result.everything).toContain(text);
    }
  });
});

describe('signals', () => {
  const waits =
    "process.on('SIGINT', () => process.exit(9)); console.log('ready'); setInterval(() => {}, 1000);";

  test('come after a time', async () => {
    const result = await run(waits, { signalAfter: { signal: 'SIGINT', when: 3_000 } });
    expect(result.exitCode).toBe(9);
  });

  test('come when the test says so', async () => {
    const result = await run('setInterval(() => {}, 1000)', {
      signalAfter: { signal: 'SIGTERM', when: Promise.resolve() },
    });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  test('kill a step that does not end', async () => {
    expect(await run(waits, { timeout: 500 })).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });
});

describe('reading what a step wrote', () => {
  test('outputs: the last value wins, and a value may look like a heredoc', () => {
    expect(parseOutputs('a=1\na=2\nb=x<<y\nc<<EOF\nEOF\n')).toEqual({ a: '2', b: 'x<<y', c: '' });
  });

  test('outputs: what a runner refuses is an error', () => {
    expect(() => parseOutputs('a<<EOF\n1\n')).toThrow('no end');
    expect(() => parseOutputs('what\n')).toThrow('neither');
  });

  test('annotations: text between stop-commands is text', () => {
    const log =
      '::stop-commands::abc\n::error::no\n::abc::\n::error file=a.ts,line=3::yes 100%25\nplain ::error::no\n';
    expect(parseAnnotations(log)).toEqual([
      { level: 'error', message: 'yes 100%', properties: { file: 'a.ts', line: '3' } },
    ]);
  });

  test('inputs that action.yml does not know are passed too', () => {
    expect(inputVariables(root, { subnet: 'x' }, '')).toMatchObject({
      INPUT_SUBNET: 'x',
      'INPUT_GITHUB-TOKEN': '',
    });
  });
});
