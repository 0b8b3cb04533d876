import { describe, expect, it } from '@jest/globals';
import type { Observed } from '../../src/model/observed.js';
import { isBlocked } from '../../src/plan/make-plan.js';
import { applied } from '../builders/applied.js';
import { connected, editEndpoints, editGroup } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { changeOf, idsOf, plan } from '../builders/plans.js';
import { ourRule, rule } from '../builders/rules.js';
import { world } from '../builders/world.js';
import { GROUP, made, reasons, subnets, wish } from './drift-world.js';

const managedId = (observed: Observed): string =>
  observed.groups.find(({ name }) => name === GROUP)?.id ?? '';

describe('somebody changed what is ours: it is restored, as drift', () => {
  it.each<[string, (observed: Observed) => Observed, string]>([
    [
      'an outbound rule for endpoints is gone',
      (it_) =>
        editGroup(it_, GROUP, ({ egress }) => ({
          egress: egress.filter(({ peer }) => peer.kind !== 'group'),
        })),
      'security-group-rules/function',
    ],
    [
      'an outbound rule of `egress` is gone',
      (it_) =>
        editGroup(it_, GROUP, ({ egress }) => ({
          egress: egress.filter(({ peer }) => peer.kind !== 'cidr'),
        })),
      'security-group-rules/function',
    ],
    [
      'the endpoints’ inbound rule is gone',
      (it_) => editGroup(it_, 'vpc-lambda-action-endpoints', () => ({ ingress: [] })),
      'security-group-rules/endpoints',
    ],
    ['private DNS is off', (it_) => editEndpoints(it_, () => ({ privateDns: false })), 'vpc-endpoint/logs'],
    [
      'an endpoint lost a subnet',
      (it_) => editEndpoints(it_, ({ subnetIds }) => ({ subnetIds: subnetIds.slice(1) })),
      'vpc-endpoint/logs',
    ],
    [
      'an endpoint lost its group',
      (it_) => editEndpoints(it_, ({ type }) => (type === 'Interface' ? { groupIds: [id('sg', 99)] } : {})),
      'vpc-endpoint/logs',
    ],
    [
      'a gateway lost its table',
      (it_) => editEndpoints(it_, ({ type }) => (type === 'Gateway' ? { routeTableIds: [] } : {})),
      'vpc-endpoint/s3',
    ],
    [
      'an endpoint is gone',
      (it_) => ({ ...it_, endpoints: it_.endpoints.filter(({ type }) => type !== 'Interface') }),
      'vpc-endpoint/logs',
    ],
    [
      'the policy is gone',
      (it_) => ({ ...it_, policies: { ok: true, value: [] } }),
      'execution-role/app-7-role',
    ],
    [
      'the function lost a subnet',
      (it_) => ({
        ...it_,
        lambda: { ...it_.lambda, network: { ...it_.lambda.network, subnetIds: [id('subnet', 1)] } },
      }),
      'function/app-7',
    ],
  ])('%s', (_name, edit, change) => {
    const observed = edit(made());
    const wanted = plan(observed, wish);
    expect(reasons(wanted).filter((line) => !line.startsWith('tags/'))).toEqual([`${change}: drift`]);
    expect(wanted.drift.map(({ repairedBy }) => repairedBy)).toEqual([change]);
    // It tells what is, not what is wished for.
    expect(wanted.drift[0]?.message).toMatch(/ lacks | has no |No gateway endpoint|Someone changed/);
    expect(idsOf(plan(applied(wanted, observed), wish))).toEqual([]);
  });
});

describe('the wishes changed: that is no drift', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'another service',
      { ...wish, endpoints: 'logs, s3, ssm' },
      ['vpc-endpoint/ssm: missing', 'tags/wanted: record'],
    ],
    [
      'another rule',
      { ...wish, egress: 'tcp 5432 10.9.0.0/16, tcp 80 10.8.0.0/16' },
      ['security-group-rules/function: missing', 'tags/wanted: record'],
    ],
    [
      'another subnet',
      { ...wish, subnets: `${subnets}, ${id('subnet', 3)}` },
      ['vpc-endpoint/logs: differs', 'function/app-7: differs', 'tags/wanted: record'],
    ],
  ])('%s', (_name, wanted, expected) => {
    const next = plan(made(), wanted);
    expect(reasons(next)).toEqual(expect.arrayContaining(expected));
    expect(next.changes).toHaveLength(expected.length);
    expect(next.drift).toEqual([]);
  });

  it('the record is written only after everything it speaks of, the function included', () => {
    const next = plan(made(), { ...wish, subnets: `${subnets}, ${id('subnet', 3)}` });
    expect(changeOf(next, 'tags/wanted').after).toEqual(
      expect.arrayContaining(['function/app-7', 'vpc-endpoint/logs']),
    );
  });

  it('no record is written where nothing else changes', () => {
    const same = { ...wish, subnets: 'tag:none=none' };
    const observed = made();
    const named = {
      ...observed,
      subnets: observed.subnets.map((subnet) => ({ ...subnet, tags: { none: 'none' } })).slice(0, 2),
    };
    expect(idsOf(plan(named, same))).toEqual([]);
  });
});

describe('what nobody asks for any more', () => {
  it('a rule of ours is revoked, by what it is', () => {
    const next = plan(made(), { ...wish, egress: 'none' });
    expect(reasons(next)).toEqual([
      'security-group-rules/function-stale: no-longer-desired',
      'tags/wanted: record',
    ]);
    expect(changeOf(next, 'security-group-rules/function-stale').calls).toMatchObject([
      {
        action: 'ec2:RevokeSecurityGroupEgress',
        input: {
          IpPermissions: [
            { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.9.0.0/16' }] },
          ],
        },
      },
    ]);
  });

  it('the endpoints stay', () => {
    const next = plan(made(), { ...wish, endpoints: 'none' });
    expect(next.changes.every(({ kind }) => kind !== 'vpc-endpoint')).toBe(true);
    expect(reasons(next)).toContain('security-group-rules/function-stale: no-longer-desired');
  });

  it('what the inputs leave out is left alone', () => {
    expect(idsOf(plan(made(), {}))).toEqual([]);
    expect(idsOf(plan(made(), { subnets }))).toEqual([]);
  });

  it('rules for DNS servers that could not be read now are kept', () => {
    const servers = world()
      .vpc()
      .privateSubnets(2)
      .with({ dnsServers: { ok: true, value: ['10.9.0.2'] } });
    const observed = connected(servers, { subnets });
    const problem = {
      kind: 'denied' as const,
      code: 'permission-missing',
      awsCode: 'x',
      action: 'ec2:DescribeDhcpOptions',
      message: 'No.',
      remedy: 'Allow it.',
    };
    expect(idsOf(plan({ ...observed, dnsServers: { ok: false, problem } }, { subnets }))).toEqual([]);
    expect(idsOf(plan({ ...observed, dnsServers: undefined }, { subnets }))).toEqual([
      'security-group-rules/function-stale',
    ]);
  });

  it('a way out is not closed before what replaces it is open', () => {
    const next = plan(made(), { ...wish, endpoints: 'logs, s3:interface' });
    expect(changeOf(next, 'security-group-rules/function-stale').after).toContain(
      'vpc-endpoint/s3:interface',
    );
  });
});

describe('what others added', () => {
  const foreign = [rule('tcp 22 10.0.0.0/8'), rule('all 0.0.0.0/0', 'by hand'), rule('all 0.0.0.0/0')];
  it.each(foreign)('an outbound rule is reported and stays: %j', (extra) => {
    const observed = editGroup(made(), GROUP, ({ egress }) => ({ egress: [...egress, extra] }));
    const next = plan(observed, wish);
    expect(idsOf(next)).toEqual([]);
    expect(next.drift).toEqual([
      expect.objectContaining({
        subject: managedId(observed),
        repairedBy: undefined,
        message: expect.stringContaining(`rule-removal:${managedId(observed)}`),
      }),
    ]);
    expect(isBlocked(next)).toBe(false);
  });

  it.each(['id', 'name'])('it is removed with a consent by %s', (how) => {
    const observed = editGroup(made(), GROUP, ({ egress }) => ({
      egress: [...egress, ...foreign.slice(0, 2)],
    }));
    const object = how === 'id' ? managedId(observed) : GROUP;
    const allowed = { ...wish, allow: `rule-removal:${object}` };
    const next = plan(observed, allowed);
    expect(reasons(next)).toEqual(['security-group-rules/function-foreign: drift']);
    expect(idsOf(plan(applied(next, observed), allowed))).toEqual([]);
  });

  it('it is not removed with a consent for another group', () => {
    const observed = editGroup(made(), GROUP, ({ egress }) => ({
      egress: [...egress, rule('tcp 22 10.0.0.0/8')],
    }));
    expect(idsOf(plan(observed, { ...wish, allow: 'rule-removal:other' }))).toEqual([]);
  });

  it('an inbound rule on the function’s group is reported, with the command that removes it', () => {
    const observed = editGroup(made(), GROUP, () => ({ ingress: [rule('tcp 443 10.0.0.0/8')] }));
    expect(plan(observed, wish).drift).toEqual([
      expect.objectContaining({ message: expect.stringContaining('inbound rule tcp 443 from 10.0.0.0/8') }),
    ]);
    expect(plan(observed, wish).drift[0]?.message).toContain(
      `revoke-security-group-ingress --group-id ${managedId(observed)} --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]'`,
    );
  });

  it('members of the shared things are no drift at all', () => {
    const grown = editEndpoints(
      editGroup(made(), 'vpc-lambda-action-endpoints', ({ ingress }) => ({
        ingress: [...ingress, rule('tcp 443 10.77.0.0/16')],
      })),
      (endpoint) => ({
        groupIds: [...endpoint.groupIds, id('sg', 77)],
        tags: { ...endpoint.tags, 'vpc-lambda-action:user:0a1b2c3d': 'app-8' },
      }),
    );
    const next = plan(grown, wish);
    expect(idsOf(next)).toEqual([]);
    expect(next.drift).toEqual([]);
  });

  it('a rule like ours is as good as ours', () => {
    const observed = editGroup(made(), GROUP, ({ egress }) => ({
      egress: egress.map((known) => ({ ...known, description: 'mine' })),
    }));
    expect(idsOf(plan(observed, wish))).toEqual([]);
    expect(ourRule('tcp 1 10.0.0.0/8', 'egress').description).not.toBe('mine');
  });
});
