import { describe, expect, it } from '@jest/globals';
import type { Tags } from '../../src/model/observed.js';
import type { Change } from '../../src/model/plan.js';
import { isBlocked } from '../../src/plan/make-plan.js';
import { applied } from '../builders/applied.js';
import { id } from '../builders/ids.js';
import { changeOf, consentsOf, errorsOf, idsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { networkInterface, type World, world } from '../builders/world.js';

const SHARED: Tags = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const [S1, S2, S3] = [id('subnet', 1), id('subnet', 2), id('subnet', 3)];
const G1 = id('sg', 1);
const E1 = id('vpce', 1);
const bare = (): World => world().vpc().privateSubnets(3);
const guarded = (ingress = ['tcp 443 10.0.0.0/8']): World =>
  bare().group('guard', { ingress: ingress.map((text) => rule(text)) });
const extend = { subnets: 'private', endpoints: 'logs', 'existing-endpoints': 'extend' };

const inputsOf = ({ calls }: Change): unknown[] => calls.map(({ input }) => input);

/** The plan after the first one was carried out. */
function again(made: World, wish: Record<string, string>) {
  const observed = made.observed();
  return plan(applied(plan(observed, wish), observed), wish);
}

describe('extending an endpoint of somebody else', () => {
  const narrow = (): World => guarded().endpoint('logs', { groupIds: [G1], subnetIds: [S1] });

  it('adds a subnet for each zone it lacks, once', () => {
    const made = plan(narrow(), extend);
    const change = changeOf(made, 'vpc-endpoint/logs');
    expect(inputsOf(change)).toEqual([{ VpcEndpointId: E1, AddSubnetIds: [S2, S3] }]);
    expect(change.disruption).toContain(`adds to ${E1}, which this action did not make`);
    expect(errorsOf(made)).toEqual([]);
    expect(idsOf(again(narrow(), extend))).toEqual([]);
  });

  it('is not done without being asked', () => {
    expect(idsOf(plan(narrow(), { ...extend, 'existing-endpoints': 'reuse' }))).not.toContain(
      'vpc-endpoint/logs',
    );
  });

  it('leaves out zones that the service does not support', () => {
    const made = guarded().endpoint('email-smtp', { groupIds: [G1], subnetIds: [S1] });
    const change = changeOf(plan(made, { ...extend, endpoints: 'email-smtp' }), 'vpc-endpoint/email-smtp');
    expect(inputsOf(change)).toEqual([{ VpcEndpointId: E1, AddSubnetIds: [S2] }]);
  });

  it('leads the function’s rules to the subnets it will have', () => {
    const text = JSON.stringify(inputsOf(changeOf(plan(narrow(), extend), 'security-group-rules/function')));
    for (const range of ['10.1.1.0/24', '10.1.2.0/24', '10.1.3.0/24']) expect(text).toContain(range);
  });

  it('adds our group where its own refuse the function, after that group’s rules, once', () => {
    const closed = (): World => guarded(['tcp 443 10.99.0.0/16']).endpoint('logs', { groupIds: [G1] });
    const made = plan(closed(), extend);
    const change = changeOf(made, 'vpc-endpoint/logs');
    expect(inputsOf(change)).toEqual([
      { VpcEndpointId: E1, AddSecurityGroupIds: [{ ref: 'security-group/endpoints', field: 'GroupId' }] },
    ]);
    expect(change.after).toContain('security-group-rules/endpoints');
    expect(idsOf(again(closed(), extend))).toEqual([]);
    expect(errorsOf(plan(closed(), { ...extend, 'existing-endpoints': 'reuse' }))).toEqual([
      'endpoint-in-the-way',
    ]);
  });

  it('adds no sixth group', () => {
    const groupIds = [1, 2, 3, 4, 5].map((number) => id('sg', number));
    const five = ['b', 'c', 'd', 'e'].reduce((made, name) => made.group(name), guarded([]));
    const made = plan(five.endpoint('logs', { groupIds }), extend);
    expect(errorsOf(made)).toEqual(['endpoint-in-the-way']);
    expect(made.findings.map(({ message }) => message).join()).toContain('5 groups already');
  });

  it('keeps the rules of our group where somebody’s endpoint wears it', () => {
    const observed = applied(
      plan(guarded([]).endpoint('logs', { groupIds: [G1] }), extend),
      guarded([])
        .endpoint('logs', { groupIds: [G1] })
        .observed(),
    );
    const groups = observed.groups.map((group) =>
      group.name === 'vpc-lambda-action-endpoints' ? { ...group, ingress: [] } : group,
    );
    const reuse = { ...extend, 'existing-endpoints': 'reuse' };
    expect(idsOf(plan({ ...observed, groups }, reuse))).toEqual(['security-group-rules/endpoints']);
  });

  it.each([
    ['of an AWS service', { requesterManaged: true }],
    ['on its way', { state: 'pending' }],
    ['without the private name', { privateDns: false }],
  ])('never changes one %s', (_name, parts) => {
    const made = plan(guarded().endpoint('logs', { groupIds: [G1], subnetIds: [S1], ...parts }), extend);
    expect(JSON.stringify(made.changes)).not.toContain(`"VpcEndpointId":"${E1}"`);
  });

  it('adds route tables to a gateway, and asks for that where others are', () => {
    const tables = world()
      .vpc()
      .privateSubnets(1)
      .privateSubnets(1)
      .observed()
      .routeTables.map((table) => table.id);
    const made = (): World =>
      world()
        .vpc()
        .privateSubnets(1)
        .privateSubnets(1)
        .interfaces({ subnetId: S2 })
        .endpoint('s3', { type: 'Gateway', routeTableIds: tables.slice(1, 2) });
    const wish = { ...extend, endpoints: 's3' };
    const planned = plan(made(), wish);
    const change = changeOf(planned, 'vpc-endpoint/s3');
    expect(inputsOf(change)).toEqual([{ VpcEndpointId: E1, AddRouteTableIds: tables.slice(2, 3) }]);
    expect(change.disruption).toMatch(/did not make; it drops open connections/);
    expect(consentsOf(planned)).toEqual(['connection-drop:s3']);
    expect(idsOf(again(made(), wish))).toEqual([]);
  });
});

describe('failing on an endpoint of somebody else', () => {
  it('stops before anything is changed', () => {
    const made = plan(guarded().endpoint('logs', { groupIds: [G1] }), {
      ...extend,
      'existing-endpoints': 'fail',
    });
    expect(errorsOf(made)).toEqual(['endpoint-of-others']);
    expect(isBlocked(made)).toBe(true);
  });
});

describe('the policy of endpoints', () => {
  const document = (action: string): string =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }] });
  const wish = { subnets: 'private', endpoints: 'logs, s3', 'endpoint-policy': document('logs:*') };

  it('is given to those that are made, and then left', () => {
    const made = plan(bare(), wish);
    for (const name of ['logs', 's3']) {
      expect(inputsOf(changeOf(made, `vpc-endpoint/${name}`))).toEqual([
        expect.objectContaining({ PolicyDocument: wish['endpoint-policy'] }),
      ]);
    }
    expect(idsOf(again(bare(), wish))).toEqual([]);
  });

  it('is changed on ours, with consent where others are', () => {
    const observed = applied(plan(bare(), wish), bare().observed());
    const crowded = { ...observed, interfaces: { ok: true as const, value: [networkInterface()] } };
    const other = { ...wish, 'endpoint-policy': document('logs:PutLogEvents') };
    const made = plan(crowded, other);
    expect(idsOf(made)).toEqual(['vpc-endpoint/logs', 'vpc-endpoint/s3', 'tags/wanted']);
    expect(changeOf(made, 'vpc-endpoint/logs').disruption).toContain(
      'changes what everyone in the VPC may do',
    );
    expect(consentsOf(made)).toEqual(['private-dns-redirect:logs', 'connection-drop:s3']);
    expect(changeOf(made, 'vpc-endpoint/logs').reason).toBe('differs');
  });

  it('that somebody changed is drift', () => {
    const observed = applied(plan(bare(), wish), bare().observed());
    const endpoints = observed.endpoints.map((endpoint) => ({ ...endpoint, policy: undefined }));
    expect(changeOf(plan({ ...observed, endpoints }, wish), 'vpc-endpoint/logs').reason).toBe('drift');
  });

  it('is opened without consent', () => {
    const observed = applied(plan(bare(), wish), bare().observed());
    const made = plan(
      { ...observed, interfaces: { ok: true, value: [] } },
      { ...wish, 'endpoint-policy': document('*') },
    );
    expect(consentsOf(made)).toEqual([]);
    expect(idsOf(made)).toContain('vpc-endpoint/logs');
  });

  it('is never set on an endpoint of somebody else', () => {
    const made = guarded().endpoint('logs', { groupIds: [G1], policy: '{}' });
    expect(idsOf(plan(made, { ...wish, endpoints: 'logs' }))).not.toContain('vpc-endpoint/logs');
  });

  it('is left alone where the inputs do not say', () => {
    const made = bare().endpoint('logs', { tags: SHARED, groupIds: [], policy: '{}' });
    const text = JSON.stringify(plan(made, { subnets: 'private', endpoints: 'logs' }).changes);
    expect(text).not.toContain('PolicyDocument');
  });
});

describe('a service that is served by a private hosted zone', () => {
  it('gets no endpoint and no rule, and others do', () => {
    const made = bare().with({ hostedZones: { ok: true, value: ['logs.us-east-2.amazonaws.com'] } });
    const planned = plan(made, { subnets: 'private', endpoints: 'logs, ssm' });
    expect(idsOf(planned)).toContain('vpc-endpoint/ssm');
    expect(idsOf(planned)).not.toContain('vpc-endpoint/logs');
    const alone = plan(made, { subnets: 'private', endpoints: 'logs' });
    expect(idsOf(alone)).not.toContain('security-group/endpoints');
    expect(idsOf(alone)).not.toContain('security-group-rules/function');
    expect(errorsOf(alone)).toEqual([]);
  });
});

describe('private DNS for inbound resolver endpoints alone', () => {
  const wish = { subnets: 'private', endpoints: 's3:interface' };
  const inbound = (tags: Tags = {}): World =>
    guarded().endpoint('s3', { groupIds: [G1], privateDns: false, inboundDnsOnly: true, tags });

  it('does not serve the VPC, and keeps the name from another endpoint', () => {
    const made = plan(inbound(), wish);
    expect(errorsOf(made)).toEqual(['endpoint-in-the-way']);
    const [finding] = made.findings.filter(({ code }) => code === 'endpoint-in-the-way');
    expect(finding?.message).toContain(
      'cannot be used: its private DNS is on for inbound resolver endpoints alone.',
    );
    expect(errorsOf(plan(inbound(), { ...wish, 'private-dns': 'false' }))).toEqual([]);
  });

  it('is switched on for the VPC at an endpoint of ours, once', () => {
    const change = changeOf(plan(inbound(SHARED), wish), 'vpc-endpoint/s3:interface');
    expect(change.attributes).toContainEqual({
      name: 'private DNS',
      before: 'on for inbound resolver endpoints alone',
      after: 'on',
    });
    expect(inputsOf(change)[0]).toMatchObject({
      PrivateDnsEnabled: true,
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false },
    });
    expect(idsOf(again(inbound(SHARED), wish))).toEqual([]);
  });

  it('counts as reached once the plan has switched it on', () => {
    const row = plan(inbound(SHARED), { ...wish, reaches: 's3' }).reach.find(
      ({ destination }) => destination === 's3',
    );
    expect([row?.before.status, row?.after.status]).toEqual(['blocked', 'reachable']);
  });
});
