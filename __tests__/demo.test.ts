import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { LogView, readLog } from '../demo/log.js';
import type { Run } from '../demo/stage.js';
import { disappointment, steps, unnamedDrift } from '../demo/steps.js';
import { projectRoot } from './support/project-root.js';

const log = [
  'before',
  '::group::Plan',
  '+ create a',
  '  why: b',
  '::debug::not shown',
  '::endgroup::',
  '::add-mask::secret',
  '::warning title=no-internet,file=a::100%25 of%0Ait',
].join('\n');

test('a log is read as the page of a run shows it', () => {
  expect(readLog(log)).toEqual([
    { title: undefined, lines: ['before'] },
    { title: 'Plan', lines: ['+ create a', '  why: b'] },
    { title: undefined, lines: ['Warning: no-internet: 100% of\nit'] },
  ]);
});

test('a group that was shown before is shown closed', () => {
  const view = new LogView();
  expect(view.lines(log, 1)).toContain('  + create a');
  expect(view.lines(log, 2)).toContain('▸ Plan (the same as in step 1)');
  expect(view.lines(log.replace('create a', 'create c'), 3)).toContain('  + create c');
});

/** A run as `disappointment` sees it; the others of its members are not looked at. */
function run(
  outputs: Record<string, string>,
  more: { exitCode?: number; calls?: number; writes?: number; log?: string } = {},
): Run {
  const { exitCode = 0, calls = 1, writes = 0, log: stdout = '' } = more;
  const result = { exitCode, signal: null, outputs, stdout, stderr: '', summary: 'summary' };
  return { result, writes, calls, depth: 1, repeats: 0 } as unknown as Run;
}

test.each([
  ['a run as expected', steps.plan, run({ outcome: 'planned' }), undefined],
  ['another outcome', steps.plan, run({ outcome: 'unchanged' }), /"unchanged", not "planned"/],
  ['a failure', steps.connect, run({ outcome: 'partial' }, { exitCode: 1, writes: 3 }), /exit code 1/],
  ['a run that looks at nothing', steps.plan, run({ outcome: 'planned' }, { calls: 0 }), /no call/],
  ['a dry run that writes', steps.plan, run({ outcome: 'planned' }, { writes: 1 }), /should have sent none/],
  ['a run that only says it wrote', steps.connect, run({ outcome: 'changed' }), /it wrote nothing/],
])('%s is judged', (_, step, given, says) => {
  const judged = disappointment(step, given);
  if (says === undefined) expect(judged).toBeUndefined();
  else expect(judged).toMatch(says);
});

test('drift that is not named is missed', () => {
  const damage = {
    groupId: 'sg-1',
    groupName: 'app-7-lambda',
    endpointId: 'vpce-1',
    service: 'ssm',
    subnetId: 'subnet-1',
  };
  const plan = (drift: string, text: string) =>
    unnamedDrift(damage, run({ 'drift-count': drift }, { log: text }));
  expect(plan('2', 'sg-1 vpce-1 subnet-1')).toBeUndefined();
  expect(plan('1', 'sg-1 vpce-1 subnet-1')).toMatch(/1 drift entries/);
  expect(plan('2', 'sg-1 vpce-1')).toMatch(/subnet-1/);
  expect(plan('2', 'vpce-1 subnet-1')).toMatch(/group/);
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Starts the demo; `onLine` sees everything that was said so far. */
function startDemo(onLine?: (said: string, child: ChildProcess) => void): Promise<Ended> {
  const main = fileURLToPath(new URL('../demo/main.js', import.meta.url));
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    onLine?.(said, child);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, said }));
  });
}

test('the demo connects, finds drift, repairs it, and names its summaries', async () => {
  const { code, said } = await startDemo();
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringContaining('Every step ended as it should.'),
  });
  const outcomes = [...said.matchAll(/outcome: (\w+)/g)].map(([, outcome]) => outcome);
  expect(outcomes).toEqual(['planned', 'changed', 'unchanged', 'planned', 'changed', 'unchanged']);
  const paths = said.match(/\.cache\/demo\/.*\.md/g) ?? [];
  expect(paths).toHaveLength(6);
  for (const path of paths) expect(readFileSync(join(projectRoot, path), 'utf8')).toContain('app-7');
});

test('the demo ends in order when it is interrupted', async () => {
  let interrupted = false;
  const { code, said } = await startDemo((soFar, child) => {
    if (interrupted || !soFar.includes('1 of 6')) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  expect({ code, said }).toEqual({ code: 130, said: expect.stringContaining('The demo was interrupted.') });
  expect(said).not.toContain('2 of 6');
});
