import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseMarker } from '../../src/report/comment/marker.js';
import { type LocalGitHub, startGitHub } from '../support/github/index.js';
import { actionsBot } from '../support/github/state.js';
import { head, onPull, pullNumber, stepOn } from '../support/github/step.js';
import type { StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed();
let github: LocalGitHub;

beforeEach(async () => {
  github = await startGitHub();
  github.state.addPull(pullNumber);
});

afterEach(async () => {
  await github.stop();
  expect(github.faults).toEqual([]);
});

/** Comments of the action, in order. */
const ours = (): string[] =>
  github.state.commentsOn(pullNumber).flatMap(({ body }) => (parseMarker(body) ? [body] : []));

const run = (inputs = {}, options = {}): Promise<StepResult> =>
  step(bed, { ...caseInputs, ...inputs }, stepOn(github, options));

describe('the comment of a pull request', () => {
  it('is made, untouched when equal, updated, outdated, and tells after the merge what was applied', async () => {
    await caseWorld(bed);
    const planned = await run();
    expect(planned.exitCode).toBe(0);
    expect(ours()).toHaveLength(1);
    process.stdout.write(`${planned.stdout}\n${ours()[0]}\n`);
    const [first = ''] = ours();
    expect(parseMarker(first)).toMatchObject({
      app: actionsBot.app,
      state: 'plan',
      digest: planned.outputs['plan-digest'],
      head,
    });
  });
});
