import { describe } from '@jest/globals';
import type { NatGateway } from '../../src/network/network.js';
import { into, only, out, replyStopped } from './acl-entries.js';
import { viaNat } from './paths.js';
import { table } from './show.js';
import {
  address,
  alter,
  type Draft,
  type Edit,
  enter,
  home,
  internet,
  lead,
  reroute,
  route,
  rules,
  s3,
  the,
} from './town.js';

const nat = (change: Partial<Draft<NatGateway>>): Edit =>
  alter((network) => the(network.natGateways, 'nat-1'), change);
const natRoute = (...ways: Parameters<typeof reroute>[2][]): Edit => reroute('rtb-nat', '0.0.0.0/0', ...ways);
const inNatSubnet = { ...home, subnetIds: ['subnet-nat'] };

describe('a NAT gateway', () => {
  table([
    { name: 'leads to the internet', to: internet(), is: viaNat },
    {
      name: 'leads there by UDP',
      edits: [rules('sg-fn', 'egress', 'udp 123 0.0.0.0/0')],
      to: internet({ port: 123, protocol: 'udp' }),
      is: viaNat,
    },
    {
      name: 'that is pending blocks',
      edits: [nat({ state: 'pending' })],
      to: internet(),
      is: 'blocked BAD_STATE nat-1 -> mend-component nat-1',
    },
    {
      name: 'that is failed blocks',
      edits: [nat({ state: 'failed' })],
      to: internet(),
      is: 'blocked BAD_STATE nat-1 -> mend-component nat-1',
    },
    {
      name: 'that is not described is out of sight',
      edits: [alter((network) => network, { natGateways: [] })],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE nat-gateway nat-1',
    },
    {
      name: 'without a subnet is out of sight',
      edits: [nat({ subnetId: undefined })],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE nat-gateway nat-1',
    },
    {
      name: 'in a subnet that is not described is out of sight',
      edits: [nat({ subnetId: 'subnet-9' })],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE nat-gateway nat-1',
    },
    {
      name: 'without a route blocks',
      edits: [natRoute()],
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-nat -> add-route rtb-nat 0.0.0.0/0',
    },
    {
      name: 'before a blackhole blocks',
      edits: [natRoute({ ...route('0.0.0.0/0', 'internet-gateway'), state: 'blackhole' })],
      to: internet(),
      is: 'blocked BAD_STATE_ROUTE rtb-nat 0.0.0.0/0 -> mend-route rtb-nat 0.0.0.0/0',
    },
    {
      name: 'before a NAT gateway finds no way out',
      edits: [natRoute(route('0.0.0.0/0', 'nat-gateway', 'nat-1'))],
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-nat 0.0.0.0/0 -> mend-route rtb-nat 0.0.0.0/0',
    },
    {
      name: 'before a transit gateway leaves our sight',
      edits: [natRoute(route('0.0.0.0/0', 'transit-gateway', 'tgw-1'))],
      to: internet(),
      is: 'unknown LEAVES_SIGHT elsewhere tgw-1',
    },
    {
      name: 'before a transit gateway does not hide a blocked reply',
      edits: [
        natRoute(route('0.0.0.0/0', 'transit-gateway', 'tgw-1')),
        only('acl-nat', into(1, true, { cidr: '10.0.0.0/8' }), out(1, true)),
      ],
      to: internet(),
      is: replyStopped('acl-nat', '*', 'in', '0.0.0.0/0'),
    },
    {
      name: 'before a gateway endpoint reaches its service',
      edits: [reroute('rtb-fn', 'pl-s3'), lead('rtb-nat', route('pl-s3', 'gateway-endpoint', 'vpce-s3'))],
      to: s3,
      is: viaNat.replace('igw-1', 'vpce-s3'),
    },
    {
      name: 'does not carry what is local',
      edits: [lead('rtb-fn', route('10.0.5.0/24', 'nat-gateway', 'nat-1'))],
      to: address('10.0.5.10'),
      is: 'unknown LEAVES_SIGHT nat-gateway nat-1',
    },
    {
      name: 'that is private sends nothing to an internet gateway',
      edits: [nat({ connectivity: 'private' })],
      to: internet(),
      is: 'blocked IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS igw-1 -> use-nat-gateway rtb-nat 0.0.0.0/0',
    },
    {
      name: 'that is private may reach a transit gateway',
      edits: [nat({ connectivity: 'private' }), natRoute(route('0.0.0.0/0', 'transit-gateway', 'tgw-1'))],
      to: internet(),
      is: 'unknown LEAVES_SIGHT elsewhere tgw-1',
    },
    {
      name: 'over IPv6 is out of sight',
      edits: [reroute('rtb-fn', '::/0', route('64:ff9b::/96', 'nat-gateway', 'nat-1'))],
      to: address('64:ff9b::c633:6401'),
      is: 'unknown LEAVES_SIGHT nat-gateway nat-1',
    },
    {
      name: "in the function's own subnet is entered through no ACL",
      edits: [
        natRoute(route('0.0.0.0/0', 'nat-gateway', 'nat-1')),
        enter('acl-nat', into(1, false, { cidr: '10.0.9.0/24' })),
      ],
      place: inNatSubnet,
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-nat 0.0.0.0/0 -> mend-route rtb-nat 0.0.0.0/0',
    },
    {
      name: "in the function's own subnet finds itself",
      edits: [natRoute(route('0.0.0.0/0', 'nat-gateway', 'nat-1'))],
      place: inNatSubnet,
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-nat 0.0.0.0/0 -> mend-route rtb-nat 0.0.0.0/0',
    },
    {
      name: 'is no way to private addresses (RFC 1918)',
      to: address('192.168.7.0/24'),
      is: 'blocked IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS igw-1 -> use-other-destination',
    },
    {
      name: 'is no way to a range that holds private addresses',
      to: address('172.0.0.0/8'),
      is: 'blocked IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS igw-1 -> use-other-destination',
    },
    {
      name: 'is no way to shared addresses (RFC 6598)',
      to: address('100.64.0.0/24'),
      is: 'blocked IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS igw-1 -> use-other-destination',
    },
  ]);
});
