import { describe, expect, it } from '@jest/globals';
import { connected } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { changeOf, consentsOf, errorsOf, idsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const ipv6Cidrs = ['2001:db8:1::/64'];
const dual = (): World =>
  world()
    .vpc({ ipv6Cidrs: ['2001:db8:1::/56'] })
    .privateSubnets(2, undefined, { ipv6Cidrs });
const wish = { subnets: 'private', endpoints: 'logs', allow: 'replace-network:app-7' };
const on = { ...wish, ipv6: 'true' };

/** What the plan sends to Lambda as the function's network. */
const sent = (planned: ReturnType<typeof plan>): unknown =>
  changeOf(planned, 'function/app-7').calls.map(({ input }) => 'VpcConfig' in input && input.VpcConfig);

describe('outbound IPv6', () => {
  it('is switched on with the move, and shown', () => {
    const planned = plan(dual(), on);
    expect(sent(planned)).toEqual([expect.objectContaining({ Ipv6AllowedForDualStack: true })]);
    expect(changeOf(planned, 'function/app-7').attributes).toContainEqual({
      name: 'outbound IPv6',
      before: 'off',
      after: 'on',
    });
    expect(errorsOf(planned)).toEqual([]);
  });

  it.each(['true', 'false'])('is nothing to change again, with %s', (ipv6) => {
    expect(idsOf(plan(connected(dual(), { ...wish, ipv6 }), { ...wish, ipv6 }))).toEqual([]);
  });

  it('is left as it is without the input', () => {
    const planned = plan(connected(dual(), on), wish);
    expect(idsOf(planned)).toEqual([]);
    const moved = plan(connected(dual(), on), { ...wish, subnets: id('subnet', 1) });
    expect(sent(moved)).toEqual([expect.objectContaining({ Ipv6AllowedForDualStack: true })]);
  });

  it('is changed alone, without a consent, and recorded', () => {
    const planned = plan(connected(dual(), wish), on);
    expect(idsOf(planned)).toEqual(['function/app-7', 'tags/wanted']);
    expect(consentsOf(planned)).toEqual([]);
    expect(planned.drift).toEqual([]);
    expect(changeOf(planned, 'tags/wanted').attributes[0]?.after).toMatch(/ipv6=[0-9a-f]{8} /);
  });

  it('is asked about before the only way to the internet goes with it', () => {
    const routes = [{ destination: '::/0', target: 'eigw-1', state: 'active', propagated: false }];
    const made = world()
      .vpc()
      .subnet({ ipv6Cidrs })
      .table([id('subnet', 1)], undefined, { routes });
    const observed = connected(made, { subnets: id('subnet', 1), ipv6: 'true', egress: 'tcp 443-444 ::/0' });
    expect(consentsOf(plan(observed, { ipv6: 'false' }))).toEqual(['internet-loss:app-7']);
    expect(consentsOf(plan(observed, { ipv6: 'true' }))).toEqual([]);
  });

  it('that somebody switched off is drift', () => {
    const observed = connected(dual(), on);
    const { lambda } = observed;
    const off = { ...observed, lambda: { ...lambda, network: { ...lambda.network, ipv6: false } } };
    expect(plan(off, on).drift.map(({ repairedBy }) => repairedBy)).toEqual(['function/app-7']);
    expect(plan(off, wish).drift).toEqual([]);
  });

  it('is refused where a subnet has no IPv6 range', () => {
    const narrow = world().vpc().privateSubnets(2);
    expect(errorsOf(plan(narrow, on))).toEqual(['subnets-not-dual-stack']);
  });
});

describe('an endpoint of somebody else', () => {
  const adopted = (): World =>
    dual()
      .group('guard', { ingress: [rule('tcp 443 10.1.0.0/16')] })
      .endpoint('logs', { groupIds: [id('sg', 1)] });
  const peers = (planned: ReturnType<typeof plan>): unknown[] =>
    changeOf(planned, 'security-group-rules/function').attributes.flatMap(({ after }) => after ?? []);

  it('is reached by IPv6 as well where the function may send it', () => {
    expect(peers(plan(adopted(), on)).join()).toContain('2001:db8:1::/64');
    expect(peers(plan(adopted(), wish)).join()).not.toContain('2001:db8:1::/64');
  });

  it('needs no drift for that', () => {
    expect(plan(connected(adopted(), wish), on).drift).toEqual([]);
  });
});
