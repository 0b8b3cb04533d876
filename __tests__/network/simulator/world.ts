import type {
  Network,
  PrefixList,
  RouteTable,
  SecurityGroup,
  SubnetNetwork,
} from '../../../src/network/network.js';
import { type Address, addressOf, type Cidr, cidrOf, holds, textOrder } from './address.js';
import type { Standing } from './packet.js';

/** The subnet in which an address lies. */
export function subnetAt(network: Network, address: Address): SubnetNetwork | undefined {
  return network.subnets.find((subnet) =>
    [subnet.cidr, subnet.ipv6Cidr].some((cidr) => cidr !== undefined && holds(cidr, address)),
  );
}

/** Every CIDR of the VPC. */
export function vpcCidrs(network: Network): string[] {
  return [...network.vpc.cidrs, ...network.vpc.ipv6Cidrs];
}

/** A prefix list of the network. */
export function prefixListOf(network: Network, id: string): PrefixList | undefined {
  return network.prefixLists.find((list) => list.id === id);
}

/** A security group of the network. */
export function groupOf(network: Network, id: string): SecurityGroup | undefined {
  return network.groups.find((group) => group.id === id);
}

/** The route table that serves a subnet. */
export function tableOf(network: Network, subnet: SubnetNetwork): RouteTable | undefined {
  return network.routeTables.find((table) =>
    subnet.routeTableId === undefined ? table.main : table.id === subnet.routeTableId,
  );
}

/** Every interface of the network, those of endpoints too. */
export function standings(network: Network): Standing[] {
  const plain = (network.interfaces ?? []).map((one) => ({
    ...one,
    shownAs: { kind: 'network-interface', id: one.id } as const,
  }));
  const ofEndpoints = network.endpoints.flatMap((endpoint) =>
    endpoint.kind === 'gateway'
      ? []
      : endpoint.interfaces.map(({ id, subnetId, ipv4, ipv6 }) => ({
          id,
          subnetId,
          addresses: [ipv4, ipv6].filter((address) => address !== undefined),
          groupIds: endpoint.groupIds,
          shownAs: { kind: 'vpc-endpoint', id: endpoint.id } as const,
        })),
  );
  return [...plain, ...ofEndpoints];
}

/** The interface that has an address. */
export function standingAt(network: Network, address: Address): Standing | undefined {
  return standings(network).find((one) =>
    one.addresses.some((text) => {
      const own = addressOf(text);
      return own?.family === address.family && own.value === address.value;
    }),
  );
}

/** The first of some texts in text order. */
export function firstOf(texts: readonly string[]): string | undefined {
  return [...texts].sort(textOrder)[0];
}

/** Ranges that internet gateways reject as destinations (explanation-codes.html). */
export const rejectedByGateways = {
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  shared: ['100.64.0.0/10'],
} as const;

const cidrsOf = new WeakMap<Network, Cidr[]>();

/** Every CIDR that anything in the network names: between their ends nothing changes. Counted once per network. */
export function everyCidr(network: Network): Cidr[] {
  const known = cidrsOf.get(network) ?? collectCidrs(network);
  cidrsOf.set(network, known);
  return known;
}

function collectCidrs(network: Network): Cidr[] {
  const texts = [
    ...vpcCidrs(network),
    ...network.subnets.flatMap((subnet) => [subnet.cidr, subnet.ipv6Cidr]),
    ...network.routeTables.flatMap((table) => table.routes.map((route) => route.destination)),
    ...network.prefixLists.flatMap((list) => list.cidrs),
    ...network.acls.flatMap((acl) => acl.entries.map((entry) => entry.cidr)),
    ...network.groups.flatMap((group) =>
      [...group.ingress, ...group.egress]
        .filter(({ peer }) => peer.kind === 'cidr')
        .map(({ peer }) => peer.value),
    ),
    ...standings(network).flatMap((one) => one.addresses),
    ...rejectedByGateways.private,
    ...rejectedByGateways.shared,
  ];
  return [...new Set(texts)].flatMap((text) =>
    text === undefined || text.startsWith('pl-') ? [] : [cidrOf(text)],
  );
}

/** Lambda's and a NAT gateway's source ports (vpc/latest/userguide/custom-network-acl.html). */
const ephemeral = { from: 1024, to: 65535 };

/** The source ports at which any ACL entry begins or ends, with their neighbours. */
export function interestingPorts(network: Network): number[] {
  const ports = new Set([ephemeral.from, ephemeral.to]);
  for (const { ports: range } of network.acls.flatMap((acl) => acl.entries)) {
    if (range === undefined) continue;
    for (const port of [range.from - 1, range.from, range.to, range.to + 1]) {
      if (ephemeral.from <= port && port <= ephemeral.to) ports.add(port);
    }
  }
  return [...ports];
}
