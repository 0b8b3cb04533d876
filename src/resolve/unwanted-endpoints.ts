import type { VpcEndpoint } from '../model/observed.js';
import { routeTableOf } from '../resources/route-table.js';
import { isShared, USER, userTag } from '../resources/tags.js';
import { isLiving } from '../resources/vpc-endpoint.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { foreignInterfaces, hiddenSubnets, judgeOthers } from './others.js';
import { allowsDeletion, endpointWord } from './services.js';
import type { SharedTarget } from './target.js';

/** An endpoint of ours that this run was recorded on and does not list any more. */
export interface UnwantedEndpoint {
  readonly endpoint: VpcEndpoint;
  /** Short word of its service. */
  readonly word: string;
  /** Zones it has an interface in, each billed by the hour; 0 for a gateway. */
  readonly zones: number;
  /** Names of others that are recorded on it. */
  readonly otherUsers: readonly string[];
  /** Keys of the tags by which they are. */
  readonly otherTags: readonly string[];
  /** Ids of others' interfaces that can use it. */
  readonly dependents: readonly string[];
  /** Why it is not known who can use it; undefined where it is, or was not looked up yet. */
  readonly unseen: string | undefined;
  /** Whether `allow` says to delete it. */
  readonly allowed: boolean;
}

function otherTags({ tags }: VpcEndpoint, { user }: SharedTarget): string[] {
  return Object.keys(tags)
    .filter((key) => key.startsWith(USER) && key !== userTag(user.hash))
    .sort();
}

function dependents(endpoint: VpcEndpoint, target: SharedTarget): string[] {
  const { interfaces, routeTables } = target.observed;
  const others = interfaces?.ok ? foreignInterfaces(interfaces.value, target) : [];
  if (endpoint.type === 'Interface') {
    const { open, unknown } = judgeOthers(endpoint, others, target);
    return [...open, ...unknown].sort();
  }
  const uses = (subnetId: string): boolean =>
    endpoint.routeTableIds.includes(routeTableOf(subnetId, routeTables)?.id ?? '');
  return others.filter(({ subnetId }) => uses(subnetId)).map(({ id }) => id);
}

function unseen(target: SharedTarget): string | undefined {
  const { interfaces } = target.observed;
  if (interfaces?.ok === false) return `${interfaces.problem.action} was refused`;
  const hidden = hiddenSubnets(target);
  return hidden.length > 0 ? `${hidden.join(', ')} belong to another account` : undefined;
}

/** Endpoints of ours that `endpoints` does not list and that nobody else but this run is known to have asked for. */
export function unwantedEndpoints(target: SharedTarget): UnwantedEndpoint[] {
  const { desired, observed, region, services, user, vpc } = target;
  if (desired.endpoints === undefined) return [];
  const isWanted = ({ serviceName, type }: VpcEndpoint): boolean =>
    services.some((service) => service.serviceName === serviceName && service.type === type);
  const isRecorded = ({ tags }: VpcEndpoint): boolean =>
    tags[userTag(user.hash)] !== undefined || !Object.keys(tags).some((key) => key.startsWith(USER));
  return observed.endpoints
    .filter((one) => one.vpcId === vpc.id && isShared(one.tags) && isLiving(one))
    .filter((one) => !isWanted(one) && isRecorded(one))
    .sort((one, other) => compareText(one.id, other.id))
    .map((endpoint) => {
      const word = endpointWord(endpoint.serviceName, endpoint.type, region);
      const tags = otherTags(endpoint, target);
      return {
        endpoint,
        word,
        zones: endpoint.subnetIds.length,
        otherUsers: sortedSet(tags.map((key) => endpoint.tags[key] ?? '')),
        otherTags: tags,
        dependents: dependents(endpoint, target),
        unseen: unseen(target),
        allowed: allowsDeletion(desired, endpoint, region),
      };
    });
}

/** The endpoints that a plan deletes: `allow` names them, and nothing keeps them. */
export function deletedEndpoints(target: SharedTarget): UnwantedEndpoint[] {
  return unwantedEndpoints(target).filter((one) => one.allowed && isDeletable(one));
}

/** Whether nothing but the lack of a consent keeps an endpoint from being deleted. */
export function isDeletable({ otherUsers, dependents, unseen }: UnwantedEndpoint): boolean {
  return otherUsers.length === 0 && dependents.length === 0 && unseen === undefined;
}
