import { expect, it } from '@jest/globals';
import type { Observed } from '../../src/model/observed.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { resolveTarget } from '../../src/resolve/target.js';
import { desired } from '../builders/desired.js';
import { ACCOUNT, REGION } from '../builders/ids.js';
import { identity, idsOf } from '../builders/plans.js';
import { VPC_POLICY, world } from '../builders/world.js';

const made = world().vpc().privateSubnets(2).observed();
const wish = desired({ 'function-name': 'a, b', 'resource-name': 'set', subnets: 'private' });

/** A function with a role of its own that has these policies. */
function target(name: string, value: NonNullable<Extract<Observed['policies'], { ok: true }>>['value']) {
  const arn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
  const lambda = { ...made.lambda, name, arn, roleArn: `arn:aws:iam::${ACCOUNT}:role/${name}-role` };
  const [vpc] = made.vpcs;
  if (vpc === undefined) throw new Error('the world has no VPC');
  return resolveTarget(wish, { ...made, lambda, policies: { ok: true, value } }, vpc, identity, REGION);
}

it('what one function’s role gets does not count for another’s', () => {
  const filled = Array.from({ length: 9 }, (_, count) => ({ name: `p${count}`, arn: `arn:p${count}` }));
  const plan = makePlan([target('a', [...filled, VPC_POLICY]), target('b', [])]);
  expect(idsOf(plan)).toContain('execution-role/b-role');
  expect(plan.findings.filter(({ code }) => code === 'role-policy-quota')).toEqual([]);
});
