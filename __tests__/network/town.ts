import type {
  AclEntry,
  FunctionPlace,
  GatewayEndpoint,
  InterfaceEndpoint,
  Network,
  NetworkAcl,
  Route,
  RouteTarget,
  SecurityGroup,
} from '../../src/network/network.js';
import type { Destination, Family, Protocol } from '../../src/network/verdict.js';

/** The same type, writable. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? Draft<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Draft<T[Key]> }
    : T;

/** A change of a network's description. */
export type Edit = (network: Draft<Network>) => void;

const everything = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const;

/** An ACL entry. */
export function entry(
  number: number,
  egress: boolean,
  allow: boolean,
  rest: Partial<AclEntry> = {},
): AclEntry {
  return { number, egress, allow, protocol: 'all', ports: undefined, cidr: everything.ipv4, ...rest };
}

function openAcl(id: string): NetworkAcl {
  const directions = [false, true];
  const families = ['ipv4', 'ipv6'] as const;
  const entries = directions.flatMap((egress) =>
    families.map((family, index) => entry(100 + index, egress, true, { cidr: everything[family] })),
  );
  return { id, entries };
}

/** A static route. */
export function route(destination: string, kind: RouteTarget['kind'], id: string = kind): Route {
  return { destination, target: { kind, id }, state: 'active', propagated: false };
}

const locals = (): Route[] => [route('10.0.0.0/16', 'local'), route('2600:1f16:1::/56', 'local')];

function groups(): SecurityGroup[] {
  const https = { protocol: 'tcp', ports: { from: 443, to: 443 } };
  const postgres = { protocol: 'tcp', ports: { from: 5432, to: 5432 } };
  return [
    {
      id: 'sg-fn',
      ingress: [],
      egress: [
        { ...https, peer: { kind: 'cidr', value: everything.ipv4 } },
        { ...https, peer: { kind: 'cidr', value: everything.ipv6 } },
        { ...postgres, peer: { kind: 'group', value: 'sg-db' } },
      ],
    },
    { id: 'sg-db', ingress: [{ ...postgres, peer: { kind: 'group', value: 'sg-fn' } }], egress: [] },
    {
      id: 'sg-ep',
      ingress: [
        { ...https, peer: { kind: 'cidr', value: '10.0.0.0/16' } },
        { ...https, peer: { kind: 'cidr', value: '2600:1f16:1::/56' } },
      ],
      egress: [],
    },
  ];
}

function interfaceEndpoint(id: string, name: string, host: number): InterfaceEndpoint {
  const at = {
    id: `eni-${id}`,
    subnetId: 'subnet-ep',
    ipv4: `10.0.8.${host}`,
    ipv6: `2600:1f16:1:8::${host}`,
  };
  return {
    kind: 'interface',
    id,
    state: 'available',
    interfaces: [at],
    groupIds: ['sg-ep'],
    privateDns: true,
    names: [name],
    addressType: 'dualstack',
    policy: 'full',
  };
}

function subnet(id: string, zone: string, third: number, aclId: string, routeTableId: string | undefined) {
  const cidr = `10.0.${third}.0/24`;
  const ipv6Cidr = `2600:1f16:1:${third}::/64`;
  return { id, zone, cidr, ipv6Cidr, aclId, routeTableId, blockPublicAccess: undefined };
}

const gateway: GatewayEndpoint = {
  kind: 'gateway',
  id: 'vpce-s3',
  state: 'available',
  routeTableIds: ['rtb-fn'],
  prefixListId: 'pl-s3',
  policy: 'full',
};

/**
 * A network in which everything is reached: three function subnets with a NAT gateway, an egress-only gateway and a
 * gateway endpoint behind their table, a subnet of endpoints and one of a database behind the main table.
 */
function town(): Network {
  return {
    region: 'us-east-2',
    vpc: {
      id: 'vpc-1',
      cidrs: ['10.0.0.0/16'],
      ipv6Cidrs: ['2600:1f16:1::/56'],
      dnsSupport: true,
      dnsHostnames: true,
      dnsServers: ['AmazonProvidedDNS'],
      blockPublicAccess: 'off',
    },
    subnets: [
      subnet('subnet-a', 'us-east-2a', 1, 'acl-fn', 'rtb-fn'),
      subnet('subnet-b', 'us-east-2b', 2, 'acl-fn', 'rtb-fn'),
      subnet('subnet-c', 'us-east-2c', 3, 'acl-fn', 'rtb-fn'),
      subnet('subnet-db', 'us-east-2b', 5, 'acl-db', undefined),
      subnet('subnet-ep', 'us-east-2a', 8, 'acl-ep', undefined),
      subnet('subnet-nat', 'us-east-2a', 9, 'acl-nat', 'rtb-nat'),
    ],
    routeTables: [
      { id: 'rtb-main', main: true, routes: locals() },
      {
        id: 'rtb-fn',
        main: false,
        routes: [
          ...locals(),
          route('0.0.0.0/0', 'nat-gateway', 'nat-1'),
          route('::/0', 'egress-only-internet-gateway', 'eigw-1'),
          route('pl-s3', 'gateway-endpoint', 'vpce-s3'),
        ],
      },
      { id: 'rtb-nat', main: false, routes: [...locals(), route('0.0.0.0/0', 'internet-gateway', 'igw-1')] },
    ],
    natGateways: [{ id: 'nat-1', subnetId: 'subnet-nat', connectivity: 'public', state: 'available' }],
    prefixLists: [
      {
        id: 'pl-s3',
        cidrs: ['52.219.80.0/20', '3.5.128.0/22', '2600:1fa0:8000::/39'],
        names: ['s3.us-east-2.amazonaws.com', '*.s3.us-east-2.amazonaws.com'],
      },
    ],
    acls: ['acl-fn', 'acl-db', 'acl-ep', 'acl-nat'].map(openAcl),
    groups: groups(),
    endpoints: [
      interfaceEndpoint('vpce-ssm', 'ssm.us-east-2.amazonaws.com', 10),
      interfaceEndpoint('vpce-sts', 'sts.us-east-2.amazonaws.com', 11),
      gateway,
    ],
    interfaces: [
      {
        id: 'eni-db',
        subnetId: 'subnet-db',
        addresses: ['10.0.5.10', '2600:1f16:1:5::10'],
        groupIds: ['sg-db'],
      },
    ],
  };
}

/** The town after edits. */
export function townWith(...edits: readonly Edit[]): Network {
  const draft = structuredClone(town()) as Draft<Network>;
  for (const edit of edits) edit(draft);
  return draft;
}

/** The thing with the id, to edit. */
export function the<T extends { id: string }>(things: readonly T[], id: string): T {
  const found = things.find((thing) => thing.id === id);
  if (found === undefined) throw new Error(`no ${id} in the town`);
  return found;
}

/** Puts an entry into an ACL. */
export function enter(aclId: string, ...entries: readonly AclEntry[]): Edit {
  return (network) => void the(network.acls, aclId).entries.push(...(entries as Draft<AclEntry>[]));
}

/** Puts routes into a table. */
export function lead(tableId: string, ...routes: readonly Route[]): Edit {
  return (network) => void the(network.routeTables, tableId).routes.push(...(routes as Draft<Route>[]));
}

/** Replaces the route to a destination by others. */
export function reroute(tableId: string, destination: string, ...routes: readonly Route[]): Edit {
  return (network) => {
    const table = the(network.routeTables, tableId);
    const kept = table.routes.filter((way) => way.destination !== destination);
    table.routes = [...kept, ...(routes as Draft<Route>[])];
  };
}

/** Gives a group other rules of a direction; `tcp 443 cidr` and the like. */
export function rules(groupId: string, direction: 'ingress' | 'egress', ...texts: readonly string[]): Edit {
  return (network) => {
    the(network.groups, groupId)[direction] = texts.map((text) => {
      const [protocol = '', ports = '', value = ''] = text.split(' ');
      const [from, to = from] = ports.split('-').map(Number);
      const kind = value.startsWith('sg-') ? 'group' : value.startsWith('pl-') ? 'prefix-list' : 'cidr';
      const range = from === undefined || ports === 'all' ? undefined : { from, to: to ?? from };
      return { protocol, ports: range, peer: { kind, value } };
    });
  };
}

/** Changes what `pick` chooses. */
export function alter<T extends object>(pick: (network: Draft<Network>) => T, change: Partial<T>): Edit {
  return (network) => void Object.assign(pick(network), change);
}

/** Edits an interface endpoint. */
export function endpoint(id: string, change: Partial<Draft<InterfaceEndpoint>>): Edit {
  return (network) => void Object.assign(the(network.endpoints, id), change);
}

/** The function in subnet-a. */
export const home: FunctionPlace = { subnetIds: ['subnet-a'], groupIds: ['sg-fn'], ipv6: true };

/** The function in its three subnets. */
export const everywhere: FunctionPlace = { ...home, subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'] };

interface Options {
  readonly port?: number;
  readonly protocol?: Protocol;
  readonly family?: Family;
}

/** A service by name. */
export function service(
  name: string,
  { port = 443, protocol = 'tcp', family = 'ipv4' }: Options = {},
): Destination {
  return { kind: 'service', name, family, protocol, port };
}

/** Whoever wears a group. */
export function wearers(
  groupId: string,
  { port = 5432, protocol = 'tcp', family = 'ipv4' }: Options = {},
): Destination {
  return { kind: 'group', groupId, family, protocol, port };
}

/** An address or a range. */
export function address(cidr: string, { port = 443, protocol = 'tcp' }: Options = {}): Destination {
  return { kind: 'address', cidr, protocol, port };
}

/** The internet. */
export function internet({ port = 443, protocol = 'tcp', family = 'ipv4' }: Options = {}): Destination {
  return { kind: 'internet', family, protocol, port };
}

/** The service with an interface endpoint. */
export const ssm = service('ssm.us-east-2.amazonaws.com');

/** The service with a gateway endpoint. */
export const s3 = service('s3.us-east-2.amazonaws.com');

/** The database. */
export const database = wearers('sg-db');
