import { shortHash } from '../../src/resolve/users.js';
import { userTag } from '../../src/resources/tags.js';
import { denied } from '../builders/denied.js';
import { id } from '../builders/ids.js';
import { ourRule, rule } from '../builders/rules.js';
import { dns, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const GUARD = id('sg', 1);
const RESTRICTED =
  '{"Statement":{"Action":"logs:PutLogEvents","Effect":"Allow","Principal":"*","Resource":"*"}}';

/** A VPC where somebody's group lets everyone in. */
const guarded = () => bare().group('guard', { ingress: [rule('tcp 443 0.0.0.0/0')] });
const MINE = { [userTag(shortHash(world().observed().lambda.arn))]: 'app-7' };
const OTHER = { 'vpc-lambda-action:user:00000000': 'b' };

/** An endpoint of this action whose group lets a range in. */
const accessible = (cidr: string) =>
  bare()
    .group('vpc-lambda-action-endpoints', {
      tags: SHARED,
      ingress: [ourRule(`tcp 443 ${cidr}`, 'endpoints')],
    })
    .endpoint('logs', { tags: SHARED, groupIds: [GUARD] });
const narrow = (access: string) => ({ endpoints: 'logs', 'endpoint-access': access });

const zones = (...value: string[]) => ({ hostedZones: { ok: true as const, value } });
/** Of the rules about endpoints that stand. */
export const existingEndpointFixtures: Readonly<Record<string, Fixture>> = {
  'endpoint-of-others': {
    fires: {
      'one that would serve': see(guarded().endpoint('logs', { groupIds: [GUARD] }), {
        endpoints: 'logs',
        'existing-endpoints': 'fail',
      }),
      'a gateway': see(bare().endpoint('s3', { type: 'Gateway' }), {
        endpoints: 's3',
        'existing-endpoints': 'fail',
      }),
      'one of an AWS service': see(bare().endpoint('logs', { requesterManaged: true, privateDns: false }), {
        endpoints: 'logs',
        'existing-endpoints': 'fail',
      }),
    },
    silent: {
      'it may be used': see(guarded().endpoint('logs', { groupIds: [GUARD] }), { endpoints: 'logs' }),
      'it is ours': see(bare().endpoint('logs', { tags: SHARED }), {
        endpoints: 'logs',
        'existing-endpoints': 'fail',
      }),
      'it is of a service that is not listed': see(bare().endpoint('ssm'), {
        endpoints: 'logs',
        'existing-endpoints': 'fail',
      }),
      'it is of another VPC': see(bare().vpc().endpoint('logs'), {
        vpc: id('vpc', 1),
        endpoints: 'logs',
        'existing-endpoints': 'fail',
      }),
    },
  },
  'endpoint-being-deleted': {
    fires: {
      'another one is to be made': see(bare().endpoint('logs', { state: 'deleting' }), { endpoints: 'logs' }),
      'a gateway on the same route table': see(
        bare().endpoint('s3', { type: 'Gateway', state: 'deleting' }),
        {
          endpoints: 's3',
        },
      ),
    },
    silent: {
      'without the private name': see(bare().endpoint('logs', { state: 'deleting', privateDns: false }), {
        endpoints: 'logs',
      }),
      'a gateway on another route table': see(
        bare().endpoint('s3', { type: 'Gateway', state: 'deleting', routeTableIds: [id('rtb', 1)] }),
        { endpoints: 's3' },
      ),
      'another one stands': see(
        bare().endpoint('logs', { state: 'deleting' }).endpoint('logs', { tags: SHARED }),
        { endpoints: 'logs' },
      ),
      'of another service': see(bare().endpoint('ssm', { state: 'deleting' }), { endpoints: 'logs' }),
    },
  },
  'endpoint-policy-omits': {
    fires: {
      'one of two services': see(bare(), { endpoints: 'logs, ssm', 'endpoint-policy': RESTRICTED }),
      'an endpoint of ours': see(bare().endpoint('ssm', { tags: SHARED }), {
        endpoints: 'ssm',
        'endpoint-policy': RESTRICTED,
      }),
      'nothing at all': see(bare(), { endpoints: 'logs', 'endpoint-policy': '{"Statement":[]}' }),
    },
    silent: {
      'it names the service': see(bare(), { endpoints: 'logs', 'endpoint-policy': RESTRICTED }),
      'all actions': see(bare(), {
        endpoints: 'logs, ssm',
        'endpoint-policy': '{"Statement":{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}}',
      }),
      'all but some': see(bare(), {
        endpoints: 'logs, ssm',
        'endpoint-policy':
          '{"Statement":{"NotAction":"s3:*","Effect":"Allow","Principal":"*","Resource":"*"}}',
      }),
      'an endpoint of others keeps its own': see(guarded().endpoint('ssm', { groupIds: [GUARD] }), {
        endpoints: 'ssm',
        'endpoint-policy': RESTRICTED,
      }),
      'no policy is given': see(bare(), { endpoints: 'logs' }),
    },
  },
  'endpoint-policy-restricts': {
    fires: {
      adopted: see(guarded().endpoint('logs', { groupIds: [GUARD], policy: RESTRICTED }), {
        endpoints: 'logs',
        'endpoint-policy': '{"Statement":[]}',
      }),
      'ours, and the inputs say nothing': see(bare().endpoint('logs', { tags: SHARED, policy: RESTRICTED }), {
        endpoints: 'logs',
      }),
    },
    silent: {
      'full access': see(guarded().endpoint('logs', { groupIds: [GUARD] }), { endpoints: 'logs' }),
      'ours, as the inputs say': see(bare().endpoint('logs', { tags: SHARED, policy: RESTRICTED }), {
        endpoints: 'logs',
        'endpoint-policy': RESTRICTED,
      }),
      'not used': see(bare().endpoint('ssm', { policy: RESTRICTED }), { endpoints: 'logs' }),
    },
  },
  'endpoint-central': {
    fires: {
      'a zone has the name': see(bare().with(zones('logs.us-east-2.amazonaws.com')), { endpoints: 'logs' }),
      'and a line may lead there': see(bare().with(zones('logs.us-east-2.amazonaws.com')), {
        endpoints: 'logs',
        egress: 'tcp 443 10.200.0.0/24',
      }),
    },
    silent: {
      'another name': see(bare().with(zones('ssm.us-east-2.amazonaws.com', 'amazonaws.com')), {
        endpoints: 'logs',
      }),
      'no private name is wanted': see(bare().with(zones('logs.us-east-2.amazonaws.com')), {
        endpoints: 'logs',
        'private-dns': 'false',
      }),
      'an endpoint stands': see(
        bare().with(zones('logs.us-east-2.amazonaws.com')).endpoint('logs', { tags: SHARED }),
        { endpoints: 'logs' },
      ),
    },
  },
  'hosted-zones-unknown': {
    fires: {
      denied: see(bare().with({ hostedZones: denied('route53:ListHostedZonesByVPC') }), {
        endpoints: 'logs',
      }),
    },
    silent: {
      'no endpoint is made': see(
        bare()
          .with({ hostedZones: denied('route53:ListHostedZonesByVPC') })
          .endpoint('logs', { tags: SHARED }),
        {
          endpoints: 'logs',
        },
      ),
      read: see(bare().with(zones()), { endpoints: 'logs' }),
    },
  },
  'endpoint-no-longer-desired': {
    fires: {
      'nobody is recorded': see(bare().endpoint('logs', { tags: SHARED }), { endpoints: 'ssm' }),
      'a gateway': see(bare().endpoint('s3', { type: 'Gateway', tags: SHARED }), { endpoints: 'none' }),
    },
    silent: {
      'it is listed': see(bare().endpoint('logs', { tags: SHARED }), { endpoints: 'logs' }),
      'nobody says what is wanted': see(bare().endpoint('logs', { tags: SHARED })),
      'others use it': see(bare().endpoint('logs', { tags: { ...SHARED, ...OTHER } }), { endpoints: 'ssm' }),
      'it is somebody’s': see(bare().endpoint('logs'), { endpoints: 'ssm' }),
      'it is to be deleted': see(bare().endpoint('logs', { tags: SHARED }), {
        endpoints: 'ssm',
        allow: 'delete-endpoints:logs',
      }),
      'of another VPC': see(bare().vpc().endpoint('logs', { tags: SHARED }), {
        vpc: id('vpc', 1),
        endpoints: 'ssm',
      }),
    },
  },
  'endpoint-access-wider': {
    fires: {
      'an earlier run let the VPC in': see(accessible('10.1.0.0/16'), narrow('function')),
      'also for subnets': see(accessible('10.1.0.0/16'), narrow('subnets')),
    },
    silent: {
      'the whole VPC is wanted': see(accessible('10.1.0.0/16'), { endpoints: 'logs' }),
      'only a part is let in': see(accessible('10.1.1.0/24'), narrow('function')),
      'no endpoint of this action is used': see(accessible('10.1.0.0/16'), {
        ...narrow('function'),
        endpoints: 'none',
      }),
    },
  },
  'endpoint-keeps-name': {
    fires: {
      'ours has the name': see(bare().endpoint('logs', { tags: SHARED }), {
        endpoints: 'logs',
        'private-dns': 'false',
      }),
    },
    silent: {
      'the name is wanted': see(bare().endpoint('logs', { tags: SHARED }), { endpoints: 'logs' }),
      'it has none': see(bare().endpoint('logs', { tags: SHARED, privateDns: false }), {
        endpoints: 'logs',
        'private-dns': 'false',
      }),
      'it is of others': see(guarded().endpoint('logs', { groupIds: [GUARD] }), {
        endpoints: 'logs',
        'private-dns': 'false',
      }),
    },
  },
  'endpoint-still-used': {
    fires: {
      'an interface can use it': see(
        bare()
          .group('guard', { ingress: [rule('tcp 443 0.0.0.0/0')] })
          .with({ networkAcls: { ok: true, value: [] }, ...dns(true, true) })
          .interfaces({ groupIds: [] })
          .endpoint('logs', { tags: SHARED, groupIds: [GUARD] }),
        { endpoints: 'ssm', allow: 'delete-endpoints:logs' },
      ),
      'another is recorded on it': see(bare().endpoint('logs', { tags: { ...SHARED, ...MINE, ...OTHER } }), {
        endpoints: 'ssm',
        allow: 'delete-endpoints:logs',
      }),
      'another is recorded on it by a tag that somebody wrote': see(
        bare().endpoint('logs', {
          tags: { ...SHARED, ...MINE, 'vpc-lambda-action:user:x $(id)': 'b' },
        }),
        { endpoints: 'ssm', allow: 'delete-endpoints:logs' },
      ),
      'interfaces could not be read': see(
        bare()
          .with({
            interfaces: denied('ec2:DescribeNetworkInterfaces'),
          })
          .endpoint('logs', { tags: SHARED }),
        { endpoints: 'ssm', allow: 'delete-endpoints:com.amazonaws.us-east-2.logs' },
      ),
    },
    silent: {
      'nobody can': see(bare().endpoint('logs', { tags: SHARED }), {
        endpoints: 'ssm',
        allow: 'delete-endpoints:logs',
      }),
      'no consent': see(bare().interfaces({}).endpoint('logs', { tags: SHARED }), { endpoints: 'ssm' }),
    },
  },
};
