import type { Destination, Family } from '../../../../src/network/verdict.js';
import { allowEntry, type DraftNetwork, routeTo, ruleFor } from '../../fuzz/draft.js';

/** A small VPC in which everything works, and a function in `subnet-a`. */
export interface World {
  readonly network: DraftNetwork;
  readonly place: { subnetIds: string[]; groupIds: string[]; ipv6: boolean };
}

/** One known answer: what is asked of a changed world, what comes of it, and the page that says so. */
export interface KnownAnswer {
  readonly name: string;
  /** Below docs.aws.amazon.com. */
  readonly page: string;
  readonly change: (world: World) => void;
  readonly ask: Destination;
  /** One text for each line. */
  readonly answer: readonly string[];
}

const tcp = 'tcp' as const;

/** What is often asked for. */
export const ask = {
  database: { kind: 'group', groupId: 'sg-db', family: 'ipv4', protocol: tcp, port: 5432 },
  databaseBySix: { kind: 'group', groupId: 'sg-db', family: 'ipv6', protocol: tcp, port: 5432 },
  databaseAddress: { kind: 'address', cidr: '10.0.2.10', protocol: tcp, port: 5432 },
  internet: { kind: 'internet', family: 'ipv4', protocol: tcp, port: 443 },
  internetBySix: { kind: 'internet', family: 'ipv6', protocol: tcp, port: 443 },
  ssm: serviceOf('ssm.us-east-2.amazonaws.com'),
  s3: serviceOf('s3.us-east-2.amazonaws.com'),
  partner: { kind: 'address', cidr: '198.51.100.0/24', protocol: tcp, port: 443 },
} as const satisfies Record<string, Destination>;

/** A service by its name. */
export function serviceOf(name: string, family: Family = 'ipv4') {
  return { kind: 'service', name, family, protocol: tcp, port: 443 } as const;
}

/** The world before anything is changed. */
export function makeWorld(): World {
  return {
    network: {
      region: 'us-east-2',
      vpc: {
        id: 'vpc-1',
        cidrs: ['10.0.0.0/16'],
        ipv6Cidrs: ['2600:1f16:1:1000::/56'],
        dnsSupport: true,
        dnsHostnames: true,
        dnsServers: ['AmazonProvidedDNS'],
        blockPublicAccess: 'off',
      },
      subnets: [subnet('a', 1), subnet('b', 2), subnet('n', 9)],
      routeTables: [
        table(
          'a',
          routeTo('0.0.0.0/0', 'nat-gateway', 'nat-1'),
          routeTo('::/0', 'egress-only-internet-gateway', 'eigw-1'),
          routeTo('pl-s3', 'gateway-endpoint', 'vpce-s3'),
        ),
        table('b'),
        table('n', routeTo('0.0.0.0/0', 'internet-gateway', 'igw-1')),
      ],
      natGateways: [{ id: 'nat-1', subnetId: 'subnet-n', connectivity: 'public', state: 'available' }],
      prefixLists: [{ id: 'pl-s3', cidrs: ['52.219.80.0/20'], names: ['s3.us-east-2.amazonaws.com'] }],
      acls: ['a', 'b', 'n'].map((letter) => ({ id: `acl-${letter}`, entries: openEntries() })),
      groups: [
        { id: 'sg-fn', ingress: [], egress: [ruleFor('cidr', '0.0.0.0/0'), ruleFor('cidr', '::/0')] },
        { id: 'sg-db', ingress: [ruleFor('group', 'sg-fn', 'tcp', 5432)], egress: [] },
        { id: 'sg-ssm', ingress: [ruleFor('cidr', '10.0.0.0/16', 'tcp', 443)], egress: [] },
      ],
      endpoints: [
        {
          kind: 'interface',
          id: 'vpce-ssm',
          state: 'available',
          interfaces: [{ id: 'eni-ssm', subnetId: 'subnet-b', ipv4: '10.0.2.20', ipv6: undefined }],
          groupIds: ['sg-ssm'],
          privateDns: true,
          names: ['ssm.us-east-2.amazonaws.com'],
          addressType: 'ipv4',
          policy: 'full',
        },
        {
          kind: 'gateway',
          id: 'vpce-s3',
          state: 'available',
          routeTableIds: ['rtb-a'],
          prefixListId: 'pl-s3',
          policy: 'full',
        },
      ],
      interfaces: [
        {
          id: 'eni-db',
          subnetId: 'subnet-b',
          addresses: ['10.0.2.10', '2600:1f16:1:1002::10'],
          groupIds: ['sg-db'],
        },
      ],
    },
    place: { subnetIds: ['subnet-a'], groupIds: ['sg-fn'], ipv6: true },
  };
}

function subnet(letter: string, number: number): DraftNetwork['subnets'][number] {
  return {
    id: `subnet-${letter}`,
    zone: letter === 'b' ? 'us-east-2b' : 'us-east-2a',
    cidr: `10.0.${number}.0/24`,
    ipv6Cidr: `2600:1f16:1:100${number}::/64`,
    aclId: `acl-${letter}`,
    routeTableId: `rtb-${letter}`,
    blockPublicAccess: undefined,
  };
}

function table(letter: string, ...routes: ReturnType<typeof routeTo>[]): DraftNetwork['routeTables'][number] {
  const local = ['10.0.0.0/16', '2600:1f16:1:1000::/56'].map((cidr) => routeTo(cidr, 'local', 'local'));
  return { id: `rtb-${letter}`, main: false, routes: [...local, ...routes] };
}

function openEntries(): DraftNetwork['acls'][number]['entries'] {
  return [true, false].flatMap((egress) => [
    allowEntry(100, egress, '0.0.0.0/0'),
    allowEntry(101, egress, '::/0'),
  ]);
}

/** The only thing of that id; throws where there is none. */
export function the<T extends { readonly id: string }>(things: readonly T[], id: string): T {
  const thing = things.find((one) => one.id === id);
  if (thing === undefined) throw new Error(`nothing is called ${id}`);
  return thing;
}

/** The routes of a table. */
export function routesOf({ network }: World, letter: string): DraftNetwork['routeTables'][number]['routes'] {
  return the(network.routeTables, `rtb-${letter}`).routes;
}

/** Leaves the route to a destination out. */
export function dropRoute(world: World, letter: string, destination: string): void {
  const table = the(world.network.routeTables, `rtb-${letter}`);
  table.routes = table.routes.filter((route) => route.destination !== destination);
}

/** The entries of an ACL. */
export function entriesOf({ network }: World, letter: string): DraftNetwork['acls'][number]['entries'] {
  return the(network.acls, `acl-${letter}`).entries;
}

/** Leaves the entries of one direction of an ACL out. */
export function dropEntries(world: World, letter: string, egress: boolean): void {
  const acl = the(world.network.acls, `acl-${letter}`);
  acl.entries = acl.entries.filter((entry) => entry.egress !== egress);
}

/** The interface endpoint. */
export function ssmOf({ network }: World) {
  const endpoint = the(network.endpoints, 'vpce-ssm');
  if (endpoint.kind === 'gateway') throw new Error('vpce-ssm is no interface endpoint');
  return endpoint;
}
