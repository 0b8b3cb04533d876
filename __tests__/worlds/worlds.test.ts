import { expect, test } from '@jest/globals';
import { campaign } from './campaign.js';
import { describeTrial, tallyOf } from './tally.js';

/** Other worlds than those of the long campaign, and as many as the time of a test run allows. */
const SAMPLE = { seed: 7, numbers: Array.from({ length: 24 }, (_, index) => index + 1), workers: 2 };

test('in random worlds just what is broken blocks, and the healthy ones connect', async () => {
  const tally = tallyOf(await campaign(SAMPLE));
  expect(tally.disagreeing.map(describeTrial)).toEqual([]);
  expect(tally.healthy).toBeGreaterThanOrEqual(8);
  expect(Object.values(tally.fired).filter((count) => count > 0).length).toBeGreaterThanOrEqual(10);
}, 240_000);
