import { describe } from '@jest/globals';
import { toDatabase, viaGateway, viaNat } from './paths.js';
import { table } from './show.js';
import { address, database, type Edit, home, internet, reroute, rules, s3, wearers } from './town.js';

const egress = (...texts: string[]): Edit => rules('sg-fn', 'egress', ...texts);
const refusedOut = (peer: string, port = 5432): string =>
  `blocked ENI_SG_RULES_MISMATCH sg-fn -> allow-egress sg-fn tcp ${port} ${peer}`;
const second: Edit = (network) => void network.groups.push({ id: 'sg-extra', ingress: [], egress: [] });
const both = { ...home, groupIds: ['sg-fn', 'sg-extra'] };

describe('the egress rules of the function', () => {
  table([
    {
      name: 'admit a group that the destination wears',
      edits: [egress('tcp 5432 sg-db')],
      to: database,
      is: toDatabase,
    },
    {
      name: 'refuse another group',
      edits: [egress('tcp 5432 sg-ep')],
      to: database,
      is: refusedOut('sg-db'),
    },
    { name: 'admit a CIDR', edits: [egress('tcp 5432 10.0.5.0/24')], to: database, is: toDatabase },
    {
      name: 'refuse another CIDR',
      edits: [egress('tcp 5432 10.0.6.0/24')],
      to: database,
      is: refusedOut('sg-db'),
    },
    { name: 'admit "all" protocols', edits: [egress('all all 0.0.0.0/0')], to: database, is: toDatabase },
    { name: 'admit protocol -1', edits: [egress('-1 all 0.0.0.0/0')], to: database, is: toDatabase },
    { name: 'admit TCP by its number', edits: [egress('6 5432 0.0.0.0/0')], to: database, is: toDatabase },
    {
      name: 'refuse TCP where UDP is meant',
      edits: [egress('udp 5432 0.0.0.0/0')],
      to: database,
      is: refusedOut('sg-db'),
    },
    {
      name: 'refuse TCP where ICMP is meant',
      edits: [egress('icmp all 0.0.0.0/0')],
      to: database,
      is: refusedOut('sg-db'),
    },
    {
      name: 'admit a port in a range',
      edits: [egress('tcp 5000-6000 0.0.0.0/0')],
      to: database,
      is: toDatabase,
    },
    {
      name: 'admit the last port of a range',
      edits: [egress('tcp 5000-5432 0.0.0.0/0')],
      to: database,
      is: toDatabase,
    },
    {
      name: 'refuse a port beside a range',
      edits: [egress('tcp 5433-6000 0.0.0.0/0')],
      to: database,
      is: refusedOut('sg-db'),
    },
    {
      name: 'admit every port of a protocol',
      edits: [egress('tcp all 0.0.0.0/0')],
      to: database,
      is: toDatabase,
    },
    {
      name: 'admit IPv4 addresses by IPv4 rules alone',
      edits: [egress('tcp 5432 ::/0')],
      to: database,
      is: refusedOut('sg-db'),
    },
    {
      name: 'admit UDP by its number',
      edits: [egress('17 5432 sg-db'), rules('sg-db', 'ingress', 'udp 5432 sg-fn')],
      to: wearers('sg-db', { protocol: 'udp' }),
      is: toDatabase,
    },
    {
      name: 'that are missing altogether are said to be missing',
      edits: [egress()],
      to: database,
      is: 'blocked SG_HAS_NO_RULES sg-fn -> allow-egress sg-fn tcp 5432 sg-db',
    },
    {
      name: 'admit a range together',
      edits: [egress('tcp 443 198.51.100.0/25', 'tcp 443 198.51.100.128/25')],
      to: address('198.51.100.0/24'),
      is: viaNat,
    },
    {
      name: 'refuse a range of which they admit a part',
      edits: [egress('tcp 443 198.51.100.0/25')],
      to: address('198.51.100.0/24'),
      is: refusedOut('198.51.100.0/24', 443),
    },
    {
      name: 'of a second group count',
      edits: [second, egress(), rules('sg-extra', 'egress', 'tcp 5432 sg-db')],
      place: both,
      to: database,
      is: toDatabase.replace('sg-fn', 'sg-extra'),
    },
    {
      name: 'of both groups that refuse name the first',
      edits: [second, egress('tcp 1 10.0.0.0/8')],
      place: both,
      to: database,
      is: 'blocked ENI_SG_RULES_MISMATCH sg-extra -> allow-egress sg-extra tcp 5432 sg-db',
    },
    {
      name: 'never admit the internet by a group',
      edits: [egress('tcp 443 sg-peer')],
      to: internet(),
      is: refusedOut('0.0.0.0/0', 443),
    },
  ]);
});

describe('prefix lists in rules', () => {
  table([
    { name: 'admit what the list holds', edits: [egress('tcp 443 pl-s3')], to: s3, is: viaGateway },
    {
      name: 'refuse what the list does not hold',
      edits: [egress('tcp 443 pl-s3')],
      to: internet(),
      is: refusedOut('0.0.0.0/0', 443),
    },
    {
      name: 'are the change that opens the way to their service',
      edits: [egress('tcp 443 10.0.0.0/16')],
      to: s3,
      is: refusedOut('pl-s3', 443),
    },
    {
      name: 'that are not described are out of sight',
      edits: [egress('tcp 443 pl-9')],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE prefix-list pl-9',
    },
    {
      name: 'that are not described do not matter beside a rule that admits',
      edits: [egress('tcp 443 pl-9', 'tcp 443 0.0.0.0/0')],
      to: internet(),
      is: viaNat,
    },
    {
      name: 'that are not described do not matter for another port',
      edits: [egress('tcp 80 pl-9', 'tcp 22 0.0.0.0/0')],
      to: internet(),
      is: refusedOut('0.0.0.0/0', 443),
    },
    {
      name: 'out of sight do not hide a missing route',
      edits: [egress('tcp 443 pl-9'), reroute('rtb-fn', '0.0.0.0/0')],
      to: internet(),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-fn -> add-route rtb-fn 0.0.0.0/0',
    },
  ]);
});
