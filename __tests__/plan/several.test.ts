import { describe, expect, it } from '@jest/globals';
import type { Observed } from '../../src/model/observed.js';
import { isBlocked, makePlan } from '../../src/plan/make-plan.js';
import { chooseCommonVpc } from '../../src/resolve/vpc.js';
import { userTag, WANTED } from '../../src/resources/tags.js';
import { applied } from '../builders/applied.js';
import { editGroup } from '../builders/connected.js';
import { desired } from '../builders/desired.js';
import { ACCOUNT, id, REGION } from '../builders/ids.js';
import { changeOf, consentsOf, idsOf, plan as planFor } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type Parts, several, targets } from '../builders/several.js';
import { world } from '../builders/world.js';

const made = world().vpc().privateSubnets(2).observed();
const wish = { subnets: 'private', endpoints: 'logs' };

describe('the plan for several functions', () => {
  it('makes what they share once, and moves each', () => {
    const plan = makePlan(targets(several(made, { a: {}, b: {} }), wish));
    expect(idsOf(plan)).toEqual([
      'security-group/function',
      'security-group/endpoints',
      'execution-role/a-role',
      'execution-role/b-role',
      'security-group-rules/endpoints',
      'security-group-rules/function',
      'security-group-rules/endpoints-default',
      'security-group-rules/function-default',
      'vpc-endpoint/logs',
      'function/a',
      'function/b',
    ]);
    expect(plan.subject.functions.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('lets each wait for its own role alone', () => {
    const plan = makePlan(targets(several(made, { a: {}, b: {} }), wish));
    expect(changeOf(plan, 'function/a').after).toContain('execution-role/a-role');
    expect(changeOf(plan, 'function/a').after).not.toContain('execution-role/b-role');
    expect(changeOf(plan, 'function/a').after).not.toContain('function/b');
  });

  it('attaches the policy of a common role once', () => {
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/common`;
    const plan = makePlan(targets(several(made, { a: { roleArn }, b: { roleArn } }), wish));
    expect(idsOf(plan).filter((address) => address.startsWith('execution-role'))).toEqual([
      'execution-role/common',
    ]);
  });

  it('opens port 2049 where one of them mounts a file system', () => {
    const plan = makePlan(targets(several(made, { a: {}, b: { mountsFileSystem: true } }), wish));
    expect(JSON.stringify(changeOf(plan, 'security-group-rules/function').calls)).toContain('2049');
  });

  it('records them once on what they share', () => {
    const plan = makePlan(targets(several(made, { a: {}, b: {} }), wish));
    const tags = JSON.stringify(changeOf(plan, 'vpc-endpoint/logs').calls);
    expect(tags.match(/vpc-lambda-action:user:/g)).toHaveLength(1);
    expect(tags).toContain('"Value":"set"');
    expect(tags).not.toContain(userTag('a'));
  });

  it('is the same whoever of them is read first', () => {
    const each = several(made, { a: {}, b: {} });
    const [one, other] = each;
    const turned = one && other ? [other, one] : each;
    const groups = (list: readonly Observed[]) =>
      makePlan(targets(list, wish)).changes.filter(({ functionName }) => functionName === undefined);
    const shared = (list: readonly Observed[]) =>
      groups(list).filter(({ kind }) => kind !== 'execution-role');
    expect(shared(turned)).toEqual(shared(each));
  });
});

describe('moves of so many functions that a list has to tell them', () => {
  const four = several(made, { a: {}, b: {}, c: {}, d: {} });
  const tagOf = (plan: ReturnType<typeof makePlan>, address: string): string =>
    JSON.stringify(changeOf(plan, address).calls);

  it('are marked on the group while they last', () => {
    const plan = makePlan(targets(four, wish));
    expect(tagOf(plan, 'security-group/function')).toContain('moving=1');
    expect(tagOf(plan, 'tags/wanted')).not.toContain('moving=1');
    expect(changeOf(plan, 'tags/wanted').after).toEqual(expect.arrayContaining(['function/a', 'function/d']));
  });

  const after = (observed: Observed, tag: (text: string) => string): Observed => ({
    ...observed,
    groups: observed.groups.map((group) => ({
      ...group,
      tags: { ...group.tags, [WANTED]: tag(group.tags[WANTED] ?? '') },
    })),
  });
  const finished = applied(makePlan(targets(four, wish)), made);
  const wearing = (observed: Observed): Observed[] =>
    several(observed, { a: {}, b: {}, c: {}, d: {} }).map((one) => ({
      ...one,
      lambda: { ...one.lambda, network: finished.lambda.network },
      policies: finished.policies,
    }));

  it('are marked before the first one where the group exists, and then are none', () => {
    const open = wearing(finished).map((one) =>
      one.lambda.name === 'd' ? { ...one, lambda: { ...one.lambda, network: made.lambda.network } } : one,
    );
    const plan = makePlan(targets(open, wish));
    expect(changeOf(plan, 'function/d').after).toContain('tags/moving');
    expect(idsOf(makePlan(targets(wearing(finished), wish)))).toEqual([]);
  });

  it('leave a mark when they are stopped, which alone is something to do', () => {
    const stopped = after(finished, (text) => `${text} moving=1`);
    expect(idsOf(makePlan(targets(wearing(stopped), wish)))).toEqual(['tags/wanted']);
  });
});

describe('an error of one function', () => {
  const each = several(made, { a: {}, b: { capacityProvider: 'pool' }, c: {} });

  it('keeps it from being changed, and stops no other', () => {
    const plan = makePlan(targets(each, wish));
    expect(isBlocked(plan)).toBe(false);
    expect(idsOf(plan)).toEqual(expect.arrayContaining(['function/a', 'function/c']));
    expect(idsOf(plan)).not.toContain('function/b');
    expect(idsOf(plan)).not.toContain('execution-role/b-role');
    expect(plan.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'function-network-elsewhere', functionName: 'b' },
    ]);
  });

  it('blocks the run where every function has one', () => {
    const all = several(made, { a: { capacityProvider: 'pool' }, b: { edge: true } });
    expect(isBlocked(makePlan(targets(all, wish)))).toBe(true);
  });

  it('may be a consent that is missing for it', () => {
    const network = { subnetIds: [id('subnet', 1)], securityGroupIds: [id('sg', 9)], ipv6: false };
    const two = several(made, { a: {}, b: { network } });
    const plan = makePlan(targets(two, { ...wish, 'security-groups': 'managed' }));
    expect(isBlocked(plan)).toBe(false);
    expect(idsOf(plan)).toContain('function/a');
    expect(idsOf(plan)).not.toContain('function/b');
    expect(consentsOf(plan)).toEqual(['replace-network:b']);
  });

  it('leaves a consent in use that the function needs once it can be changed', () => {
    const network = { subnetIds: [id('subnet', 1)], securityGroupIds: [id('sg', 9)], ipv6: false };
    const two = several(made, { a: {}, b: { network, capacityProvider: 'pool' } });
    const allow = 'replace-network:b, connection-drop:s3';
    const plan = makePlan(targets(two, { ...wish, 'security-groups': 'managed', allow }));
    expect(idsOf(plan)).not.toContain('function/b');
    const unused = plan.findings.filter(({ code }) => code === 'consent-unused');
    expect(unused.map(({ subject }) => subject)).toEqual(['connection-drop:s3']);
  });

  it('may be that it could not be read', () => {
    const problem = { code: 'function-not-found', message: 'There is no function x.', remedy: 'Check it.' };
    const plan = makePlan(targets(each.slice(0, 1), { ...wish, 'function-name': 'a,x' }), [
      { functionName: 'x', problem },
    ]);
    expect(isBlocked(plan)).toBe(false);
    expect(plan.findings).toContainEqual(
      expect.objectContaining({ code: 'function-not-found', functionName: 'x', severity: 'error' }),
    );
  });
});

describe('what is wrong with all of them', () => {
  it('is an error of the run, told once', () => {
    const plan = makePlan(targets(several(made, { a: {}, b: {} }), { ...wish, endpoints: 'nonsense' }));
    expect(isBlocked(plan)).toBe(true);
    expect(plan.findings.filter(({ code }) => code === 'service-not-found')).toMatchObject([
      { functionName: undefined },
    ]);
  });
});

describe('the VPC of several functions', () => {
  const two = world().vpc().privateSubnets(1).vpc().privateSubnets(1).observed();
  const inSubnet = (number: number) => ({
    network: { subnetIds: [id('subnet', number)], securityGroupIds: [id('sg', 1)], ipv6: false },
  });
  const choose = (functions: Record<string, Parts>, inputs: Record<string, string> = {}) =>
    chooseCommonVpc(
      desired(inputs),
      several(two, functions).map(({ lambda }) => lambda),
      { vpcs: two.vpcs, subnets: two.subnets, region: REGION },
    );

  it('is the one they are all in', () => {
    expect(choose({ a: inSubnet(2), b: inSubnet(2) })).toMatchObject({
      vpc: { id: id('vpc', 2) },
      leftOut: [],
    });
  });

  it('cannot be two', () => {
    expect(choose({ a: inSubnet(1), b: inSubnet(2) })).toMatchObject({
      problems: [{ code: 'functions-of-different-vpcs' }],
    });
  });

  it('is the given one whatever they are in', () => {
    const choice = choose({ a: inSubnet(1), b: inSubnet(2) }, { vpc: id('vpc', 2) });
    expect(choice).toMatchObject({ vpc: { id: id('vpc', 2) }, lambdas: [{ name: 'a' }, { name: 'b' }] });
  });

  it('leaves out a function for which nothing tells it', () => {
    expect(choose({ a: inSubnet(1), b: {} })).toMatchObject({
      vpc: { id: id('vpc', 1) },
      leftOut: [{ functionName: 'b', problem: { code: 'subnets-missing' } }],
    });
  });
});

describe('what a function that cannot be served needs of the shared group', () => {
  const nfs = { mountsFileSystem: true };
  const wishes = { 'resource-name': 'set', ...wish };
  const [alone = made] = several(made, { a: nfs });
  const connected = applied(planFor(alone, wishes), alone);
  const { network } = connected.lambda;
  const groupId = network.securityGroupIds[0] ?? '';
  const idle = { mountsFileSystem: false, network: { subnetIds: [], securityGroupIds: [], ipv6: false } };
  const readOnly = {
    functionName: 'a',
    problem: { code: 'permission-missing', message: 'No.', remedy: 'Do.' },
  };

  it('stays while it is blocked', () => {
    const each = several(connected, { a: { ...nfs, network, capacityProvider: 'pool' }, b: idle });
    const plan = makePlan(targets(each, wishes));
    expect(idsOf(plan)).toContain('function/b');
    expect(idsOf(plan)).not.toContain('security-group-rules/function-stale');
  });

  it('stays while it could not be read', () => {
    const plan = makePlan(targets(several(connected, { b: idle }), { ...wishes, 'function-name': 'a,b' }), [
      readOnly,
    ]);
    expect(idsOf(plan)).toContain('function/b');
    expect(idsOf(plan)).not.toContain('security-group-rules/function-stale');
  });

  it('goes once all are served and none needs it', () => {
    const each = several(connected, { a: { network, mountsFileSystem: false }, b: idle });
    expect(idsOf(makePlan(targets(each, wishes)))).toContain('security-group-rules/function-stale');
  });

  it.each<[string, Partial<Observed>, boolean]>([
    [
      'is asked for where another wears the group',
      {
        interfaces: {
          ok: true,
          value: [
            {
              id: id('eni', 1),
              subnetId: id('subnet', 1),
              type: 'lambda',
              description: '',
              groupIds: [groupId],
              addresses: [],
            },
          ],
        },
      },
      false,
    ],
    ['is a leftover of its making where nobody does', {}, true],
  ])('a rule to everywhere %s', (_, parts, isRevoked) => {
    const open = editGroup(connected, 'set-lambda', ({ egress }) => ({
      egress: [...egress, rule('all 0.0.0.0/0')],
    }));
    const plan = makePlan(
      targets(several({ ...open, ...parts }, { b: idle }), { ...wishes, 'function-name': 'a,b' }),
      [readOnly],
    );
    expect(idsOf(plan).includes('security-group-rules/function-default')).toBe(isRevoked);
  });
});
