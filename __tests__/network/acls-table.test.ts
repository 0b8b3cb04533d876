import { describe } from '@jest/globals';
import { host, into, only, out, ports, stopped, subnet } from './acl-entries.js';
import { toDatabase } from './paths.js';
import { table } from './show.js';
import { address, alter, database, enter, home, internet, lead, route, rules, ssm, the } from './town.js';

const inFunction = { ...home, subnetIds: ['subnet-ep'] };
describe('the ACL of the function, outbound', () => {
  table([
    {
      name: 'stops by a deny',
      edits: [enter('acl-fn', out(90, false))],
      to: database,
      is: stopped('acl-fn', '90', 'out', host),
    },
    {
      name: 'stops by its last entry',
      edits: [only('acl-fn', into(100, true))],
      to: database,
      is: stopped('acl-fn', '*', 'out', host),
    },
    {
      name: "calls AWS's last entry by its sign",
      edits: [only('acl-fn', into(100, true), out(32767, false))],
      to: database,
      is: stopped('acl-fn', '*', 'out', host),
    },
    {
      name: 'is read by number, not by place',
      edits: [only('acl-fn', out(200, false), out(100, true), into(100, true))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'lets the lower number win',
      edits: [enter('acl-fn', out(200, false))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'does not match another protocol',
      edits: [enter('acl-fn', out(90, false, { protocol: 'udp' }))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'matches TCP by its number',
      edits: [enter('acl-fn', out(90, false, { protocol: '6' }))],
      to: database,
      is: stopped('acl-fn', '90', 'out', host),
    },
    {
      name: 'does not match another port',
      edits: [enter('acl-fn', out(90, false, ports(443)))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'matches every port by "all" protocols, whatever ports stand there',
      edits: [enter('acl-fn', out(90, false, { ports: { from: 80, to: 80 } }))],
      to: database,
      is: stopped('acl-fn', '90', 'out', host),
    },
    {
      name: 'does not match another address',
      edits: [enter('acl-fn', out(90, false, { cidr: '10.0.6.0/24' }))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'does not match another family',
      edits: [enter('acl-fn', out(90, false, { cidr: '::/0' }))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'stops a range that it denies in part',
      edits: [enter('acl-fn', out(90, false, { cidr: '198.51.100.64/26' }))],
      to: address('198.51.100.0/24'),
      is: stopped('acl-fn', '90', 'out', '198.51.100.0/24', 443),
    },
    {
      name: 'stops a range that it admits in part',
      edits: [only('acl-fn', out(100, true, { cidr: '198.51.100.0/25' }), into(100, true))],
      to: address('198.51.100.0/24'),
      is: stopped('acl-fn', '*', 'out', '198.51.100.0/24', 443),
    },
    {
      name: 'names the lowest of the entries that stop',
      edits: [
        enter(
          'acl-fn',
          out(80, false, { cidr: '198.51.100.128/25' }),
          out(70, false, { cidr: '198.51.100.192/26' }),
          out(90, false),
        ),
      ],
      to: address('198.51.100.0/24'),
      is: stopped('acl-fn', '70', 'out', '198.51.100.0/24', 443),
    },
    {
      name: 'names the lowest of the entries that stop, whatever the routes cut',
      edits: [
        lead('rtb-fn', route('198.51.100.128/25', 'nat-gateway', 'nat-1')),
        enter(
          'acl-fn',
          out(80, false, { cidr: '198.51.100.0/25' }),
          out(70, false, { cidr: '198.51.100.128/25' }),
        ),
      ],
      to: address('198.51.100.0/24'),
      is: stopped('acl-fn', '70', 'out', '198.51.100.0/24', 443),
    },
    {
      name: 'is named before a route that stops a lower address',
      edits: [
        lead('rtb-fn', { ...route('198.51.100.0/25', 'nat-gateway', 'nat-0'), state: 'blackhole' }),
        enter('acl-fn', out(70, false, { cidr: '198.51.100.128/25' })),
      ],
      to: address('198.51.100.0/24'),
      is: stopped('acl-fn', '70', 'out', '198.51.100.0/24', 443),
    },
    {
      name: 'is out of sight where it is not described',
      edits: [alter((network) => the(network.subnets, 'subnet-a'), { aclId: 'acl-9' })],
      to: database,
      is: 'unknown UNKNOWN_RESOURCE network-acl acl-9',
    },
    {
      name: 'is skipped within the subnet',
      edits: [only('acl-ep'), rules('sg-ep', 'ingress', 'tcp 443 10.0.0.0/16')],
      place: inFunction,
      to: ssm,
      is: 'reachable sg-fn sg-ep vpce-ssm',
    },
    {
      name: 'comes before the route table',
      edits: [
        enter('acl-fn', out(90, false)),
        alter((network) => the(network.routeTables, 'rtb-fn'), { routes: [] }),
      ],
      to: internet(),
      is: stopped('acl-fn', '90', 'out', '0.0.0.0/0', 443),
    },
    {
      name: 'comes after the egress rules',
      edits: [enter('acl-fn', out(90, false)), rules('sg-fn', 'egress', 'tcp 80 0.0.0.0/0')],
      to: internet(),
      is: 'blocked ENI_SG_RULES_MISMATCH sg-fn -> allow-egress sg-fn tcp 443 0.0.0.0/0',
    },
  ]);
});

describe('the ACL of the destination, inbound', () => {
  table([
    {
      name: 'stops by a deny',
      edits: [enter('acl-db', into(90, false))],
      to: database,
      is: stopped('acl-db', '90', 'in', subnet),
    },
    {
      name: 'stops a part of the sources',
      edits: [enter('acl-db', into(90, false, { cidr: '10.0.1.128/25' }))],
      to: database,
      is: stopped('acl-db', '90', 'in', subnet),
    },
    {
      name: 'does not match other sources',
      edits: [enter('acl-db', into(90, false, { cidr: '10.0.2.0/24' }))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'stops before the ingress rules',
      edits: [enter('acl-db', into(90, false)), rules('sg-db', 'ingress')],
      to: database,
      is: stopped('acl-db', '90', 'in', subnet),
    },
    {
      name: 'is out of sight where it is not described',
      edits: [alter((network) => the(network.subnets, 'subnet-db'), { aclId: 'acl-9' })],
      to: database,
      is: 'unknown UNKNOWN_RESOURCE network-acl acl-9',
    },
    {
      name: 'out of sight does not hide the ingress rules',
      edits: [
        alter((network) => the(network.subnets, 'subnet-db'), { aclId: 'acl-9' }),
        rules('sg-db', 'ingress'),
      ],
      to: database,
      is: 'blocked SG_HAS_NO_RULES sg-db -> allow-ingress sg-db tcp 5432 sg-fn',
    },
  ]);
});
