import { describe, expect, it } from '@jest/globals';
import { prepareAcl, stoppingEntry } from '../../src/network/acl.js';
import { blockCodes, unknownCodes } from '../../src/network/codes.js';
import { coversName, isAmazonServer, regionalTwin } from '../../src/network/names.js';
import { cover, firstAddress, intersect, parseRange, type Range, without } from '../../src/network/range.js';
import { prepareTable, routesFor } from '../../src/network/route-table.js';
import { entry, route, townWith } from './town.js';

function range(text: string): Range {
  const found = parseRange(text);
  if (found === undefined) throw new Error(`${text} is no range`);
  return found;
}

describe('ranges', () => {
  it.each([
    ['10.0.1.7/24', 'ipv4', 0x0a000100n, 0x0a0001ffn],
    ['10.0.1.7', 'ipv4', 0x0a000107n, 0x0a000107n],
    ['0.0.0.0/0', 'ipv4', 0n, 0xffffffffn],
    ['2001:db8::/127', 'ipv6', 0x20010db8n << 96n, (0x20010db8n << 96n) + 1n],
    ['::/0', 'ipv6', 0n, (1n << 128n) - 1n],
  ])('reads %s', (text, family, first, last) => {
    expect(parseRange(text)).toEqual({ family, first, last });
  });

  it.each(['', 'pl-1', '10.0.0.0/33', '10.0.0.0/-1', 'fd00::/129', 'x'])('refuses %p', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it.each(['10.0.5.53', '255.255.255.255', '2001:db8::1'])('writes %s as it was read', (text) => {
    expect(firstAddress(range(text))).toBe(text);
  });

  it.each([
    ['10.0.0.0/16', '10.0.5.0/24', '10.0.5.0/24'],
    ['10.0.5.0/24', '10.0.0.0/16', '10.0.5.0/24'],
    ['10.0.0.0/16', '10.1.0.0/16', undefined],
    ['::/0', '0.0.0.0/0', undefined],
  ])('%s and %s have %s in common', (a, b, common) => {
    expect(intersect(range(a), range(b))).toEqual(common === undefined ? undefined : range(common));
  });

  it('leave what is not taken, on both sides', () => {
    const left = without([range('10.0.0.0/30')], range('10.0.0.1'));
    expect(left.map(({ first, last }) => [first & 3n, last & 3n])).toEqual([
      [0n, 0n],
      [2n, 3n],
    ]);
  });

  it.each([
    [['10.0.0.0/25', '10.0.0.128/25'], true],
    [['10.0.0.128/25', '10.0.0.0/24'], true],
    [['10.0.0.0/25', '10.0.0.129/32'], false],
    [['::/0'], false],
    [[], false],
  ])('%p cover 10.0.0.0/24: %p', (texts, covered) => {
    expect(cover(texts.map(range), range('10.0.0.0/24'))).toBe(covered);
  });
});

describe('an ACL', () => {
  const traffic = { protocol: 'tcp' as const, ports: { from: 1024, to: 65535 } };
  const stop = (...entries: Parameters<typeof entry>[]): string | undefined =>
    stoppingEntry(
      prepareAcl({ id: 'acl-1', entries: entries.map((of) => entry(...of)) }),
      'ingress',
      range('10.0.0.0/24'),
      traffic,
    );

  it.each<[string, Parameters<typeof entry>[], string | undefined]>([
    ['without entries', [], '*'],
    ['with entries of the other direction', [[1, true, true]], '*'],
    [
      'with four corners admitted',
      [
        [1, false, true, { cidr: '10.0.0.0/25', protocol: 'tcp', ports: { from: 0, to: 30000 } }],
        [2, false, true, { cidr: '10.0.0.0/25', protocol: 'tcp', ports: { from: 30001, to: 65535 } }],
        [3, false, true, { cidr: '10.0.0.128/25', protocol: 'tcp', ports: { from: 20001, to: 65535 } }],
        [4, false, true, { cidr: '10.0.0.128/25', protocol: 'tcp', ports: { from: 0, to: 20000 } }],
      ],
      undefined,
    ],
    [
      'with one corner missing',
      [
        [1, false, true, { cidr: '10.0.0.0/25' }],
        [2, false, true, { cidr: '10.0.0.128/25', protocol: 'tcp', ports: { from: 1024, to: 65534 } }],
      ],
      '*',
    ],
    [
      'with a deny of what is admitted before',
      [
        [1, false, true],
        [2, false, false],
      ],
      undefined,
    ],
    [
      'with a deny of the rest of what is admitted before',
      [
        [1, false, true, { cidr: '10.0.0.0/25' }],
        [2, false, false],
        [3, false, true],
      ],
      '2',
    ],
    ['with a broken CIDR', [[1, false, true, { cidr: '10.0.0.0/33' }]], '*'],
  ])('%s', (_, entries, expected) => {
    expect(stop(...entries)).toBe(expected);
  });
});

describe('a route table', () => {
  it('cuts a range by the longest prefix, and leaves the rest without a route', () => {
    const table = prepareTable(
      {
        id: 'rtb-1',
        main: true,
        routes: [route('10.0.0.0/16', 'local'), route('10.0.1.0/24', 'vpc-peering', 'pcx-1')],
      },
      new Map(),
    );
    const legs = routesFor(table, range('10.0.0.0/15'), true);
    expect(legs.map((leg) => [leg.range.last - leg.range.first + 1n, leg.route?.target.id])).toEqual([
      [256n, 'pcx-1'],
      [256n, 'local'],
      [65024n, 'local'],
      [65536n, undefined],
    ]);
  });
});

describe('names', () => {
  it.each([
    ['ssm.example', 'ssm.example', true],
    ['*.s3.example', 'a.s3.example', true],
    ['*.s3.example', 's3.example', false],
    ['*.s3.example', '.s3.example', false],
    ['s3.example', 'a.s3.example', false],
    ['*.s3.example', 'as3.example', false],
  ])('%s covers %s: %p', (pattern, name, covers) => {
    expect(coversName(pattern, name)).toBe(covers);
  });

  it.each([
    ['sts.amazonaws.com', 'sts.us-east-2.amazonaws.com'],
    ['sts.amazonaws.com.cn', 'sts.us-east-2.amazonaws.com.cn'],
    ['sts.us-east-1.amazonaws.com', undefined],
    ['amazonaws.com', undefined],
    ['sts.example.com', undefined],
  ])('the regional twin of %s is %s', (name, twin) => {
    expect(regionalTwin(name, 'us-east-2')).toBe(twin);
  });

  it.each([
    ['AmazonProvidedDNS', true],
    ['10.0.0.2', true],
    ['10.0.0.3', false],
    ['192.168.0.2', false],
  ])("%s is Amazon's server: %p", (server, amazons) => {
    const { vpc } = townWith();
    expect(isAmazonServer(server, { ...vpc, cidrs: ['10.0.0.0/16', '192.168.0.0/24'] })).toBe(amazons);
  });
});

/** The codes of vpc/latest/reachability/explanation-codes.html that a judgement of this kind may need. */
const awsCodes = [
  'BAD_STATE',
  'BAD_STATE_ROUTE',
  'ENI_SG_RULES_MISMATCH',
  'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
  'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS',
  'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
  'NO_POSSIBLE_DESTINATION',
  'NO_ROUTE_TO_DESTINATION',
  'NO_SOURCE_OR_DESTINATION',
  'SG_HAS_NO_RULES',
  'SUBNET_ACL_RESTRICTION',
  'UNKNOWN_DESTINATION',
  'UNKNOWN_RESOURCE',
  'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
  'VPCE_GATEWAY_PROTOCOL_RESTRICTION',
];

it("the codes that are called AWS's are AWS's", () => {
  const called = Object.entries({ ...blockCodes, ...unknownCodes }).filter(([, { aws }]) => aws);
  expect(called.map(([code]) => code).sort()).toEqual(awsCodes.toSorted());
});
