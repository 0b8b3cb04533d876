import type { AclEntry } from '../../src/model/observed.js';
import { id } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { dns, type World, world } from '../builders/world.js';
import { kept, made, type Row, route } from './remedy-rows.js';

const [G1, E1] = [id('sg', 1), id('vpce', 1)];
const [NAT, S1] = [id('nat', 1), id('subnet', 1)];

const A1 = id('acl', 1);

const out = (number: number, allow: boolean, cidr: string): AclEntry => ({
  number,
  egress: true,
  allow,
  protocol: 'all',
  ports: undefined,
  cidr,
});
const inbound = (number: number, allow: boolean, cidr: string): AclEntry => ({
  ...out(number, allow, cidr),
  egress: false,
});

const acl = (entries: readonly AclEntry[]) => ({
  networkAcls: {
    ok: true as const,
    value: [{ id: A1, isDefault: false, subnetIds: [S1], entries }],
  },
});

/** A function behind a NAT gateway, in a subnet with these entries. */
const guarded = (entries: readonly AclEntry[]): World =>
  made(NAT)
    .with(acl(entries))
    .with({
      reach: {
        natGateways: {
          ok: true,
          value: [{ id: NAT, subnetId: undefined, connectivity: 'public', state: 'available' }],
        },
        prefixLists: [],
      },
    });

const entryCommand = (at: string, from: string, to: string, cidr: string): string =>
  `Run \`aws ec2 create-network-acl-entry --network-acl-id ${A1} ${at} --protocol tcp --port-range From=${from},To=${to} ${cidr} --rule-action allow\`.`;

/** A function with IPv6 and a way out, in a subnet with this mode of Block Public Access. */
const sixed = (blockPublicAccess: string | undefined, entries?: readonly AclEntry[]): World =>
  world()
    .with(entries === undefined ? {} : acl(entries))
    .vpc()
    .table([S1], undefined, { routes: [route('::/0', 'eigw-1'), route('10.1.0.0/16', 'local')] })
    .privateSubnets(1, undefined, { blockPublicAccess, ipv6Cidrs: ['2001:db8:1::/64'] })
    .group('app', { egress: [rule('all ::/0')] })
    .function('app-7', { network: { subnetIds: [S1], securityGroupIds: [G1], ipv6: true } });

/** What endpoints and other components on the way say. */
export const componentRows: readonly Row[] = [
  [
    'a network ACL that denies in front',
    guarded([out(100, false, '0.0.0.0/0'), out(99, true, '10.9.0.0/16'), inbound(98, true, '::/0')]),
    kept,
    'tcp 443 internet',
    `blocked 1/1 SUBNET_ACL_RESTRICTION network-acl ${A1} 100`,
    entryCommand('--egress --rule-number 96', '443', '443', '--cidr-block 0.0.0.0/0'),
  ],
  [
    'a network ACL that denies IPv6',
    sixed(undefined, [out(3, false, '::/0')]),
    kept,
    'tcp 443 ::/0',
    `blocked 1/1 SUBNET_ACL_RESTRICTION network-acl ${A1} 3`,
    entryCommand('--egress --rule-number 2', '443', '443', '--ipv6-cidr-block ::/0'),
  ],
  [
    'a network ACL that keeps replies out, and has entries up to the last number',
    guarded([out(1, true, '0.0.0.0/0'), inbound(32_766, true, '10.9.0.0/16')]),
    kept,
    'tcp 443 internet',
    `blocked 1/1 SUBNET_ACL_RESTRICTION network-acl ${A1} *`,
    entryCommand('--ingress --rule-number 32758', '1024', '65535', '--cidr-block 0.0.0.0/0'),
  ],
  [
    'a network ACL that denies by its first entry',
    guarded([out(1, false, '0.0.0.0/0')]),
    kept,
    'tcp 443 internet',
    `blocked 1/1 SUBNET_ACL_RESTRICTION network-acl ${A1} 1`,
    `Allow tcp 443-443 of 0.0.0.0/0 in ${A1} before outbound entry 1: no lower number is free, so give the entries higher ones.`,
  ],
  [
    'a mode of Block Public Access that is not known',
    sixed('block-somehow'),
    kept,
    'tcp 443 ::/0',
    `unknown 1/1 PUBLIC_ACCESS_MODE subnet ${S1}`,
    `Check what mode \`block-somehow\` of VPC Block Public Access stops in ${S1}; this action does not know it.`,
  ],
  [
    'a mode of Block Public Access that stops everything',
    sixed('block-bidirectional'),
    kept,
    'tcp 443 ::/0',
    'blocked 1/1 VPC_BLOCK_PUBLIC_ACCESS_ENABLED egress-only-internet-gateway eigw-1',
    `Run \`aws ec2 create-vpc-block-public-access-exclusion --subnet-id ${S1} --internet-gateway-exclusion-mode allow-egress\`.`,
  ],
  [
    'a route that may not be in effect',
    world()
      .vpc()
      .table([S1], undefined, {
        routes: [route('0.0.0.0/0', NAT, 'filtered'), route('10.1.0.0/16', 'local')],
      })
      .privateSubnets(1)
      .group('app')
      .placed([G1], [S1]),
    kept,
    'tcp 443 internet',
    `unknown 1/1 ROUTE_STATE route-table ${id('rtb', 2)}`,
    `Check the routes of ${id('rtb', 2)} to 0.0.0.0/0 in state \`filtered\`: AWS does not say what that means.`,
  ],
  [
    'a service by an endpoint without private DNS',
    made(undefined)
      .endpoint('ssm', { groupIds: [G1], privateDns: false })
      .with(dns(true, true)),
    kept,
    'ssm',
    `blocked 1/1 PRIVATE_DNS_OFF vpc-endpoint ${E1}`,
    `Add \`ssm\` to \`endpoints\`, or run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${E1} --private-dns-enabled\`.`,
  ],
  [
    'a service by an endpoint whose private DNS is for inbound resolvers',
    made(undefined)
      .endpoint('s3', { groupIds: [G1], privateDns: false, inboundDnsOnly: true })
      .with(dns(true, true)),
    kept,
    's3',
    `blocked 1/1 PRIVATE_DNS_OFF vpc-endpoint ${E1}`,
    `Add \`s3\` to \`endpoints\`, or run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${E1} --private-dns-enabled --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false\`.`,
  ],
  [
    'a service by an endpoint that failed',
    made(undefined).endpoint('ssm', { groupIds: [G1], state: 'failed' }),
    kept,
    'ssm',
    `blocked 1/1 BAD_STATE vpc-endpoint ${E1}`,
    `Look why VPC endpoint ${E1} does not work, and mend or replace it.`,
  ],
];
