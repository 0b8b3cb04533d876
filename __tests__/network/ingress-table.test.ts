import { describe } from '@jest/globals';
import { toDatabase, viaEndpoint, viaNat } from './paths.js';
import { table } from './show.js';
import {
  address,
  alter,
  database,
  type Edit,
  endpoint,
  home,
  internet,
  lead,
  route,
  rules,
  ssm,
} from './town.js';

const egress = (...texts: string[]): Edit => rules('sg-fn', 'egress', ...texts);
const refusedOut = (peer: string, port = 5432): string =>
  `blocked ENI_SG_RULES_MISMATCH sg-fn -> allow-egress sg-fn tcp ${port} ${peer}`;
const second: Edit = (network) => void network.groups.push({ id: 'sg-extra', ingress: [], egress: [] });
const both = { ...home, groupIds: ['sg-fn', 'sg-extra'] };

describe('groups out of sight', () => {
  table([
    {
      name: 'of the function',
      edits: [egress()],
      place: { ...home, groupIds: ['sg-fn', 'sg-9'] },
      to: internet(),
      is: 'unknown UNKNOWN_RESOURCE security-group sg-9',
    },
    {
      name: 'of the function do not matter beside one that admits',
      place: { ...home, groupIds: ['sg-9', 'sg-fn'] },
      to: internet(),
      is: viaNat,
    },
    {
      name: 'of the destination',
      edits: [
        alter((network) => network.interfaces?.[0] ?? {}, { groupIds: ['sg-9'] }),
        egress('all all 0.0.0.0/0'),
      ],
      to: address('10.0.5.10', { port: 5432 }),
      is: 'unknown UNKNOWN_RESOURCE security-group sg-9',
    },
    {
      name: 'of a peered VPC',
      edits: [egress('tcp 443 sg-peer'), lead('rtb-fn', route('172.16.0.0/16', 'vpc-peering', 'pcx-1'))],
      to: address('172.16.0.9'),
      is: 'unknown UNKNOWN_RESOURCE security-group sg-peer',
    },
    {
      name: 'of this VPC are in sight at a peered VPC',
      edits: [egress('tcp 443 sg-db'), lead('rtb-fn', route('172.16.0.0/16', 'vpc-peering', 'pcx-1'))],
      to: address('172.16.0.9'),
      is: refusedOut('172.16.0.9', 443),
    },
    {
      name: 'at an address that nobody describes',
      edits: [egress('tcp 443 sg-db')],
      to: address('10.0.5.11'),
      is: 'unknown UNKNOWN_DESTINATION subnet subnet-db',
    },
  ]);
});

describe('the ingress rules of the destination', () => {
  const ingress = (...texts: string[]): Edit => rules('sg-db', 'ingress', ...texts);
  const refusedIn = 'blocked ENI_SG_RULES_MISMATCH sg-db -> allow-ingress sg-db tcp 5432 sg-fn';
  table([
    { name: "admit the function's group", edits: [ingress('tcp 5432 sg-fn')], to: database, is: toDatabase },
    { name: 'refuse another group', edits: [ingress('tcp 5432 sg-db')], to: database, is: refusedIn },
    {
      name: "admit the function's subnet",
      edits: [ingress('tcp 5432 10.0.1.0/24')],
      to: database,
      is: toDatabase,
    },
    {
      name: "admit the function's subnet in parts",
      edits: [ingress('tcp 5432 10.0.1.0/25', 'tcp 5432 10.0.1.128/25')],
      to: database,
      is: toDatabase,
    },
    {
      name: "refuse a part of the function's subnet",
      edits: [ingress('tcp 5432 10.0.1.0/25')],
      to: database,
      is: refusedIn,
    },
    { name: 'refuse another port', edits: [ingress('tcp 5433 sg-fn')], to: database, is: refusedIn },
    {
      name: 'that are missing altogether are said to be missing',
      edits: [ingress()],
      to: database,
      is: 'blocked SG_HAS_NO_RULES sg-db -> allow-ingress sg-db tcp 5432 sg-fn',
    },
    {
      name: 'admit by a prefix list',
      edits: [
        (network) => void network.prefixLists.push({ id: 'pl-fn', cidrs: ['10.0.0.0/22'], names: [] }),
        ingress('tcp 5432 pl-fn'),
      ],
      to: database,
      is: toDatabase,
    },
    {
      name: 'admit by the second group of the function',
      edits: [second, ingress('tcp 5432 sg-extra')],
      place: both,
      to: database,
      is: toDatabase,
    },
    {
      name: 'do not filter an interface without groups',
      edits: [
        alter((network) => network.interfaces?.[0] ?? {}, { groupIds: [] }),
        egress('all all 0.0.0.0/0'),
      ],
      to: address('10.0.5.10', { port: 5432 }),
      is: 'reachable sg-fn acl-fn rtb-fn acl-db eni-db',
    },
    { name: 'of an endpoint admit the CIDR of the VPC', to: ssm, is: viaEndpoint },
    {
      name: 'of an endpoint refuse without the port',
      edits: [rules('sg-ep', 'ingress', 'tcp 80 10.0.0.0/16')],
      to: ssm,
      is: 'blocked ENI_SG_RULES_MISMATCH sg-ep -> allow-ingress sg-ep tcp 443 sg-fn',
    },
    {
      name: 'at an address that nobody describes are out of sight',
      edits: [egress('all all 0.0.0.0/0')],
      to: address('10.0.5.11'),
      is: 'unknown UNKNOWN_DESTINATION subnet subnet-db',
    },
    {
      name: 'hold in the same subnet',
      edits: [rules('sg-ep', 'ingress', 'tcp 443 10.0.8.0/24')],
      place: { ...home, subnetIds: ['subnet-ep'] },
      to: ssm,
      is: 'reachable sg-fn sg-ep vpce-ssm',
    },
    {
      name: 'of all groups of an endpoint are one set',
      edits: [
        second,
        rules('sg-extra', 'ingress', 'tcp 443 sg-fn'),
        rules('sg-ep', 'ingress'),
        endpoint('vpce-ssm', { groupIds: ['sg-ep', 'sg-extra'] }),
      ],
      to: ssm,
      is: viaEndpoint.replace('sg-ep', 'sg-extra'),
    },
  ]);
});
