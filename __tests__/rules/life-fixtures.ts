import type { LambdaFunction, Tags } from '../../src/model/observed.js';
import type { ProvisionedConcurrency } from '../../src/model/versions.js';
import { denied } from '../builders/denied.js';
import { id, OWNER_ID } from '../builders/ids.js';
import { ourRule } from '../builders/rules.js';
import { VPC_POLICY, type World } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const DB = { 'security-groups': 'db' };

/** A function that stays where it is, with what may be read of it. */
const staying = (parts: Partial<LambdaFunction>, made: World = bare()): World =>
  made
    .group('db')
    .function('app-7', parts)
    .placed([id('sg', 1)])
    .with({ policies: { ok: true, value: [VPC_POLICY] } });

const provisioned = (...value: ProvisionedConcurrency[]) => ({
  provisioned: { ok: true as const, value },
});
const sending = (qualifier: string, functionName = 'app-7') => ({
  eventSources: {
    ok: true as const,
    value: [{ uuid: '0a1b2c3d', source: 'sqs orders', functionName, qualifier }],
  },
});
const tagged = (value: Tags) => ({ tags: { ok: true as const, value } });

const OURS = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:owner': OWNER_ID };
const STACK = { 'aws:cloudformation:stack-name': 'billing' };
const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };

/** An endpoint of ours that lacks its group, so that a run changes it. */
const lacking = (tags: Tags): World => bare().endpoint('logs', { tags: { ...SHARED, ...tags } });

/** Of the rules about a function's life, its versions, and who else describes it. */
export const lifeFixtures: Readonly<Record<string, Fixture>> = {
  'function-inactive': {
    fires: { idle: see(bare().function('app-7', { state: 'Inactive', stateReasonCode: 'Idle' })) },
    silent: { active: see(bare()), failed: see(bare().function('app-7', { state: 'Failed' })) },
  },
  'function-not-live': {
    fires: {
      'a later word of AWS’s': see(bare().function('app-7', { state: 'Deactivating', stateReason: 'soon' })),
      'that cannot be called': see(bare().function('app-7', { state: 'ActiveNonInvocable' })),
    },
    silent: {
      active: see(bare()),
      pending: see(bare().function('app-7', { state: 'Pending' })),
      inactive: see(bare().function('app-7', { state: 'Inactive' })),
      'not looked up': see(bare().function('app-7', { state: 'Deactivated', stateRead: false })),
    },
  },
  'runtime-deprecated': {
    fires: {
      'blocked later': see(bare().function('app-7', { runtime: 'python3.8' })),
      'blocked already': see(bare().function('app-7', { runtime: 'nodejs8.10' })),
    },
    silent: {
      supported: see(bare()),
      'a container image': see(bare().function('app-7', { runtime: undefined })),
      'not a runtime but a member of every object': see(bare().function('app-7', { runtime: 'toString' })),
      'nothing is changed': see(staying({ runtime: 'python3.8' }), DB),
    },
  },
  'snap-start-keeps-network': {
    fires: { 'it moves': see(bare().function('app-7', { snapStart: true })) },
    silent: { off: see(bare()), 'it stays': see(staying({ snapStart: true }), DB) },
  },
  'provisioned-keeps-network': {
    fires: {
      'of an alias': see(bare().with(provisioned({ qualifier: 'live', requested: 5 }))),
      'of two': see(
        bare().with(provisioned({ qualifier: '7', requested: 1 }, { qualifier: 'live', requested: 20 })),
      ),
      unreadable: see(bare().with({ provisioned: denied('lambda:ListProvisionedConcurrencyConfigs') })),
    },
    silent: {
      none: see(bare()),
      'it stays': see(staying({}, bare().with(provisioned({ qualifier: 'live', requested: 5 }))), DB),
    },
  },
  'event-sources-keep-network': {
    fires: {
      'one sends to a version': see(bare().with(sending('7'))),
      'one sends to an alias': see(
        bare()
          .with(sending('live'))
          .with({ aliases: { ok: true, value: [{ name: 'live', versions: ['7'] }] } }),
      ),
      'one sends to an alias that could not be read': see(
        bare()
          .with(sending('live'))
          .with({ aliases: denied('lambda:ListAliases') }),
      ),
      unreadable: see(bare().with({ eventSources: denied('lambda:ListEventSourceMappings') })),
    },
    silent: {
      none: see(bare()),
      'of another function': see(bare().with(sending('7', 'app-8'))),
      'its alias leads to the unpublished code': see(bare().with(sending('live'))),
      'it stays': see(staying({}, bare().with(sending('7'))), DB),
      'not due': see(bare().with({ eventSources: undefined })),
    },
  },
  'function-in-stack': {
    fires: {
      CloudFormation: see(bare().with(tagged(STACK))),
      'CloudFormation, with its name in the template': see(
        bare().with(tagged({ ...STACK, 'aws:cloudformation:logical-id': 'AppFunction' })),
      ),
      Terraform: see(bare().with(tagged({ ManagedBy: 'Terraform' }))),
      'a workspace of Terraform': see(bare().with(tagged({ 'terraform:workspace': 'prod' }))),
      'Terraform, which manages it': see(bare().with(tagged({ TerraformManaged: 'True' }))),
      'Terraform by its name': see(bare().with(tagged({ terraform: 'true' }))),
      unreadable: see(bare().with({ tags: denied('lambda:ListTags') })),
    },
    silent: {
      untagged: see(bare()),
      'tags of other kinds': see(bare().with(tagged({ ManagedBy: 'us', Terraform: 'false', team: 'tf' }))),
      'it stays': see(staying({}, bare().with(tagged(STACK))), DB),
    },
  },
  'network-in-stack': {
    fires: {
      'an endpoint that is changed': see(lacking(STACK), { endpoints: 'logs' }),
      'a group that is changed': see(
        bare().group('vpc-lambda-action-endpoints', { tags: { ...SHARED, Provisioner: 'terraform' } }),
        { endpoints: 'logs' },
      ),
      'a group that a rule is taken back from': see(
        bare()
          .group('app-7-lambda', { tags: OURS })
          .group('db', { tags: STACK, ingress: [ourRule(`tcp 5432 ${id('sg', 1)}`, 'peer')] }),
        { egress: 'tcp 443 10.9.0.0/16' },
      ),
      'an endpoint that is deleted': see(bare().endpoint('logs', { tags: { ...SHARED, ...STACK } }), {
        endpoints: 'none',
        allow: 'delete-endpoints:logs',
      }),
    },
    silent: {
      'of nobody else': see(lacking({}), { endpoints: 'logs' }),
      'left alone': see(bare().group('db', { tags: STACK }), DB),
    },
  },
};
