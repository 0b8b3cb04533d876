import { expect, it } from '@jest/globals';
import { denialPolicyName } from '../../src/iam/inline-policy.js';
import type { Observed } from '../../src/model/observed.js';
import type { RoleFacts } from '../../src/model/role.js';
import { blockedFunctions, makePlan } from '../../src/plan/make-plan.js';
import { resolveTarget } from '../../src/resolve/target.js';
import { desired } from '../builders/desired.js';
import { ACCOUNT, REGION } from '../builders/ids.js';
import { changeOf, identity, idsOf } from '../builders/plans.js';
import { roleFacts, simulated } from '../builders/roles.js';
import { VPC_POLICY, world } from '../builders/world.js';

const made = world().vpc().privateSubnets(2).observed();
const wish = desired({ 'function-name': 'a, b', 'resource-name': 'set', subnets: 'private' });

const hardened = (names: string) =>
  desired({ 'function-name': names, 'resource-name': 'set', subnets: 'private', 'harden-role': 'true' });

/** A role that two functions have, and what somebody made of a denial in it. */
const roleArn = `arn:aws:iam::${ACCOUNT}:role/both-role`;
const changed = JSON.stringify({ Statement: { Effect: 'Deny', Action: 'ec2:*', Resource: '*' } });

/** A function whose role, of its own where nothing else is said, has these policies. */
function target(
  name: string,
  value: NonNullable<Extract<Observed['policies'], { ok: true }>>['value'],
  { roleArn, role }: { readonly roleArn?: string; readonly role?: RoleFacts } = {},
  wanted = wish,
) {
  const arn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
  const own = `arn:aws:iam::${ACCOUNT}:role/${name}-role`;
  const lambda = { ...made.lambda, name, arn, roleArn: roleArn ?? own };
  const [vpc] = made.vpcs;
  if (vpc === undefined) throw new Error('the world has no VPC');
  return resolveTarget(
    wanted,
    { ...made, lambda, role, policies: { ok: true, value } },
    vpc,
    identity,
    REGION,
  );
}

it('the changed denial of one function is put right before each of the role’s functions moves', () => {
  const hard = hardened('a, b');
  const own = new Map([
    [denialPolicyName('a', REGION), changed],
    [denialPolicyName('b', REGION), undefined],
  ]);
  const role = roleFacts({ own: { ok: true, value: own }, simulated: simulated('explicitDeny') });
  const plan = makePlan([
    target('a', [VPC_POLICY], { roleArn, role }, hard),
    target('b', [VPC_POLICY], { roleArn, role }, hard),
  ]);
  expect(plan.findings.filter(({ code }) => code === 'execution-role-denied')).toEqual([]);
  expect(changeOf(plan, 'function/b').after).toContain('execution-role/both-role/deny/a');
  expect(changeOf(plan, 'function/b').after).not.toContain('execution-role/both-role/deny/b');
});

it('a function that another one’s blocked repair keeps from going on is blocked as a whole', () => {
  const hard = hardened('a, b, c');
  const name = denialPolicyName('b', REGION);
  const both = roleFacts({
    own: {
      ok: true,
      value: new Map([
        [name, changed],
        [denialPolicyName('a', REGION), undefined],
      ]),
    },
    documents: { ok: true, value: [{ name, source: 'inline', text: changed }] },
    simulated: simulated('explicitDeny'),
  });
  const free = roleFacts({ own: { ok: true, value: new Map([[denialPolicyName('c', REGION), undefined]]) } });
  const failed = target('b', [VPC_POLICY], { roleArn, role: both }, hard);
  const { lambda } = failed.observed;
  const state = { state: 'Failed', stateReasonCode: 'DisabledKMSKey' } as const;
  const plan = makePlan([
    target('a', [VPC_POLICY], { roleArn, role: both }, hard),
    { ...failed, observed: { ...failed.observed, lambda: { ...lambda, ...state } } },
    target('c', [VPC_POLICY], { role: free }, hard),
  ]);
  expect([...blockedFunctions(plan)].sort()).toEqual(['a', 'b']);
  expect(idsOf(plan).filter((one) => one.endsWith('/a') || one.endsWith('/b'))).toEqual([]);
  expect(idsOf(plan)).toContain('function/c');
});

it('what one function’s role gets does not count for another’s', () => {
  const filled = Array.from({ length: 9 }, (_, count) => ({ name: `p${count}`, arn: `arn:p${count}` }));
  const plan = makePlan([target('a', [...filled, VPC_POLICY]), target('b', [])]);
  expect(idsOf(plan)).toContain('execution-role/b-role');
  expect(plan.findings.filter(({ code }) => code === 'role-policy-quota')).toEqual([]);
});
