import { describe } from '@jest/globals';
import type { BlockPublicAccess } from '../../src/network/network.js';
import { into, only, out } from './acl-entries.js';
import { viaEgressOnly, viaGateway, viaNat } from './paths.js';
import { table } from './show.js';
import {
  address,
  alter,
  type Edit,
  home,
  internet,
  reroute,
  route,
  rules,
  s3,
  service,
  the,
} from './town.js';

const ofVpc = (blockPublicAccess: BlockPublicAccess): Edit =>
  alter((network) => network.vpc, { blockPublicAccess });
const ofSubnet = (id: string, blockPublicAccess: BlockPublicAccess): Edit =>
  alter((network) => the(network.subnets, id), { blockPublicAccess });
const internet6 = internet({ family: 'ipv6' });

describe('an internet gateway', () => {
  const direct = reroute('rtb-fn', '0.0.0.0/0', route('0.0.0.0/0', 'internet-gateway', 'igw-1'));
  const direct6 = reroute('rtb-fn', '::/0', route('::/0', 'internet-gateway', 'igw-1'));
  table([
    {
      name: 'is no use to a function over IPv4',
      edits: [direct],
      to: internet(),
      is: 'blocked IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS igw-1 -> use-nat-gateway rtb-fn 0.0.0.0/0',
    },
    {
      name: 'is no use to a service over IPv4',
      edits: [direct],
      to: service('sqs.us-east-2.amazonaws.com'),
      is: 'blocked IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS igw-1 -> use-nat-gateway rtb-fn 0.0.0.0/0',
    },
    {
      name: 'is unknown over IPv6',
      edits: [direct6],
      to: internet6,
      is: 'unknown IPV6_INTERNET_GATEWAY internet-gateway igw-1',
    },
    {
      name: 'is blocked over IPv6 by Block Public Access',
      edits: [direct6, ofVpc('block-ingress')],
      to: internet6,
      is: 'blocked VPC_BLOCK_PUBLIC_ACCESS_ENABLED igw-1 -> allow-public-access subnet-a',
    },
  ]);
});

describe('an egress-only internet gateway', () => {
  table([
    { name: 'leads to the internet over IPv6', to: internet6, is: viaEgressOnly },
    {
      name: 'needs the function to use IPv6',
      place: { ...home, ipv6: false },
      to: internet6,
      is: 'blocked FUNCTION_IPV6_OFF lambda -> enable-function-ipv6',
    },
    {
      name: 'needs a subnet with IPv6',
      edits: [alter((network) => the(network.subnets, 'subnet-a'), { ipv6Cidr: undefined })],
      to: internet6,
      is: 'blocked SUBNET_FAMILY_MISMATCH subnet-a -> add-subnet-family subnet-a ipv6',
    },
    {
      name: 'needs an egress rule for IPv6',
      edits: [rules('sg-fn', 'egress', 'tcp 443 0.0.0.0/0')],
      to: internet6,
      is: 'blocked ENI_SG_RULES_MISMATCH sg-fn -> allow-egress sg-fn tcp 443 ::/0',
    },
    {
      name: 'needs ACL entries for IPv6',
      edits: [only('acl-fn', into(1, true), out(1, true))],
      to: internet6,
      is: 'blocked SUBNET_ACL_RESTRICTION acl-fn * -> allow-acl acl-fn out tcp 443-443 ::/0 before *',
    },
  ]);
});

describe('a gateway endpoint', () => {
  const gateway = (change: object): Edit => alter((network) => the(network.endpoints, 'vpce-s3'), change);
  table([
    { name: 'leads to its service', to: s3, is: viaGateway },
    { name: 'leads to an address of its list', to: address('3.5.128.9'), is: viaGateway },
    {
      name: 'leads there over IPv6',
      to: service('s3.us-east-2.amazonaws.com', { family: 'ipv6' }),
      is: viaGateway,
    },
    {
      name: 'with another policy is not judged further',
      edits: [gateway({ policy: 'other' })],
      to: s3,
      is: `${viaGateway} (endpoint-policy-not-judged)`,
    },
    {
      name: 'that is not available blocks',
      edits: [gateway({ state: 'deleting' })],
      to: s3,
      is: 'blocked BAD_STATE vpce-s3 -> mend-component vpce-s3',
    },
    {
      name: 'that is not described is out of sight',
      edits: [alter((network) => network, { endpoints: [] })],
      to: s3,
      is: 'unknown UNKNOWN_RESOURCE vpc-endpoint vpce-s3',
    },
    {
      name: 'takes no UDP',
      edits: [rules('sg-fn', 'egress', 'all all 0.0.0.0/0')],
      to: service('s3.us-east-2.amazonaws.com', { protocol: 'udp' }),
      is: 'blocked VPCE_GATEWAY_PROTOCOL_RESTRICTION vpce-s3 -> use-tcp',
    },
    {
      name: 'without a route in the table goes past it',
      edits: [reroute('rtb-fn', 'pl-s3')],
      to: s3,
      is: viaNat,
    },
    {
      name: 'without any route is missing',
      edits: [reroute('rtb-fn', 'pl-s3'), reroute('rtb-fn', '0.0.0.0/0')],
      to: s3,
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-fn -> add-route rtb-fn 0.0.0.0/0',
    },
    { name: 'does not need public access', edits: [ofVpc('block-bidirectional')], to: s3, is: viaGateway },
  ]);
});

describe('VPC Block Public Access', () => {
  const stops = (component: string, subnet: string): string =>
    `blocked VPC_BLOCK_PUBLIC_ACCESS_ENABLED ${component} -> allow-public-access ${subnet}`;
  table([
    {
      name: 'in both directions stops a NAT gateway',
      edits: [ofVpc('block-bidirectional')],
      to: internet(),
      is: stops('igw-1', 'subnet-nat'),
    },
    {
      name: 'in both directions stops an egress-only gateway',
      edits: [ofVpc('block-bidirectional')],
      to: internet6,
      is: stops('eigw-1', 'subnet-a'),
    },
    {
      name: 'of ingress lets a NAT gateway through',
      edits: [ofVpc('block-ingress')],
      to: internet(),
      is: viaNat,
    },
    {
      name: 'of ingress lets an egress-only gateway through',
      edits: [ofVpc('block-ingress')],
      to: internet6,
      is: viaEgressOnly,
    },
    {
      name: "spares an excluded NAT gateway's subnet",
      edits: [ofVpc('block-bidirectional'), ofSubnet('subnet-nat', 'off')],
      to: internet(),
      is: viaNat,
    },
    {
      name: 'spares an excluded subnet of the function',
      edits: [ofVpc('block-bidirectional'), ofSubnet('subnet-a', 'block-ingress')],
      to: internet6,
      is: viaEgressOnly,
    },
    {
      name: "does not spare the NAT gateway for the function's exclusion",
      edits: [ofVpc('block-bidirectional'), ofSubnet('subnet-a', 'off')],
      to: internet(),
      is: stops('igw-1', 'subnet-nat'),
    },
    {
      name: 'of an unknown mode may stop a NAT gateway',
      edits: [ofVpc('other')],
      to: internet(),
      is: 'unknown PUBLIC_ACCESS_MODE subnet subnet-nat',
    },
    {
      name: 'of an unknown mode may stop an egress-only gateway',
      edits: [ofSubnet('subnet-a', 'other')],
      to: internet6,
      is: 'unknown PUBLIC_ACCESS_MODE subnet subnet-a',
    },
    {
      name: 'of an unknown mode does not hide what an internet gateway rejects',
      edits: [ofVpc('other')],
      to: address('192.168.7.0/24'),
      is: 'blocked IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS igw-1 -> use-other-destination',
    },
    {
      name: 'comes before what an internet gateway rejects',
      edits: [ofVpc('block-bidirectional')],
      to: address('192.168.7.0/24'),
      is: stops('igw-1', 'subnet-nat'),
    },
  ]);
});
