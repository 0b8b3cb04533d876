import { describe, expect, it } from '@jest/globals';
import { accountProblems } from '../../src/resolve/account.js';
import { chooseVpc, vpcOfFunction } from '../../src/resolve/vpc.js';
import { desired } from '../builders/desired.js';
import { ACCOUNT, id, OTHER_ACCOUNT } from '../builders/ids.js';
import { type World, world } from '../builders/world.js';

const V1 = id('vpc', 1);
const V2 = id('vpc', 2);

/** Two VPCs with one subnet each; both are tagged `Env=test`. */
function two(): World {
  return world()
    .vpc({ name: 'prod-a', tags: { Name: 'prod-a', Env: 'test' } })
    .privateSubnets(1, undefined, { tags: { Tier: 'private' } })
    .vpc({ name: 'prod-b', tags: { Name: 'prod-b', Env: 'test', Main: 'yes' } })
    .privateSubnets(1, undefined, { tags: { Tier: 'private', Only: 'b' } });
}

function choice(made: World, inputs: Record<string, string>): string {
  const { lambda, vpcs, subnets } = made.observed();
  const found = chooseVpc(desired(inputs), { lambda, vpcs, subnets, region: made.region });
  return 'vpc' in found
    ? found.vpc.id
    : `${found.problem.code}: ${found.problem.message} ${found.problem.remedy}`;
}

describe('the VPC is', () => {
  it.each([
    { name: 'the one with the id', inputs: { vpc: V2 }, chosen: V2 },
    { name: 'the one with the tag', inputs: { vpc: 'tag:Main=yes' }, chosen: V2 },
    { name: 'the one whose name matches', inputs: { vpc: 'name:*-a' }, chosen: V1 },
    {
      name: 'the one for which all conditions hold',
      inputs: { vpc: 'tag:Env=test name:prod-b' },
      chosen: V2,
    },
    { name: 'that of the subnets by id', inputs: { subnets: id('subnet', 2) }, chosen: V2 },
    { name: 'that of the subnets by tag', inputs: { subnets: 'tag:Only=b' }, chosen: V2 },
    {
      name: 'that of the subnets that are not just `private`',
      inputs: { subnets: `private, ${id('subnet', 2)}` },
      chosen: V2,
    },
  ])('$name', ({ inputs, chosen }) => {
    expect(choice(two(), inputs)).toBe(chosen);
  });

  it('the function’s, whatever the subnets say', () => {
    const placed = two().placed([], [id('subnet', 1)]);
    expect(choice(placed, {})).toBe(V1);
    expect(choice(placed, { subnets: id('subnet', 2) })).toBe(V1);
    expect(choice(placed, { vpc: V2 })).toBe(V2);
  });

  it('the only one, for `private`', () => {
    expect(choice(world().vpc().privateSubnets(1), { subnets: 'private' })).toBe(V1);
  });
});

describe('no VPC is chosen where', () => {
  it.each([
    {
      name: 'the id is unknown',
      inputs: { vpc: id('vpc', 9) },
      says: /^vpc-not-found: .*vpc-0*9.*Check the id/,
    },
    { name: 'no tag matches', inputs: { vpc: 'tag:Env=none' }, says: /^vpc-not-found/ },
    {
      name: 'several match: all are listed',
      inputs: { vpc: 'tag:Env=test' },
      says: new RegExp(`^vpc-ambiguous: 2 VPCs.*${V1} \\(prod-a\\) and ${V2} \\(prod-b\\).*Add \`vpc: `),
    },
    {
      name: '`private` could be in several',
      inputs: { subnets: 'private' },
      says: /^vpc-ambiguous: 2 VPCs match `subnets: private`/,
    },
    {
      name: 'no subnet matches',
      inputs: { subnets: 'tag:Tier=none' },
      says: /^subnets-not-found: .*tag:Tier=none/,
    },
    {
      name: 'the subnets are of two',
      inputs: { subnets: 'tag:Tier=private' },
      says: new RegExp(`^subnets-of-different-vpcs: .*${V1}.*${V2}`),
    },
    {
      name: 'nothing is said of a function in no VPC',
      inputs: {},
      says: /^subnets-missing: Function app-7 is in no VPC.*Add `subnets: private`/,
    },
  ])('$name', ({ inputs, says }) => {
    expect(choice(two(), inputs)).toMatch(says);
  });
});

it('a function is in the VPC of its subnets', () => {
  const { lambda, subnets } = two()
    .placed([], [id('subnet', 2)])
    .observed();
  expect(vpcOfFunction(lambda, subnets)).toBe(V2);
  expect(
    vpcOfFunction({ ...lambda, network: { ...lambda.network, subnetIds: [] } }, subnets),
  ).toBeUndefined();
});

describe('the account', () => {
  const { caller, lambda } = world().observed();
  it.each([
    { name: 'any', allowed: undefined, codes: [] },
    { name: 'listed', allowed: [OTHER_ACCOUNT, ACCOUNT], codes: [] },
    { name: 'not listed', allowed: [OTHER_ACCOUNT], codes: ['account-not-allowed'] },
    { name: 'an empty list', allowed: [], codes: ['account-not-allowed'] },
  ])('$name: $codes', ({ allowed, codes }) => {
    expect(accountProblems(caller, [lambda], allowed).map(({ code }) => code)).toEqual(codes);
  });

  it('must be the function’s', () => {
    const foreign = { ...lambda, arn: lambda.arn.replace(ACCOUNT, OTHER_ACCOUNT) };
    expect(accountProblems(caller, [foreign], undefined).map(({ code }) => code)).toEqual([
      'function-of-other-account',
    ]);
    expect(accountProblems(caller, [], [OTHER_ACCOUNT])).toHaveLength(1);
  });
});
