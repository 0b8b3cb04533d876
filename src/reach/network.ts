import type {
  NetworkInterface,
  ObservedNetwork,
  Route,
  RouteTable,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../model/observed.js';
import { readOf } from '../model/reading.js';
import { containsCidr, hostCidr } from '../network/cidr.js';
import type * as Engine from '../network/network.js';
import { isPrefixListId } from '../network/prefix-list.js';
import { targetKindOf } from '../resources/route-target.js';
import { AMAZON_DNS } from '../resources/vpc.js';
import { endpointNames, GATEWAY_WORDS, serviceNames, serviceWord } from './service-names.js';

function targetKind(id: string, endpoints: readonly VpcEndpoint[]): Engine.RouteTargetKind {
  const endpoint = endpoints.find((candidate) => candidate.id === id);
  if (endpoint !== undefined) {
    return endpoint.type === 'Gateway' ? 'gateway-endpoint' : 'gateway-load-balancer-endpoint';
  }
  return targetKindOf(id);
}

/** Id of the prefix list that routes lead to a gateway endpoint by. */
function listOf(endpoint: VpcEndpoint, { routeTables, prefixLists }: ObservedNetwork): string | undefined {
  const routes = routeTables.flatMap((table) => table.routes);
  const routed = routes.find(
    ({ destination, target }) => target === endpoint.id && isPrefixListId(destination),
  );
  return routed?.destination ?? prefixLists?.find(({ name }) => name === endpoint.serviceName)?.id;
}

const gatewaysOf = (endpoints: readonly VpcEndpoint[]): readonly VpcEndpoint[] =>
  endpoints.filter(({ type }) => type === 'Gateway');

/** The routes that gateway endpoints have on a table by what they say themselves. */
function gatewayRoutes(
  table: RouteTable,
  endpoints: readonly VpcEndpoint[],
  observed: ObservedNetwork,
): Route[] {
  return gatewaysOf(endpoints).flatMap((endpoint) => {
    const destination = listOf(endpoint, observed);
    const has = table.routes.some((route) => route.destination === destination);
    if (destination === undefined || has || !endpoint.routeTableIds.includes(table.id)) return [];
    return [{ destination, target: endpoint.id, state: 'active', propagated: false }];
  });
}

const ROUTE_STATES: readonly Engine.Route['state'][] = ['active', 'blackhole'];

function routeTable(
  table: RouteTable,
  endpoints: readonly VpcEndpoint[],
  observed: ObservedNetwork,
): Engine.RouteTable {
  const routes = [...table.routes, ...gatewayRoutes(table, endpoints, observed)];
  return {
    id: table.id,
    main: table.main,
    routes: routes.map(({ destination, target, state, propagated }) => ({
      destination,
      target: { kind: targetKind(target, endpoints), id: target },
      state: ROUTE_STATES.find((known) => known === state) ?? 'other',
      propagated,
    })),
  };
}

const MODES: readonly Engine.BlockPublicAccess[] = ['off', 'block-bidirectional', 'block-ingress'];

/** A mode that AWS added later is not taken for one that is known. */
function modeOf({
  blockPublicAccess,
}: Pick<Subnet, 'blockPublicAccess'>): Engine.BlockPublicAccess | undefined {
  if (blockPublicAccess === undefined) return undefined;
  return MODES.find((mode) => mode === blockPublicAccess) ?? 'other';
}

function subnetNetwork(subnet: Subnet, observed: ObservedNetwork): Engine.SubnetNetwork {
  const acls = readOf(observed.networkAcls) ?? [];
  const table = observed.routeTables.find(({ subnetIds }) => subnetIds.includes(subnet.id));
  return {
    id: subnet.id,
    zone: subnet.zone,
    cidr: subnet.cidr === '' ? undefined : subnet.cidr,
    ipv6Cidr: subnet.ipv6Cidrs[0],
    aclId: acls.find(({ subnetIds }) => subnetIds.includes(subnet.id))?.id ?? `of ${subnet.id}`,
    routeTableId: table?.id,
    blockPublicAccess: modeOf(subnet),
  };
}

/** Whether an address lies where AWS puts the addresses of a subnet. */
function liesIn(address: string, subnet: Subnet | undefined): boolean {
  const ranges = [subnet?.cidr ?? '', ...(subnet?.ipv6Cidrs ?? [])];
  return ranges.some((range) => containsCidr(range, hostCidr(address)));
}

function addressesIn({ addresses, subnetId }: NetworkInterface, observed: ObservedNetwork): string[] {
  const subnet = observed.subnets.find(({ id }) => id === subnetId);
  return addresses.filter((address) => liesIn(address, subnet));
}

/** One interface for each subnet of an endpoint: the one that was read, or one whose address is not known. */
function endpointInterfaces(endpoint: VpcEndpoint, observed: ObservedNetwork): Engine.EndpointInterface[] {
  const found = (readOf(observed.interfaces) ?? []).filter(({ id }) =>
    endpoint.networkInterfaceIds.includes(id),
  );
  return endpoint.subnetIds.map((subnetId) => {
    const at = found.find((candidate) => candidate.subnetId === subnetId);
    const addresses = at ? addressesIn(at, observed) : [];
    return {
      id: at?.id ?? `${endpoint.id} in ${subnetId}`,
      subnetId,
      ipv4: addresses.find((address) => !address.includes(':')),
      ipv6: addresses.find((address) => address.includes(':')),
    };
  });
}

function vpcEndpoints(
  endpoints: readonly VpcEndpoint[],
  observed: ObservedNetwork,
  region: string,
): Engine.VpcEndpoint[] {
  return endpoints.flatMap((endpoint): Engine.VpcEndpoint[] => {
    const { id, state, routeTableIds, groupIds, addressType, privateDns } = endpoint;
    const policy = endpoint.policy === undefined ? 'full' : 'other';
    if (endpoint.type === 'Gateway') {
      const prefixListId = listOf(endpoint, observed) ?? '';
      return [{ kind: 'gateway', id, state, routeTableIds, prefixListId, policy }];
    }
    if (endpoint.type !== 'Interface') return [];
    const interfaces = endpointInterfaces(endpoint, observed);
    const names = endpointNames(endpoint, region, observed.services);
    return [{ kind: 'interface', id, state, interfaces, groupIds, privateDns, names, addressType, policy }];
  });
}

/** The prefix lists whose ranges were read; with the names of the service where the list is AWS's of one. */
function prefixLists(observed: ObservedNetwork, region: string): Engine.PrefixList[] {
  const gateways = gatewaysOf(observed.endpoints);
  return (observed.reach?.prefixLists ?? []).flatMap(({ id, cidrs }) => {
    if (!cidrs.ok) return [];
    const endpoint = gateways.find((candidate) => listOf(candidate, observed) === id);
    const service = observed.prefixLists?.find((list) => list.id === id)?.name ?? endpoint?.serviceName;
    const word = service === undefined ? '' : serviceWord(service, region);
    const names = GATEWAY_WORDS.includes(word) ? serviceNames(service ?? '', region, undefined) : [];
    return [{ id, cidrs: cidrs.value, names }];
  });
}

function interfacesOf(
  endpoints: readonly VpcEndpoint[],
  observed: ObservedNetwork,
): Engine.Network['interfaces'] {
  const ofEndpoints = new Set(endpoints.flatMap(({ networkInterfaceIds }) => networkInterfaceIds));
  return readOf(observed.interfaces)
    ?.filter(({ id }) => !ofEndpoints.has(id))
    .map((found) => ({
      id: found.id,
      subnetId: found.subnetId,
      addresses: addressesIn(found, observed),
      groupIds: found.groupIds,
    }));
}

/** Stands for servers that could not be read: the engine takes a server without an address for unknown. */
const UNREAD = 'not read';

function dnsServers({ dnsServers }: ObservedNetwork): readonly string[] {
  if (dnsServers === undefined) return [AMAZON_DNS];
  return dnsServers.ok ? dnsServers.value : [UNREAD];
}

/**
 * The VPC of a run as the engine judges it. What was not read is not described, so that a judgement which
 * depends on it is unknown. Block Public Access counts as off where AWS does not speak of it. A pure function.
 */
export function networkOf(observed: ObservedNetwork, vpc: Vpc, region: string): Engine.Network {
  const endpoints = observed.endpoints.filter(({ vpcId }) => vpcId === vpc.id);
  return {
    region,
    vpc: {
      id: vpc.id,
      cidrs: vpc.cidrs,
      ipv6Cidrs: vpc.ipv6Cidrs,
      dnsSupport: observed.dns.support,
      dnsHostnames: observed.dns.hostnames,
      dnsServers: dnsServers(observed),
      blockPublicAccess: modeOf(vpc) ?? 'off',
    },
    subnets: observed.subnets
      .filter(({ vpcId }) => vpcId === vpc.id)
      .map((subnet) => subnetNetwork(subnet, observed)),
    routeTables: observed.routeTables.map((table) => routeTable(table, endpoints, observed)),
    natGateways: readOf(observed.reach?.natGateways) ?? [],
    prefixLists: prefixLists(observed, region),
    acls: (readOf(observed.networkAcls) ?? []).map(({ id, entries }) => ({ id, entries })),
    groups: observed.groups
      .filter(({ vpcId }) => vpcId === vpc.id)
      .map(({ id, ingress, egress }) => ({ id, ingress, egress })),
    endpoints: vpcEndpoints(endpoints, observed, region),
    interfaces: interfacesOf(endpoints, observed),
  };
}
