import { describe, expect, it } from '@jest/globals';
import { countedRules, peersOf } from '../../src/resources/rule-weights.js';
import { deprecationOf } from '../../src/resources/runtimes.js';
import { stackOf } from '../../src/resources/stacks.js';

describe('runtimes', () => {
  it('have real dates, and updates are refused from the deprecation on or later', () => {
    for (const runtime of ['python3.8', 'nodejs20.x', 'dotnet8', 'provided.al2', 'go1.x', 'nodejs8.10']) {
      const { deprecated = '', updatesBlocked = '' } = deprecationOf(runtime) ?? {};
      for (const date of [deprecated, updatesBlocked])
        expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
      expect(updatesBlocked >= deprecated).toBe(true);
    }
  });

  it.each(['python3.12', 'nodejs24.x', 'provided.al2023', 'constructor', '', undefined])(
    '%s is not deprecated',
    (runtime) => {
      expect(deprecationOf(runtime)).toBeUndefined();
    },
  );
});

describe('stacks', () => {
  it.each([
    [{ 'aws:cloudformation:stack-name': 'billing', terraform: 'true' }, 'CloudFormation', 'billing'],
    [{ 'managed-by': 'terraform' }, 'Terraform', undefined],
    [{ ManagedBy: 'OpenTofu' }, 'Terraform', undefined],
    [{ managed_by: 'Terraform', 'tf:workspace': 'prod' }, 'Terraform', 'prod'],
    [{ Terraform: 'true' }, 'Terraform', undefined],
  ])('%j: %s %s', (tags, tool, name) => {
    expect(stackOf(tags)).toEqual({ tool, name });
  });

  it.each([{}, { 'managed-by': 'vpc-lambda-action' }, { Terraform: 'no' }, { note: 'terraform' }])(
    '%j: none',
    (tags) => {
      expect(stackOf(tags)).toBeUndefined();
    },
  );
});

describe('rules that count', () => {
  const cidr = (value: string) => ({ kind: 'cidr' as const, value });
  const list = { kind: 'prefix-list' as const, value: 'pl-1' };
  const named = (name: string) => [{ id: 'pl-1', name }];

  it('by address family; a group in both', () => {
    const six = [cidr('2001:db8::/32'), cidr('::/0')];
    const group = { kind: 'group' as const, value: 'sg-1' };
    expect(countedRules([cidr('10.0.0.0/8'), ...six], [])).toBe(2);
    expect(countedRules([cidr('10.0.0.0/8'), group, ...six], [])).toBe(3);
    expect(countedRules([], [])).toBe(0);
  });

  it.each([
    ['com.amazonaws.global.cloudfront.origin-facing', 55],
    ['com.amazonaws.us-east-2.route53-healthchecks', 25],
    ['com.amazonaws.us-east-2.vpc-lattice', 10],
    ['com.amazonaws.us-east-2.s3', 1],
    ['com.amazonaws.us-east-2.s3express', 6],
    ['of-a-customer', 1],
  ])('the list %s counts for %d', (name, weight) => {
    expect(countedRules([list], named(name))).toBe(weight);
  });

  it('every kind of peer in a permission is one', () => {
    const peers = peersOf({
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      UserIdGroupPairs: [{ GroupId: { ref: 'security-group/endpoints', field: 'GroupId' } }],
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
    });
    expect(peers).toEqual([cidr('10.0.0.0/8'), cidr('::/0'), { kind: 'group', value: '' }, list]);
    expect(peersOf({})).toEqual([]);
  });
});
