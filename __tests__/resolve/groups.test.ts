import { describe, expect, it } from '@jest/globals';
import type { Tags } from '../../src/model/observed.js';
import { id, OWNER_ID } from '../builders/ids.js';
import { target } from '../builders/plans.js';
import { type World, world } from '../builders/world.js';

const G1 = id('sg', 1);
const G2 = id('sg', 2);
const S1 = id('subnet', 1);

/** Tags of an app's group. */
const own = (name = 'app-7', owner = OWNER_ID): Tags => ({
  'managed-by': 'vpc-lambda-action',
  'vpc-lambda-action:name': name,
  'vpc-lambda-action:owner': owner,
});

function groups(made: World, inputs: Record<string, string> = {}) {
  const { groups: chosen, observed } = target(made, { subnets: S1, ...inputs });
  const managed = chosen.usesManaged ? [chosen.managed?.id ?? 'managed'] : [];
  return {
    ids: [...chosen.otherIds, ...managed],
    name: chosen.resourceName,
    problems: chosen.problems,
    observed,
  };
}

const plain = (): World => world().vpc().privateSubnets(1);

describe('the groups of the function', () => {
  it.each<{ name: string; made: World; inputs: Record<string, string>; ids: string[] }>([
    { name: 'in no VPC: the managed one alone', made: plain(), inputs: {}, ids: ['managed'] },
    {
      name: 'in the VPC: today’s and the managed one',
      made: plain().group('db').placed([G1]),
      inputs: {},
      ids: [G1, 'managed'],
    },
    {
      name: 'today’s, of which one is the managed one',
      made: plain().group('db').group('app-7-lambda', { tags: own() }).placed([G1, G2]),
      inputs: {},
      ids: [G1, G2],
    },
    {
      name: 'of another VPC: not taken along',
      made: plain()
        .vpc()
        .privateSubnets(1)
        .group('db')
        .placed([G1], [id('subnet', 2)]),
      inputs: { vpc: id('vpc', 1) },
      ids: ['managed'],
    },
    {
      name: 'by id, without the managed one',
      made: plain().group('db'),
      inputs: { 'security-groups': G1 },
      ids: [G1],
    },
    {
      name: 'by name',
      made: plain().group('other').group('db'),
      inputs: { 'security-groups': 'db, managed' },
      ids: [G2, 'managed'],
    },
    {
      name: 'by id and name of the same: once',
      made: plain().group('db'),
      inputs: { 'security-groups': `db, ${G1}` },
      ids: [G1],
    },
    {
      name: 'the managed one by its id',
      made: plain().group('app-7-lambda', { tags: own() }),
      inputs: { 'security-groups': G1 },
      ids: [G1],
    },
    {
      name: 'the managed one by its word and its id: once',
      made: plain().group('app-7-lambda', { tags: own() }),
      inputs: { 'security-groups': `managed, ${G1}` },
      ids: [G1],
    },
    {
      name: 'somebody else’s that has the managed one’s name, by its id',
      made: plain().group('app-7-lambda'),
      inputs: { 'security-groups': G1 },
      ids: [G1],
    },
    {
      name: 'somebody else’s that has the managed one’s name, by its name',
      made: plain().group('app-7-lambda'),
      inputs: { 'security-groups': 'app-7-lambda' },
      ids: [G1],
    },
  ])('$name', ({ made, inputs, ids }) => {
    const chosen = groups(made, inputs);
    expect(chosen.problems).toEqual([]);
    expect(chosen.ids).toEqual(ids);
  });
});

describe('the resource name', () => {
  it.each<{ name: string; made: World; inputs: Record<string, string>; resource: string }>([
    { name: 'is the function’s', made: plain(), inputs: {}, resource: 'app-7' },
    { name: 'is the one given', made: plain(), inputs: { 'resource-name': 'billing' }, resource: 'billing' },
    {
      name: 'is the one on the group of ours that the function wears',
      made: plain()
        .group('billing-lambda', { tags: own('billing') })
        .placed([G1]),
      inputs: {},
      resource: 'billing',
    },
    {
      name: 'given wins over the one on the group',
      made: plain()
        .group('billing-lambda', { tags: own('billing') })
        .placed([G1]),
      inputs: { 'resource-name': 'other' },
      resource: 'other',
    },
    {
      name: 'is not taken from a group that the function does not wear',
      made: plain().group('billing-lambda', { tags: own('billing') }),
      inputs: {},
      resource: 'app-7',
    },
    {
      name: 'is not taken from a group of another repository',
      made: plain()
        .group('billing-lambda', { tags: own('billing', '99') })
        .placed([G1]),
      inputs: {},
      resource: 'app-7',
    },
  ])('$name', ({ made, inputs, resource }) => {
    expect(groups(made, inputs).name).toBe(resource);
  });
});

describe('the run stops where', () => {
  it.each<{ name: string; made: World; inputs: Record<string, string>; code: string; says: RegExp }>([
    {
      name: 'the managed name belongs to another repository',
      made: plain().group('app-7-lambda', { tags: own('app-7', '99') }),
      inputs: {},
      code: 'resource-name-taken',
      says: /repository with id 99.*Set `resource-name` to a name of your own\.$/,
    },
    {
      name: 'the managed name belongs to nobody we know',
      made: plain().group('app-7-lambda'),
      inputs: {},
      code: 'resource-name-taken',
      says: /was not made by this action.*create-tags --resources sg-0*1 --tags 'Key=managed-by,Value=vpc-lambda-action' 'Key=vpc-lambda-action:name,Value=app-7' 'Key=vpc-lambda-action:owner,Value=\d+'/,
    },
    {
      name: 'a group is of another VPC',
      made: plain().vpc().group('db').vpc(),
      inputs: { vpc: id('vpc', 1), 'security-groups': G1 },
      code: 'groups-of-different-vpcs',
      says: /vpc-0*2, not in vpc-0*1/,
    },
    {
      name: 'a group’s id is unknown',
      made: plain(),
      inputs: { 'security-groups': id('sg', 9) },
      code: 'security-group-not-found',
      says: /does not exist/,
    },
    {
      name: 'a group’s name is unknown: it lists those there are',
      made: plain().group('db').group('web'),
      inputs: { 'security-groups': 'dba' },
      code: 'security-group-not-found',
      says: /dba; it has db and web/,
    },
    {
      name: 'the endpoints’ group is somebody else’s',
      made: plain().group('vpc-lambda-action-endpoints'),
      inputs: { endpoints: 'logs' },
      code: 'resource-name-taken',
      says: /vpc-lambda-action-endpoints/,
    },
  ])('$name', ({ made, inputs, code, says }) => {
    const { problems } = groups(made, inputs);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(`${problems[0]?.message} ${problems[0]?.remedy}`).toMatch(says);
  });

  it('but not for a name that it does not need', () => {
    expect(groups(plain().group('app-7-lambda').group('db'), { 'security-groups': 'db' }).problems).toEqual(
      [],
    );
    expect(groups(plain().group('vpc-lambda-action-endpoints'), {}).problems).toEqual([]);
  });

  it('every wrong entry is told', () => {
    expect(groups(plain(), { 'security-groups': 'db, web' }).problems).toHaveLength(2);
  });
});
