import { id } from '../builders/ids.js';
import { kept, made, type Row } from './remedy-rows.js';

const NAT = id('nat', 1);
const [G1, T2] = [id('sg', 1), id('rtb', 2)];

const OURS = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:owner': '1' };

/** What nothing filters, and what is stopped by more than one thing. */
export const layeredRows: readonly Row[] = [
  [
    'the DNS server of the VPC, which groups do not filter',
    made(NAT, 'tcp 443 0.0.0.0/0'),
    kept,
    'udp 53 10.1.0.2',
    'reachable 1/1',
    undefined,
  ],
  [
    'the DNS server of the VPC, whose DNS support is off',
    made(NAT).with({ dns: { support: false, hostnames: false } }),
    kept,
    'udp 53 169.254.169.253',
    `blocked 1/1 DNS_SUPPORT_OFF vpc ${id('vpc', 1)}`,
    `Run \`aws ec2 modify-vpc-attribute --vpc-id ${id('vpc', 1)} --enable-dns-support\`.`,
  ],
  [
    'an address that neither the groups nor the routes lead to',
    made(undefined, 'tcp 443 0.0.0.0/0'),
    kept,
    'tcp 5432 10.9.0.5',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group ${G1}`,
    `Run \`aws ec2 authorize-security-group-egress --group-id ${G1} --ip-permissions 'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{CidrIp=10.9.0.5/32}]'\`. Add a route to 10.9.0.5/32 to ${T2} through the peering connection or transit gateway that leads there, or choose \`subnets\` whose route table has one.`,
  ],
  [
    'an address of another network behind a NAT gateway',
    made(NAT),
    kept,
    'tcp 443 10.9.0.5',
    `blocked 1/1 IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS internet-gateway ${id('igw', 1)}`,
    'Correct `tcp 443 10.9.0.5`, or choose `subnets` whose route table leads to the network that has the address.',
  ],
  [
    'a service that neither a group of others nor a route leads to',
    made(undefined, 'tcp 5432 10.0.0.0/8'),
    kept,
    'ssm',
    `blocked 1/1 ENI_SG_RULES_MISMATCH security-group ${G1}`,
    'Add `ssm` to `endpoints`.',
  ],
  [
    'an endpoint that is to be made, by the group of another step',
    made(undefined, 'tcp 5432 10.0.0.0/8')
      .group('step', { tags: OURS, egress: [] })
      .placed([id('sg', 2)], [id('subnet', 1)]),
    { 'security-groups': id('sg', 2), endpoints: 'ssm' },
    'ssm',
    `blocked 1/1 SG_HAS_NO_RULES security-group ${id('sg', 2)}`,
    `Add the line \`tcp 443 10.1.1.0/24\` to \`egress\` of the step that manages ${id('sg', 2)} (step).`,
  ],
];
