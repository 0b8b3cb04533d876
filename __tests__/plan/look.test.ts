import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Observed } from '../../src/model/observed.js';
import { lookPlan } from '../../src/plan/look.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { connected } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { errorsOf, idsOf, plan, target } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { VPC_POLICY, type World, world } from '../builders/world.js';

const [S1, S2] = [id('subnet', 1), id('subnet', 2)];
const [G1, G2] = [id('sg', 1), id('sg', 2)];

function looked(source: World | Observed, wish: Record<string, string> = {}) {
  const found = target(source, wish);
  return lookPlan([found], makePlan([found]), (targets) => makePlan(targets));
}

/** The block as the inputs of a step. */
function inputsOf(block: readonly string[] | undefined): Record<string, string> {
  const { with: inputs }: { with: Record<string, string> } = parse((block ?? []).join('\n'), {
    version: '1.1',
  });
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value).trim()]));
}

/** A function of others in a VPC with endpoints that its group lets it use. */
const foreign = (): World =>
  world()
    .vpc()
    .privateSubnets(2)
    .group('app')
    .group('guard', { ingress: [rule('tcp 443 10.1.0.0/16')] })
    .endpoint('logs', { groupIds: [G2] })
    .endpoint('ssm', { groupIds: [G1] })
    .endpoint('s3', { type: 'Gateway' })
    .placed([G1], [S1, S2]);

describe('a dry run that wishes for nothing', () => {
  it('plans nothing for a function of others, and says what an apply would do', () => {
    const { changes, look } = looked(foreign());
    expect(changes).toEqual([]);
    expect(idsOf(plan(foreign(), {}))).toContain('function/app-7');
    expect(look?.wouldChange).toContain('update app-7');
  });

  it('writes the inputs that keep the network as it is', () => {
    const inputs = inputsOf(looked(foreign()).look?.block);
    expect(inputs).toEqual({
      'function-name': 'app-7',
      'aws-region': 'us-east-2',
      subnets: `${S1}\n${S2}`,
      'security-groups': G1,
      // The endpoint for ssm admits nobody.
      endpoints: 'logs\ns3',
      'iam-policy': 'none',
    });
    const again = plan(foreign(), inputs);
    expect([idsOf(again), errorsOf(again)]).toEqual([[], []]);
  });

  it('leaves the policy to the default where it is attached', () => {
    const made = foreign().with({ policies: { ok: true, value: [VPC_POLICY] } });
    expect(inputsOf(looked(made).look?.block)['iam-policy']).toBeUndefined();
  });

  it.each([
    { subnets: 'private', endpoints: 'logs, s3', egress: 'tcp 443-444 10.9.0.0/16' },
    { subnets: S1, endpoints: 'logs', 'resource-name': 'billing' },
    { subnets: S1, endpoints: 'logs', 'resource-name': 'billing: a=b' },
    { subnets: S1, endpoints: 'logs', 'resource-name': '0123' },
    { subnets: S1, endpoints: 'logs', 'resource-name': 'off' },
  ])('writes the inputs of a function that %j has connected', (wish) => {
    const bare = world().vpc().privateSubnets(2);
    const done = connected(bare, wish);
    const { changes, look } = looked(done);
    expect([changes, look?.wouldChange]).toEqual([[], []]);
    const inputs = inputsOf(look?.block);
    const again = plan(done, inputs);
    expect([idsOf(again), errorsOf(again)]).toEqual([[], []]);
    expect(inputs.endpoints).toBe(wish.endpoints.replace(', ', '\n'));
    expect(inputs.egress).toBe(wish.egress);
    expect(inputs['resource-name']).toBe(wish['resource-name']);
  });

  it('still tells the drift of what this action has connected', () => {
    const done = connected(world().vpc().privateSubnets(2), { subnets: 'private' });
    const opened = {
      ...done,
      groups: done.groups.map((group) => ({ ...group, egress: [rule('all 10.0.0.0/8')] })),
    };
    expect(looked(opened).drift).toHaveLength(1);
  });

  it('keeps what is asked to be reached, however that ends', () => {
    const { look, findings } = looked(foreign(), { reaches: 'sqs\ninternet' });
    expect(inputsOf(look?.block).reaches).toBe('sqs\ninternet');
    expect(findings.map(({ code }) => code)).toContain('reach-blocked');
  });
});
