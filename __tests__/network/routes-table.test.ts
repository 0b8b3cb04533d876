import { describe } from '@jest/globals';
import { viaNat } from './paths.js';
import { table } from './show.js';
import {
  address,
  alter,
  database,
  type Edit,
  internet,
  lead,
  reroute,
  route,
  rules,
  s3,
  service,
  ssm,
  the,
} from './town.js';

const anyEgress = rules('sg-fn', 'egress', 'all all 0.0.0.0/0', 'all all ::/0');
const peer = address('172.16.4.0/24');
const toDefault = (...ways: Parameters<typeof reroute>[2][]): Edit => reroute('rtb-fn', '0.0.0.0/0', ...ways);

describe('the longest prefix', () => {
  table([
    {
      name: 'wins over the default route',
      edits: [lead('rtb-fn', route('172.16.0.0/12', 'vpc-peering', 'pcx-1'))],
      to: peer,
      is: 'unknown LEAVES_SIGHT elsewhere pcx-1',
    },
    {
      name: 'wins among specific routes',
      edits: [
        lead('rtb-fn', route('172.16.0.0/12', 'vpc-peering', 'pcx-1'), {
          ...route('172.16.4.0/24', 'transit-gateway', 'tgw-1'),
          state: 'blackhole',
        }),
      ],
      to: peer,
      is: 'blocked BAD_STATE_ROUTE rtb-fn 172.16.4.0/24 -> mend-route rtb-fn 172.16.4.0/24',
    },
    {
      name: 'may be longer than the local route',
      edits: [lead('rtb-fn', route('10.0.5.0/24', 'network-interface', 'eni-appliance'))],
      to: database,
      is: 'unknown LEAVES_SIGHT elsewhere eni-appliance',
    },
    {
      name: 'sends a part of a range elsewhere',
      edits: [
        anyEgress,
        lead('rtb-fn', { ...route('198.51.100.128/25', 'transit-gateway', 'tgw-1'), state: 'blackhole' }),
      ],
      to: address('198.51.100.0/24'),
      is: 'blocked BAD_STATE_ROUTE rtb-fn 198.51.100.128/25 -> mend-route rtb-fn 198.51.100.128/25',
    },
    {
      name: 'is chosen in each family alone',
      edits: [reroute('rtb-fn', '::/0')],
      to: internet({ family: 'ipv6' }),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-fn -> add-route rtb-fn ::/0',
    },
    {
      name: 'of a static route wins over the same one propagated',
      edits: [
        lead(
          'rtb-fn',
          { ...route('198.51.100.0/24', 'virtual-private-gateway', 'vgw-1'), propagated: true },
          route('198.51.100.0/24', 'nat-gateway', 'nat-1'),
        ),
      ],
      to: address('198.51.100.0/24'),
      is: viaNat,
    },
    {
      name: 'of a static route wins over the same one of a prefix list',
      edits: [lead('rtb-fn', route('52.219.80.0/20', 'nat-gateway', 'nat-1'))],
      to: address('52.219.80.0/20'),
      is: viaNat,
    },
    {
      name: 'of a prefix list wins over the same one propagated',
      edits: [
        lead('rtb-fn', {
          ...route('52.219.80.0/20', 'virtual-private-gateway', 'vgw-1'),
          propagated: true,
        }),
      ],
      to: address('52.219.80.0/20'),
      is: 'reachable sg-fn acl-fn rtb-fn vpce-s3',
    },
    {
      name: 'of a propagated route wins over a shorter static one',
      edits: [
        lead('rtb-fn', {
          ...route('198.51.100.0/24', 'virtual-private-gateway', 'vgw-1'),
          propagated: true,
        }),
      ],
      to: address('198.51.100.7'),
      is: 'unknown LEAVES_SIGHT elsewhere vgw-1',
    },
    {
      name: 'in an unknown state may be in effect or not',
      edits: [
        lead('rtb-fn', { ...route('198.51.100.0/25', 'transit-gateway', 'tgw-1'), state: 'other' as const }),
      ],
      to: address('198.51.100.7'),
      is: 'unknown ROUTE_STATE route-table rtb-fn',
    },
    {
      name: 'in two prefix lists is chosen at random',
      edits: [
        (network) => void network.prefixLists.push({ id: 'pl-2', cidrs: ['52.219.80.0/20'], names: [] }),
        lead('rtb-fn', route('pl-2', 'nat-gateway', 'nat-1')),
      ],
      to: address('52.219.80.1'),
      is: 'unknown AMBIGUOUS_ROUTE route-table rtb-fn',
    },
  ]);
});

describe('the table of a subnet', () => {
  const servedBy = (routeTableId: string | undefined): Edit =>
    alter((network) => the(network.subnets, 'subnet-a'), { routeTableId });
  const unassociated = servedBy(undefined);
  const noLists = alter((network) => network, { prefixLists: [] });
  table([
    {
      name: 'is the main table where it has none',
      edits: [unassociated],
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-main -> add-route rtb-main 0.0.0.0/0',
    },
    {
      name: 'is out of sight where no table is the main one',
      edits: [unassociated, alter((network) => the(network.routeTables, 'rtb-main'), { main: false })],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE route-table main',
    },
    {
      name: 'is out of sight where it is not described',
      edits: [servedBy('rtb-9')],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE route-table rtb-9',
    },
    {
      name: 'without a route blocks',
      edits: [toDefault()],
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-fn -> add-route rtb-fn 0.0.0.0/0',
    },
    {
      name: 'with a blackhole blocks',
      edits: [toDefault({ ...route('0.0.0.0/0', 'nat-gateway', 'nat-0'), state: 'blackhole' })],
      to: internet(),
      is: 'blocked BAD_STATE_ROUTE rtb-fn 0.0.0.0/0 -> mend-route rtb-fn 0.0.0.0/0',
    },
    {
      name: 'with a prefix list that is not described is out of sight',
      edits: [lead('rtb-fn', route('pl-9', 'transit-gateway', 'tgw-1'))],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE prefix-list pl-9',
    },
    {
      name: 'with a prefix list that is not described is in sight for local addresses',
      edits: [lead('rtb-fn', route('pl-9', 'transit-gateway', 'tgw-1'))],
      to: ssm,
      is: 'reachable sg-fn acl-fn rtb-fn acl-ep sg-ep vpce-ssm',
    },
    {
      name: 'with an undescribed list of a gateway endpoint is in sight for the internet',
      edits: [noLists],
      to: internet(),
      is: viaNat,
    },
    {
      name: 'with an undescribed list of a gateway endpoint is out of sight for a service',
      edits: [noLists],
      to: s3,
      is: 'unknown UNKNOWN_RESOURCE prefix-list pl-s3',
    },
  ]);
});

describe('the local route', () => {
  table([
    {
      name: 'leads to a subnet behind another table',
      to: database,
      is: 'reachable sg-fn acl-fn rtb-fn acl-db sg-db eni-db',
    },
    {
      name: 'leads nowhere where no subnet has the address',
      edits: [anyEgress],
      to: address('10.0.77.0/24'),
      is: 'blocked NO_POSSIBLE_DESTINATION vpc-1 -> use-other-destination',
    },
    {
      name: 'that is missing on the way back blocks the reply',
      edits: [reroute('rtb-main', '10.0.0.0/16')],
      to: database,
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-main reply -> add-route rtb-main 10.0.1.0/24',
    },
    {
      name: 'that is missing for the lowest address on the way back is named first',
      edits: [
        reroute('rtb-main', '10.0.0.0/16', {
          ...route('10.0.1.128/25', 'network-interface', 'eni-gone'),
          state: 'blackhole',
        }),
      ],
      to: database,
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-main reply -> add-route rtb-main 10.0.1.0/24',
    },
    {
      name: 'that is overridden on the way back leaves our sight',
      edits: [lead('rtb-main', route('10.0.1.0/25', 'gateway-load-balancer-endpoint', 'vpce-firewall'))],
      to: database,
      is: 'unknown LEAVES_SIGHT elsewhere vpce-firewall',
    },
    {
      name: 'that a blackhole overrides on the way back blocks the reply',
      edits: [
        lead('rtb-main', { ...route('10.0.1.128/25', 'network-interface', 'eni-gone'), state: 'blackhole' }),
      ],
      to: database,
      is: 'blocked BAD_STATE_ROUTE rtb-main 10.0.1.128/25 reply -> mend-route rtb-main 10.0.1.128/25',
    },
  ]);
});

describe('what leaves our sight', () => {
  table([
    ...(
      [
        ['vpc-peering', 'pcx-1'],
        ['transit-gateway', 'tgw-1'],
        ['virtual-private-gateway', 'vgw-1'],
        ['network-interface', 'eni-1'],
        ['gateway-load-balancer-endpoint', 'vpce-gwlb'],
        ['other', 'cagw-1'],
      ] as const
    ).map(([kind, id]) => ({
      name: `${kind}`,
      edits: [toDefault(route('0.0.0.0/0', kind, id))],
      to: internet(),
      is: `unknown LEAVES_SIGHT elsewhere ${id}`,
    })),
    {
      name: 'does not hide that the reply is blocked',
      edits: [
        toDefault(route('0.0.0.0/0', 'transit-gateway', 'tgw-1')),
        (network) => {
          const acl = the(network.acls, 'acl-fn');
          acl.entries = acl.entries.filter(({ egress }) => egress);
        },
      ],
      to: internet(),
      is: 'blocked SUBNET_ACL_RESTRICTION acl-fn * reply -> allow-acl acl-fn in tcp 1024-65535 0.0.0.0/0 before *',
    },
    {
      name: 'is a service behind a firewall too',
      edits: [toDefault(route('0.0.0.0/0', 'gateway-load-balancer-endpoint', 'vpce-firewall'))],
      to: service('sqs.us-east-2.amazonaws.com'),
      is: 'unknown LEAVES_SIGHT elsewhere vpce-firewall',
    },
  ]);
});
