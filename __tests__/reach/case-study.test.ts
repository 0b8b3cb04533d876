import { describe, expect, it } from '@jest/globals';
import type { AclEntry, Observed } from '../../src/model/observed.js';
import { connected, editEndpoints, editGroup } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';
import { judged, remedyOf, shown } from './judged.js';

const VPC = id('vpc', 1);
const ACL = id('acl', 1);
const TABLE = id('rtb', 2);

/** The VPC of the reference job: three private subnets behind one table, no gateway. */
const caseWorld = (): World =>
  world()
    .vpc({ cidrs: ['12.25.15.0/25'] })
    .subnet({ zone: 'us-east-2a', cidr: '12.25.15.0/27' })
    .subnet({ zone: 'us-east-2b', cidr: '12.25.15.32/27' })
    .subnet({ zone: 'us-east-2c', cidr: '12.25.15.64/27' })
    .table(
      [1, 2, 3].map((number) => id('subnet', number)),
      undefined,
    );

const wish = { subnets: [1, 2, 3].map((number) => id('subnet', number)).join(), endpoints: 'logs, ssm' };

const done = (): Observed => connected(caseWorld(), wish);

const endpointId = (observed: Observed): string =>
  observed.endpoints.find(({ serviceName }) => serviceName.endsWith('.ssm'))?.id ?? '';

const groupId = (observed: Observed, name: string): string =>
  observed.groups.find((group) => group.name === name)?.id ?? '';

function withEntries(observed: Observed, ...entries: readonly AclEntry[]): Observed {
  const { networkAcls } = observed;
  const value = networkAcls.ok
    ? networkAcls.value.map((acl) => ({ ...acl, entries: [...entries, ...acl.entries] }))
    : [];
  return { ...observed, networkAcls: { ok: true, value } };
}

const deny = (number: number, egress: boolean): AclEntry => ({
  number,
  egress,
  allow: false,
  protocol: 'tcp',
  ports: { from: 443, to: 443 },
  cidr: '12.25.15.0/25',
});

const withoutSsmSubnets = (observed: Observed, keep: number): Observed =>
  editEndpoints(observed, ({ serviceName, subnetIds }) =>
    serviceName.endsWith('.ssm') ? { subnetIds: subnetIds.slice(0, keep) } : {},
  );

describe('the reference job', () => {
  it('is blocked in 3 of 3 subnets before and reached in 3 of 3 after', () => {
    const { before, after, from } = judged(caseWorld(), wish, 'ssm');
    expect(from).toBe('no-vpc');
    expect(shown(before)).toBe(`blocked 3/3 NO_ROUTE_TO_DESTINATION route-table ${TABLE}`);
    expect(remedyOf(judged(caseWorld(), { ...wish, endpoints: 'logs', reaches: 'ssm' }, 'ssm').after)).toBe(
      'Add `ssm` to `endpoints`.',
    );
    expect(shown(after)).toBe('reachable 3/3');
    expect(after.lines.map(({ text }) => text)).toEqual(Array(3).fill('through VPC endpoint ssm (new)'));
  });

  it('is reached when it is done, and nothing is planned', () => {
    const { before, after } = judged(done(), wish, 'ssm');
    expect([shown(before), shown(after)]).toEqual(['reachable 3/3', 'reachable 3/3']);
  });

  const removals: readonly {
    readonly name: string;
    readonly edit: (observed: Observed) => Observed;
    readonly says: (observed: Observed) => readonly [verdict: string, remedy: string];
  }[] = [
    {
      name: "the function's rule",
      edit: (observed) => editGroup(observed, 'app-7-lambda', () => ({ egress: [] })),
      says: (observed) => [
        `blocked 3/3 SG_HAS_NO_RULES security-group ${groupId(observed, 'app-7-lambda')}`,
        `Add \`ssm\` to \`endpoints\`: ${endpointId(observed)} of this action is there already.`,
      ],
    },
    {
      name: "the endpoints' rule",
      edit: (observed) => editGroup(observed, 'vpc-lambda-action-endpoints', () => ({ ingress: [] })),
      says: (observed) => {
        const guard = groupId(observed, 'vpc-lambda-action-endpoints');
        const own = groupId(observed, 'app-7-lambda');
        return [
          `blocked 3/3 SG_HAS_NO_RULES security-group ${guard}`,
          `Run \`aws ec2 authorize-security-group-ingress --group-id ${guard} --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=${own}}]'\`.`,
        ];
      },
    },
    {
      name: "the endpoint's subnets",
      edit: (observed) => withoutSsmSubnets(observed, 0),
      says: (observed) => [
        `blocked 3/3 ENDPOINT_HAS_NO_SUBNET vpc-endpoint ${endpointId(observed)}`,
        `Add \`ssm\` to \`endpoints\`, or run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpointId(observed)} --add-subnet-ids ${id('subnet', 1)}\`.`,
      ],
    },
    {
      name: 'private DNS',
      edit: (observed) => editEndpoints(observed, () => ({ privateDns: false })),
      says: (observed) => [
        `blocked 3/3 PRIVATE_DNS_OFF vpc-endpoint ${endpointId(observed)}`,
        `Add \`ssm\` to \`endpoints\`, or run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpointId(observed)} --private-dns-enabled\`.`,
      ],
    },
    {
      name: 'DNS host names',
      edit: (observed) => ({ ...observed, dns: { support: true, hostnames: false } }),
      says: (observed) => [
        `blocked 3/3 DNS_HOSTNAMES_OFF vpc-endpoint ${endpointId(observed)}`,
        `Run \`aws ec2 modify-vpc-attribute --vpc-id ${VPC} --enable-dns-hostnames\`.`,
      ],
    },
    {
      name: 'DNS support',
      edit: (observed) => ({ ...observed, dns: { support: false, hostnames: true } }),
      says: () => [
        `blocked 3/3 DNS_SUPPORT_OFF vpc ${VPC}`,
        `Run \`aws ec2 modify-vpc-attribute --vpc-id ${VPC} --enable-dns-support\`.`,
      ],
    },
    {
      name: 'the way out by an ACL entry',
      edit: (observed) => withEntries(observed, deny(50, true)),
      says: () => [
        `partly 3/3 SUBNET_ACL_RESTRICTION network-acl ${ACL} 50`,
        `Run \`aws ec2 create-network-acl-entry --network-acl-id ${ACL} --egress --rule-number 39 --protocol tcp --port-range From=443,To=443 --cidr-block 12.25.15.32/27 --rule-action allow\`.`,
      ],
    },
    {
      name: 'the way in by an ACL entry, with the number before it taken',
      edit: (observed) => withEntries(observed, deny(50, false), { ...deny(49, false), cidr: '10.9.0.0/16' }),
      says: () => [
        `partly 3/3 SUBNET_ACL_RESTRICTION network-acl ${ACL} 50`,
        `Run \`aws ec2 create-network-acl-entry --network-acl-id ${ACL} --ingress --rule-number 46 --protocol tcp --port-range From=443,To=443 --cidr-block 12.25.15.0/27 --rule-action allow\`.`,
      ],
    },
  ];

  it.each(removals)('names $name where that alone is missing', ({ edit, says }) => {
    const observed = edit(done());
    const { after } = judged(observed, { reaches: 'ssm' }, 'ssm');
    expect([shown(after), remedyOf(after)]).toEqual(says(observed));
  });

  it.each(removals.slice(0, 4))('repairs $name where the endpoints are asked for', ({ edit, says }) => {
    const observed = edit(done());
    const { before, after } = judged(observed, wish, 'ssm');
    expect(shown(before)).toBe(says(observed)[0]);
    expect(shown(after)).toBe('reachable 3/3');
  });

  it('says from which zone the endpoint is in another one', () => {
    const { after } = judged(withoutSsmSubnets(done(), 2), { reaches: 'ssm' }, 'ssm');
    expect(shown(after)).toBe('reachable 3/3');
    expect(after.lines.map(({ text }) => text.includes('no subnet in this zone'))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is not served by a group that admits something else', () => {
    const edited = editGroup(done(), 'vpc-lambda-action-endpoints', () => ({
      ingress: [rule('tcp 443 12.25.15.0/27')],
    }));
    const { after } = judged(edited, { reaches: 'ssm' }, 'ssm');
    expect(after.lines.map(({ status }) => status)).toEqual(['reachable', 'blocked', 'blocked']);
  });
});
