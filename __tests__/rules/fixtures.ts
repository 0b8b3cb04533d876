import { denied } from '../builders/denied.js';
import { id } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { VPC_POLICY, world } from '../builders/world.js';
import { endpointFixtures } from './endpoint-fixtures.js';
import { existingEndpointFixtures } from './existing-endpoint-fixtures.js';
import { bare, type Fixture, see } from './fixture.js';
import { groupFixtures, limitFixtures } from './group-fixtures.js';
import { lifeFixtures } from './life-fixtures.js';
import { elsewhere, moveFixtures } from './move-fixtures.js';
import { reachFixtures } from './reach-fixtures.js';
import { roleFixtures } from './role-fixtures.js';
import { roomFixtures } from './room-fixtures.js';
import { routeFixtures } from './route-fixtures.js';
import { serviceFixtures } from './service-fixtures.js';

const NAT = id('nat', 1);
const S1 = id('subnet', 1);

/** A function that mounts a file system, and a group with one outbound rule. */
const files = (egress: string) =>
  bare()
    .group('db', { egress: [rule(egress)] })
    .function('app-7', { mountsFileSystem: true });

/** The same with a mount target in the first zone, behind a group with this inbound rule. */
const mounted = (ingress: string, zones = 2) =>
  bare(zones)
    .group('db')
    .group('mounts', { ingress: [rule(ingress)] })
    .function('app-7', { mountsFileSystem: true })
    .interfaces({
      type: 'efs',
      description: 'EFS mount target for fs-0123456789abcdef0 (fsmt-0123456789abcdef0)',
      groupIds: [id('sg', 2)],
    });

/** One entry for every rule; a rule without an entry fails the test. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  'role-users-unknown': {
    fires: { denied: see(bare().with({ roleUsers: denied('lambda:ListFunctions') })) },
    silent: {
      read: see(bare().with({ roleUsers: { ok: true, value: [] } })),
      'no policy is planned': see(
        bare().with({
          roleUsers: denied('lambda:ListFunctions'),
          policies: { ok: true, value: [VPC_POLICY] },
        }),
      ),
    },
  },
  'not-readable': {
    fires: {
      'network ACLs': see(bare().with({ networkAcls: denied('ec2:DescribeNetworkAcls') })),
      'DNS servers': see(bare().with({ dnsServers: denied('ec2:DescribeDhcpOptions') })),
    },
    silent: { read: see(bare()), 'not due': see(bare().with({ dnsServers: undefined })) },
  },
  'function-network-elsewhere': {
    fires: {
      'a capacity provider without a name': see(bare().function('app-7', { capacityProvider: '' })),
      'a capacity provider': see(
        bare().function('app-7', {
          capacityProvider: 'arn:aws:lambda:us-east-2:123456789012:capacity-provider:pool',
        }),
      ),
      'CloudFront edges': see(bare().function('app-7', { edge: true })),
    },
    silent: { ordinary: see(bare()) },
  },
  'function-failed': {
    fires: {
      'for its key': see(
        bare().function('app-7', { state: 'Failed', stateReasonCode: 'KMSKeyNotFound', stateReason: 'gone' }),
      ),
    },
    silent: {
      active: see(bare()),
      inactive: see(bare().function('app-7', { state: 'Inactive', stateReasonCode: 'Idle' })),
      'for its network, which this run mends': see(
        bare().function('app-7', { state: 'Failed', stateReasonCode: 'InvalidSubnet' }),
      ),
    },
  },
  'last-update-failed': {
    fires: {
      failed: see(
        bare().function('app-7', { lastUpdateStatus: 'Failed', lastUpdateReasonCode: 'EniLimitExceeded' }),
      ),
    },
    silent: { successful: see(bare()) },
  },
  'update-in-progress': {
    fires: {
      updating: see(bare().function('app-7', { lastUpdateStatus: 'InProgress' })),
      pending: see(bare().function('app-7', { state: 'Pending' })),
    },
    silent: { quiet: see(bare()) },
  },
  'aliases-keep-network': {
    fires: {
      'one points at a version': see(
        bare().with({ aliases: { ok: true, value: [{ name: 'live', versions: ['3', '4'] }] } }),
      ),
      unreadable: see(bare().with({ aliases: denied('lambda:ListAliases') })),
    },
    silent: {
      none: see(bare()),
      'the function stays': see(
        bare()
          .group('db')
          .placed([id('sg', 1)])
          .with({ aliases: { ok: true, value: [{ name: 'live', versions: ['3'] }] } }),
        { 'security-groups': 'db' },
      ),
    },
  },
  'file-system-reach': {
    fires: {
      mounts: see(bare().function('app-7', { mountsFileSystem: true })),
      'leaves its VPC': see(elsewhere({ mountsFileSystem: true }), { vpc: id('vpc', 1) }),
      'a zone without a mount target': see(mounted('tcp 2049 10.1.0.0/16'), { 'security-groups': 'db' }),
      'a mount target that is closed': see(mounted('tcp 443 10.1.0.0/16', 1), { 'security-groups': 'db' }),
      'mount targets in each zone': see(mounted('tcp 2049 10.1.0.0/16', 1), { 'security-groups': 'db' }),
      'no group of it lets files out': see(files('tcp 443 0.0.0.0/0'), { 'security-groups': 'db' }),
      'a group of it lets files out': see(files('tcp 2000-2049 10.1.0.0/16'), { 'security-groups': 'db' }),
      'a group of it lets everything out': see(files('all 0.0.0.0/0'), { 'security-groups': 'db' }),
    },
    silent: {
      'mounts nothing': see(bare()),
      'the function stays': see(
        bare()
          .group('db')
          .function('app-7', { mountsFileSystem: true })
          .placed([id('sg', 1)]),
        { 'security-groups': 'db' },
      ),
    },
  },
  'nothing-selected': {
    fires: { 'a VPC without the function’s subnets': see(bare().vpc(), { vpc: id('vpc', 2), subnets: '' }) },
    silent: {
      some: see(bare()),
      'an unknown one, which is a problem of its own': see(bare(), {
        vpc: id('vpc', 1),
        subnets: id('subnet', 9),
      }),
    },
  },
  'public-subnets': {
    fires: {
      all: see(world().vpc().publicSubnets(1), { subnets: S1 }),
      some: see(bare(1).publicSubnets(1), { subnets: `${S1}, ${id('subnet', 2)}` }),
      'with consent': see(world().vpc().publicSubnets(1), { subnets: S1, allow: 'public-subnets' }),
    },
    silent: { private: see(bare()) },
  },
  'subnet-unusable': {
    fires: {
      pending: see(world().vpc().privateSubnets(1, NAT, { state: 'pending' }), { subnets: S1 }),
      'IPv6 only': see(world().vpc().privateSubnets(1, NAT, { ipv6Native: true }), { subnets: S1 }),
      'on an Outpost': see(world().vpc().privateSubnets(1, NAT, { outpost: true }), { subnets: S1 }),
      'in a local zone': see(world().vpc().privateSubnets(1, NAT, { zone: 'us-east-2-chi-1a' }), {
        subnets: S1,
      }),
      'in a wavelength zone': see(world().vpc().privateSubnets(1, NAT, { zone: 'us-east-2-wl1-chi-wlz-1' }), {
        subnets: S1,
      }),
    },
    silent: { usable: see(bare()) },
  },
  'too-many-subnets-or-groups': {
    fires: {
      subnets: see(
        world()
          .vpc()
          .privateSubnets(17, NAT, { tags: { Name: 'x' } }),
        { subnets: 'name:x' },
      ),
      groups: see(bare().group('a').group('b').group('c').group('d').group('e'), {
        'security-groups': 'a, b, c, d, e, managed',
      }),
    },
    silent: {
      '16 subnets': see(world().vpc().privateSubnets(16, NAT)),
      '5 groups': see(bare().group('a').group('b').group('c').group('d'), {
        'security-groups': 'a, b, c, d, managed',
      }),
    },
  },
  'vpc-tenancy-dedicated': {
    fires: { dedicated: see(world().vpc({ tenancy: 'dedicated' }).privateSubnets(1, NAT)) },
    silent: { default: see(bare()) },
  },
  ...endpointFixtures,
  ...reachFixtures,
  ...existingEndpointFixtures,
  ...roleFixtures,
  ...serviceFixtures,
  ...moveFixtures,
  ...lifeFixtures,
  ...roomFixtures,
  ...routeFixtures,
  ...groupFixtures,
  ...limitFixtures,
};
