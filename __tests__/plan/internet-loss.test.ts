import { describe, expect, it } from '@jest/globals';
import { isBlocked } from '../../src/plan/make-plan.js';
import { connected } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { consentsOf, errorsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const NAT = id('nat', 1);
const [S1, S2] = [id('subnet', 1), id('subnet', 2)];
const G1 = id('sg', 1);

/** A function in the first of two subnets, one behind a NAT gateway and one without a route. */
const placed = (exit = NAT, ...egress: readonly string[]): World =>
  world()
    .vpc()
    .privateSubnets(1, exit)
    .privateSubnets(1)
    .group('app', { egress: (egress.length > 0 ? egress : ['all 0.0.0.0/0']).map((text) => rule(text)) })
    .placed([G1], [S1]);

const loss = 'internet-loss:app-7';
const replaced = 'replace-network:app-7';

describe('the consent to lose the internet is needed', () => {
  it.each<[string, World, Record<string, string>, string[]]>([
    ['where the subnet changes', placed(), { subnets: S2 }, [replaced, loss]],
    ['where one subnet of two has no route', placed(), { subnets: `${S1}, ${S2}` }, [loss]],
    [
      'where the group that let it out is taken away',
      placed(),
      { 'security-groups': 'managed' },
      [replaced, loss],
    ],
    ['where what is lost cannot be seen', placed('tgw-1'), { subnets: S2 }, [replaced, loss]],
  ])('%s', (_name, made, wish, consents) => {
    const planned = plan(made, wish);
    expect(consentsOf(planned)).toEqual(consents);
    expect(isBlocked(planned)).toBe(true);
    const given = plan(made, { ...wish, allow: consents.join('\n') });
    expect(errorsOf(given)).toEqual([]);
    expect(given.findings.map(({ code }) => code)).not.toContain('consent-missing');
  });

  it.each<[string, World, Record<string, string>]>([
    ['where the groups never let it out', placed(NAT, 'tcp 5432 0.0.0.0/0'), { subnets: S2 }],
    ['where there was none', placed(id('igw', 1)), { subnets: S2 }],
    ['where it stays', placed(), { subnets: S1, endpoints: 'logs' }],
    [
      'where the managed group opens it again',
      placed(),
      { 'security-groups': 'managed', egress: 'tcp 443 0.0.0.0/0' },
    ],
  ])('not %s', (_name, made, wish) => {
    expect(consentsOf(plan(made, wish))).not.toContain(loss);
  });

  it('not by IPv6 for a function that comes from another VPC and sends none', () => {
    const made = world()
      .vpc()
      .privateSubnets(1)
      .group('app')
      .placed([G1], [S1])
      .vpc()
      .privateSubnets(1, NAT, { ipv6Cidrs: ['2001:db8:1::/64'] });
    const wish = { vpc: id('vpc', 2), subnets: S2, ipv6: 'true' };
    expect(consentsOf(plan(made, wish))).toContain(loss);
    expect(consentsOf(plan(made, { ...wish, egress: 'tcp 443 0.0.0.0/0' }))).toEqual([replaced]);
  });

  it('where a rule is revoked, without any move', () => {
    const bare = world().vpc().privateSubnets(1, NAT);
    const open = { subnets: 'private', egress: 'tcp 443 0.0.0.0/0' };
    const done = connected(bare, open);
    expect(consentsOf(plan(done, open))).toEqual([]);
    expect(consentsOf(plan(done, { ...open, egress: 'none' }))).toEqual([loss]);
  });

  it('says through what it is reached today, and what closes it', () => {
    const [, consent] = plan(placed(), { subnets: S2 }).consents;
    expect(consent?.why).toBe(
      `Function app-7 loses its way to the internet (tcp 443 internet), today through NAT gateway ${NAT}: blocked by route table ${id('rtb', 3)}: the route table has no route to the destination.`,
    );
  });

  it('and given is told as a warning', () => {
    const { findings } = plan(placed(), { subnets: S2, allow: `${replaced}\n${loss}` });
    expect(findings.find(({ code }) => code === 'internet-lost')).toMatchObject({ severity: 'warning' });
  });

  it('is the same where `reaches` names the internet', () => {
    const wish = { subnets: S2, reaches: 'internet', allow: replaced };
    expect(errorsOf(plan(placed(), wish))).toEqual(['consent-missing']);
    expect(errorsOf(plan(placed(), { ...wish, allow: `${replaced}\n${loss}` }))).toEqual([]);
  });
});
