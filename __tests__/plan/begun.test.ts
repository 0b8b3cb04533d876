import { describe, expect, it } from '@jest/globals';
import type { LambdaFunction } from '../../src/model/observed.js';
import { begunText, wasChanged } from '../../src/plan/begun.js';
import type { SharedTarget } from '../../src/resolve/target.js';
import { BEGUN } from '../../src/resources/tags.js';
import { id } from '../builders/ids.js';
import { target } from '../builders/plans.js';
import { world } from '../builders/world.js';

const made = world().vpc().privateSubnets(1);
const plain = target(made, { subnets: 'private' });
const { lambda } = made.observed();

const fn = (name: string, revisionId = 'first'): LambdaFunction => ({ ...lambda, name, revisionId });

/** A run for these functions, of which some are served, with a group that has this mark. */
function run(
  listed: readonly string[],
  served: readonly LambdaFunction[],
  mark?: string,
  isOfSeveral = false,
): SharedTarget {
  const functions = listed.map((name) => ({ name, arn: undefined }));
  const tags = mark === undefined ? {} : { [BEGUN]: mark };
  const managed = { id: id('sg', 1), name: 'set-lambda', vpcId: plain.vpc.id, description: '', tags };
  const groups = { ...plain.groups, managed: { ...managed, ingress: [], egress: [] }, isOfSeveral };
  return { ...plain, desired: { ...plain.desired, functions }, lambdas: served, groups };
}

describe('the functions before their first moves', () => {
  const both = begunText(run(['a', 'b'], [fn('a'), fn('b')])) ?? '';

  it('are told by their names and revisions', () => {
    expect(both).toMatch(/^[0-9a-f]{9} [0-9a-f]{9}$/);
    expect(wasChanged(fn('a'), { [BEGUN]: both })).toBe(false);
    expect(wasChanged(fn('a', 'second'), { [BEGUN]: both })).toBe(true);
    expect(wasChanged({ ...fn('a', 'second'), lastUpdateStatus: 'Failed' }, { [BEGUN]: both })).toBe(false);
    expect(wasChanged(fn('c', 'second'), { [BEGUN]: both })).toBe(false);
    expect(wasChanged(fn('a', 'second'), {})).toBe(false);
  });

  it('keep what was told of them first, and new ones are added', () => {
    expect(begunText(run(['a', 'b'], [fn('a', 'second'), fn('b', 'third')], both))).toBe(both);
    const more = begunText(run(['a', 'b', 'c'], [fn('a', 'second'), fn('b'), fn('c')], both)) ?? '';
    expect(more.split(' ')).toEqual(expect.arrayContaining(both.split(' ')));
    expect(more.split(' ')).toHaveLength(3);
  });

  it('are not told where they cannot be served, nor forgotten then', () => {
    expect(begunText(run(['a', 'b'], [fn('a')]))?.split(' ')).toHaveLength(1);
    expect(begunText(run(['a', 'b'], [fn('a')], both))).toBe(both);
  });

  it('are forgotten when they leave the list, and not where another step has them', () => {
    expect(begunText(run(['a'], [fn('a')], both))?.split(' ')).toHaveLength(1);
    expect(begunText(run(['a'], [fn('a')], both, true))).toBe(both);
  });

  it('are left out where a tag would not hold them', () => {
    const names = Array.from({ length: 26 }, (_, count) => `f${count}`);
    const served = names.map((name) => fn(name));
    expect(begunText(run(names, served))).toBeUndefined();
    expect(begunText(run(names.slice(1), served.slice(1)))?.length).toBeLessThanOrEqual(256);
  });
});
