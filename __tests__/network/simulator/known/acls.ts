import { allowEntry } from '../../fuzz/draft.js';
import { ask, dropEntries, entriesOf, type KnownAnswer, the } from './world.js';

const basics = 'vpc/latest/userguide/nacl-basics.html';
const rules = 'vpc/latest/userguide/nacl-rules.html';
const custom = 'vpc/latest/userguide/custom-network-acl.html';

/** Known answers about network ACLs. */
export const aclAnswers: readonly KnownAnswer[] = [
  {
    name: 'a default ACL lets everything through',
    page: basics,
    change: () => undefined,
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'the lowest number that matches decides, whatever a higher one says',
    page: rules,
    change: (world) => entriesOf(world, 'a').push({ ...allowEntry(99, true, '10.0.2.0/24'), allow: false }),
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a 99 request'],
  },
  {
    name: 'a higher number that denies comes too late',
    page: rules,
    change: (world) => entriesOf(world, 'a').push({ ...allowEntry(102, true, '10.0.2.0/24'), allow: false }),
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'what no rule matches is denied by *',
    page: basics,
    change: (world) => dropEntries(world, 'a', true),
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a * request'],
  },
  {
    name: 'the entry that AWS lists as 32767 is *',
    page: 'cli/latest/reference/ec2/describe-network-acls.html',
    change: (world) => {
      dropEntries(world, 'b', false);
      entriesOf(world, 'b').push({ ...allowEntry(32767, false, '0.0.0.0/0'), allow: false });
    },
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b * request'],
  },
  {
    name: 'ACLs are stateless: the answer needs an outbound rule of its own',
    page: basics,
    change: (world) => dropEntries(world, 'b', true),
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b * reply'],
  },
  {
    name: 'the answer to the function needs an inbound rule of its subnet',
    page: basics,
    change: (world) => dropEntries(world, 'a', false),
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a * reply'],
  },
  {
    name: 'ephemeral ports of Lambda begin at 1024, so 32768 to 65535 are too few',
    page: custom,
    change: (world) => {
      dropEntries(world, 'a', false);
      entriesOf(world, 'a').push(allowEntry(100, false, '10.0.0.0/16', 'tcp', { from: 32768, to: 65535 }));
    },
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a * reply'],
  },
  {
    name: 'ephemeral ports 1024 to 65535 are enough',
    page: custom,
    change: (world) => {
      dropEntries(world, 'a', false);
      entriesOf(world, 'a').push(allowEntry(100, false, '10.0.0.0/16', '6', { from: 1024, to: 65535 }));
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'a rule is for the listening port: the answer is not let in by the port asked for',
    page: rules,
    change: (world) => {
      dropEntries(world, 'a', false);
      entriesOf(world, 'a').push(allowEntry(100, false, '0.0.0.0/0', 'tcp', { from: 5432, to: 5432 }));
    },
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a * reply'],
  },
  {
    name: 'all protocols mean all ports, whatever ports are written',
    page: 'AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html',
    change: (world) => {
      dropEntries(world, 'a', false);
      entriesOf(world, 'a').push(allowEntry(100, false, '0.0.0.0/0', '-1', { from: 80, to: 80 }));
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'rules are evaluated at the border of a subnet, not within it',
    page: basics,
    change: (world) => {
      world.place.subnetIds = ['subnet-b'];
      the(world.network.acls, 'acl-b').entries = [];
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'an IPv4 range matches no IPv6 packet',
    page: basics,
    change: (world) => {
      dropEntries(world, 'a', true);
      entriesOf(world, 'a').push(allowEntry(100, true, '0.0.0.0/0'));
    },
    ask: ask.databaseBySix,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a * request'],
  },
  {
    name: 'a UDP rule matches no TCP packet',
    page: rules,
    change: (world) => {
      dropEntries(world, 'b', false);
      entriesOf(world, 'b').push(allowEntry(100, false, '0.0.0.0/0', '17'));
    },
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b * request'],
  },
  {
    name: 'an ACL that denies half of the subnet of the function stops some packets',
    page: rules,
    change: (world) => entriesOf(world, 'b').push({ ...allowEntry(7, false, '10.0.1.128/25'), allow: false }),
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b 7 request'],
  },
  {
    name: 'host bits of a range are ignored',
    page: rules,
    change: (world) => entriesOf(world, 'b').push({ ...allowEntry(7, false, '10.0.1.77/18'), allow: false }),
    ask: ask.database,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b 7 request'],
  },
  {
    name: 'the ACL of the subnet of a NAT gateway filters what the function sends to it',
    page: 'vpc/latest/userguide/nat-gateway-basics.html',
    change: (world) => dropEntries(world, 'n', false),
    ask: ask.internet,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-n * request'],
  },
  {
    name: 'the NAT gateway needs ports 1024 to 65535 inwards',
    page: custom,
    change: (world) => {
      dropEntries(world, 'n', false);
      entriesOf(world, 'n').push(
        allowEntry(100, false, '10.0.0.0/16'),
        allowEntry(110, false, '0.0.0.0/0', 'tcp', { from: 1024, to: 50000 }),
      );
    },
    ask: ask.internet,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-n * reply'],
  },
  {
    name: 'the ACL of a subnet holds for what goes to a gateway endpoint',
    page: 'vpc/latest/privatelink/vpc-endpoints-s3.html',
    change: (world) => entriesOf(world, 'a').push({ ...allowEntry(5, true, '52.219.80.0/21'), allow: false }),
    ask: ask.s3,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-a 5 request'],
  },
];
