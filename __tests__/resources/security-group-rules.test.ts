import type { IpPermission } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  describeRule,
  isDefaultEgress,
  protocolName,
  purposeOf,
  ruleKey,
  toPermission,
  toRules,
} from '../../src/resources/security-group-rules.js';
import { ourRule, rule } from '../builders/rules.js';

describe('one permission of AWS becomes rules with one peer each', () => {
  it.each<[string, IpPermission, string[]]>([
    [
      'a CIDR',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] },
      ['tcp 443-443 10.0.0.0/16'],
    ],
    ['all traffic', { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, ['all all 0.0.0.0/0']],
    ['IPv6', { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, ['all all ::/0']],
    [
      'a protocol number',
      { IpProtocol: '6', FromPort: 22, ToPort: 23, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ['tcp 22-23 10.0.0.0/8'],
    ],
    [
      'UDP by number',
      { IpProtocol: '17', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '10.0.0.2/32' }] },
      ['udp 53-53 10.0.0.2/32'],
    ],
    [
      'every port',
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ['tcp all 10.0.0.0/8'],
    ],
    [
      'port 0 alone',
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 0, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ['tcp 0-0 10.0.0.0/8'],
    ],
    [
      'ports of -1',
      { IpProtocol: 'tcp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ['tcp all 10.0.0.0/8'],
    ],
    ['another protocol', { IpProtocol: '50', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, ['50 all 10.0.0.0/8']],
    [
      'a group',
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '123456789012' }],
      },
      ['tcp 443-443 sg-1'],
    ],
    [
      'a prefix list',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      ['tcp 443-443 pl-1'],
    ],
    [
      'several peers at once',
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '10.1.0.0/16' }],
        UserIdGroupPairs: [{ GroupId: 'sg-1' }],
        PrefixListIds: [{ PrefixListId: 'pl-1' }],
      },
      ['tcp 443-443 10.0.0.0/8', 'tcp 443-443 10.1.0.0/16', 'tcp 443-443 sg-1', 'tcp 443-443 pl-1'],
    ],
    ['no peer at all', { IpProtocol: '-1' }, []],
  ])('%s', (_name, permission, keys) => {
    expect(toRules(permission).map(ruleKey)).toEqual(keys);
  });

  it('keeps each peer’s own description', () => {
    const ranges = [{ CidrIp: '10.0.0.0/8', Description: 'one' }, { CidrIp: '10.1.0.0/16' }];
    expect(toRules({ IpProtocol: '-1', IpRanges: ranges }).map(({ description }) => description)).toEqual([
      'one',
      '',
    ]);
  });
});

describe('a rule becomes a permission of AWS', () => {
  it.each<[string, IpPermission]>([
    [
      'tcp 443 10.0.0.0/8',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ],
    [
      'tcp 443 2001:db8::/32',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] },
    ],
    [
      'udp 10.0.0.0/8',
      { IpProtocol: 'udp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ],
    ['all 0.0.0.0/0', { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    [
      'tcp 5432 sg-1',
      { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: 'sg-1' }] },
    ],
    [
      'tcp 443 pl-1',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
    ],
  ])('%s', (text, permission) => {
    expect(toPermission(rule(text))).toEqual(permission);
  });

  it('with the account of a group of somebody else', () => {
    const wanted = { ...rule('tcp 5432 x'), peer: { kind: 'group' as const, value: '210987654321/sg-1' } };
    expect(toPermission(wanted)).toMatchObject({
      UserIdGroupPairs: [{ UserId: '210987654321', GroupId: 'sg-1' }],
    });
  });

  it('with its description on the peer, where AWS keeps it', () => {
    expect(toPermission(ourRule('tcp 443 10.0.0.0/8', 'egress'))).toMatchObject({
      IpRanges: [{ Description: 'vpc-lambda-action: egress' }],
    });
  });

  it('with a reference to a group that is not there yet', () => {
    const value = { ref: 'security-group/endpoints', field: 'GroupId' as const };
    expect(toPermission({ ...rule('tcp 443 x'), peer: { kind: 'group', value } })).toMatchObject({
      UserIdGroupPairs: [{ GroupId: value }],
    });
  });
});

describe('what is written is read back as the same rule', () => {
  const port = fc.integer({ min: 0, max: 65_535 });
  const peers = fc.constantFrom('10.0.0.0/8', '2001:db8::/32', 'sg-1', 'pl-1');
  it('whatever ports, protocol and peer', () => {
    fc.assert(
      fc.property(fc.constantFrom('tcp', 'udp', 'all'), port, port, peers, (protocol, one, other, peer) => {
        const range = `${Math.min(one, other)}-${Math.max(one, other)}`;
        // The whole range is no range: rules are normalised before they are written.
        const ports = protocol === 'all' || range === '0-65535' ? '' : ` ${range}`;
        const written = rule(`${protocol}${ports} ${peer}`);
        const permission = toPermission(written) as IpPermission;
        expect(toRules(permission).map(ruleKey)).toEqual([ruleKey(written)]);
      }),
      { examples: [['tcp', 0, 65_535, 'sg-1']] },
    );
  });

  it('a group of another account, which AWS answers without the account in its id', () => {
    const written = { ...rule('tcp 1 x'), peer: { kind: 'group' as const, value: '210987654321/sg-1' } };
    expect(toRules(toPermission(written) as IpPermission).map(ruleKey)).toEqual([ruleKey(written)]);
  });

  it('a group of another account keeps the account, without which AWS does not find the rule to revoke', () => {
    const answer = {
      IpProtocol: 'tcp',
      FromPort: 1,
      ToPort: 1,
      UserIdGroupPairs: [{ UserId: '210987654321', GroupId: 'sg-1', VpcPeeringConnectionId: 'pcx-1' }],
    };
    const revoked = toRules(answer).map(toPermission);
    expect(revoked).toMatchObject([{ UserIdGroupPairs: [{ UserId: '210987654321', GroupId: 'sg-1' }] }]);
  });

  it('an ICMP rule keeps its type, without which AWS does not find the rule to revoke', () => {
    const answer = { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    expect(toRules(answer).map(toPermission)).toEqual([answer]);
  });
});

describe('whose a rule is', () => {
  it.each([
    [ourRule('tcp 443 sg-1', 'endpoints'), 'endpoints'],
    [ourRule('tcp 2049 10.0.0.0/16', 'file system'), 'file system'],
    [rule('tcp 443 sg-1'), undefined],
    [rule('tcp 443 sg-1', 'by hand'), undefined],
    [rule('tcp 443 sg-1', 'not vpc-lambda-action: endpoints'), undefined],
  ])('%j: %s', (known, purpose) => {
    expect(purposeOf(known)).toBe(purpose);
  });

  it.each([
    [rule('all 0.0.0.0/0'), true],
    [rule('all ::/0'), true],
    [rule('all 0.0.0.0/0', 'by hand'), false],
    [rule('all 10.0.0.0/8'), false],
    [rule('tcp 443 0.0.0.0/0'), false],
  ])('AWS’s own default %j: %s', (known, isDefault) => {
    expect(isDefaultEgress(known)).toBe(isDefault);
  });
});

it.each([
  ['-1', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
  ['tcp', 'tcp'],
  ['50', '50'],
])('protocol %s is %s', (number, name) => {
  expect(protocolName(number)).toBe(name);
});

it.each([
  ['tcp 443 10.0.0.0/8', 'tcp 443 to 10.0.0.0/8'],
  ['tcp 1-2 sg-1', 'tcp 1-2 to sg-1'],
  ['tcp 10.0.0.0/8', 'tcp all ports to 10.0.0.0/8'],
  ['all 0.0.0.0/0', 'all traffic to 0.0.0.0/0'],
])('%s reads %s', (text, words) => {
  expect(describeRule(rule(text), 'to')).toBe(words);
});
