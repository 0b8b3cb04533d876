import { describe, expect, it } from '@jest/globals';
import type { Observed } from '../../src/model/observed.js';
import { connected, editEndpoints, editGroup } from '../builders/connected.js';
import { denied } from '../builders/denied.js';
import { id } from '../builders/ids.js';
import { errorsOf, idsOf, plan } from '../builders/plans.js';
import { inline, roleFacts } from '../builders/roles.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const wish = { subnets: 'private', endpoints: 'auto' };
const allow = (...actions: readonly string[]) => inline({ Effect: 'Allow', Action: actions, Resource: '*' });

/** The role of the case study. */
const CASE = [
  'ssm:GetParameter',
  'ssm:GetParameters',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:SendMessage',
  'sqs:GetQueueAttributes',
  'kms:Decrypt',
];

const closed = (...actions: readonly string[]): World =>
  world()
    .vpc()
    .privateSubnets(2)
    .function('app-7', {
      deadLetterTarget: 'arn:aws:sqs:us-east-2:123456789012:app-7-dlq',
      environmentKey: true,
    })
    .with({ role: roleFacts({ documents: allow(...actions) }) });

const endpointsOf = (made: World | Observed, inputs: Record<string, string> = wish): string[] =>
  idsOf(plan(made, inputs)).filter((change) => change.startsWith('vpc-endpoint/'));

describe('endpoints: auto', () => {
  it('adds logs and ssm for the case study, and neither kms nor sqs', () => {
    expect(endpointsOf(closed(...CASE))).toEqual(['vpc-endpoint/logs', 'vpc-endpoint/ssm']);
  });

  it('adds to what is listed', () => {
    expect(endpointsOf(closed('ssm:GetParameter'), { ...wish, endpoints: 'auto, secretsmanager' })).toEqual([
      'vpc-endpoint/secretsmanager',
      'vpc-endpoint/ssm',
    ]);
  });

  it('makes no second endpoint of another type for what is listed', () => {
    expect(endpointsOf(closed('s3:GetObject'), { ...wish, endpoints: 'auto, s3:interface' })).toEqual([
      'vpc-endpoint/s3:interface',
    ]);
  });

  it('leaves out what takes more than an endpoint and HTTPS', () => {
    expect(endpointsOf(closed('cassandra:Select', 'execute-api:Invoke'))).toEqual([]);
  });

  it('keeps what the function uses when a policy grows', () => {
    const after = connected(closed('logs:PutLogEvents'), wish);
    const grown = closed('logs:PutLogEvents', 'logs:CreateLogGroup').observed();
    expect(idsOf(plan(grown, wish))).not.toContain('vpc-endpoint/logs');
    expect(idsOf(plan({ ...after, role: grown.role }, wish))).toEqual([]);
  });

  it('takes nothing away when a policy grows to all, or is gone', () => {
    const after = connected(closed('ssm:GetParameter'), wish);
    const open = plan({ ...after, role: closed('*').observed().role }, wish);
    expect(idsOf(open)).toEqual([]);
    const [kept] = open.findings.filter(({ code }) => code === 'endpoints-chosen');
    expect(kept?.message).toContain('keeps ssm for function app-7');
    const gone = plan({ ...after, role: closed().observed().role }, wish);
    expect(idsOf(gone)).toEqual([]);
    expect(gone.findings.map(({ code }) => code)).toContain('endpoint-no-longer-desired');
  });

  it('takes nothing of an endpoint of others away either, until it is allowed to', () => {
    const adopting = (...actions: readonly string[]): World =>
      closed(...actions)
        .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
        .endpoint('ssm', { groupIds: [id('sg', 1)], subnetIds: [id('subnet', 1)] });
    const after = connected(adopting('ssm:GetParameter'), wish);
    const gone = { ...after, role: closed().observed().role };
    expect(idsOf(plan(gone, wish))).toEqual([]);
    expect(idsOf(plan(gone, { ...wish, allow: 'rule-removal:app-7-lambda' }))).toContain(
      'security-group-rules/function-stale',
    );
  });

  it('warns where a role that allows everything gives it nothing to go by', () => {
    const said = (made: World, inputs: Record<string, string> = wish): string[] =>
      plan(made, inputs)
        .findings.filter(({ severity }) => severity === 'warning')
        .map(({ code }) => code);
    expect(said(closed('*'))).toContain('services-perhaps-called');
    expect(said(closed('*'), { ...wish, endpoints: 'auto, logs' })).not.toContain('services-perhaps-called');
    const leaving = world()
      .vpc()
      .privateSubnets(2, id('nat', 1))
      .with({ role: roleFacts({ documents: allow('*') }) });
    expect(said(leaving, { ...wish, egress: 'tcp 443 0.0.0.0/0' })).not.toContain('services-perhaps-called');
  });

  it('adds what the removal of a rule of others leaves without a way', () => {
    const leaving = world()
      .vpc()
      .privateSubnets(2, id('nat', 1))
      .with({ role: roleFacts({ documents: allow('ssm:GetParameter') }) });
    const opened = editGroup(connected(leaving, { subnets: 'private' }), 'app-7-lambda', ({ egress }) => ({
      egress: [...egress, rule('all 0.0.0.0/0')],
    }));
    expect(endpointsOf(opened)).toEqual([]);
    expect(endpointsOf(opened, { ...wish, allow: 'rule-removal:app-7-lambda' })).toEqual([
      'vpc-endpoint/ssm',
    ]);
  });

  it('lets go of what is to be deleted', () => {
    const after = connected(closed('ssm:GetParameter'), wish);
    const open = { ...after, role: closed('*').observed().role };
    expect(idsOf(plan(open, { ...wish, allow: 'delete-endpoints:ssm' }))).toEqual([
      'security-group-rules/function-stale',
      'vpc-endpoint-deletion/ssm',
      'tags/wanted',
    ]);
  });

  it('takes gateways where AWS has them', () => {
    const made = plan(closed('s3:GetObject'), wish).changes.find((one) => one.id === 'vpc-endpoint/s3');
    expect(made?.attributes[0]?.after).toBe('Gateway');
  });

  it('leaves out what the region does not offer', () => {
    expect(endpointsOf(closed('sqs:ReceiveMessage', 'athena:StartQueryExecution'))).toEqual([]);
  });

  it('adds nothing where a NAT gateway leads there and the groups let out', () => {
    const open = world()
      .vpc()
      .privateSubnets(2, id('nat', 1))
      .with({ role: roleFacts({ documents: allow(...CASE) }) });
    expect(endpointsOf(open, { ...wish, egress: 'tcp 443 0.0.0.0/0' })).toEqual([]);
    expect(endpointsOf(open)).toEqual(['vpc-endpoint/logs', 'vpc-endpoint/ssm']);
  });

  it('has nothing to do the second time, and calls a lost zone drift', () => {
    const after = connected(closed(...CASE), wish);
    expect(idsOf(plan(after, wish))).toEqual([]);
    const lost = editEndpoints(after, ({ subnetIds }) => ({ subnetIds: subnetIds.slice(1) }));
    expect(plan(lost, wish).drift).toHaveLength(2);
  });

  it('is no drift where the role came to need more', () => {
    const after = connected(closed('logs:PutLogEvents'), wish);
    const more = { ...after, role: roleFacts({ documents: allow(...CASE) }) };
    const made = plan(more, wish);
    expect(idsOf(made)).toContain('vpc-endpoint/ssm');
    expect(made.drift).toEqual([]);
  });

  it('stops where the policies may not be read, and before they are due it says nothing', () => {
    const unread = closed().with({ role: roleFacts({ documents: denied('iam:GetRolePolicy') }) });
    expect(errorsOf(plan(unread, wish))).toEqual(['needed-services-unknown']);
    expect(errorsOf(plan(closed().with({ role: roleFacts() }), wish))).toEqual([]);
  });
});

describe('the cost of a plan', () => {
  it('counts each new endpoint once in each zone, and gateways not at all', () => {
    const { cost } = plan(closed(), { ...wish, endpoints: 'logs, ssm, s3' });
    expect(cost).toMatchObject({ addedZones: 4, presentZones: 0, addedHours: 2920 });
  });

  it('counts the zones that are added, and those that stand', () => {
    const after = connected(closed(), { ...wish, endpoints: 'logs' });
    const lost = editEndpoints(after, ({ subnetIds }) => ({ subnetIds: subnetIds.slice(1) }));
    expect(plan(lost, { ...wish, endpoints: 'logs' }).cost).toMatchObject({ addedZones: 1, presentZones: 1 });
  });
});
