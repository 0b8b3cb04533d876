import { describe } from '@jest/globals';
import { host, into, only, out, ports, replyStopped, stopped, subnet } from './acl-entries.js';
import { toDatabase, viaNat } from './paths.js';
import { table } from './show.js';
import { alter, database, enter, internet, rules, s3, ssm, the, wearers } from './town.js';

describe('the reply', () => {
  table([
    {
      name: 'is stopped by the ACL of the destination',
      edits: [enter('acl-db', out(90, false))],
      to: database,
      is: replyStopped('acl-db', '90', 'out', subnet),
    },
    {
      name: 'is stopped by the ACL of the function',
      edits: [enter('acl-fn', into(90, false))],
      to: database,
      is: replyStopped('acl-fn', '90', 'in', host),
    },
    {
      name: 'needs every ephemeral port out of the destination',
      edits: [only('acl-db', into(100, true), out(100, true, ports(32768, 65535)))],
      to: database,
      is: replyStopped('acl-db', '*', 'out', subnet),
    },
    {
      name: 'needs every ephemeral port into the function',
      edits: [only('acl-fn', out(100, true), into(100, true, ports(1024, 61000)))],
      to: database,
      is: replyStopped('acl-fn', '*', 'in', host),
    },
    {
      name: 'needs no other port',
      edits: [only('acl-fn', out(100, true), into(100, true, ports(1024, 65535)))],
      to: database,
      is: toDatabase,
    },
    {
      name: 'may be admitted in parts',
      edits: [
        only(
          'acl-fn',
          out(100, true),
          into(100, true, ports(1024, 32767)),
          into(110, true, ports(32768, 65535)),
        ),
      ],
      to: database,
      is: toDatabase,
    },
    {
      name: 'is stopped by a deny of one port',
      edits: [enter('acl-fn', into(90, false, ports(3389)))],
      to: database,
      is: replyStopped('acl-fn', '90', 'in', host),
    },
    {
      name: 'does not come to the port of the request',
      edits: [enter('acl-fn', into(90, false, ports(443)))],
      to: ssm,
      is: 'reachable sg-fn acl-fn rtb-fn acl-ep sg-ep vpce-ssm',
    },
    {
      name: 'of a service comes from its addresses',
      edits: [enter('acl-fn', into(90, false, { cidr: '3.5.128.0/24' }))],
      to: s3,
      is: replyStopped('acl-fn', '90', 'in', '0.0.0.0/0'),
    },
    {
      name: 'of UDP is needed as well',
      edits: [
        rules('sg-fn', 'egress', 'udp 5432 sg-db'),
        rules('sg-db', 'ingress', 'udp 5432 sg-fn'),
        enter('acl-fn', into(90, false, { protocol: 'udp' })),
      ],
      to: wearers('sg-db', { protocol: 'udp' }),
      is: replyStopped('acl-fn', '90', 'in', host).replace(' tcp ', ' udp '),
    },
    {
      name: 'passes groups without rules for it',
      edits: [rules('sg-db', 'egress'), rules('sg-fn', 'ingress')],
      to: database,
      is: toDatabase,
    },
    {
      name: 'comes after the request',
      edits: [enter('acl-fn', into(90, false)), rules('sg-db', 'ingress')],
      to: database,
      is: 'blocked SG_HAS_NO_RULES sg-db -> allow-ingress sg-db tcp 5432 sg-fn',
    },
  ]);
});

describe('the ACL of the NAT gateway', () => {
  const anywhere = '0.0.0.0/0';
  table([
    {
      name: 'admits the function',
      edits: [only('acl-nat', into(1, true), out(1, true))],
      to: internet(),
      is: viaNat,
    },
    {
      name: 'stops the request on its way in',
      edits: [enter('acl-nat', into(90, false, { cidr: subnet }))],
      to: internet(),
      is: stopped('acl-nat', '90', 'in', subnet, 443),
    },
    {
      name: 'stops the request on its way out',
      edits: [enter('acl-nat', out(90, false, ports(443)))],
      to: internet(),
      is: stopped('acl-nat', '90', 'out', anywhere, 443),
    },
    {
      name: 'stops the reply on its way in',
      edits: [only('acl-nat', into(90, true, { cidr: '10.0.0.0/8' }), out(1, true))],
      to: internet(),
      is: replyStopped('acl-nat', '*', 'in', anywhere),
    },
    {
      name: 'stops the reply on its way to the function',
      edits: [enter('acl-nat', out(90, false, { cidr: subnet }))],
      to: internet(),
      is: replyStopped('acl-nat', '90', 'out', subnet),
    },
    {
      name: 'is out of sight where it is not described',
      edits: [alter((network) => the(network.subnets, 'subnet-nat'), { aclId: 'acl-9' })],
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE network-acl acl-9',
    },
  ]);
});
