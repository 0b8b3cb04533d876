import { describe, expect, it } from '@jest/globals';
import type { SecurityGroup, Tags } from '../../src/model/observed.js';
import { endpointUses, uncoveredTables } from '../../src/resolve/endpoint-use.js';
import { id } from '../builders/ids.js';
import { target } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const E1 = id('vpce', 1);
const E2 = id('vpce', 2);
const G1 = id('sg', 1);
const SHARED: Tags = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const OURS: Tags = {
  'managed-by': 'vpc-lambda-action',
  'vpc-lambda-action:name': 'app-7',
  'vpc-lambda-action:owner': '4711',
};

function use(made: World, endpoints = 'logs', inputs: Record<string, string> = {}): string {
  const [found] = endpointUses(target(made, { subnets: 'private', endpoints, ...inputs }));
  if (found === undefined) throw new Error('no use');
  const endpoint = 'endpoint' in found ? ` ${found.endpoint.id}` : '';
  return `${found.how}${endpoint}${'why' in found ? `: ${found.why}` : ''}`;
}

/** A prefix list whose ranges were read. */
const ranges = (listId: string, ...cidrs: string[]) => ({
  reach: {
    natGateways: undefined,
    prefixLists: [{ id: listId, cidrs: { ok: true as const, value: cidrs } }],
  },
});

/** A VPC 10.1.0.0/16 with two private subnets and a group with this inbound. */
const guarded = (...ingress: SecurityGroup['ingress']): World =>
  world().vpc().privateSubnets(2).group('guard', { ingress });
const open = (): World => guarded(rule('tcp 443 10.1.0.0/16'));

describe('an interface endpoint is', () => {
  it.each<[string, World, string]>([
    ['made where there is none', open(), 'create'],
    [
      'made where the one there is going away',
      open().endpoint('logs', { state: 'deleting', groupIds: [G1] }),
      'create',
    ],
    [
      'made where the one there failed',
      open().endpoint('logs', { state: 'failed', groupIds: [G1] }),
      'create',
    ],
    ['made where the one there is of another service', open().endpoint('ssm', { groupIds: [G1] }), 'create'],
    [
      'made where the one there has no private name and is not asked to have one',
      open().endpoint('logs', { groupIds: [G1], privateDns: false }),
      'create',
    ],
    ['ours', open().endpoint('logs', { tags: SHARED }), `ours ${E1}`],
    [
      'ours, although somebody’s is older',
      open()
        .endpoint('logs', { groupIds: [G1], privateDns: false })
        .endpoint('logs', { tags: SHARED }),
      `ours ${E2}`,
    ],
    [
      'ours, the oldest after a race',
      open()
        .endpoint('logs', { tags: SHARED, createdAt: 9 })
        .endpoint('logs', { tags: SHARED, createdAt: 3 }),
      `ours ${E2}`,
    ],
    [
      'adopted where it admits a prefix list with the subnets',
      guarded(rule('tcp 443 pl-1'))
        .endpoint('logs', { groupIds: [G1] })
        .with(ranges('pl-1', '10.1.0.0/16')),
      `adopted ${E1}`,
    ],
    [
      'adopted where it admits a prefix list that was not read, which the judgement of reach then says',
      guarded(rule('tcp 443 pl-1')).endpoint('logs', { groupIds: [G1] }),
      `adopted ${E1}`,
    ],
    [
      'adopted where two of its rules hold a subnet together',
      guarded(
        rule('tcp 443 10.1.0.0/17'),
        rule('tcp 443 10.1.1.0/25'),
        rule('tcp 443 10.1.1.128/25'),
      ).endpoint('logs', {
        groupIds: [G1],
      }),
      `adopted ${E1}`,
    ],
    ['adopted where it admits the VPC', open().endpoint('logs', { groupIds: [G1] }), `adopted ${E1}`],
    [
      'adopted where it admits everything',
      guarded(rule('all 0.0.0.0/0')).endpoint('logs', { groupIds: [G1] }),
      `adopted ${E1}`,
    ],
    [
      'adopted where it admits a range of ports',
      guarded(rule('tcp 400-500 10.0.0.0/8')).endpoint('logs', { groupIds: [G1] }),
      `adopted ${E1}`,
    ],
    [
      'adopted where it admits each subnet',
      guarded(rule('tcp 443 10.1.1.0/24'), rule('tcp 443 10.1.2.0/24')).endpoint('logs', { groupIds: [G1] }),
      `adopted ${E1}`,
    ],
    [
      'adopted where one of its groups admits the VPC',
      open()
        .group('shut')
        .endpoint('logs', { groupIds: [id('sg', 2), G1] }),
      `adopted ${E1}`,
    ],
  ])('%s', (_name, made, expected) => {
    expect(use(made)).toBe(expected);
  });
});

describe('an interface endpoint of somebody else is', () => {
  it('adopted where it admits a group of the function', () => {
    const peer = id('sg', 2);
    const made = guarded(rule(`tcp 443 ${peer}`))
      .group('app')
      .endpoint('logs', { groupIds: [G1] })
      .placed([peer]);
    expect(use(made)).toBe(`adopted ${E1}`);
    expect(use(made, 'logs', { 'security-groups': 'managed' })).toMatch(/^in-the-way/);
  });

  it('adopted where it admits the managed group that exists', () => {
    const made = guarded(rule(`tcp 443 ${id('sg', 2)}`))
      .group('app-7-lambda', { tags: OURS })
      .endpoint('logs', { groupIds: [G1] });
    expect(use(made)).toBe(`adopted ${E1}`);
  });

  it.each<[string, World, RegExp]>([
    [
      'another AWS service manages it',
      open().endpoint('logs', { groupIds: [G1], requesterManaged: true }),
      /managed by another AWS service/,
    ],
    [
      'it is not accepted yet',
      open().endpoint('logs', { groupIds: [G1], state: 'pendingacceptance' }),
      /it is pendingacceptance/,
    ],
    [
      'it admits one subnet only',
      guarded(rule('tcp 443 10.1.1.0/24')).endpoint('logs', { groupIds: [G1] }),
      /refuse TCP 443 from 10\.1\.2\.0\/24$/,
    ],
    [
      'it admits another port',
      guarded(rule('tcp 80 10.1.0.0/16')).endpoint('logs', { groupIds: [G1] }),
      /refuse TCP 443/,
    ],
    [
      'it admits another protocol',
      guarded(rule('udp 443 10.1.0.0/16')).endpoint('logs', { groupIds: [G1] }),
      /refuse TCP 443/,
    ],
    [
      'it admits IPv6 only',
      guarded(rule('tcp 443 ::/0')).endpoint('logs', { groupIds: [G1] }),
      /refuse TCP 443/,
    ],
    [
      'it admits a prefix list without the subnets',
      guarded(rule('tcp 443 pl-1'))
        .endpoint('logs', { groupIds: [G1] })
        .with(ranges('pl-1', '10.9.0.0/16')),
      /refuse TCP 443/,
    ],
    ['it has no group', open().endpoint('logs'), /its security groups \(none\) refuse/],
  ])('in the way where %s', (_name, made, why) => {
    expect(use(made)).toMatch(new RegExp(`^in-the-way ${E1}: .*${why.source}`));
  });

  it('made beside somebody’s that owns the private name, where none is wanted', () => {
    expect(use(open().endpoint('logs'), 'logs', { 'private-dns': 'false' })).toBe('create');
    expect(
      use(open().endpoint('logs', { groupIds: [G1], privateDns: false }), 'logs', { 'private-dns': 'false' }),
    ).toBe(`adopted ${E1}`);
  });

  it('none of another VPC', () => {
    const made = open()
      .vpc()
      .endpoint('logs', { groupIds: [G1] });
    expect(use(made, 'logs', { vpc: id('vpc', 1) })).toBe('create');
  });
});

describe('a gateway endpoint is', () => {
  const TABLE = id('rtb', 2);
  const type = 'Gateway';
  const plain = (): World => world().vpc().privateSubnets(2).privateSubnets(1);
  it.each<[string, World, string, string[]]>([
    ['made where there is none', plain(), 'create', [TABLE, id('rtb', 3)]],
    ['ours', plain().endpoint('s3', { type, tags: SHARED }), `ours ${E1}`, []],
    [
      'ours, to be extended',
      plain().endpoint('s3', { type, tags: SHARED, routeTableIds: [TABLE] }),
      `ours ${E1}`,
      [id('rtb', 3)],
    ],
    ['adopted where it covers every table', plain().endpoint('s3', { type }), `adopted ${E1}`, []],
    [
      'made for the tables that somebody’s leaves out',
      plain().endpoint('s3', { type, routeTableIds: [TABLE] }),
      'create',
      [id('rtb', 3)],
    ],
    [
      'made where somebody’s is on other tables',
      plain().endpoint('s3', { type, routeTableIds: [id('rtb', 1)] }),
      'create',
      [TABLE, id('rtb', 3)],
    ],
    ['made where there is an interface only', plain().endpoint('s3'), 'create', [TABLE, id('rtb', 3)]],
  ])('%s', (_name, made, expected, missing) => {
    expect(use(made, 's3')).toBe(expected);
    const found = target(made, { subnets: 'private', endpoints: 's3' });
    expect(found.services.flatMap((service) => uncoveredTables(service, found))).toEqual(missing);
  });

  it('on the main table for subnets without one of their own', () => {
    const found = target(world().vpc().subnet(), { subnets: 'private', endpoints: 's3' });
    expect(found.routeTables.map((table) => table.id)).toEqual([id('rtb', 1)]);
  });
});
