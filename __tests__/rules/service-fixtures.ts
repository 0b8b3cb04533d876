import { catalogue } from '../builders/catalogue.js';
import { denied } from '../builders/denied.js';
import { id, REGION } from '../builders/ids.js';
import { inline, roleFacts } from '../builders/roles.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const allow = (...actions: readonly string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });

/** A VPC without a way out, and a role that allows these actions. */
const closed = (...actions: readonly string[]): World =>
  world()
    .vpc()
    .privateSubnets(2)
    .with({ role: roleFacts({ documents: inline(allow(...actions)) }) });

/** The same with a NAT gateway. */
const open = (...actions: readonly string[]): World =>
  bare().with({ role: roleFacts({ documents: inline(allow(...actions)) }) });

/** The same with somebody's endpoint for Systems Manager, whose group admits nobody. */
const refusing = (...actions: readonly string[]): World =>
  closed(...actions)
    .group('guard', { ingress: [] })
    .endpoint('ssm', { groupIds: [id('sg', 1)] });

const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };

const STS = {
  name: `com.amazonaws.${REGION}.sts`,
  types: ['Interface'],
  zones: [`${REGION}a`, `${REGION}b`],
  privateDns: true,
  privateNames: [`sts.${REGION}.amazonaws.com`],
};

/** A network ACL that lets nothing out of any subnet to HTTPS. */
function closing(made: World): World {
  const { networkAcls } = made.observed();
  const entry = {
    number: 50,
    egress: true,
    allow: false,
    protocol: 'tcp' as const,
    ports: { from: 443, to: 443 },
    cidr: '0.0.0.0/0',
  };
  const value = networkAcls.ok
    ? networkAcls.value.map((acl) => ({ ...acl, entries: [entry, ...acl.entries] }))
    : [];
  return made.with({ networkAcls: { ok: true, value } });
}

const EVERYWHERE = { egress: 'tcp 443 0.0.0.0/0' };

/** Fixtures of the rules about the services that a function calls. */
export const serviceFixtures: Readonly<Record<string, Fixture>> = {
  'service-without-path': {
    fires: {
      'no way out': see(closed('ssm:GetParameter')),
      'the managed group lets nothing out to the NAT gateway': see(open('ssm:GetParameter')),
      'a network ACL closes the way to the NAT gateway': see(closing(open('ssm:GetParameter')), EVERYWHERE),
      'somebody’s endpoint is not listed': see(
        closed('ssm:GetParameter')
          .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
          .endpoint('ssm', { groupIds: [id('sg', 1)] }),
      ),
      'an endpoint that is not listed is on its way': see(
        closed('ssm:GetParameter').endpoint('ssm', { state: 'pending' }),
      ),
      'somebody’s endpoint is not listed, and refuses the function': see(refusing('ssm:GetParameter')),
      'AWS has no endpoint for it': see(closed('ce:GetTags', 'aws-portal:ViewBilling')),
      'somebody’s endpoint refuses the function': see(
        refusing('ssm:GetParameter').group('open', { egress: [rule('all 0.0.0.0/0')] }),
        { 'security-groups': 'open' },
      ),
      'a NAT gateway leads there from one of two subnets': see(
        world()
          .vpc()
          .privateSubnets(1, id('nat', 1))
          .privateSubnets(1, undefined, { zone: `${REGION}b` })
          .with({ role: roleFacts({ documents: inline(allow('ssm:GetParameter')) }) }),
        { ...EVERYWHERE, subnets: `${id('subnet', 1)}, ${id('subnet', 2)}` },
      ),
      'it has a way out, and no group lets it': see(open('ssm:GetParameter'), {
        egress: 'tcp 5432 10.0.0.0/8',
      }),
      'the plan deletes the endpoint that leads there': see(
        closed('ssm:GetParameter').endpoint('ssm', { tags: SHARED }),
        { endpoints: 'none', allow: 'delete-endpoints:ssm' },
      ),
      'a listed endpoint has its own name alone': see(closed('ssm:GetParameter'), {
        endpoints: 'ssm',
        'private-dns': 'false',
      }),
      'the whole catalogue lacks it': see(closed('ce:GetTags'), { endpoints: 'auto' }),
    },
    silent: {
      'an endpoint is listed': see(closed('ssm:GetParameter'), { endpoints: 'ssm' }),
      'auto adds it': see(closed('ssm:GetParameter'), { endpoints: 'auto' }),
      'a NAT gateway leads there': see(open('ssm:GetParameter'), EVERYWHERE),
      'somebody’s endpoint, and a group that lets everything out': see(
        closed('ssm:GetParameter').endpoint('ssm').group('db'),
        { 'security-groups': 'db' },
      ),
      'not read': see(world().vpc().privateSubnets(2)),
      'the network was not read': see(closed('ssm:GetParameter').with({ reach: undefined })),
      'a listed one is not reached, which is an error': see(closing(closed('ssm:GetParameter')), {
        endpoints: 'ssm',
      }),
      'one that `reaches` names is not, which is an error': see(closed('ssm:GetParameter'), {
        reaches: 'ssm',
      }),
      'a listed endpoint is in the way, which is an error': see(refusing('ssm:GetParameter'), {
        endpoints: 'ssm',
      }),
      'Lambda calls it': see(closed('ec2:CreateNetworkInterface')),
    },
  },
  'services-perhaps-called': {
    fires: {
      'a key': see(closed('ssm:GetParameter', 'kms:Decrypt')),
      'a dead-letter queue': see(
        closed('sqs:SendMessage').function('app-7', {
          deadLetterTarget: 'arn:aws:sqs:us-east-2:123456789012:dead',
        }),
      ),
      'a policy that allows everything': see(closed('*')),
    },
    silent: {
      'a NAT gateway leads there': see(open('ssm:GetParameter', 'kms:Decrypt'), EVERYWHERE),
      'all is needed': see(closed('ssm:GetParameter')),
    },
  },
  'endpoints-chosen': {
    fires: { 'auto adds': see(closed('ssm:GetParameter'), { endpoints: 'auto' }) },
    silent: {
      'listed by hand': see(closed('ssm:GetParameter'), { endpoints: 'ssm' }),
      'listed beside auto': see(open('ssm:GetParameter'), { endpoints: 'auto, ssm', ...EVERYWHERE }),
      'auto finds a way': see(open('ssm:GetParameter'), { endpoints: 'auto', ...EVERYWHERE }),
      'auto finds an endpoint that serves': see(
        closed('ssm:GetParameter').group('open', { ingress: [] }).endpoint('ssm', {
          tags: SHARED,
        }),
        { endpoints: 'auto' },
      ),
    },
  },
  'needed-services-unread': {
    fires: {
      'a document': see(bare().with({ role: roleFacts({ documents: denied('iam:GetRolePolicy') }) })),
    },
    silent: { read: see(closed('ssm:GetParameter')), 'not due': see(bare()) },
  },
  'sts-global-name': {
    fires: {
      'its endpoint is made': see(bare().with({ services: [...catalogue(REGION), STS] }), {
        endpoints: 'sts',
      }),
    },
    silent: {
      'another one': see(bare(), { endpoints: 'ssm' }),
      none: see(bare().subnet({ id: id('subnet', 9) })),
    },
  },
};
