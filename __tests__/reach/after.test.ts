import { describe, expect, it } from '@jest/globals';
import type { ReachVerdict } from '../../src/model/reach.js';
import { applied } from '../builders/applied.js';
import { connected } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const NAT = id('nat', 1);
const [S1, S2, S3] = [id('subnet', 1), id('subnet', 2), id('subnet', 3)];
const G1 = id('sg', 1);
const lists = (...ids: readonly string[]) => ({
  reach: {
    natGateways: { ok: true as const, value: [] },
    prefixLists: ids.map((listId) => ({
      id: listId,
      cidrs: { ok: true as const, value: ['52.219.0.0/16'] },
    })),
  },
});

const bare = (exit?: string): World => world().vpc().privateSubnets(3, exit);

/** Without ids, which only applying tells. */
function verdict({ status, lines }: ReachVerdict): string {
  const each = lines.map(({ subnetId, status: one, stop }) => [
    subnetId,
    one,
    stop?.code,
    stop?.kind,
    stop?.rule,
  ]);
  return JSON.stringify([status, each]);
}

const cases: readonly [name: string, made: World, wish: Record<string, string>][] = [
  ['endpoints for a first connect', bare(), { endpoints: 'logs, ssm', reaches: 'secretsmanager' }],
  ['a NAT gateway', bare(NAT), { egress: 'tcp 443 0.0.0.0/0' }],
  ['a NAT gateway without a rule', bare(NAT), { endpoints: 'logs' }],
  ['endpoints for the function alone', bare(), { endpoints: 'logs', 'endpoint-access': 'function' }],
  [
    'endpoints for its subnets',
    bare(),
    { endpoints: 'logs', 'endpoint-access': 'subnets', subnets: `${S1}, ${S2}` },
  ],
  ['endpoints in one zone', bare(), { endpoints: 'logs', 'endpoint-subnets': S1 }],
  [
    'an endpoint without private DNS',
    bare(),
    { endpoints: 'logs', 'private-dns': 'false', reaches: 'secretsmanager' },
  ],
  [
    'an endpoint without private DNS beside one of an AWS service',
    bare()
      .group('guard')
      .endpoint('logs', { privateDns: false, requesterManaged: true, groupIds: [G1] }),
    { endpoints: 'logs', 'private-dns': 'false' },
  ],
  ['a gateway', bare().with(lists(id('pl', 1))), { endpoints: 's3', reaches: 'dynamodb' }],
  [
    'a gateway and an interface of one service',
    bare().with(lists(id('pl', 1))),
    { endpoints: 's3, s3:interface' },
  ],
  [
    'an adopted endpoint',
    bare()
      .group('guard', { ingress: [rule('tcp 443 0.0.0.0/0')] })
      .endpoint('logs', { groupIds: [G1] }),
    { endpoints: 'logs, ssm' },
  ],
  [
    'a database',
    bare()
      .group('db', { ingress: [rule('tcp 5432 10.1.1.0/24')] })
      .interfaces({ subnetId: S3, groupIds: [G1], addresses: ['10.1.3.9'] }),
    { egress: `tcp 5432 ${G1}`, subnets: `${S1}, ${S2}` },
  ],
  [
    'a function that stays, with one subnet more',
    bare(NAT).group('app').placed([G1], [S1]),
    { subnets: `${S1}, ${S2}`, endpoints: 'logs', reaches: 'tcp 443 internet' },
  ],
];

describe('what is judged after the plan', () => {
  it.each(cases)('is what is judged when it is done: %s', (_name, made, inputs) => {
    const wish = { subnets: 'private', ...inputs };
    const before = made.observed();
    const planned = plan(before, wish);
    const later = plan(applied(planned, before), wish);
    expect(later.changes).toEqual([]);
    expect(planned.reach.length).toBeGreaterThan(0);
    expect(later.reach.map(({ destination, before: now }) => [destination, verdict(now)])).toEqual(
      planned.reach.map(({ destination, after }) => [destination, verdict(after)]),
    );
  });

  it('is what is judged when an endpoint is deleted', () => {
    const done = connected(bare(), { subnets: 'private', endpoints: 'logs, ssm' });
    const wish = { subnets: 'private', endpoints: 'logs', allow: 'delete-endpoints:ssm', 'fail-on': 'none' };
    const planned = plan(done, { ...wish, reaches: 'ssm' });
    const row = planned.reach.find(({ destination }) => destination === 'ssm');
    expect(planned.changes.map(({ id: address }) => address)).toContain('vpc-endpoint-deletion/ssm');
    expect([row?.before.status, row?.after.status]).toEqual(['reachable', 'blocked']);
    expect(planned.findings.map(({ code }) => code)).toContain('reach-lost');
  });

  it('is what is judged when a repair is done', () => {
    const wish = { subnets: 'private', endpoints: 'logs, ssm' };
    const done = connected(bare(), wish);
    const broken = {
      ...done,
      endpoints: done.endpoints.map((endpoint) => ({
        ...endpoint,
        subnetIds: [S1],
        privateDns: false,
        groupIds: [],
      })),
      groups: done.groups.map((group) => ({ ...group, ingress: [], egress: [] })),
    };
    const planned = plan(broken, wish);
    const later = plan(applied(planned, broken), wish);
    const row = planned.reach.find(({ destination }) => destination === 'ssm');
    expect([row?.before.status, row?.after.status]).toEqual(['blocked', 'reachable']);
    expect(later.reach.map(({ before: now }) => verdict(now))).toEqual(
      planned.reach.map(({ after }) => verdict(after)),
    );
  });
});
