import { describe, expect, it } from '@jest/globals';
import { applied } from '../builders/applied.js';
import { connected, editEndpoints, editGroup } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { changeOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { world } from '../builders/world.js';
import { GROUP, made, reasons, subnets, wish } from './drift-world.js';

const outside = { subnetIds: [], securityGroupIds: [], ipv6: false };

describe('drift is told from what was never finished, and by its cause', () => {
  it('a connect that was stopped before its last write: what it left out is just missing', () => {
    const observed = made();
    const { revisionId } = world().observed().lambda;
    const unfinished = {
      ...observed,
      lambda: { ...observed.lambda, network: outside, revisionId },
      policies: { ok: true as const, value: [] },
    };
    expect(reasons(plan(unfinished, wish))).toEqual([
      'execution-role/app-7-role: missing',
      'function/app-7: missing',
    ]);
    expect(plan(unfinished, wish).drift).toEqual([]);
  });

  it('a function that was taken out of the VPC', () => {
    const observed = made();
    const next = plan({ ...observed, lambda: { ...observed.lambda, network: outside } }, wish);
    expect(reasons(next)).toEqual(['function/app-7: drift']);
    expect(next.drift[0]?.message).toMatch(/^Someone changed function app-7 .*, and it is in no VPC\.$/);
    const anew = plan(
      { ...observed, lambda: { ...observed.lambda, network: outside } },
      { ...wish, subnets: id('subnet', 1) },
    );
    expect(anew.drift).toEqual([]);
  });

  it('not one that was never recorded, as where it could not be served', () => {
    const observed = editGroup(made(), GROUP, ({ tags }) => ({
      tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !key.endsWith(':begun'))),
    }));
    const next = plan({ ...observed, lambda: { ...observed.lambda, network: outside } }, wish);
    expect(next.drift).toEqual([]);
    expect(JSON.stringify(changeOf(next, 'tags/wanted').calls)).toContain('vpc-lambda-action:begun');
  });

  it('not one whose move Lambda could not carry out', () => {
    const observed = made();
    const lambda = { ...observed.lambda, network: outside, lastUpdateStatus: 'Failed' as const };
    expect(plan({ ...observed, lambda }, wish).drift).toEqual([]);
  });

  it('a function that wears another group in place of ours', () => {
    const observed = made();
    const swapped = { ...observed.lambda.network, securityGroupIds: [id('sg', 99)] };
    const next = plan(
      { ...observed, lambda: { ...observed.lambda, network: swapped } },
      { ...wish, 'security-groups': 'managed', allow: 'replace-network:app-7' },
    );
    expect(next.drift).toEqual([]);
    const kept = plan({ ...observed, lambda: { ...observed.lambda, network: swapped } }, wish);
    expect(kept.drift[0]?.message).toContain('does not wear');
  });

  it('the loss of the record, and nothing else for want of it', () => {
    const observed = made();
    const tags = Object.fromEntries(
      Object.entries(observed.groups.find(({ name }) => name === GROUP)?.tags ?? {}).filter(
        ([key]) => !key.endsWith(':wanted'),
      ),
    );
    const bare = editGroup(observed, GROUP, () => ({ tags, egress: [] }));
    const next = plan(bare, wish);
    expect(next.drift.map(({ repairedBy }) => repairedBy)).toEqual(['tags/wanted']);
    const alone = plan(
      editGroup(observed, GROUP, () => ({ tags })),
      wish,
    );
    expect(reasons(alone)).toEqual(['tags/wanted: drift']);
  });

  it('an endpoint of ours that lost its tag is named as what is wrong', () => {
    const observed = made();
    const lost = editEndpoints(observed, ({ tags, type }) =>
      type === 'Interface'
        ? { tags: Object.fromEntries(Object.entries(tags).filter(([key]) => key !== 'managed-by')) }
        : {},
    );
    const next = plan(lost, wish);
    expect(next.drift[0]?.message).toMatch(
      /Endpoint vpce-\w+ for .* lost the tag managed-by .* Run `aws ec2 create-tags /,
    );
    expect(reasons(next)).toContain('security-group-rules/function: missing');
  });

  it('a rule that let the function into a group of others', () => {
    const [db, lines] = [id('sg', 1), `tcp 5432 ${id('sg', 1)}`];
    const peer = { subnets, egress: lines, allow: `peer-ingress:${db}` };
    const observed = connected(world().vpc().privateSubnets(3).group('db'), peer);
    expect(plan(observed, peer).changes).toEqual([]);
    const closed = editGroup(observed, 'db', () => ({ ingress: [] }));
    expect(plan(closed, peer).drift).toHaveLength(1);
    const early = connected(world().vpc().privateSubnets(3).group('db'), { subnets, egress: lines });
    expect(plan(early, peer).drift).toEqual([]);
  });
});

describe('drift is told from what others did', () => {
  const guarded = () =>
    world()
      .vpc()
      .privateSubnets(3)
      .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] });

  it('not an endpoint of others that its owner deletes, nor the rules that lead to ours in its place', () => {
    const adopting = guarded().endpoint('logs', { groupIds: [id('sg', 1)] });
    const observed = connected(adopting, { subnets, endpoints: 'logs' });
    const next = plan({ ...observed, endpoints: [] }, { subnets, endpoints: 'logs' });
    expect(reasons(next)).toContain('vpc-endpoint/logs: missing');
    expect(next.drift).toEqual([]);
  });

  it('not the rules that lead to one of others in the place of ours', () => {
    const ours = connected(guarded(), { subnets, endpoints: 'logs' });
    const [theirs] = guarded()
      .endpoint('logs', { groupIds: [id('sg', 1)] })
      .observed().endpoints;
    const next = plan({ ...ours, endpoints: theirs ? [theirs] : [] }, { subnets, endpoints: 'logs' });
    expect(reasons(next)).toContain('security-group-rules/function: missing');
    expect(next.drift).toEqual([]);
  });

  it('not a gateway whose subnets were given another route table', () => {
    const observed = made();
    const routeTables = observed.routeTables.map((table) =>
      table.main ? table : { ...table, id: id('rtb', 9) },
    );
    const next = plan({ ...observed, routeTables }, wish);
    expect(reasons(next)).toContain('vpc-endpoint/s3: differs');
    expect(next.drift).toEqual([]);
  });

  it('a rule of `egress` also where an endpoint lost its tags before', () => {
    const observed = editEndpoints(made(), ({ tags }) => ({
      tags: Object.fromEntries(Object.entries(tags).filter(([key]) => key !== 'managed-by')),
    }));
    const settled = applied(plan(observed, wish), observed);
    const cut = editGroup(settled, GROUP, ({ egress }) => ({
      egress: egress.filter(({ ports }) => ports?.from !== 5432),
    }));
    expect(reasons(plan(cut, wish))).toEqual(['security-group-rules/function: drift']);
  });
});
