import { describe, expect, it } from '@jest/globals';
import { rules } from '../../src/rules/check.js';
import type { Rule } from '../../src/rules/rule.js';
import { fixtures } from './fixtures.js';

function ruleOf(id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}

it.each([
  [
    'endpoint-in-the-way',
    'its group refuses the function',
    /^Set `existing-endpoints: extend`.* or run `aws ec2 /,
  ],
  [
    'endpoint-in-the-way',
    'its group refuses the function, and it may not be extended',
    /^Run `aws ec2 authorize-security-group-ingress .*\{CidrIp=10\.1\.1\.0\/24\},\{CidrIp=10\.1\.2\.0\/24\}/,
  ],
  ['file-system-reach', 'mounts', /^Check that each zone has a mount target /],
  [
    'file-system-reach',
    'a zone without a mount target',
    /^Run `aws efs create-mount-target --file-system-id fs-0123456789abcdef0 --subnet-id subnet-0+2`,/,
  ],
  [
    'file-system-reach',
    'a mount target that is closed',
    /^Run `aws ec2 authorize-security-group-ingress --group-id sg-0+2 .*FromPort=2049.*CidrIp=10\.1\.1\.0\/24/,
  ],
  ['file-system-reach', 'mount targets in each zone', /^Check that the file system .* is among these/],
  ['endpoint-in-the-way', 'it is of an AWS service', /^Set `private-dns: false`/],
  ['route-leads-nowhere', 'that of IPv6', / --destination-ipv6-cidr-block ::\/0`/],
  ['route-leads-nowhere', 'to a gateway endpoint that is gone', / --destination-prefix-list-id pl-1`/],
  [
    'function-in-stack',
    'CloudFormation, with its name in the template',
    /into the properties of AppFunction /,
  ],
  ['rules-per-group-quota', 'of a peer that is to admit the function', /^Remove rules of sg-/],
  ['rules-per-group-quota', 'of the endpoints', /^Set `endpoint-access: vpc`/],
  ['aliases-keep-network', 'one points at a version', /`aws lambda update-alias --function-name app-7 /],
])('%s, %s: a remedy that fits', (id, name, text) => {
  const see = fixtures[id]?.fires[name];
  expect(
    see &&
      ruleOf(id)
        .check(see())
        .map(({ remedy }) => remedy),
  ).toEqual([expect.stringMatching(text)]);
});

describe('what could not be read names the permission that is missing', () => {
  // A judgement of reach may depend on what nobody can see, a role may be of another account, and whether a condition
  // holds can be read nowhere.
  const isOpen = (message: string): boolean => /not certain|of another account/.test(message);
  const unread = Object.entries(fixtures)
    .filter(([id]) => id !== 'reach-unknown')
    .flatMap(([id, { fires }]) => Object.entries(fires).map(([name, see]) => ({ id, name, see })))
    .flatMap(({ id, name, see }) =>
      ruleOf(id)
        .check(see())
        .filter(({ status, message }) => status === 'unknown' && !isOpen(message))
        .map(({ message, remedy }): [string, string, string, string] => [id, name, message, remedy]),
    );

  it('there are such findings', () => {
    expect(unread.length).toBeGreaterThan(8);
  });

  it.each(unread)('%s, %s', (_id, _name, message, remedy) => {
    expect(message).toMatch(/AWS refused [a-z0-9]+:[A-Z][A-Za-z]+ /);
    expect(remedy).toMatch(/^Allow [a-z0-9]+:[A-Z][A-Za-z]+ /);
  });
});
