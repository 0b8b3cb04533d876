import type { Subnet, VpcEndpoint } from '../model/observed.js';
import { prepareList } from '../network/prefix-list.js';
import { parseRange } from '../network/range.js';
import { admission, prepareGroup } from '../network/security-group.js';
import { isShared } from '../resources/tags.js';
import { compareText } from '../text/order.js';
import { endpointsFor, type WantedService } from './services.js';
import { onePerZone } from './subnets.js';
import type { SharedTarget } from './target.js';

/** How a wanted service is served: by an endpoint of ours, by somebody else's, or by one to be made. */
export type EndpointUse =
  | { readonly how: 'ours'; readonly service: WantedService; readonly endpoint: VpcEndpoint }
  | { readonly how: 'adopted'; readonly service: WantedService; readonly endpoint: VpcEndpoint }
  | { readonly how: 'create'; readonly service: WantedService }
  /** Somebody else's endpoint owns the private name and cannot be used. */
  | {
      readonly how: 'in-the-way';
      readonly service: WantedService;
      readonly endpoint: VpcEndpoint;
      readonly why: string;
    };

const oldestFirst = (one: VpcEndpoint, other: VpcEndpoint): number =>
  one.createdAt - other.createdAt || compareText(one.id, other.id);

const HTTPS = { protocol: 'tcp' as const, ports: { from: 443, to: 443 } };

/** The function's subnets that an endpoint's groups do not admit as a whole; what cannot be told is no refusal. */
function refused(endpoint: VpcEndpoint, target: SharedTarget): Subnet[] {
  const { groups, observed, subnets } = target;
  const worn = [...groups.otherIds, ...(groups.usesManaged && groups.managed ? [groups.managed.id] : [])];
  const lists = new Map(
    (observed.reach?.prefixLists ?? []).flatMap(({ id, cidrs }) =>
      cidrs.ok ? [[id, prepareList({ id, cidrs: cidrs.value, names: [] })] as const] : [],
    ),
  );
  const guards = observed.groups.filter((group) => endpoint.groupIds.includes(group.id));
  const prepared = new Map(guards.map((group) => [group.id, prepareGroup(group, lists)]));
  return subnets.filter(({ cidr }) => {
    const range = parseRange(cidr);
    if (range === undefined) return true;
    const from = { range, wears: { kind: 'groups' as const, ids: worn } };
    return admission(prepared, endpoint.groupIds, 'ingress', HTTPS, from).kind === 'refused';
  });
}

/** Why somebody else's interface endpoint cannot serve the function; undefined when it can. */
function unusable(endpoint: VpcEndpoint, service: WantedService, target: SharedTarget): string | undefined {
  if (endpoint.requesterManaged) return 'it is managed by another AWS service';
  if (endpoint.state !== 'available') return `it is ${endpoint.state}`;
  if (service.privateDns && !endpoint.privateDns) return 'its private DNS is off';
  const refusedSubnets = refused(endpoint, target);
  if (refusedSubnets.length === 0) return undefined;
  const guards = endpoint.groupIds.join(', ') || 'none';
  return `its security groups (${guards}) refuse TCP 443 from ${refusedSubnets.map((subnet) => subnet.cidr).join(', ')}`;
}

function useOfInterface(service: WantedService, target: SharedTarget): EndpointUse {
  const found = endpointsFor(service, target.vpc.id, target.observed.endpoints).sort(oldestFirst);
  const [ours] = found.filter((endpoint) => isShared(endpoint.tags));
  if (ours) return { how: 'ours', service, endpoint: ours };
  const judged = found.map((endpoint) => ({ endpoint, why: unusable(endpoint, service, target) }));
  const good = judged.find(({ why }) => why === undefined);
  if (good) return { how: 'adopted', service, endpoint: good.endpoint };
  // AWS allows one endpoint with private DNS per service and VPC (domain.md row 66).
  const owner = judged.find(({ endpoint }) => endpoint.privateDns);
  if (service.privateDns && owner)
    return { how: 'in-the-way', service, endpoint: owner.endpoint, why: owner.why ?? '' };
  return { how: 'create', service };
}

function useOfGateway(service: WantedService, target: SharedTarget): EndpointUse {
  const found = endpointsFor(service, target.vpc.id, target.observed.endpoints).sort(oldestFirst);
  const [ours] = found.filter((endpoint) => isShared(endpoint.tags));
  const missing = uncoveredTables(service, target);
  const [covering] = found.filter((endpoint) =>
    target.routeTables.some((table) => endpoint.routeTableIds.includes(table.id)),
  );
  if (missing.length === 0 && covering && covering.id !== ours?.id)
    return { how: 'adopted', service, endpoint: covering };
  return ours ? { how: 'ours', service, endpoint: ours } : { how: 'create', service };
}

/** The function's route tables without a gateway endpoint of the service. */
export function uncoveredTables(service: WantedService, target: SharedTarget): string[] {
  const found = endpointsFor(service, target.vpc.id, target.observed.endpoints);
  const covered = new Set(found.flatMap((endpoint) => endpoint.routeTableIds));
  return target.routeTables.map((table) => table.id).filter((id) => !covered.has(id));
}

/** Decides for every wanted service how it is served. */
export function endpointUses(target: SharedTarget): EndpointUse[] {
  return target.services.map((service) =>
    service.type === 'Interface' ? useOfInterface(service, target) : useOfGateway(service, target),
  );
}

/** The subnets an interface endpoint should be in: one per zone that the service supports. */
export function endpointSubnets(
  service: WantedService,
  target: SharedTarget,
  present: readonly string[],
): readonly Subnet[] {
  const { entry } = service;
  const supported = target.endpointSubnets.filter(
    (subnet) => entry === undefined || entry.zones.length === 0 || entry.zones.includes(subnet.zone),
  );
  return onePerZone(
    supported,
    present,
    target.subnets.map((subnet) => subnet.id),
  );
}
