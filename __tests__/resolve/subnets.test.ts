import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Subnet } from '../../src/model/observed.js';
import { onePerZone } from '../../src/resolve/subnets.js';
import { ACCOUNT, id, OTHER_ACCOUNT } from '../builders/ids.js';
import { errorsOf, plan, target } from '../builders/plans.js';
import { type World, world } from '../builders/world.js';

const S1 = id('subnet', 1);
const S2 = id('subnet', 2);
const S3 = id('subnet', 3);
const S4 = id('subnet', 4);
const NAT = id('nat', 1);

function chosen(made: World, inputs: Record<string, string>): string[] {
  return target(made, inputs).subnets.map((subnet) => subnet.id);
}

function problem(made: World, inputs: Record<string, string>): string {
  return target(made, inputs)
    .problems.map(({ code, message }) => `${code}: ${message}`)
    .join('\n');
}

describe('subnets are picked', () => {
  const made = (): World =>
    world()
      .vpc()
      .privateSubnets(2, NAT, { tags: { Name: 'app/private', Tier: 'private' } })
      .privateSubnets(1, NAT, { tags: { Name: 'db', Tier: 'private', App: 'x' } });
  it.each([
    { name: 'by id', subnets: S2, ids: [S2] },
    { name: 'by tag', subnets: 'tag:Tier=private', ids: [S1, S3, S2] },
    { name: 'by several conditions at once', subnets: 'tag:Tier=private tag:App=x', ids: [S3] },
    { name: 'as a union of lines', subnets: `tag:App=x, ${S1}`, ids: [S1, S3] },
    { name: 'by a glob, in which a star matches slashes', subnets: 'name:app*', ids: [S1, S2] },
    { name: 'by a glob with the star in the middle', subnets: 'name:d*b', ids: [S3] },
    { name: 'once, however often they are named', subnets: `${S1}, ${S1}, name:app*`, ids: [S1, S2] },
  ])('$name', ({ subnets, ids }) => {
    expect(chosen(made(), { subnets })).toEqual(ids);
  });

  it('by tag values exactly, not as patterns', () => {
    expect(problem(made(), { vpc: id('vpc', 1), subnets: 'tag:Tier=priv*' })).toMatch(/^subnets-not-found/);
  });

  it('never in another VPC', () => {
    const both = made().vpc().privateSubnets(1);
    expect(problem(both, { vpc: id('vpc', 1), subnets: S4 })).toMatch(
      /^subnets-of-different-vpcs: .*is in vpc-0*2, not in vpc-0*1/,
    );
    expect(problem(both, { vpc: id('vpc', 1), subnets: id('subnet', 9) })).toMatch(/^subnets-not-found/);
    expect(chosen(both, { vpc: id('vpc', 1), subnets: 'tag:Tier=private' })).toHaveLength(3);
  });

  it('with every problem told', () => {
    expect(
      problem(made(), { vpc: id('vpc', 1), subnets: `${id('subnet', 8)}, ${id('subnet', 9)}` }).split('\n'),
    ).toHaveLength(2);
  });
});

describe('private subnets', () => {
  it.each<[string, World]>([
    ['public by their own table', world().vpc().publicSubnets(1)],
    ['public by the main table', world().vpc().subnet().table([], id('igw', 1), { main: true })],
    ['of another owner', world().vpc().privateSubnets(1, NAT, { ownerId: OTHER_ACCOUNT })],
    ['on an Outpost', world().vpc().privateSubnets(1, NAT, { outpost: true })],
    ['in a local zone', world().vpc().privateSubnets(1, NAT, { zone: 'us-east-2-chi-1a' })],
    ['in a wavelength zone', world().vpc().privateSubnets(1, NAT, { zone: 'us-east-2-wl1-chi-wlz-1' })],
    ['of IPv6 only', world().vpc().privateSubnets(1, NAT, { ipv6Native: true })],
    ['pending', world().vpc().privateSubnets(1, NAT, { state: 'pending' })],
    [
      'with a transit gateway’s interface',
      world().vpc().privateSubnets(1, NAT).interfaces({ type: 'transit_gateway' }),
    ],
    [
      'with a firewall’s interface',
      world().vpc().privateSubnets(1, NAT).interfaces({ type: 'gateway_load_balancer_endpoint' }),
    ],
    [
      'with a gateway load balancer',
      world().vpc().privateSubnets(1, NAT).interfaces({ type: 'gateway_load_balancer' }),
    ],
  ])('are not those %s', (_name, made) => {
    // On the world with two main tables the open one must decide.
    const open = made
      .observed()
      .routeTables.some(
        ({ main, routes }) => main && routes.some((route) => route.target.startsWith('igw-')),
      );
    const observed = made.observed();
    const routeTables = open
      ? observed.routeTables.filter(({ routes }) => routes.some((route) => route.target.startsWith('igw-')))
      : observed.routeTables;
    const found = target({ ...observed, routeTables }, { subnets: 'private' });
    expect(found.subnets).toEqual([]);
    expect(found.problems.map(({ code }) => code)).toEqual(['nothing-selected']);
  });

  it.each<[string, World]>([
    ['with a NAT gateway', world().vpc().privateSubnets(2, NAT)],
    ['without a way out', world().vpc().privateSubnets(2)],
    ['behind a transit gateway elsewhere', world().vpc().privateSubnets(2, id('tgw', 1))],
    [
      'with other people’s ordinary interfaces',
      world().vpc().privateSubnets(2, NAT).interfaces({ type: 'interface' }, { type: 'nat_gateway' }),
    ],
    ['in GovCloud', world('us-gov-west-1').vpc().privateSubnets(2)],
  ])('are those %s', (_name, made) => {
    expect(chosen(made, { subnets: 'private' })).toEqual([S1, S2]);
  });

  it('include those on the main table', () => {
    expect(chosen(world().vpc().subnet(), { subnets: 'private' })).toEqual([S1]);
  });

  it('with different ways out are listed, not guessed', () => {
    const made = world().vpc().privateSubnets(1, NAT).privateSubnets(1);
    expect(problem(made, { subnets: 'private' })).toMatch(
      new RegExp(`^private-ambiguous: .*${S1} \\(nat\\) and ${S2} \\(none\\)`),
    );
    expect(errorsOf(plan(made, { subnets: 'private' }))).toContain('private-ambiguous');
  });

  it.each([
    [16, 0],
    [17, 1],
  ])('%d of them make %d problems', (count, problems) => {
    const found = target(world().vpc().privateSubnets(count, NAT), { subnets: 'private' });
    expect(found.problems).toHaveLength(problems);
    expect(found.subnets).toHaveLength(problems === 0 ? count : 0);
  });

  it('a function placed in a valid part of them is left there', () => {
    const made = world().vpc().privateSubnets(2, NAT).privateSubnets(1).placed(['sg-1'], [S2]);
    expect(chosen(made, { subnets: 'private' })).toEqual([S2]);
  });

  it('a function placed in a public one is moved', () => {
    const made = world().vpc().privateSubnets(2, NAT).publicSubnets(1).placed(['sg-1'], [S1, S3]);
    expect(chosen(made, { subnets: 'private' })).toEqual([S1, S2]);
  });

  it('where the interfaces could not be read, that is said', () => {
    const denied = {
      kind: 'denied' as const,
      code: 'permission-missing',
      awsCode: 'x',
      action: 'ec2:DescribeNetworkInterfaces',
      message: 'refused',
      remedy: 'Allow it.',
    };
    const made = world()
      .vpc()
      .privateSubnets(1, NAT)
      .with({ interfaces: { ok: false, problem: denied } });
    const unknown = plan(made, { subnets: 'private', 'iam-policy': 'none' }).findings.filter(
      ({ status }) => status === 'unknown',
    );
    expect(unknown.map(({ code }) => code)).toEqual(['not-readable', 'lambda-interfaces-quota']);
  });
});

describe('one subnet per zone', () => {
  const subnet = (number: number, zone: string, freeAddresses: number): Subnet => {
    const [made] = world().vpc().privateSubnets(1).observed().subnets;
    if (made === undefined) throw new Error('no subnet');
    return { ...made, id: id('subnet', number), zone, freeAddresses, ownerId: ACCOUNT };
  };
  const lists = fc.uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 50 }),
      zone: fc.constantFrom('a', 'b', 'c'),
      free: fc.integer({ min: 0, max: 3 }),
    }),
    { selector: ({ number }) => number, maxLength: 12 },
  );
  const made = lists.map((rows) => rows.map(({ number, zone, free }) => subnet(number, zone, free)));
  const ids = fc.array(fc.integer({ min: 1, max: 50 }).map((number) => id('subnet', number)));

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(made, ids, ids, fc.infiniteStream(fc.nat()), (subnets, first, preferred, salt) => {
        const shuffled = subnets
          .map((one) => ({ one, key: salt.next().value }))
          .sort((one, other) => one.key - other.key);
        expect(
          onePerZone(
            shuffled.map(({ one }) => one),
            first,
            preferred,
          ),
        ).toEqual(onePerZone(subnets, first, preferred));
      }),
    );
  });

  it('is exactly one in every zone there is', () => {
    fc.assert(
      fc.property(made, ids, (subnets, preferred) => {
        const zones = onePerZone(subnets, [], preferred).map(({ zone }) => zone);
        expect(zones).toEqual([...new Set(subnets.map(({ zone }) => zone))].sort());
      }),
    );
  });

  it('keeps what it chose before, whatever else changes', () => {
    fc.assert(
      fc.property(made, made, ids, (subnets, more, preferred) => {
        const before = onePerZone(subnets, [], []).map((one) => one.id);
        const all = [...new Map([...more, ...subnets].map((one) => [one.id, one])).values()];
        const after = onePerZone(
          all.map((one) => ({ ...one, freeAddresses: one.id.length })),
          before,
          preferred,
        ).map((one) => one.id);
        expect(after).toEqual(expect.arrayContaining(before));
      }),
    );
  });

  it('prefers the function’s own, then the smallest id, whatever their addresses', () => {
    const [one, two, three] = [subnet(1, 'a', 5), subnet(2, 'a', 9), subnet(3, 'a', 9)];
    expect(onePerZone([three, two, one], [], [one.id])).toEqual([one]);
    expect(onePerZone([three, two, one], [], [])).toEqual([one]);
    expect(onePerZone([three, two, one], [three.id], [one.id])).toEqual([three]);
  });
});
