import type { Subnet, VpcEndpoint } from '../model/observed.js';
import { https } from '../network/traffic.js';
import { isShared } from '../resources/tags.js';
import { holdsPrivateName, privateDnsText } from '../resources/vpc-endpoint.js';
import { compareText } from '../text/order.js';
import { refusedSubnets } from './admission.js';
import { endpointsFor, type WantedService } from './services.js';
import { onePerZone } from './subnets.js';
import type { SharedTarget } from './target.js';

/** What is added to an endpoint of somebody else; nothing is ever taken away. */
export interface Addition {
  /** One for each zone of the function's that the endpoint lacks. */
  readonly subnetIds: readonly string[];
  /** Whether it gets the group of the endpoints, because its own refuse the function. */
  readonly group: boolean;
  readonly routeTableIds: readonly string[];
}

/** How a wanted service is served: by an endpoint of ours, by somebody else's, or by one to be made. */
export type EndpointUse =
  | { readonly how: 'ours'; readonly service: WantedService; readonly endpoint: VpcEndpoint }
  | {
      readonly how: 'adopted';
      readonly service: WantedService;
      readonly endpoint: VpcEndpoint;
      /** Undefined where it serves as it is, and without `existing-endpoints: extend`. */
      readonly addition: Addition | undefined;
    }
  | { readonly how: 'create'; readonly service: WantedService }
  /** A private hosted zone of the VPC answers the private name: with endpoints in another VPC, as a rule. */
  | { readonly how: 'central'; readonly service: WantedService; readonly zone: string }
  /** Somebody else's endpoint owns the private name and cannot be used. */
  | {
      readonly how: 'in-the-way';
      readonly service: WantedService;
      readonly endpoint: VpcEndpoint;
      readonly why: string;
    };

/** AWS: an interface wears at most 5 security groups unless the quota is raised (domain.md row 43). */
export const MAX_INTERFACE_GROUPS = 5;

const oldestFirst = (one: VpcEndpoint, other: VpcEndpoint): number =>
  one.createdAt - other.createdAt || compareText(one.id, other.id);

/** Whether an endpoint wears the group of the endpoints, whose rules every run makes sure of. */
export function wearsOurGroup(endpoint: VpcEndpoint, { groups }: SharedTarget): boolean {
  return groups.endpointsGroup !== undefined && endpoint.groupIds.includes(groups.endpointsGroup.id);
}

/** The functions' subnets that an endpoint's groups do not admit as a whole. */
function refused(endpoint: VpcEndpoint, target: SharedTarget): Subnet[] {
  return wearsOurGroup(endpoint, target) ? [] : refusedSubnets(endpoint.groupIds, https, target);
}

/** Why somebody else's interface endpoint can serve nobody here, whatever its groups say. */
function broken(endpoint: VpcEndpoint, service: WantedService): string | undefined {
  if (endpoint.requesterManaged) return 'it is managed by another AWS service';
  if (endpoint.state !== 'available') return `it is ${endpoint.state}`;
  return service.privateDns && !endpoint.privateDns
    ? `its private DNS is ${privateDnsText(endpoint)}`
    : undefined;
}

/** Why the groups of somebody else's interface endpoint keep the function out; undefined when they do not. */
function refusal(endpoint: VpcEndpoint, target: SharedTarget): string | undefined {
  const subnets = refused(endpoint, target);
  if (subnets.length === 0) return undefined;
  const guards = endpoint.groupIds.join(', ') || 'none';
  return `its security groups (${guards}) refuse TCP 443 from ${subnets.map((subnet) => subnet.cidr).join(', ')}`;
}

/** The subnets an endpoint lacks: one for each zone that it should be in and is not. */
export function missingSubnets(
  service: WantedService,
  endpoint: VpcEndpoint,
  target: SharedTarget,
): readonly string[] {
  const zoneOf = new Map(target.observed.subnets.map((subnet) => [subnet.id, subnet.zone]));
  const zones = endpoint.subnetIds.map((id) => zoneOf.get(id));
  const wanted = endpointSubnets(service, target, endpoint.subnetIds);
  return wanted.filter((subnet) => !zones.includes(subnet.zone)).map((subnet) => subnet.id);
}

function additionTo(
  endpoint: VpcEndpoint,
  service: WantedService,
  target: SharedTarget,
): Addition | undefined {
  if (target.desired.existingEndpoints !== 'extend') return undefined;
  const subnetIds = missingSubnets(service, endpoint, target);
  const group = refused(endpoint, target).length > 0;
  return subnetIds.length > 0 || group ? { subnetIds, group, routeTableIds: [] } : undefined;
}

/** One of somebody else's endpoints that works: one that lets the function in, else one that can be made to. */
function adopted(
  service: WantedService,
  working: readonly VpcEndpoint[],
  target: SharedTarget,
): EndpointUse | undefined {
  const open = working.find((endpoint) => refused(endpoint, target).length === 0);
  const mayExtend = target.desired.existingEndpoints === 'extend';
  const endpoint =
    open ?? working.find(({ groupIds }) => mayExtend && groupIds.length < MAX_INTERFACE_GROUPS);
  return endpoint && { how: 'adopted', service, endpoint, addition: additionTo(endpoint, service, target) };
}

/** Beside a private hosted zone of the same name AWS makes no endpoint with that name (domain.md row 68). */
function centralUse(service: WantedService, { observed }: SharedTarget): EndpointUse | undefined {
  if (!service.privateDns || !observed.hostedZones?.ok) return undefined;
  const names = (service.entry?.privateNames ?? []).map((name) => name.replace(/^\*\./, '').toLowerCase());
  const zone = observed.hostedZones.value.find((found) => names.includes(found));
  return zone === undefined ? undefined : { how: 'central', service, zone };
}

function useOfInterface(service: WantedService, target: SharedTarget): EndpointUse {
  const found = endpointsFor(service, target.vpc.id, target.observed.endpoints).sort(oldestFirst);
  const [ours] = found.filter((endpoint) => isShared(endpoint.tags));
  if (ours) return { how: 'ours', service, endpoint: ours };
  const working = found.filter((endpoint) => broken(endpoint, service) === undefined);
  const use = adopted(service, working, target);
  if (use) return use;
  // AWS allows one endpoint with private DNS per service and VPC (domain.md row 66).
  const owner = found.find(holdsPrivateName);
  if (!service.privateDns || owner === undefined)
    return centralUse(service, target) ?? { how: 'create', service };
  const full =
    target.desired.existingEndpoints === 'extend'
      ? `, and it wears ${MAX_INTERFACE_GROUPS} groups already`
      : '';
  const why = broken(owner, service) ?? `${refusal(owner, target) ?? ''}${full}`;
  return { how: 'in-the-way', service, endpoint: owner, why };
}

function useOfGateway(service: WantedService, target: SharedTarget): EndpointUse {
  const found = endpointsFor(service, target.vpc.id, target.observed.endpoints).sort(oldestFirst);
  const [ours] = found.filter((endpoint) => isShared(endpoint.tags));
  const routeTableIds = uncoveredTables(service, target);
  const [covering] = found.filter((endpoint) =>
    target.routeTables.some((table) => endpoint.routeTableIds.includes(table.id)),
  );
  if (routeTableIds.length === 0 && covering && covering.id !== ours?.id)
    return { how: 'adopted', service, endpoint: covering, addition: undefined };
  if (ours) return { how: 'ours', service, endpoint: ours };
  const endpoint = found.find((one) => !one.requesterManaged && one.state === 'available');
  if (endpoint === undefined || target.desired.existingEndpoints !== 'extend')
    return { how: 'create', service };
  return {
    how: 'adopted',
    service,
    endpoint,
    addition: { subnetIds: [], group: false, routeTableIds },
  };
}

/** The function's route tables without a gateway endpoint of the service. */
export function uncoveredTables(service: WantedService, target: SharedTarget): string[] {
  const found = endpointsFor(service, target.vpc.id, target.observed.endpoints);
  const covered = new Set(found.flatMap((endpoint) => endpoint.routeTableIds));
  return target.routeTables.map((table) => table.id).filter((id) => !covered.has(id));
}

/** Decides how a wanted service is served. */
export function useOf(service: WantedService, target: SharedTarget): EndpointUse {
  return service.type === 'Interface' ? useOfInterface(service, target) : useOfGateway(service, target);
}

/** Decides for every wanted service how it is served. */
export function endpointUses(target: SharedTarget): EndpointUse[] {
  return target.services.map((service) => useOf(service, target));
}

/** Whether the group of the endpoints guards what serves a use, or will. */
export function usesOurGroup(use: EndpointUse, target: SharedTarget): boolean {
  if (use.service.type !== 'Interface') return false;
  if (use.how === 'create' || use.how === 'ours') return true;
  return use.how === 'adopted' && (use.addition?.group === true || wearsOurGroup(use.endpoint, target));
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
