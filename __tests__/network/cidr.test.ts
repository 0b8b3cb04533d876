import { expect, it } from '@jest/globals';
import { containsCidr } from '../../src/network/cidr.js';

it.each([
  ['10.0.0.0/16', '10.0.1.0/24', true],
  ['10.0.0.0/16', '10.0.0.0/16', true],
  ['0.0.0.0/0', '10.0.1.0/24', true],
  ['10.0.1.0/24', '10.0.0.0/16', false],
  ['10.0.0.0/24', '10.0.1.0/24', false],
  ['10.0.0.0/24', '10.0.0.0/16', false],
  ['10.0.0.128/25', '10.0.0.0/25', false],
  ['2001:db8::/32', '2001:db8:1::/64', true],
  ['2001:db8::/32', '2001:db9::/64', false],
  ['::/0', '10.0.0.0/8', false],
  ['0.0.0.0/0', '2001:db8::/64', false],
  ['::/0', '2001:db8::/64', true],
  ['10.0.1.5/32', '10.0.1.5/32', true],
  ['pl-00000001', '10.0.0.0/8', false],
  ['10.0.0.0/8', '', false],
  ['10.0.0.0/33', '10.0.0.0/34', false],
  ['', '', false],
])('%s contains %s: %s', (outer, inner, contains) => {
  expect(containsCidr(outer, inner)).toBe(contains);
});
