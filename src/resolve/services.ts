import { serviceNameCandidates } from '../aws/partitions.js';
import type { Desired, ServiceWish } from '../model/desired.js';
import type { EndpointService, Subnet, VpcEndpoint } from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { GATEWAY_WORDS, serviceWord } from '../reach/service-names.js';
import { isShared } from '../resources/tags.js';
import { holdsPrivateName, isLiving } from '../resources/vpc-endpoint.js';
import { nearest } from '../text/nearest.js';
import { someOf } from '../text/words.js';

/** A service the function needs an endpoint for. */
export interface WantedService {
  /** Short word for people, change ids and consents, for example `logs`. */
  readonly word: string;
  readonly serviceName: string;
  readonly type: 'Interface' | 'Gateway';
  /** The catalogue's entry; undefined when it was not due to be read. */
  readonly entry: EndpointService | undefined;
  readonly privateDns: boolean;
}

/** Short word for a service and type, as `endpoints` and `allow` write it, for example `logs` or `s3:interface`. */
export function endpointWord(serviceName: string, type: string, region: string): string {
  const word = serviceWord(serviceName, region);
  return type === 'Interface' && GATEWAY_WORDS.includes(word) ? `${word}:interface` : word;
}

/** Whether a wish names this service, by its full name or by what follows the region. */
export function names(wish: ServiceWish, serviceName: string, region: string): boolean {
  return serviceName === wish.service || serviceName.endsWith(`.${region}.${wish.service}`);
}

/** Every name that the wishes may stand for. */
export function candidateNames(wishes: readonly ServiceWish[], region: string): string[] {
  return [...new Set(wishes.flatMap(({ service }) => [service, ...serviceNameCandidates(service, region)]))];
}

/** Whether each wish names one of the services. */
export function allNamed(
  wishes: readonly ServiceWish[],
  services: readonly EndpointService[],
  region: string,
): boolean {
  return wishes.every((wish) => services.some((service) => names(wish, service.name, region)));
}

/** The type of endpoint a wish asks for: gateways where AWS has them, because they are free. */
export function typeOf(wish: ServiceWish, region: string): 'Interface' | 'Gateway' {
  return wish.type ?? (GATEWAY_WORDS.includes(serviceWord(wish.service, region)) ? 'Gateway' : 'Interface');
}

/** Whether `allow` says to delete our endpoint of a service once nobody asks for it. */
export function allowsDeletion(
  { allow }: Pick<Desired, 'allow'>,
  { serviceName, type }: Pick<VpcEndpoint, 'serviceName' | 'type'>,
  region: string,
): boolean {
  const objects = [endpointWord(serviceName, type, region), serviceName];
  return allow.some(({ kind, object = '' }) => kind === 'delete-endpoints' && objects.includes(object));
}

/** Whether a wish asks for private DNS, as far as the wish and the inputs tell. */
export function wantsPrivateDns(desired: Desired, word: string): boolean {
  return desired.privateDns ?? word !== 'execute-api';
}

/** Endpoints of a VPC that a wish could use, by service and type. */
export function endpointsFor(
  wish: { readonly serviceName: string; readonly type: string },
  vpcId: string,
  endpoints: readonly VpcEndpoint[],
): VpcEndpoint[] {
  return endpoints.filter(
    (endpoint) =>
      endpoint.vpcId === vpcId &&
      endpoint.serviceName === wish.serviceName &&
      endpoint.type === wish.type &&
      isLiving(endpoint),
  );
}

function existingName(wish: ServiceWish, vpcId: string, region: string, endpoints: readonly VpcEndpoint[]) {
  const type = typeOf(wish, region);
  return endpoints.find(
    (endpoint) =>
      endpoint.vpcId === vpcId &&
      endpoint.type === type &&
      isLiving(endpoint) &&
      names(wish, endpoint.serviceName, region),
  )?.serviceName;
}

/** What tells whether the catalogue of services must be read. */
export interface CatalogueFacts {
  readonly vpcId: string;
  readonly region: string;
  readonly endpoints: readonly VpcEndpoint[];
  readonly subnets: readonly Subnet[];
  /** Zones that interface endpoints are wanted in; undefined where that is not known yet. */
  readonly zones: readonly string[] | undefined;
}

/**
 * Whether the catalogue of services must be read: some wish has no endpoint in the VPC yet, one that does
 * not reach every zone it is wanted in, or one without the private name that the service may have.
 */
export function isCatalogueDue(
  desired: Desired,
  { vpcId, region, endpoints, subnets, zones }: CatalogueFacts,
): boolean {
  const covers = (endpoint: VpcEndpoint): boolean => {
    const present = subnets.filter(({ id }) => endpoint.subnetIds.includes(id)).map(({ zone }) => zone);
    return zones?.every((zone) => present.includes(zone)) === true;
  };
  if (desired.autoEndpoints) return true;
  return (desired.endpoints ?? []).some((wish) => {
    const serviceName = existingName(wish, vpcId, region, endpoints);
    if (serviceName === undefined) return true;
    const type = typeOf(wish, region);
    const found = endpointsFor({ serviceName, type }, vpcId, endpoints);
    if (type === 'Gateway') return false;
    const wantsName = wantsPrivateDns(desired, serviceWord(serviceName, region));
    const ours = found.filter((endpoint) => isShared(endpoint.tags));
    if (ours.length > 0) {
      return !ours.some((endpoint) => covers(endpoint) && (endpoint.privateDns || !wantsName));
    }
    // To add to an endpoint of others the zones of the service must be known.
    if (desired.existingEndpoints === 'extend' && found.length > 0 && !found.some(covers)) return true;
    // Who owns the private name serves or is in the way: beside it no endpoint is made.
    return !(wantsName && found.some(holdsPrivateName));
  });
}

/** The region in a full service name, where it is another one: `com.amazonaws.eu-west-1.logs` in us-east-2. */
function otherRegion({ service }: ServiceWish, region: string): string | undefined {
  const found = service.split('.').find((part) => /^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(part));
  return found === region ? undefined : found;
}

/** Endpoints to other regions are for services that allow it, have zones of their own, and are not made here (domain.md row 72). */
function ofOtherRegion(wish: ServiceWish, region: string, other: string): Problem {
  return {
    code: 'service-not-found',
    message: `Service ${wish.text} is of ${other}, and the function of ${region}: this action makes endpoints for services of the function's region only.`,
    remedy: `Write the service of ${region} in endpoints, or make an endpoint with \`aws ec2 create-vpc-endpoint --service-region ${other}\` and name its range in egress.`,
  };
}

function notFound(wish: ServiceWish, region: string, catalogue: readonly EndpointService[]): Problem {
  const other = otherRegion(wish, region);
  if (other !== undefined) return ofOtherRegion(wish, region, other);
  const words = catalogue.map((entry) => serviceWord(entry.name, region));
  const near = nearest(wish.service, words);
  const related = words.filter((word) => word.split(/[.-]/).includes(wish.service));
  const hint = near ?? (related.length > 0 ? someOf(related) : undefined);
  return {
    code: 'service-not-found',
    message: `AWS has no VPC endpoint service ${wish.text} in ${region}.${hint ? ` Did you mean ${hint}?` : ''}`,
    remedy: 'Correct the entry in endpoints; short names are what follows the region in the service name.',
  };
}

/** Service and type wanted, or the problem with them. */
export type ServiceChoice = { readonly service: WantedService } | { readonly problem: Problem };

/** Finds the service a wish names, in the catalogue where it was read, else among the VPC's endpoints. */
export function chooseService(
  wish: ServiceWish,
  desired: Desired,
  facts: {
    readonly vpcId: string;
    readonly region: string;
    readonly endpoints: readonly VpcEndpoint[];
    readonly catalogue: readonly EndpointService[] | undefined;
  },
): ServiceChoice {
  const { vpcId, region, endpoints, catalogue } = facts;
  const type = typeOf(wish, region);
  const offered = (catalogue ?? []).filter(
    (candidate) => candidate.types.includes(type) && names(wish, candidate.name, region),
  );
  const serviceName = existingName(wish, vpcId, region, endpoints) ?? offered[0]?.name;
  const entry = offered.find((candidate) => candidate.name === serviceName);
  if (serviceName === undefined) {
    const other = catalogue?.find((candidate) => names(wish, candidate.name, region));
    if (other === undefined) return { problem: notFound(wish, region, catalogue ?? []) };
    const message = `Service ${other.name} has no endpoints of type ${type}, only ${other.types.join(' and ')}.`;
    const remedy = `Write \`${wish.service}:${other.types[0]?.toLowerCase() ?? 'interface'}\` in endpoints.`;
    return { problem: { code: 'endpoint-type-unsupported', message, remedy } };
  }
  const word = endpointWord(serviceName, type, region);
  const wanted = type === 'Interface' && wantsPrivateDns(desired, word);
  // Without the catalogue, an endpoint that stands shows whether the service has a private name.
  const found = endpointsFor({ serviceName, type }, vpcId, endpoints);
  const hasName = entry?.privateDns ?? (found.length === 0 || found.some(holdsPrivateName));
  // One that an AWS service made for itself serves nobody, so that another one is made beside it.
  const isAlone = found.every(({ requesterManaged }) => requesterManaged);
  const privateDns = wanted && (hasName || (desired.privateDns === true && isAlone));
  return { service: { word, serviceName, type, entry, privateDns } };
}
