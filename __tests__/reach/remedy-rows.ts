import type { AwsProblem } from '../../src/model/problem.js';
import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const NAT = id('nat', 1);
const [S1, S2] = [id('subnet', 1), id('subnet', 2)];
const [G1, G2, G3] = [id('sg', 1), id('sg', 2), id('sg', 3)];
const T2 = id('rtb', 2);

const problem: AwsProblem = {
  kind: 'denied',
  code: 'permission-missing',
  awsCode: 'UnauthorizedOperation',
  action: 'x',
  message: 'No.',
  remedy: 'Allow it.',
};
const denied = { ok: false as const, problem };

export const route = (destination: string, target: string, state = 'active') => ({
  destination,
  target,
  state,
  propagated: false,
});

/** A function of others in a VPC: one subnet with this default route, a group with these outbound rules. */
export function made(exit: string | undefined, ...egress: readonly string[]): World {
  const rules = egress.length > 0 ? egress : ['all 0.0.0.0/0'];
  return world()
    .vpc()
    .privateSubnets(1, exit)
    .privateSubnets(1)
    .group('app', { egress: rules.map((text) => rule(text)) })
    .placed([G1], [S1]);
}

const database = (...ingress: readonly string[]): World =>
  made(NAT)
    .group('db', { ingress: ingress.map((text) => rule(text)) })
    .interfaces({ subnetId: S2, groupIds: [G2], addresses: ['10.1.2.9'] });

/** Keeps the groups as they are, so that only the network counts. */
export const kept = { 'security-groups': G1 };
const managed = { subnets: S1 };

/** A network of a function of others, what is asked of it, and the answer. */
export type Row = readonly [
  name: string,
  made: World,
  wish: Record<string, string>,
  asked: string,
  verdict: string,
  remedy: string | undefined,
];

/** What groups, routes and addresses say. */
export const rows: readonly Row[] = [
  ['a NAT gateway', made(NAT), kept, 'tcp 443 internet', 'reachable 1/1', undefined],
  [
    'no route, for a service',
    made(undefined),
    kept,
    'ssm',
    `blocked 1/1 NO_ROUTE_TO_DESTINATION route-table ${T2}`,
    'Add `ssm` to `endpoints`.',
  ],
  [
    'no route, for the internet',
    made(undefined),
    kept,
    'tcp 443 internet',
    `blocked 1/1 NO_ROUTE_TO_DESTINATION route-table ${T2}`,
    `Run \`aws ec2 create-route --route-table-id ${T2} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id <id of a NAT gateway>\`, or choose \`subnets\` whose route table leads there.`,
  ],
  [
    'an internet gateway, where a NAT gateway is',
    made(id('igw', 1)).privateSubnets(1, NAT),
    kept,
    'tcp 443 internet',
    `blocked 1/1 IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS internet-gateway ${id('igw', 1)}`,
    `Run \`aws ec2 replace-route --route-table-id ${T2} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${NAT}\`, or choose \`subnets\` whose route table leads there.`,
  ],
  [
    'a group of others without the rule',
    made(NAT, 'tcp 80 0.0.0.0/0'),
    kept,
    'tcp 443 internet',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group ${G1}`,
    `Run \`aws ec2 authorize-security-group-egress --group-id ${G1} --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]'\`.`,
  ],
  [
    'the managed group without the rule',
    made(NAT, 'tcp 80 0.0.0.0/0'),
    managed,
    'tcp 443 internet',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group security-group/function`,
    'Add the line `tcp 443 0.0.0.0/0` to `egress`.',
  ],
  [
    'the managed group without the rule, for a service behind a NAT gateway',
    made(NAT, 'tcp 80 0.0.0.0/0'),
    managed,
    'ssm',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group security-group/function`,
    'Add the line `tcp 443 0.0.0.0/0` to `egress`.',
  ],
  [
    'the managed group without the rule, for a service, and no way out',
    made(undefined, 'tcp 80 0.0.0.0/0'),
    managed,
    'ssm',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group security-group/function`,
    'Add `ssm` to `endpoints`.',
  ],
  [
    'the managed group without the rule, and no way out',
    made(undefined, 'tcp 80 0.0.0.0/0'),
    managed,
    'tcp 443 internet',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group security-group/function`,
    'Choose `subnets` with a NAT gateway, and add the line `tcp 443 0.0.0.0/0` to `egress`.',
  ],
  [
    'a database without the rule',
    database(),
    kept,
    `tcp 5432 ${G2}`,
    `blocked 1/1 SG_HAS_NO_RULES security-group ${G2}`,
    `Run \`aws ec2 authorize-security-group-ingress --group-id ${G2} --ip-permissions 'IpProtocol=tcp,FromPort=5432,ToPort=5432,UserIdGroupPairs=[{GroupId=${G1}}]'\`.`,
  ],
  [
    'a database that cannot name a group which does not exist yet',
    database(),
    { ...managed, 'security-groups': 'managed', egress: `tcp 5432 ${G2}` },
    `tcp 5432 ${G2}`,
    `blocked 1/1 SG_HAS_NO_RULES security-group ${G2}`,
    `Run \`aws ec2 authorize-security-group-ingress --group-id ${G2} --ip-permissions 'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{CidrIp=10.1.1.0/24}]'\`.`,
  ],
  [
    'the rule to a database',
    made(NAT, 'tcp 443 0.0.0.0/0')
      .group('db', { ingress: [rule('tcp 5432 0.0.0.0/0')] })
      .interfaces({ subnetId: S2, groupIds: [G2], addresses: ['10.1.2.9'] }),
    managed,
    `tcp 5432 ${G2}`,
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group security-group/function`,
    `Add the line \`tcp 5432 ${G2}\` to \`egress\`.`,
  ],
  [
    'a database that admits',
    database('tcp 5432 10.1.1.0/24'),
    kept,
    `tcp 5432 ${G2}`,
    'reachable 1/1',
    undefined,
  ],
  [
    'a database by its address',
    database('tcp 5432 10.1.1.0/24'),
    kept,
    'tcp 5432 10.1.2.9',
    'reachable 1/1',
    undefined,
  ],
  [
    'a group that nobody wears',
    database().group('idle'),
    kept,
    `tcp 5432 ${G3}`,
    `blocked 1/1 NO_SOURCE_OR_DESTINATION security-group ${G3}`,
    `Correct \`tcp 5432 ${G3}\`, or let something wear ${G3}: no network interface does yet.`,
  ],
  [
    'a group that may be worn in another account’s subnet',
    made(NAT).group('idle').privateSubnets(1, undefined, { ownerId: OTHER_ACCOUNT }),
    kept,
    `tcp 5432 ${G2}`,
    `unknown 1/1 UNKNOWN_RESOURCE security-group ${G2}`,
    `Check ${G2} by hand; this run found no description of it.`,
  ],
  [
    'an address of the VPC that nothing has',
    database(),
    kept,
    'udp 53 10.1.2.77',
    `unknown 1/1 UNKNOWN_DESTINATION subnet ${S2}`,
    `Check that something answers at the address; no network interface of ${S2} has it.`,
  ],
  [
    'a transit gateway',
    made('tgw-1'),
    kept,
    'tcp 443 192.168.7.0/24',
    'unknown 1/1 LEAVES_SIGHT elsewhere tgw-1',
    'Check that the network behind tgw-1 leads there, and that replies come back.',
  ],
  [
    'a NAT gateway that may not be read',
    made(NAT).with({ reach: { natGateways: denied, prefixLists: [] } }),
    kept,
    'tcp 443 internet',
    `unknown 1/1 UNKNOWN_RESOURCE nat-gateway ${NAT}`,
    'Allow it.',
  ],
  [
    'network ACLs that may not be read',
    made(NAT).with({ networkAcls: denied }),
    kept,
    'ssm',
    `unknown 1/1 UNKNOWN_RESOURCE network-acl of ${S1}`,
    'Allow it.',
  ],
  [
    'interfaces that may not be read',
    database().with({ interfaces: denied }),
    kept,
    `tcp 5432 ${G2}`,
    `unknown 1/1 UNKNOWN_RESOURCE security-group ${G2}`,
    'Allow it.',
  ],
  [
    'DNS servers that may not be read',
    made(NAT).with({ dnsServers: denied }),
    kept,
    'ssm',
    'unknown 1/1 UNKNOWN_RESOURCE dns-server not read',
    'Allow it.',
  ],
  [
    'a prefix list that may not be read',
    made(undefined, 'all pl-1').with({
      reach: { natGateways: undefined, prefixLists: [{ id: 'pl-1', cidrs: denied }] },
    }),
    kept,
    'tcp 443 internet',
    `blocked 1/1 NO_ROUTE_TO_DESTINATION route-table ${T2}`,
    `Run \`aws ec2 create-route --route-table-id ${T2} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id <id of a NAT gateway>\`, or choose \`subnets\` whose route table leads there.`,
  ],
  [
    'a custom DNS server that is not reached',
    made(undefined).with({ dnsServers: { ok: true, value: ['10.9.0.2'] } }),
    kept,
    'ssm',
    `blocked 1/1 NO_ROUTE_TO_DESTINATION route-table ${T2}`,
    'Add `ssm` to `endpoints`.',
  ],
  [
    'a service that AWS has no endpoints of',
    made(NAT),
    kept,
    'toaster',
    'unknown 1/1',
    'Correct the name, or write `tcp 443 internet` for a service that has no endpoints.',
  ],
  [
    'Block Public Access',
    world()
      .vpc()
      .privateSubnets(1, id('eigw', 1), {
        blockPublicAccess: 'block-bidirectional',
        ipv6Cidrs: ['2001:db8:1::/64'],
      })
      .table([S1], undefined, { routes: [route('::/0', 'eigw-1')] })
      .group('app', { egress: [rule('all ::/0')] })
      .function('app-7', { network: { subnetIds: [S1], securityGroupIds: [G1], ipv6: true } }),
    kept,
    'tcp 443 ::/0',
    `blocked 1/1 NO_ROUTE_TO_DESTINATION route-table ${T2}`,
    `Run \`aws ec2 create-route --route-table-id ${T2} --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id <id of an egress-only internet gateway>\`, or choose \`subnets\` whose route table leads there.`,
  ],
  [
    'a function without IPv6',
    made(NAT),
    kept,
    'tcp 443 ::/0',
    'blocked 1/1 FUNCTION_IPV6_OFF function lambda',
    'Add `ipv6: true`.',
  ],
];
