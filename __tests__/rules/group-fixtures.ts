import type { GroupRule, PrefixList } from '../../src/model/observed.js';
import { id, OWNER_ID } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const NAT = id('nat', 1);
const ranges = (count: number): string =>
  Array.from({ length: count }, (_, index) => `tcp 443 10.${index}.0.0/16`).join('\n');
const rulesOf = (count: number): GroupRule[] =>
  Array.from({ length: count }, (_, index) => rule(`tcp 443 10.${100 + index}.0.0/16`));

const OURS = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:owner': OWNER_ID };
const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const managed = (egress: readonly GroupRule[]): World =>
  bare().group('app-7-lambda', { tags: OURS, egress: [...egress] });
const guard = (ingress: readonly GroupRule[]): World =>
  bare().group('vpc-lambda-action-endpoints', { tags: SHARED, ingress: [...ingress] });

const peer = (count: number): World => bare().group('db', { ingress: rulesOf(count) });
const admitted = { egress: `tcp 5432 ${id('sg', 1)}`, allow: `peer-ingress:${id('sg', 1)}` };

const cloudFront: PrefixList = { id: 'pl-55', name: 'com.amazonaws.global.cloudfront.origin-facing' };
const own = (count: number): string[] => Array.from({ length: count }, (_, index) => `sg-of-others-${index}`);
const logs = { endpoints: 'logs' };

/** Fixtures of the rules about security groups. */
export const groupFixtures: Readonly<Record<string, Fixture>> = {
  'default-security-group': {
    fires: {
      listed: see(bare().group('default'), { 'security-groups': 'default, managed' }),
      'worn today': see(
        bare()
          .group('default')
          .placed([id('sg', 1)]),
      ),
    },
    silent: { 'another one': see(bare().group('default').group('db'), { 'security-groups': 'db' }) },
  },
  'peer-in-other-vpc': {
    fires: {
      elsewhere: see(bare().vpc().group('db'), {
        vpc: id('vpc', 1),
        egress: `tcp 5432 ${id('sg', 1)}`,
      }),
    },
    silent: {
      here: see(bare().group('db'), { egress: `tcp 5432 ${id('sg', 1)}` }),
      'a range': see(bare(), { egress: 'tcp 5432 10.9.0.0/16' }),
    },
  },
  'rules-per-group-quota': {
    fires: {
      'beside the rule that AWS makes': see(managed([rule('all 0.0.0.0/0')]), { egress: ranges(60) }),
      'a new group': see(bare(), { egress: ranges(61) }),
      'a group that is there': see(managed(rulesOf(58)), { egress: ranges(3) }),
      'by the weight of a list': see(managed([rule('tcp 443 pl-55')]).with({ prefixLists: [cloudFront] }), {
        egress: ranges(6),
      }),
      'of the endpoints': see(guard(rulesOf(60)), logs),
      'of a peer that is to admit the function': see(peer(60), admitted),
      'of IPv6': see(
        managed(rulesOf(60).map((one) => ({ ...one, peer: { kind: 'cidr', value: '2001:db8::/32' } }))),
        {
          egress: 'tcp 443 2001:db8:1::/48',
        },
      ),
    },
    silent: {
      sixty: see(bare(), { egress: ranges(60) }),
      'IPv4 and IPv6 count apart': see(managed(rulesOf(60)), { egress: 'tcp 443 2001:db8:1::/48' }),
      'a light list': see(
        managed([rule('tcp 443 pl-55')]).with({ prefixLists: [{ ...cloudFront, name: 'x.s3' }] }),
        { egress: ranges(6) },
      ),
      'of the endpoints': see(guard(rulesOf(59)), logs),
      'of a peer that has room': see(peer(59), admitted),
      'of a peer that gets no rule': see(peer(60), { egress: admitted.egress }),
      'nothing is added': see(guard([...rulesOf(70), rule('tcp 443 10.1.0.0/16')]), logs),
    },
  },
  'endpoint-groups-full': {
    fires: {
      'five of others': see(bare().endpoint('logs', { tags: SHARED, groupIds: own(5) }), logs),
    },
    silent: {
      four: see(bare().endpoint('logs', { tags: SHARED, groupIds: own(4) }), logs),
      'ours among five': see(
        guard([]).endpoint('logs', { tags: SHARED, groupIds: [...own(4), id('sg', 1)] }),
        logs,
      ),
      'of others': see(
        bare()
          .group('open', { ingress: [rule('tcp 443 0.0.0.0/0')] })
          .endpoint('logs', { groupIds: [...own(4), id('sg', 1)] }),
        logs,
      ),
    },
  },
};

const crowd = (made: World, count: number, type: 'Interface' | 'Gateway' | 'Resource'): World => {
  for (let index = 0; index < count; index += 1) {
    made.endpoint(`service-${index}`, { type, privateDns: false, routeTableIds: [] });
  }
  return made;
};
const dual = (): World =>
  world()
    .vpc()
    .privateSubnets(1, NAT, { ipv6Cidrs: ['2001:db8:1::/64'] });
const runtime = (name: string): World => bare().function('app-7', { runtime: name });
const gateway = (word: string, routeTableIds: readonly string[]): World =>
  bare().endpoint(word, { type: 'Gateway', routeTableIds });
const sts = { endpoints: 'sts' };

/** Fixtures of the rules about how many endpoints there may be, and what they do not serve. */
export const limitFixtures: Readonly<Record<string, Fixture>> = {
  'endpoint-quota': {
    fires: {
      'fifty in the VPC': see(crowd(bare(), 50, 'Interface'), logs),
      'twenty gateways in the region': see(crowd(bare(), 20, 'Gateway'), { endpoints: 's3' }),
    },
    silent: {
      'the last one': see(crowd(bare(), 49, 'Interface'), logs),
      'the last gateway': see(crowd(bare(), 19, 'Gateway'), { endpoints: 's3' }),
      'none is made': see(crowd(bare(), 60, 'Interface')),
      'in another VPC': see(crowd(bare().vpc(), 50, 'Interface'), { ...logs, vpc: id('vpc', 1) }),
      'of types with a quota of their own': see(crowd(bare(), 60, 'Resource'), logs),
    },
  },
  'gateway-not-routed': {
    fires: {
      'on another table': see(gateway('s3', [id('rtb', 1)])),
      'on some of its tables': see(
        gateway('s3', [id('rtb', 2)])
          .privateSubnets(1, NAT)
          .endpoint('s3', { type: 'Gateway', routeTableIds: [id('rtb', 1)] }),
      ),
    },
    silent: {
      none: see(bare()),
      'on its table': see(gateway('s3', [id('rtb', 1), id('rtb', 2)])),
      'the service is listed': see(gateway('s3', [id('rtb', 1)]), { endpoints: 's3' }),
      'it is being deleted': see(
        bare().endpoint('s3', { type: 'Gateway', state: 'deleting', routeTableIds: [id('rtb', 1)] }),
      ),
      'of another VPC': see(
        bare()
          .vpc()
          .endpoint('s3', { type: 'Gateway', routeTableIds: [id('rtb', 3)] }),
        { vpc: id('vpc', 1) },
      ),
      'nothing moves': see(
        gateway('s3', [id('rtb', 1)])
          .group('db')
          .placed([id('sg', 1)]),
        { 'security-groups': 'db' },
      ),
    },
  },
  'gateway-not-dual-stack': {
    fires: {
      'made here': see(dual(), { endpoints: 's3', ipv6: 'true' }),
      'somebody’s that routes IPv4': see(dual().endpoint('s3', { type: 'Gateway' }), {
        endpoints: 's3',
        ipv6: 'true',
      }),
    },
    silent: {
      'only IPv4 is sent': see(dual(), { endpoints: 's3' }),
      'an interface': see(dual(), { ...logs, ipv6: 'true' }),
      'somebody’s that routes both': see(
        dual().endpoint('dynamodb', { type: 'Gateway', addressType: 'dualstack' }),
        { endpoints: 'dynamodb', ipv6: 'true' },
      ),
    },
  },
  'sts-global-name': {
    fires: { Python: see(runtime('python3.12'), sts), Java: see(runtime('java21'), sts) },
    silent: {
      'JavaScript of today': see(runtime('nodejs22.x'), sts),
      'no endpoint of it': see(runtime('python3.12'), logs),
      'the endpoint stood before': see(runtime('python3.12').endpoint('sts', { tags: SHARED }), sts),
    },
  },
};
