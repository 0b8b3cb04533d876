import type { NetworkInterface, VpcEndpoint } from '../model/observed.js';
import { readOf } from '../model/reading.js';
import { prepareAcl } from '../network/acl.js';
import type { GroupRule } from '../network/network.js';
import { type End, type Opening, opensAll, type Walls } from '../network/opens.js';
import { parseRange } from '../network/range.js';
import { prepareGroup } from '../network/security-group.js';
import { https } from '../network/traffic.js';
import type { SharedTarget } from './target.js';

/** Interfaces that belong to nobody's workload: endpoints and NAT gateways use no service by its name. */
const NO_WORKLOAD = /^(vpc_endpoint|nat_?gateway|gateway_load_balancer_endpoint)$/i;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an interface is one that Lambda made for one of the functions: it names them by function and a UUID (domain.md row 92). */
export function isNamedAfter(
  { description }: NetworkInterface,
  functions: readonly { readonly name: string }[],
): boolean {
  return functions.some(({ name }) => {
    const prefix = `AWS Lambda VPC ENI-${name}-`;
    return description.startsWith(prefix) && UUID.test(description.slice(prefix.length));
  });
}

/** Interfaces of the VPC that are neither the functions' own nor of an endpoint or NAT gateway. */
export function foreignInterfaces(
  interfaces: readonly NetworkInterface[],
  target: SharedTarget,
): NetworkInterface[] {
  const { endpoints } = target.observed;
  const ofEndpoints = new Set(endpoints.flatMap((endpoint) => endpoint.networkInterfaceIds));
  const managed = target.groups.managed?.id;
  // Those that an error of their own keeps out of the plan are of the run all the same.
  // Functions with the same subnets and groups share an interface, named after one of them: where the
  // endpoint would not admit everyone, that one's sharers count as others.
  const alone = target.desired.endpointAccess === 'vpc';
  return interfaces.filter((found) => {
    const own =
      (alone && isNamedAfter(found, target.desired.functions)) ||
      (found.type === 'lambda' && managed !== undefined && found.groupIds.includes(managed));
    return !own && !ofEndpoints.has(found.id) && !NO_WORKLOAD.test(found.type);
  });
}

/** Subnets of the VPC that are another account's, whose interfaces cannot be seen. */
export function hiddenSubnets({ observed, vpc }: SharedTarget): string[] {
  const { caller, subnets } = observed;
  return subnets
    .filter(({ vpcId, ownerId }) => vpcId === vpc.id && ownerId !== caller.accountId)
    .map(({ id }) => id);
}

/** Where an endpoint has its interfaces, and what guards them. */
export type Place = Pick<VpcEndpoint, 'subnetIds' | 'groupIds'>;

/** Rules that a group will have besides those that were read; a group that does not exist yet has these alone. */
export interface AddedRules {
  readonly groupId: string;
  readonly ingress: readonly GroupRule[];
}

function wallsOf({ observed }: SharedTarget, added: AddedRules | undefined): Walls {
  const known = observed.groups.find(({ id }) => id === added?.groupId);
  const grown =
    added === undefined
      ? []
      : [
          {
            id: added.groupId,
            ingress: [...(known?.ingress ?? []), ...added.ingress],
            egress: known?.egress ?? [],
          },
        ];
  const groups = [...observed.groups.filter((group) => group !== known), ...grown];
  const lists = { get: () => undefined };
  const acls = readOf(observed.networkAcls) ?? [];
  return {
    groups: new Map(groups.map((group) => [group.id, prepareGroup(group, lists)])),
    acls: new Map(acls.flatMap((acl) => acl.subnetIds.map((id) => [id, prepareAcl(acl)] as const))),
  };
}

/** Endpoints made here have IPv4 addresses, which is what everybody's names lead to. */
function endIn(
  subnetId: string,
  groupIds: readonly string[],
  addresses: readonly string[],
  { observed }: SharedTarget,
): End[] {
  const subnet = observed.subnets.find(({ id }) => id === subnetId);
  const texts = addresses.length > 0 ? addresses : [subnet?.cidr ?? ''];
  const range = texts.map(parseRange).find((found) => found?.family === 'ipv4');
  return range === undefined ? [] : [{ subnetId, range, groupIds }];
}

/** Ids of others' interfaces, by whether they can open TCP 443 to an endpoint at a place. */
export function judgeOthers(
  place: Place,
  others: readonly NetworkInterface[],
  target: SharedTarget,
  added?: AddedRules,
): Readonly<Record<Opening, readonly string[]>> {
  const walls = wallsOf(target, added);
  const ends = place.subnetIds.flatMap((id) => endIn(id, place.groupIds, [], target));
  const found: Record<Opening, string[]> = { open: [], refused: [], unknown: [] };
  for (const { id, subnetId, groupIds, addresses } of others) {
    const [from] = endIn(subnetId, groupIds, addresses, target);
    found[from === undefined ? 'unknown' : opensAll(walls, from, ends, https)].push(id);
  }
  for (const ids of Object.values(found)) ids.sort();
  return found;
}
