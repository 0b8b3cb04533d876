import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observed, Tags } from '../../src/model/observed.js';
import { dependencies } from '../../src/plan/order.js';
import { applied } from '../builders/applied.js';
import { id } from '../builders/ids.js';
import { consentsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { VPC_POLICY, type World, world } from '../builders/world.js';

const SHARED: Tags = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const WORDS = [
  'logs',
  'ssm',
  's3',
  's3:interface',
  'dynamodb',
  'dynamodb:interface',
  'nameless',
  'email-smtp',
  'execute-api',
];

const POLICY = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:*","Resource":"*"}]}';

const standing = fc.record({
  word: fc.constantFrom('logs', 'ssm', 's3', 'dynamodb', 'nameless', 'email-smtp'),
  gateway: fc.boolean(),
  ours: fc.boolean(),
  all: fc.boolean(),
  privateDns: fc.boolean(),
  guarded: fc.boolean(),
});

const shape = fc.record({
  zones: fc.integer({ min: 1, max: 4 }),
  second: fc.boolean(),
  ipv6: fc.boolean(),
  placed: fc.constantFrom('nowhere', 'all', 'first'),
  mounts: fc.boolean(),
  policy: fc.boolean(),
  dns: fc.boolean(),
  crowd: fc.boolean(),
  standing: fc.uniqueArray(standing, { selector: ({ word }) => word, maxLength: 4 }),
});

const inputs = fc.record({
  subnets: fc.constantFrom('private', 'name:app*', id('subnet', 1)),
  endpoints: fc
    .uniqueArray(fc.constantFrom(...WORDS), { maxLength: 5 })
    .map((words) => words.join('\n') || 'none'),
  egress: fc.constantFrom(
    '',
    'none',
    'tcp 5432 10.9.0.0/16',
    'all 0.0.0.0/0',
    'tcp 0-65535 10.9.0.0/16, udp 53 2001:db8::53',
    'tcp 443 s3',
  ),
  'endpoint-access': fc.constantFrom('vpc', 'subnets', 'function'),
  'existing-endpoints': fc.constantFrom('', 'extend'),
  'endpoint-policy': fc.constantFrom('', POLICY),
  'security-groups': fc.constantFrom('', 'managed', 'db', 'db, managed'),
  'private-dns': fc.constantFrom('', 'true', 'false'),
  tags: fc.constantFrom('', 'Team=blue'),
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

function addStanding(made: World, one: Shape['standing'][number]): void {
  const gateway = one.gateway && ['s3', 'dynamodb'].includes(one.word);
  const nameless = ['nameless', 'dynamodb'].includes(one.word);
  // AWS has email-smtp in two zones only.
  const everywhere = one.all && one.word !== 'email-smtp';
  const place = gateway ? { routeTableIds: [id('rtb', 2)] } : { subnetIds: [id('subnet', 1)] };
  made.endpoint(one.word, {
    type: gateway ? 'Gateway' : 'Interface',
    tags: one.ours ? SHARED : {},
    groupIds: gateway || !one.guarded ? [] : [id('sg', 2)],
    privateDns: !gateway && one.privateDns && !nameless,
    ...(everywhere ? {} : place),
  });
}

function networkOf(parts: Shape): World {
  const ipv6Cidrs = parts.ipv6 ? ['2001:db8::/56'] : [];
  const made = world()
    .vpc({ ipv6Cidrs })
    .privateSubnets(parts.zones, undefined, { tags: { Name: 'app' } })
    .group('db')
    .group('guard', { ingress: [rule('tcp 443 10.1.0.0/16')] });
  if (parts.second)
    made.privateSubnets(parts.zones, undefined, { freeAddresses: 9, tags: { Name: 'app-2' } });
  return made;
}

function build(parts: Shape): Observed {
  const made = networkOf(parts).function('app-7', { mountsFileSystem: parts.mounts });
  if (parts.placed === 'all') made.placed([id('sg', 1)]);
  if (parts.placed === 'first') made.placed([id('sg', 1)], [id('subnet', 1)]);
  for (const one of parts.standing) addStanding(made, one);
  if (parts.policy) made.with({ policies: { ok: true, value: [VPC_POLICY] } });
  if (parts.dns) made.with({ dnsServers: { ok: true, value: ['10.1.0.2', '2001:db8::53'] } });
  if (parts.crowd) made.interfaces({});
  return made.observed();
}

/** Only plans that would be carried out are of interest: those without an error, consents aside. */
function possible(observed: Observed, wish: Record<string, string>): boolean {
  return plan(observed, wish).findings.every(
    ({ severity, code }) => severity !== 'error' || code === 'consent-missing',
  );
}

describe('any plan', () => {
  it('is in an order in which it can be done, and waits for nothing that is not in it', () => {
    fc.assert(
      fc.property(shape, inputs, (parts, wish) => {
        const { changes } = plan(build(parts), wish);
        const ids = changes.map((change) => change.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const [index, change] of changes.entries()) {
          expect(ids).toEqual(expect.arrayContaining([...change.after]));
          for (const before of dependencies(change, changes)) expect(ids.indexOf(before)).toBeLessThan(index);
          expect(JSON.parse(JSON.stringify(change.calls))).toEqual(change.calls);
        }
      }),
    );
  });

  it('leaves nothing to do once it is carried out', () => {
    fc.assert(
      fc.property(shape, inputs, (parts, wish) => {
        const observed = build(parts);
        fc.pre(possible(observed, wish));
        const first = plan(observed, wish);
        expect(plan(applied(first, observed), wish).changes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('can be continued after any of its changes, to the same end', () => {
    fc.assert(
      fc.property(shape, inputs, fc.nat(), (parts, wish, cut) => {
        const observed = build(parts);
        fc.pre(possible(observed, wish));
        const first = plan(observed, wish);
        const half = { ...first, changes: first.changes.slice(0, cut % (first.changes.length + 1)) };
        const middle = applied(half, observed);
        const rest = plan(middle, wish);
        expect(plan(applied(rest, middle), wish).changes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of what was read', () => {
    const turned = <T>(list: readonly T[], by: number): T[] =>
      [
        ...list.slice(by % Math.max(list.length, 1)),
        ...list.slice(0, by % Math.max(list.length, 1)),
      ].reverse();
    fc.assert(
      fc.property(shape, inputs, fc.nat(), (parts, wish, by) => {
        const observed = build(parts);
        const shuffled: Observed = {
          ...observed,
          subnets: turned(observed.subnets, by),
          groups: turned(observed.groups, by),
          endpoints: turned(observed.endpoints, by),
          services: observed.services && turned(observed.services, by),
          prefixLists: observed.prefixLists && turned(observed.prefixLists, by),
          vpcs: turned(observed.vpcs, by),
        };
        const one = plan(observed, wish);
        const other = plan(shuffled, wish);
        expect(other.changes).toEqual(one.changes);
        expect(other.digest).toBe(one.digest);
        expect(consentsOf(other)).toEqual(consentsOf(one));
      }),
    );
  });

  it('never gives a function subnets without groups, or groups without subnets', () => {
    fc.assert(
      fc.property(shape, inputs, (parts, wish) => {
        const { changes } = plan(build(parts), wish);
        const configs = changes.flatMap(({ calls }) =>
          calls.flatMap((call) =>
            call.action === 'lambda:UpdateFunctionConfiguration' ? [call.input.VpcConfig] : [],
          ),
        );
        for (const config of configs) {
          expect(config?.SubnetIds?.length).toBeGreaterThan(0);
          expect(config?.SecurityGroupIds?.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('takes nothing from what others share', () => {
    fc.assert(
      fc.property(shape, inputs, (parts, wish) => {
        const text = JSON.stringify(plan(build(parts), wish).changes);
        expect(text).not.toMatch(
          /Remove(Subnet|SecurityGroup|RouteTable)Ids|RevokeSecurityGroupIngress|DeleteVpcEndpoints|"PrivateDnsEnabled":false,"VpcEndpointId"/,
        );
      }),
    );
  });
});
