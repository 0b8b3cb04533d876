import { describe, expect, it } from '@jest/globals';
import { id } from '../builders/ids.js';
import { errorsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { dns, type World, world } from '../builders/world.js';

const tags = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const wish = { subnets: 'private', endpoints: 'logs' };

/** An endpoint of ours beside one that an AWS service made for itself, which has no name but its own. */
const beside = (state: string): World =>
  world()
    .vpc()
    .privateSubnets(2)
    .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
    .endpoint('logs', { privateDns: false, requesterManaged: true })
    .endpoint('logs', { groupIds: [id('sg', 1)], state, tags });

describe('what is wrong with an endpoint is told once, whichever endpoint of the service the engine blames:', () => {
  it('that ours is not accepted', () => {
    expect(errorsOf(plan(beside('pendingacceptance'), wish))).toEqual(['endpoint-not-accepted']);
  });

  it('that the VPC gives no host names', () => {
    const made = beside('available').with(dns(true, false));
    expect(errorsOf(plan(made, wish))).toEqual(['vpc-dns-off']);
  });
});

it('a line of egress without a prefix list is told once', () => {
  const made = world().vpc().privateSubnets(2);
  expect(errorsOf(plan(made, { subnets: 'private', egress: 'tcp 5432 db' }))).toEqual([
    'prefix-list-not-found',
  ]);
});
