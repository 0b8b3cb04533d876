import { describe, expect, it } from '@jest/globals';
import { applied } from '../builders/applied.js';
import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { changeOf, idsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { networkInterface, type World, world } from '../builders/world.js';

const [S1, S2, S3] = [id('subnet', 1), id('subnet', 2), id('subnet', 3)];
const bare = (): World => world().vpc().privateSubnets(3);

describe('endpoints that nobody asks for any more', () => {
  const wish = { subnets: 'private', endpoints: 'logs, ssm' };
  const fewer = { ...wish, endpoints: 'ssm', allow: 'delete-endpoints:logs' };
  const standing = () => applied(plan(bare(), wish), bare().observed());

  it('stay, with what they cost', () => {
    const made = plan(standing(), { ...wish, endpoints: 'ssm' });
    expect(idsOf(made)).toEqual([]);
    const notice = made.findings.find(({ code }) => code === 'endpoint-no-longer-desired');
    expect(notice?.message).toContain('2,190 endpoint-hours a month for its 3 zones');
  });

  it('are deleted with consent, after everything else', () => {
    const wished = { ...fewer, egress: 'tcp 443 10.9.0.0/16' };
    const made = plan(standing(), wished);
    const deletion = changeOf(made, 'vpc-endpoint-deletion/logs');
    expect(deletion.calls).toEqual([
      { action: 'ec2:DeleteVpcEndpoints', input: { VpcEndpointIds: [expect.stringMatching(/^vpce-/)] } },
    ]);
    expect(deletion.after).toContain('security-group-rules/function');
    expect(made.findings.map(({ code }) => code)).not.toContain('consent-unused');
    expect(idsOf(plan(applied(made, standing()), wished))).toEqual([]);
  });

  it('take the function’s rule to them along where they were the last', () => {
    const made = plan(standing(), {
      ...wish,
      endpoints: 'none',
      allow: 'delete-endpoints:logs, delete-endpoints:ssm',
    });
    expect(idsOf(made)).toEqual([
      'security-group-rules/function-stale',
      'vpc-endpoint-deletion/logs',
      'vpc-endpoint-deletion/ssm',
      'tags/wanted',
    ]);
  });

  it('are kept while others are recorded on them', () => {
    const observed = standing();
    const endpoints = observed.endpoints.map((endpoint) => ({
      ...endpoint,
      tags: { ...endpoint.tags, 'vpc-lambda-action:user:00000000': 'b' },
    }));
    const made = plan({ ...observed, endpoints }, fewer);
    expect(idsOf(made)).toEqual([]);
    expect(made.findings.find(({ code }) => code === 'endpoint-still-used')?.message).toContain('b recorded');
  });

  it('are kept while another interface can use them, and not for one that is refused', () => {
    const eni = (groupId: string) => networkInterface({ groupIds: [groupId], addresses: ['10.1.1.9'] });
    const observed = standing();
    const acls = [{ id: 'acl-1', isDefault: true, subnetIds: [S1, S2, S3], entries: [] }];
    const open = [false, true].map((egress) => ({
      number: 100,
      egress,
      allow: true,
      protocol: 'all',
      ports: undefined,
      cidr: '0.0.0.0/0',
    }));
    const groups = [
      ...observed.groups,
      {
        id: 'sg-open',
        name: 'open',
        vpcId: id('vpc', 1),
        description: '',
        tags: {},
        ingress: [],
        egress: [rule('all 0.0.0.0/0')],
      },
      {
        id: 'sg-shut',
        name: 'shut',
        vpcId: id('vpc', 1),
        description: '',
        tags: {},
        ingress: [],
        egress: [],
      },
    ];
    const see = (groupId: string) =>
      plan(
        {
          ...observed,
          groups,
          networkAcls: { ok: true, value: acls.map((acl) => ({ ...acl, entries: open })) },
          interfaces: { ok: true, value: [eni(groupId)] },
        },
        fewer,
      );
    expect(idsOf(see('sg-open'))).toEqual([]);
    expect(idsOf(see('sg-shut'))).toContain('vpc-endpoint-deletion/logs');
  });

  it('are kept in a VPC whose interfaces cannot all be seen', () => {
    const observed = standing();
    const hidden = observed.subnets
      .slice(0, 1)
      .map((one) => ({ ...one, id: 'subnet-x', ownerId: OTHER_ACCOUNT }));
    const subnets = [...observed.subnets, ...hidden];
    const made = plan({ ...observed, subnets }, { ...fewer, subnets: `${S1}, ${S2}, ${S3}` });
    expect(idsOf(made)).not.toContain('vpc-endpoint-deletion/logs');
  });
});
