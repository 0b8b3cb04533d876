import { describe, expect, it } from '@jest/globals';
import type { FunctionPlace, InterfaceEndpoint, Network } from '../../src/network/network.js';
import { prepare } from '../../src/network/prepared.js';
import { judge } from '../../src/network/reach.js';
import { into, out } from './acl-entries.js';
import { show } from './show.js';
import { alter, type Draft, type Edit, endpoint, enter, route, rules, ssm } from './town.js';

const zones = ['a', 'b', 'c'];
const place: FunctionPlace = {
  subnetIds: zones.map((zone) => `subnet-${zone}`),
  groupIds: ['sg-fn'],
  ipv6: false,
};

function interfaceEndpoint(service: string, host: number): InterfaceEndpoint {
  return {
    kind: 'interface',
    id: `vpce-${service}`,
    state: 'available',
    interfaces: zones.map((zone, index) => ({
      id: `eni-${service}-${zone}`,
      subnetId: `subnet-${zone}`,
      ipv4: `12.25.15.${32 * index + host}`,
      ipv6: undefined,
    })),
    groupIds: ['sg-ep'],
    privateDns: true,
    names: [`${service}.us-east-2.amazonaws.com`],
    addressType: 'ipv4',
    policy: 'full',
  };
}

/** The VPC of the reference job: three private subnets behind one table, no gateway. */
function before(): Network {
  const https = { protocol: 'tcp', ports: { from: 443, to: 443 } };
  return {
    region: 'us-east-2',
    vpc: {
      id: 'vpc-app',
      cidrs: ['12.25.15.0/25'],
      ipv6Cidrs: [],
      dnsSupport: true,
      dnsHostnames: true,
      dnsServers: ['AmazonProvidedDNS'],
      blockPublicAccess: 'off',
    },
    subnets: zones.map((zone, index) => ({
      id: `subnet-${zone}`,
      zone: `us-east-2${zone}`,
      cidr: `12.25.15.${32 * index}/27`,
      ipv6Cidr: undefined,
      aclId: 'acl-1',
      routeTableId: 'rtb-private',
      blockPublicAccess: undefined,
    })),
    routeTables: [
      { id: 'rtb-private', main: false, routes: [route('12.25.15.0/25', 'local')] },
      { id: 'rtb-main', main: true, routes: [route('12.25.15.0/25', 'local')] },
    ],
    natGateways: [],
    prefixLists: [],
    acls: [{ id: 'acl-1', entries: [into(100, true), out(100, true)] }],
    groups: [
      { id: 'sg-fn', ingress: [], egress: [{ ...https, peer: { kind: 'group', value: 'sg-ep' } }] },
      { id: 'sg-ep', ingress: [{ ...https, peer: { kind: 'cidr', value: '12.25.15.0/25' } }], egress: [] },
    ],
    endpoints: [],
    interfaces: [],
  };
}

const connected: Edit = (network) =>
  void network.endpoints.push(
    ...(structuredClone([interfaceEndpoint('logs', 10), interfaceEndpoint('ssm', 11)]) as Draft<
      InterfaceEndpoint[]
    >),
  );

function judged(...edits: readonly Edit[]): string {
  const network = structuredClone(before()) as Draft<Network>;
  for (const edit of edits) edit(network);
  return show(judge(prepare(network), { place, destination: ssm }));
}

describe('the reference job', () => {
  it('reaches nothing before, from any subnet', () => {
    expect(judged(rules('sg-fn', 'egress', 'all all 0.0.0.0/0'))).toBe(
      'blocked NO_ROUTE_TO_DESTINATION rtb-private -> add-route rtb-private 0.0.0.0/0',
    );
  });

  it('reaches every zone of the endpoint from every subnet after', () => {
    const within = 'reachable sg-fn sg-ep vpce-ssm';
    const across = 'reachable sg-fn acl-1 rtb-private acl-1 sg-ep vpce-ssm';
    const lines = zones.flatMap((from) =>
      zones.map((to) => `subnet-${from}>eni-ssm-${to}: ${from === to ? within : across}`),
    );
    expect(judged(connected)).toBe(['reachable', ...lines].join('\n'));
  });

  const removals: readonly { readonly name: string; readonly edits: readonly Edit[]; readonly is: string }[] =
    [
      {
        name: "the function's egress rule",
        edits: [rules('sg-fn', 'egress')],
        is: 'blocked SG_HAS_NO_RULES sg-fn -> allow-egress sg-fn tcp 443 sg-ep',
      },
      {
        name: "the endpoint's ingress rule",
        edits: [rules('sg-ep', 'ingress')],
        is: 'blocked SG_HAS_NO_RULES sg-ep -> allow-ingress sg-ep tcp 443 sg-fn',
      },
      {
        name: "the endpoint's subnets",
        edits: [endpoint('vpce-ssm', { interfaces: [] })],
        is: 'blocked ENDPOINT_HAS_NO_SUBNET vpce-ssm -> add-endpoint-subnet vpce-ssm',
      },
      {
        name: 'private DNS',
        edits: [endpoint('vpce-ssm', { privateDns: false })],
        is: 'blocked PRIVATE_DNS_OFF vpce-ssm -> enable-private-dns vpce-ssm',
      },
      {
        name: 'DNS support',
        edits: [alter((network) => network.vpc, { dnsSupport: false })],
        is: 'blocked DNS_SUPPORT_OFF vpc-app -> enable-dns-support vpc-app',
      },
      {
        name: 'DNS hostnames',
        edits: [alter((network) => network.vpc, { dnsHostnames: false })],
        is: 'blocked DNS_HOSTNAMES_OFF vpce-ssm -> enable-dns-hostnames vpc-app',
      },
    ];

  it.each(removals)('names $name where that is missing', ({ edits, is }) => {
    expect(judged(connected, ...edits)).toBe(is);
  });

  it('names the endpoint subnet that is missing', () => {
    const without = endpoint('vpce-ssm', {
      interfaces: interfaceEndpoint('ssm', 11).interfaces.slice(
        0,
        2,
      ) as Draft<InterfaceEndpoint>['interfaces'],
    });
    const lines = judged(connected, without).split('\n');
    const other = lines.filter((line) => line.endsWith('(endpoint-in-other-zone)'));
    expect(lines[0]).toBe('reachable');
    expect(other.map((line) => line.split('>')[0])).toEqual(['subnet-c', 'subnet-c']);
  });

  it.each([
    { direction: 'outbound', edit: enter('acl-1', out(50, false)) },
    { direction: 'inbound', edit: enter('acl-1', into(50, false)) },
  ])('names the $direction ACL entry that denies between the subnets, not within them', ({ edit }) => {
    const [status, ...lines] = judged(connected, edit).split('\n');
    expect(status).toBe('partly');
    const reached = lines.filter((line) => line.includes('reachable'));
    expect(reached.map((line) => line.split(':')[0])).toEqual(
      zones.map((zone) => `subnet-${zone}>eni-ssm-${zone}`),
    );
    const others = lines.filter((line) => !reached.includes(line));
    expect(others).toEqual(others.map(() => expect.stringContaining('SUBNET_ACL_RESTRICTION acl-1 50 ->')));
    expect(others).toHaveLength(6);
  });
});
