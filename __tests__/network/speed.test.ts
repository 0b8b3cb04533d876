import { expect, it } from '@jest/globals';
import { measureReach } from '../../bench/reach.js';

it('judges the network of a large VPC within the bound of the bench', () => {
  const { text, broken } = measureReach();
  expect(broken).toEqual([]);
  expect(text).toContain('1000 judgements');
});
