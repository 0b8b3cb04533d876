import { describe, expect, it } from '@jest/globals';
import type { Tags } from '../../src/model/observed.js';
import type { Plan } from '../../src/model/plan.js';
import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { changeOf, identity, idsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const SHARED: Tags = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const [S1, S2, S3] = [id('subnet', 1), id('subnet', 2), id('subnet', 3)];
const bare = (): World => world().vpc().privateSubnets(3);

/** Peers of the rules that a change adds. */
function peers(made: Plan, change: string): string[] {
  const text = JSON.stringify(changeOf(made, change).calls);
  return [
    ...text.matchAll(
      /"(?:CidrIp|CidrIpv6|PrefixListId)":"([^"]+)"|"GroupId":(?:\{"ref":"([^"]+)"|"([^"]+)")[^}]*\}?,"Description"/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

describe('who may use the endpoints', () => {
  const vpc = { cidrs: ['10.1.0.0/16', '10.99.0.0/16'], ipv6Cidrs: ['2001:db8::/56'] };
  const made = (): World =>
    world()
      .vpc(vpc)
      .privateSubnets(2, undefined, { ipv6Cidrs: ['2001:db8:0:1::/64'] });
  it.each([
    { access: 'vpc', admitted: ['10.1.0.0/16', '10.99.0.0/16', '2001:db8::/56'] },
    { access: 'subnets', admitted: ['10.1.1.0/24', '2001:db8:0:1::/64', '10.1.2.0/24'] },
    { access: 'function', admitted: ['security-group/function'] },
  ])('$access', ({ access, admitted }) => {
    const wanted = plan(made(), { subnets: 'private', endpoints: 'logs', 'endpoint-access': access });
    expect(peers(wanted, 'security-group-rules/endpoints')).toEqual(admitted);
  });

  it('function, which wears groups of its own only', () => {
    const wanted = plan(made().group('db'), {
      subnets: 'private',
      endpoints: 'logs',
      'endpoint-access': 'function',
      'security-groups': 'db',
    });
    expect(peers(wanted, 'security-group-rules/endpoints')).toEqual([id('sg', 1)]);
    expect(idsOf(wanted)).not.toContain('security-group/function');
  });

  it('less than before takes nobody’s access away', () => {
    const before = made().group('vpc-lambda-action-endpoints', {
      tags: SHARED,
      ingress: [rule('tcp 443 10.1.0.0/16')],
      egress: [],
    });
    const wanted = plan(before, { subnets: 'private', endpoints: 'logs', 'endpoint-access': 'function' });
    expect(idsOf(wanted).filter((one) => one.startsWith('security-group-rules/endpoints'))).toEqual([
      'security-group-rules/endpoints',
    ]);
  });
});

describe('the way out of the function’s group', () => {
  it('to an adopted endpoint leads to its subnets', () => {
    const made = bare()
      .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
      .endpoint('logs', { groupIds: [id('sg', 1)], subnetIds: [S1, S3] });
    const wanted = plan(made, { subnets: 'private', endpoints: 'logs' });
    expect(peers(wanted, 'security-group-rules/function')).toEqual(['10.1.1.0/24', '10.1.3.0/24']);
    expect(idsOf(wanted)).not.toContain('security-group/endpoints');
    expect(wanted.endpointIds).toEqual([id('vpce', 1)]);
  });

  it('to a gateway leads to its prefix list, ours or not', () => {
    const made = bare().endpoint('s3', { type: 'Gateway' });
    expect(
      peers(plan(made, { subnets: 'private', endpoints: 's3, dynamodb' }), 'security-group-rules/function'),
    ).toEqual([id('pl', 2), id('pl', 1)]);
  });

  it('to file systems and custom DNS servers', () => {
    const made = bare()
      .function('app-7', { mountsFileSystem: true })
      .with({ dnsServers: { ok: true, value: ['10.9.0.2', '2001:db8::53'] } });
    const wanted = plan(made, { subnets: 'private' });
    const text = JSON.stringify(changeOf(wanted, 'security-group-rules/function').calls);
    expect(peers(wanted, 'security-group-rules/function')).toEqual([
      '10.1.0.0/16',
      '10.9.0.2/32',
      '10.9.0.2/32',
      '2001:db8::53/128',
      '2001:db8::53/128',
    ]);
    expect(text).toContain('"FromPort":2049');
    expect([...text.matchAll(/"IpProtocol":"(\w+)","FromPort":53/g)].map((match) => match[1])).toEqual([
      'udp',
      'tcp',
      'udp',
      'tcp',
    ]);
  });

  it('as `egress` says, once each', () => {
    const lines = `tcp 5432 ${id('sg', 1)}, tcp 443 10.0.0.0/8, tcp 443 10.5.0.0/8, tcp 443 s3, all ${OTHER_ACCOUNT}/${id('sg', 8)}`;
    const wanted = plan(bare().group('db'), { subnets: 'private', endpoints: 's3', egress: lines });
    expect(peers(wanted, 'security-group-rules/function')).toEqual([
      id('pl', 1),
      id('sg', 1),
      '10.0.0.0/8',
      id('sg', 8),
    ]);
    expect(JSON.stringify(changeOf(wanted, 'security-group-rules/function').calls)).toContain(
      `"UserId":"${OTHER_ACCOUNT}"`,
    );
  });

  it('AWS’s default rules are both revoked in a VPC with IPv6', () => {
    const made = world()
      .vpc({ ipv6Cidrs: ['2001:db8::/56'] })
      .privateSubnets(1);
    const text = JSON.stringify(
      changeOf(plan(made, { subnets: 'private' }), 'security-group-rules/function-default').calls,
    );
    expect(text).toContain('"CidrIp":"0.0.0.0/0"');
    expect(text).toContain('"CidrIpv6":"::/0"');
  });

  it('everything, when asked for, keeps AWS’s default', () => {
    expect(
      idsOf(plan(bare(), { subnets: 'private', egress: 'all 0.0.0.0/0' })).filter((one) =>
        one.startsWith('security-group-rules'),
      ),
    ).toEqual([]);
  });
});

describe('an endpoint of ours is added to, and nothing is taken from it', () => {
  const group = (made: World): World =>
    made.group('vpc-lambda-action-endpoints', {
      tags: SHARED,
      ingress: [rule('tcp 443 10.1.0.0/16')],
      egress: [],
    });
  const wish = { subnets: 'private', endpoints: 'logs' };
  const groupIds = [id('sg', 1)];

  it.each([
    { name: 'nothing is missing', parts: { groupIds }, input: undefined },
    { name: 'a zone is missing', parts: { groupIds, subnetIds: [S1, S2] }, input: { AddSubnetIds: [S3] } },
    {
      name: 'the group is missing',
      parts: { groupIds: [id('sg', 9)] },
      input: { AddSecurityGroupIds: groupIds },
    },
    {
      name: 'the private name is missing',
      parts: { groupIds, privateDns: false },
      input: { PrivateDnsEnabled: true },
    },
  ])('$name', ({ parts, input }) => {
    const wanted = plan(group(bare()).endpoint('logs', { tags: SHARED, ...parts }), wish);
    const calls = wanted.changes
      .filter((change) => change.id === 'vpc-endpoint/logs')
      .flatMap((change) => change.calls);
    expect(calls).toEqual(
      input ? [{ action: 'ec2:ModifyVpcEndpoint', input: { VpcEndpointId: id('vpce', 1), ...input } }] : [],
    );
  });

  it('another subnet of a zone it has is no reason', () => {
    const made = group(bare().privateSubnets(3)).endpoint('logs', {
      tags: SHARED,
      groupIds,
      subnetIds: [id('subnet', 4), id('subnet', 5), id('subnet', 6)],
    });
    expect(idsOf(plan(made, { ...wish, subnets: `${S1}, ${S2}, ${S3}` }))).not.toContain('vpc-endpoint/logs');
  });

  it('a service is not put into zones it does not support', () => {
    const made = plan(bare(), { subnets: 'private', endpoints: 'email-smtp' });
    expect(changeOf(made, 'vpc-endpoint/email-smtp').calls).toMatchObject([
      { input: { SubnetIds: [S1, S2] } },
    ]);
  });

  it('one that stands in its supported zones is not put into others either', () => {
    const made = group(bare()).endpoint('email-smtp', { tags: SHARED, groupIds, subnetIds: [S1, S2] });
    expect(idsOf(plan(made, { ...wish, endpoints: 'email-smtp' }))).not.toContain('vpc-endpoint/email-smtp');
  });

  it('nor one that stands in as many zones, but in others', () => {
    const made = group(bare()).endpoint('email-smtp', { tags: SHARED, groupIds, subnetIds: [S1, S2] });
    expect(idsOf(plan(made, { subnets: `${S2}, ${S3}`, endpoints: 'email-smtp' }))).not.toContain(
      'vpc-endpoint/email-smtp',
    );
  });

  it('a private name that the service does not have is not asked for again', () => {
    const made = group(bare()).endpoint('nameless', { tags: SHARED, groupIds, privateDns: false });
    expect(idsOf(plan(made, { ...wish, endpoints: 'nameless' }))).not.toContain('vpc-endpoint/nameless');
  });

  it('a gateway gets the missing tables', () => {
    const made = bare()
      .privateSubnets(1)
      .endpoint('s3', { type: 'Gateway', tags: SHARED, routeTableIds: [id('rtb', 2)] });
    expect(changeOf(plan(made, { ...wish, endpoints: 's3' }), 'vpc-endpoint/s3').calls).toEqual([
      {
        action: 'ec2:ModifyVpcEndpoint',
        input: { VpcEndpointId: id('vpce', 1), AddRouteTableIds: [id('rtb', 3)] },
      },
    ]);
  });

  it('the function records itself on what it shares', () => {
    const made = group(bare()).endpoint('logs', { tags: SHARED, groupIds });
    expect(changeOf(plan(made, wish), 'tags/users').calls).toMatchObject([
      {
        action: 'ec2:CreateTags',
        input: { Resources: [id('vpce', 1), id('sg', 1)], Tags: [{ Value: 'app-7' }] },
      },
    ]);
  });

  it('but not where 50 tags leave no room', () => {
    const full = {
      ...SHARED,
      ...Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`k${index}`, 'x'])),
    };
    const made = bare()
      .group('vpc-lambda-action-endpoints', { tags: full, egress: [] })
      .endpoint('logs', { tags: full, groupIds });
    expect(idsOf(plan(made, wish))).not.toContain('tags/users');
  });

  it('interface endpoints for s3 do not need a gateway', () => {
    const [call] = changeOf(
      plan(bare(), { ...wish, endpoints: 's3:interface' }),
      'vpc-endpoint/s3:interface',
    ).calls;
    expect(call).toMatchObject({
      input: { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } },
    });
  });
});

describe('the client token', () => {
  const token = (made: World, wish: Record<string, string>, runId = identity.runId): string => {
    const wanted = plan(made, { subnets: 'private', endpoints: 'logs', ...wish }, { ...identity, runId });
    return (
      /"ClientToken":"([^"]+)"/.exec(JSON.stringify(changeOf(wanted, 'vpc-endpoint/logs').calls))?.[1] ?? ''
    );
  };

  it('is the same for the same content in the same run', () => {
    expect(token(bare(), {})).toBe(token(bare(), {}));
    expect(token(bare(), {}).length).toBeLessThanOrEqual(64);
  });

  it.each<[string, () => string]>([
    ['another run', () => token(bare(), {}, '1002')],
    ['another VPC', () => token(world().vpc().vpc().privateSubnets(3), { vpc: id('vpc', 2) })],
    ['other subnets', () => token(bare(), { subnets: S1 })],
    ['private DNS off', () => token(bare(), { 'private-dns': 'false' })],
    [
      'another function, whose name is in the tags: AWS would refuse the same token with other parameters',
      () => token(bare().function('app-8'), {}),
    ],
    ['other tags', () => token(bare(), { tags: 'Team=blue' })],
    [
      'another group, as in a second attempt of the same run',
      () => token(bare().group('vpc-lambda-action-endpoints', { tags: SHARED }), {}),
    ],
  ])('differs for %s', (_name, other) => {
    expect(other()).not.toBe(token(bare(), {}));
  });
});
