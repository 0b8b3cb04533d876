import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { dns, type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const manyTags = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'x']));

const NAT = id('nat', 1);
const S1 = id('subnet', 1);

const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };

/** An endpoint of somebody's whose groups let nobody in. */
const closed = (groups = 1): World => {
  const made = bare();
  const groupIds = Array.from({ length: groups }, (_, index) => id('sg', index + 1));
  for (const groupId of groupIds) made.group(`guard-${groupId}`);
  return made.endpoint('logs', { groupIds });
};

/** Of the rules about endpoints. */
export const endpointFixtures: Readonly<Record<string, Fixture>> = {
  'vpc-dns-off': {
    fires: {
      both: see(bare().with(dns(false, false)), { endpoints: 'logs' }),
      'host names': see(bare().with(dns(true, false)), { endpoints: 'logs' }),
      support: see(bare().with(dns(false, true)), { endpoints: 'logs' }),
    },
    silent: {
      on: see(bare(), { endpoints: 'logs' }),
      'a gateway needs none': see(bare().with(dns(false, false)), { endpoints: 's3' }),
      'private DNS is not wanted': see(bare().with(dns(false, false)), {
        endpoints: 'logs',
        'private-dns': 'false',
      }),
    },
  },
  'zone-unsupported': {
    fires: {
      some: see(bare(3), { endpoints: 'email-smtp' }),
      all: see(world().vpc().privateSubnets(1, NAT, { zone: 'us-east-2d' }), { endpoints: 'email-smtp' }),
    },
    silent: {
      none: see(bare(2), { endpoints: 'email-smtp' }),
      'chosen apart': see(bare(3), { endpoints: 'email-smtp', 'endpoint-subnets': S1 }),
      adopted: see(
        bare(3)
          .group('guard', { ingress: [rule('tcp 443 0.0.0.0/0')] })
          .endpoint('email-smtp', { groupIds: [id('sg', 1)], subnetIds: [S1] }),
        { endpoints: 'email-smtp' },
      ),
    },
  },
  'service-without-private-dns': {
    fires: { asked: see(bare(), { endpoints: 'nameless', 'private-dns': 'true' }) },
    silent: {
      'not asked': see(bare(), { endpoints: 'nameless' }),
      'has one': see(bare(), { endpoints: 'logs', 'private-dns': 'true' }),
    },
  },
  'endpoint-in-the-way': {
    fires: {
      'it refuses the function': see(bare().endpoint('logs'), { endpoints: 'logs' }),
      'its group refuses the function': see(closed(), { endpoints: 'logs' }),
      'its group refuses the function, and it may not be extended': see(closed(5), { endpoints: 'logs' }),
      'it is of an AWS service': see(bare().endpoint('logs', { requesterManaged: true }), {
        endpoints: 'logs',
      }),
      'it is on its way': see(bare().endpoint('logs', { state: 'pending' }), { endpoints: 'logs' }),
      'it waits for its owner': see(bare().endpoint('logs', { state: 'pendingacceptance' }), {
        endpoints: 'logs',
      }),
      'its name is for inbound resolvers alone': see(
        bare().endpoint('logs', { privateDns: false, inboundDnsOnly: true }),
        { endpoints: 'logs' },
      ),
    },
    silent: {
      'another error stops for it': see(bare().endpoint('logs'), {
        endpoints: 'logs',
        'existing-endpoints': 'fail',
      }),
      none: see(bare(), { endpoints: 'logs' }),
      'not wanted': see(bare().endpoint('logs'), { endpoints: 'ssm' }),
    },
  },
  'use-not-recorded': {
    fires: {
      'fifty tags': see(bare().endpoint('logs', { tags: { ...SHARED, ...manyTags(48) } }), {
        endpoints: 'logs',
      }),
    },
    silent: {
      'forty-nine tags': see(bare().endpoint('logs', { tags: { ...SHARED, ...manyTags(47) } }), {
        endpoints: 'logs',
      }),
    },
  },
  'endpoint-not-accepted': {
    fires: {
      'ours waits': see(bare().endpoint('logs', { state: 'pendingacceptance', tags: SHARED }), {
        endpoints: 'logs',
      }),
    },
    silent: { 'ours stands': see(bare().endpoint('logs', { tags: SHARED }), { endpoints: 'logs' }) },
  },
  'egress-without-managed': {
    fires: {
      'a rule for no group': see(bare().group('db'), {
        'security-groups': 'db',
        egress: 'tcp 443 10.0.0.0/8',
      }),
    },
    silent: {
      'the managed group is worn': see(bare(), { egress: 'tcp 443 10.0.0.0/8' }),
      'no rule': see(bare().group('db'), { 'security-groups': 'db' }),
    },
  },
  'endpoint-broken': {
    fires: {
      'ours failed': see(bare().endpoint('logs', { state: 'failed', tags: SHARED, lastError: 'no room' }), {
        endpoints: 'logs',
      }),
    },
    silent: {
      'somebody’s failed': see(bare().endpoint('logs', { state: 'failed' }), { endpoints: 'logs' }),
      'of another service': see(bare().endpoint('ssm', { state: 'failed', tags: SHARED }), {
        endpoints: 'logs',
      }),
      'of another VPC': see(bare().vpc().endpoint('logs', { state: 'failed', tags: SHARED }), {
        vpc: id('vpc', 1),
        endpoints: 'logs',
      }),
      works: see(bare().endpoint('logs', { tags: SHARED }), { endpoints: 'logs' }),
    },
  },
  'prefix-list-not-found': {
    fires: {
      'of a gateway': see(bare().with({ prefixLists: [] }), { endpoints: 's3' }),
      'of egress': see(bare(), { egress: 'tcp 443 toaster' }),
      'of a gateway, when only the prefix differs': see(
        bare().with({ prefixLists: [{ id: 'pl-1', name: 'cn.com.amazonaws.us-east-2.s3' }] }),
        { endpoints: 's3' },
      ),
    },
    silent: {
      found: see(bare(), { endpoints: 's3', egress: 'tcp 443 dynamodb' }),
      'none needed': see(bare().with({ prefixLists: undefined })),
    },
  },
  'subnets-shared-by-other-account': {
    fires: {
      interface: see(world().vpc().privateSubnets(1, NAT, { ownerId: OTHER_ACCOUNT }), {
        subnets: S1,
        endpoints: 'logs',
      }),
      gateway: see(world().vpc().privateSubnets(1, NAT, { ownerId: OTHER_ACCOUNT }), {
        subnets: S1,
        endpoints: 's3',
      }),
    },
    silent: {
      own: see(bare(), { endpoints: 'logs' }),
      'none made': see(world().vpc().privateSubnets(1, NAT, { ownerId: OTHER_ACCOUNT }), { subnets: S1 }),
    },
  },
};
