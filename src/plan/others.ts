import type { NetworkInterface } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import type { SharedTarget } from '../resolve/target.js';
import { counted, someOf } from '../text/words.js';

/** Interfaces that belong to nobody's workload: endpoints and NAT gateways use no service by its name. */
const NO_WORKLOAD = /^(vpc_endpoint|nat_?gateway|gateway_load_balancer_endpoint)$/i;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Interfaces of the VPC that are neither the functions' own nor of an endpoint or NAT gateway. */
export function foreignInterfaces(
  interfaces: readonly NetworkInterface[],
  target: SharedTarget,
): NetworkInterface[] {
  const { endpoints } = target.observed;
  const ofEndpoints = new Set(endpoints.flatMap((endpoint) => endpoint.networkInterfaceIds));
  const managed = target.groups.managed?.id;
  // Lambda names its interfaces by function and a UUID (domain.md row 92).
  const prefixes = target.lambdas.map(({ name }) => `AWS Lambda VPC ENI-${name}-`);
  // Functions with the same subnets and groups share an interface, named after one of them: where the
  // endpoint would not admit everyone, that one's sharers count as others.
  const alone = target.desired.endpointAccess === 'vpc';
  const isNamed = ({ description }: NetworkInterface): boolean =>
    prefixes.some((prefix) => description.startsWith(prefix) && UUID.test(description.slice(prefix.length)));
  return interfaces.filter((found) => {
    const own =
      (alone && isNamed(found)) ||
      (found.type === 'lambda' && managed !== undefined && found.groupIds.includes(managed));
    return !own && !ofEndpoints.has(found.id) && !NO_WORKLOAD.test(found.type);
  });
}

/** Who else is in the VPC, as a clause; undefined when nobody is. */
export function othersIn(target: SharedTarget): string | undefined {
  const { interfaces } = target.observed;
  if (interfaces === undefined) return 'who else is in the VPC was not looked up';
  if (!interfaces.ok)
    return `who else is in the VPC could not be looked up (${interfaces.problem.action} was refused)`;
  const foreign = foreignInterfaces(interfaces.value, target);
  const hidden = target.observed.subnets.filter(
    ({ vpcId, ownerId }) => vpcId === target.vpc.id && ownerId !== target.observed.caller.accountId,
  );
  if (foreign.length === 0 && hidden.length > 0) {
    return `${someOf(hidden.map(({ id }) => id))} belong to another account, whose interfaces cannot be seen`;
  }
  if (foreign.length === 0) return undefined;
  return `${counted(foreign.length, 'other network interface')} in ${target.vpc.id}: ${someOf(foreign.map((found) => found.id))}`;
}

/**
 * The changes as people should read them: where a change can touch others and nobody else was found,
 * it says so, with how that is known.
 */
export function withoutOthers(changes: readonly Change[], others: string | undefined): Change[] {
  if (others !== undefined) return [...changes];
  const nobody = 'no other network interface is in the VPC now (ec2:DescribeNetworkInterfaces)';
  return changes.map((change) =>
    change.disruption === undefined ? change : { ...change, disruption: `${change.disruption}; ${nobody}` },
  );
}
