import { afterEach, beforeEach, expect } from '@jest/globals';
import { type LocalGitHub, startGitHub } from '../support/github/index.js';
import { pullNumber } from '../support/github/step.js';
import type { TestBed } from '../support/test-bed.js';
import { caseWorld } from './steps.js';

/**
 * Declares hooks of a test file: before each test a GitHub with an open pull request, which `use` takes, and the world
 * of the case study; after each the check that every request was one of GitHub's description.
 */
export function withPullRequest(bed: TestBed, use: (github: LocalGitHub) => void): void {
  let github: LocalGitHub;
  beforeEach(async () => {
    github = await startGitHub();
    github.state.addPull(pullNumber);
    use(github);
    await caseWorld(bed);
  });
  afterEach(async () => {
    await github.stop();
    expect(github.faults).toEqual([]);
  });
}
