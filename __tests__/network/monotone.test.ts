import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AclEntry, FunctionPlace, Network } from '../../src/network/network.js';
import { prepare } from '../../src/network/prepared.js';
import { judge } from '../../src/network/reach.js';
import type { Destination, Line, Question } from '../../src/network/verdict.js';
import {
  address,
  alter,
  database,
  type Edit,
  enter,
  entry,
  everywhere,
  internet,
  reroute,
  rules,
  s3,
  service,
  ssm,
  townWith,
} from './town.js';

const RUNS = 1500;

const cidrs = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.0.1.0/24',
  '10.0.1.0/25',
  '10.0.2.0/23',
  '10.0.5.0/24',
  '10.0.5.10/32',
  '10.0.8.0/24',
  '3.5.128.0/23',
  '198.51.100.0/25',
  '::/0',
  '2600:1f16:1:1::/64',
];
const cidr = fc.oneof(fc.constant('0.0.0.0/0'), fc.constantFrom(...cidrs));
const protocol = fc.constantFrom('all', 'all', 'tcp', 'udp', '6');
const ports = fc.constantFrom(
  undefined,
  { from: 443, to: 443 },
  { from: 1024, to: 65535 },
  { from: 5000, to: 40000 },
);
const aclId = fc.constantFrom('acl-fn', 'acl-db', 'acl-ep', 'acl-nat');
const groupId = fc.constantFrom('sg-fn', 'sg-db', 'sg-ep');
const direction = fc.constantFrom('ingress' as const, 'egress' as const);

const entryOf = (allow: fc.Arbitrary<boolean>): fc.Arbitrary<AclEntry> =>
  fc
    .record({ number: fc.integer({ min: 1, max: 300 }), egress: fc.boolean(), allow, protocol, ports, cidr })
    .map(({ number, egress, allow: allowed, ...rest }) => entry(number, egress, allowed, rest));

const enters = (allow: fc.Arbitrary<boolean>): fc.Arbitrary<Edit> =>
  fc.tuple(aclId, entryOf(allow)).map(([id, added]) => enter(id, added));

/** A rule beside those of a group. */
const ruleAdded: fc.Arbitrary<Edit> = fc
  .record({
    id: groupId,
    direction,
    protocol,
    ports,
    peer: fc.oneof(
      cidr.map((value) => ({ kind: 'cidr' as const, value })),
      fc.constantFrom('sg-fn', 'sg-db', 'sg-ep', 'sg-9').map((value) => ({ kind: 'group' as const, value })),
      fc.constantFrom('pl-s3', 'pl-9').map((value) => ({ kind: 'prefix-list' as const, value })),
    ),
  })
  .map(({ id, direction: way, ...rule }) => (network) => {
    for (const group of network.groups) if (group.id === id) group[way].push(rule);
  });

/** What closes one direction of one thing. */
const closed: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(groupId, direction).map(([id, way]) => rules(id, way)),
  fc.tuple(aclId, fc.boolean()).map(([id, egress]) => enter(id, entry(50, egress, false))),
);

const other: fc.Arbitrary<Edit> = fc.constantFrom(
  reroute('rtb-fn', '0.0.0.0/0'),
  reroute('rtb-fn', 'pl-s3'),
  alter((network) => network.vpc, { dnsServers: ['10.0.5.10', 'AmazonProvidedDNS'] }),
  alter((network) => network.vpc, { dnsServers: ['10.0.5.10'] }),
  alter((network) => network.vpc, { dnsHostnames: false }),
  alter((network) => network, { natGateways: [] }),
);

const destination: fc.Arbitrary<Destination> = fc.constantFrom(
  ssm,
  s3,
  database,
  service('sqs.us-east-2.amazonaws.com'),
  internet(),
  internet({ family: 'ipv6' }),
  address('198.51.100.0/24'),
  address('10.0.5.0/24', { port: 5432 }),
  address('10.0.8.10'),
);

const place: fc.Arbitrary<FunctionPlace> = fc.constantFrom(everywhere, {
  ...everywhere,
  subnetIds: ['subnet-a', 'subnet-ep'],
});

/** A few edits that make some destinations blocked, others not. */
const history = fc.array(fc.oneof(enters(fc.boolean()), ruleAdded, { arbitrary: closed, weight: 4 }, other), {
  maxLength: 3,
});

/** An allow that opens one direction of one thing to everybody. */
const opened: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(aclId, fc.boolean()).map(([id, egress]) => enter(id, entry(1, egress, true))),
  fc.tuple(groupId, direction).map(
    ([id, way]): Edit =>
      (network) => {
        const rule = {
          protocol: 'all',
          ports: undefined,
          peer: { kind: 'cidr' as const, value: '0.0.0.0/0' },
        };
        for (const group of network.groups) if (group.id === id) group[way].push(rule);
      },
  ),
);

type Status = Line['outcome']['status'];

function statuses(network: Network, question: Question): readonly Status[] {
  return judge(prepare(network), question).lines.map(({ outcome }) => outcome.status);
}

/** Every line before and after the edit that comes last, over many networks. */
function transitions(added: fc.Arbitrary<Edit>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const property = fc.property(history, added, place, destination, (edits, last, at, to) => {
    const question = { place: at, destination: to };
    const before = statuses(townWith(...edits), question);
    const after = statuses(townWith(...edits, last), question);
    expect(after).toHaveLength(before.length);
    for (const [index, status] of before.entries()) {
      const transition = `${status} to ${after[index]}`;
      counts.set(transition, (counts.get(transition) ?? 0) + 1);
    }
  });
  fc.assert(property, { numRuns: RUNS, seed: 20260101 });
  return counts;
}

it('an allow never turns reachable into blocked', () => {
  const found = transitions(fc.oneof(enters(fc.constant(true)), ruleAdded, { arbitrary: opened, weight: 4 }));
  expect(found.get('reachable to blocked')).toBeUndefined();
  expect(found.get('blocked to reachable')).toBeGreaterThan(20);
});

it('a deny never turns blocked into reachable', () => {
  const found = transitions(enters(fc.constant(false)));
  expect(found.get('blocked to reachable')).toBeUndefined();
  expect(found.get('reachable to blocked')).toBeGreaterThan(20);
});
