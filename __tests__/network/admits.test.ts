import { expect, it } from '@jest/globals';
import { admits } from '../../src/network/admits.js';
import { rule } from '../builders/rules.js';

const https = {
  protocol: 'tcp',
  ports: { from: 443, to: 443 },
  cidrs: ['10.0.1.0/24', '10.0.2.0/24'],
  groupIds: ['sg-1'],
};
const everything = { ...https, protocol: 'all', ports: undefined };

it.each([
  ['tcp 443 10.0.0.0/16', https, true],
  ['tcp 443 sg-1', https, true],
  ['all 0.0.0.0/0', https, true],
  ['tcp 0.0.0.0/0', https, true],
  ['tcp 400-500 10.0.0.0/16', https, true],
  ['tcp 443 10.0.1.0/24', https, false],
  ['tcp 443 sg-2', https, false],
  ['tcp 443 pl-1', https, false],
  ['udp 443 10.0.0.0/16', https, false],
  ['tcp 444-500 10.0.0.0/16', https, false],
  ['tcp 400-442 10.0.0.0/16', https, false],
  ['tcp 443 10.0.0.0/16', { ...https, ports: { from: 443, to: 444 } }, false],
  ['tcp 443 10.0.0.0/16', { ...https, ports: undefined }, false],
  ['all 10.0.0.0/16', everything, true],
  ['tcp 10.0.0.0/16', everything, false],
])('the inbound rule %s admits %j: %s', (text, connection, admitted) => {
  expect(admits(rule(text), connection)).toBe(admitted);
});
