import { describe } from '@jest/globals';
import type { EndpointInterface } from '../../src/network/network.js';
import { into } from './acl-entries.js';
import { toDatabase, viaEndpoint, viaNat } from './paths.js';
import { table } from './show.js';
import {
  address,
  alter,
  database,
  type Edit,
  endpoint,
  enter,
  everywhere,
  home,
  internet,
  reroute,
  route,
  rules,
  service,
  ssm,
  the,
  wearers,
} from './town.js';

const at = (zone: 'a' | 'b' | 'c', third: number): EndpointInterface => ({
  id: `eni-ssm-${zone}`,
  subnetId: `subnet-${zone}`,
  ipv4: `10.0.${third}.50`,
  ipv6: undefined,
});
const inEveryZone = endpoint('vpce-ssm', { interfaces: [at('a', 1), at('b', 2), at('c', 3)] });
const inTwoZones = endpoint('vpce-ssm', { interfaces: [at('a', 1), at('b', 2)] });
const ownAcl: Edit = (network) => {
  network.acls.push({ ...structuredClone(the(network.acls, 'acl-fn')), id: 'acl-c' });
  the(network.subnets, 'subnet-c').aclId = 'acl-c';
};
const within = 'reachable sg-fn sg-ep vpce-ssm';
const across = 'reachable sg-fn acl-fn rtb-fn acl-fn sg-ep vpce-ssm';

describe('the subnets of the function', () => {
  table([
    { name: 'agree', place: everywhere, to: internet(), is: viaNat },
    {
      name: 'disagree where one has another table',
      edits: [alter((network) => the(network.subnets, 'subnet-b'), { routeTableId: undefined })],
      place: everywhere,
      to: internet(),
      is: [
        'partly',
        `subnet-a>-: ${viaNat}`,
        'subnet-b>-: blocked NO_ROUTE_TO_DESTINATION rtb-main -> add-route rtb-main 0.0.0.0/0',
        `subnet-c>-: ${viaNat}`,
      ].join('\n'),
    },
    {
      name: 'are unknown where one is out of sight and none blocked',
      edits: [alter((network) => the(network.subnets, 'subnet-b'), { aclId: 'acl-9' })],
      place: everywhere,
      to: internet(),
      is: [
        'unknown',
        `subnet-a>-: ${viaNat}`,
        'subnet-b>-: unknown UNKNOWN_RESOURCE network-acl acl-9',
        `subnet-c>-: ${viaNat}`,
      ].join('\n'),
    },
    {
      name: 'that are not described are out of sight',
      place: { ...home, subnetIds: ['subnet-9'] },
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE subnet subnet-9',
    },
    {
      name: 'are blocked in their own ways',
      edits: [ownAcl, enter('acl-c', into(1, false)), reroute('rtb-fn', '0.0.0.0/0')],
      place: { ...home, subnetIds: ['subnet-c', 'subnet-db'] },
      to: internet(),
      is: [
        'blocked',
        'subnet-c>-: blocked NO_ROUTE_TO_DESTINATION rtb-fn -> add-route rtb-fn 0.0.0.0/0',
        'subnet-db>-: blocked NO_ROUTE_TO_DESTINATION rtb-main -> add-route rtb-main 0.0.0.0/0',
      ].join('\n'),
    },
  ]);
});

describe('the zones of an endpoint', () => {
  table([
    {
      name: 'are reached from the zone of the function',
      edits: [inEveryZone],
      to: ssm,
      is: [
        'reachable',
        `subnet-a>eni-ssm-a: ${within}`,
        `subnet-a>eni-ssm-b: ${across}`,
        `subnet-a>eni-ssm-c: ${across}`,
      ].join('\n'),
    },
    {
      name: 'are reached in part where one refuses',
      edits: [inTwoZones, ownAcl, enter('acl-c', into(1, false, { cidr: '10.0.2.0/24' }))],
      place: { ...home, subnetIds: ['subnet-c'] },
      to: ssm,
      is: [
        'partly',
        'subnet-c>eni-ssm-a: reachable sg-fn acl-c rtb-fn acl-fn sg-ep vpce-ssm (endpoint-in-other-zone)',
        'subnet-c>eni-ssm-b: blocked SUBNET_ACL_RESTRICTION acl-c 1 reply -> allow-acl acl-c in tcp 1024-65535 10.0.2.50/32 before 1',
      ].join('\n'),
    },
    {
      name: 'are other ones than that of the function',
      edits: [inTwoZones],
      place: { ...home, subnetIds: ['subnet-c'] },
      to: ssm,
      is: `${across} (endpoint-in-other-zone)`,
    },
    {
      name: 'are judged by their subnet while the address is not known',
      edits: [
        endpoint('vpce-ssm', { interfaces: [{ ...at('b', 2), ipv4: undefined }] }),
        rules('sg-fn', 'egress', 'tcp 443 10.0.2.0/25'),
      ],
      to: ssm,
      is: 'blocked ENI_SG_RULES_MISMATCH sg-fn -> allow-egress sg-fn tcp 443 sg-ep',
    },
    {
      name: 'are reached by their group while the address is not known',
      edits: [
        endpoint('vpce-ssm', { interfaces: [{ ...at('b', 2), ipv4: undefined }] }),
        rules('sg-fn', 'egress', 'tcp 443 sg-ep'),
      ],
      to: ssm,
      is: `${across} (endpoint-in-other-zone)`,
    },
    {
      name: 'are reached over IPv6',
      to: service('ssm.us-east-2.amazonaws.com', { family: 'ipv6' }),
      is: viaEndpoint,
    },
    {
      name: 'in a subnet without the family are not reached',
      edits: [
        endpoint('vpce-ssm', { interfaces: [{ ...at('b', 2), ipv4: undefined }] }),
        alter((network) => the(network.subnets, 'subnet-b'), { cidr: undefined }),
      ],
      to: ssm,
      is: 'blocked SUBNET_FAMILY_MISMATCH subnet-b -> add-subnet-family subnet-b ipv4',
    },
    {
      name: 'with a policy are not judged further',
      edits: [endpoint('vpce-ssm', { policy: 'other' })],
      to: ssm,
      is: `${viaEndpoint} (endpoint-policy-not-judged)`,
    },
  ]);
});

describe('the wearers of a group', () => {
  const second: Edit = (network) => {
    const groupIds = ['sg-db'];
    network.interfaces?.push({ id: 'eni-db-2', subnetId: 'subnet-nat', addresses: ['10.0.9.10'], groupIds });
  };
  table([
    { name: 'are one', to: database, is: toDatabase },
    {
      name: 'are judged one by one',
      edits: [second, enter('acl-nat', into(1, false))],
      to: database,
      is: [
        'partly',
        `subnet-a>eni-db: ${toDatabase}`,
        'subnet-a>eni-db-2: blocked SUBNET_ACL_RESTRICTION acl-nat 1 -> allow-acl acl-nat in tcp 5432-5432 10.0.1.0/24 before 1',
      ].join('\n'),
    },
    {
      name: 'are missing',
      to: wearers('sg-none'),
      is: 'blocked NO_SOURCE_OR_DESTINATION sg-none -> use-other-destination',
    },
    {
      name: 'were not read',
      edits: [alter((network) => network, { interfaces: undefined })],
      to: database,
      is: 'unknown UNKNOWN_RESOURCE security-group sg-db',
    },
    {
      name: 'without an address of the family do not count',
      edits: [alter((network) => network.interfaces?.[0] ?? {}, { addresses: ['10.0.5.10'] })],
      to: wearers('sg-db', { family: 'ipv6' }),
      is: 'blocked NO_SOURCE_OR_DESTINATION sg-db -> use-other-destination',
    },
    { name: 'are reached over IPv6', to: wearers('sg-db', { family: 'ipv6' }), is: toDatabase },
    {
      name: 'are interfaces of endpoints too',
      to: wearers('sg-ep', { port: 443 }),
      is: [
        'reachable',
        `subnet-a>eni-vpce-ssm: ${viaEndpoint}`,
        `subnet-a>eni-vpce-sts: ${viaEndpoint.replace('ssm', 'sts')}`,
      ].join('\n'),
    },
    {
      name: 'are no interfaces of endpoints that have none of the family',
      edits: [
        endpoint('vpce-ssm', { addressType: 'ipv4', interfaces: [at('b', 2)] }),
        endpoint('vpce-sts', { addressType: 'ipv4', interfaces: [] }),
      ],
      to: wearers('sg-ep', { port: 443, family: 'ipv6' }),
      is: 'blocked NO_SOURCE_OR_DESTINATION sg-ep -> use-other-destination',
    },
    {
      name: 'need IPv6 at the function',
      place: { ...home, ipv6: false },
      to: wearers('sg-db', { family: 'ipv6' }),
      is: 'blocked FUNCTION_IPV6_OFF lambda -> enable-function-ipv6',
    },
  ]);
});

describe('an address', () => {
  table([
    { name: 'of an interface is reached', to: address('10.0.5.10', { port: 5432 }), is: toDatabase },
    {
      name: 'of an interface is reached over IPv6',
      to: address('2600:1f16:1:5::10', { port: 5432 }),
      is: toDatabase,
    },
    { name: 'of an endpoint is reached', to: address('10.0.8.10'), is: viaEndpoint },
    { name: '0.0.0.0/0 means the internet', to: address('0.0.0.0/0'), is: viaNat },
    { name: '::/0 means the internet', to: address('::/0'), is: 'reachable sg-fn acl-fn rtb-fn eigw-1' },
    { name: 'may have host bits', to: address('198.51.100.7/24'), is: viaNat },
    {
      name: 'of a peered VPC leaves our sight',
      edits: [
        (network) =>
          void the(network.routeTables, 'rtb-fn').routes.push(route('172.31.0.0/16', 'vpc-peering', 'pcx-1')),
      ],
      to: address('172.31.0.0/16'),
      is: 'unknown LEAVES_SIGHT elsewhere pcx-1',
    },
    {
      name: 'range of a subnet is out of sight where nobody describes who is there',
      edits: [rules('sg-fn', 'egress', 'tcp 5432 10.0.0.0/16')],
      to: address('10.0.5.0/24', { port: 5432 }),
      is: 'unknown UNKNOWN_DESTINATION subnet subnet-db',
    },
    {
      name: 'range is blocked where one interface refuses',
      edits: [rules('sg-fn', 'egress', 'tcp 5432 10.0.0.0/16'), rules('sg-db', 'ingress')],
      to: address('10.0.5.0/24', { port: 5432 }),
      is: 'blocked SG_HAS_NO_RULES sg-db -> allow-ingress sg-db tcp 5432 sg-fn',
    },
  ]);
});
