import type { GroupRule, VpcEndpoint } from '../model/observed.js';
import { prefixListOf } from '../resolve/prefix-lists.js';
import type { SharedTarget } from '../resolve/target.js';
import { deletedEndpoints } from '../resolve/unwanted-endpoints.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { isLiving } from '../resources/vpc-endpoint.js';

/** The endpoints of the VPC that a run leaves standing. */
function standingEndpoints(target: SharedTarget): VpcEndpoint[] {
  const deleted = deletedEndpoints(target).map(({ endpoint }) => endpoint.id);
  return target.observed.endpoints.filter(
    (endpoint) => endpoint.vpcId === target.vpc.id && isLiving(endpoint) && !deleted.includes(endpoint.id),
  );
}

/**
 * The rules of ours, among these, that `endpoints: auto` leaves alone though no service asks for them: what the role
 * does not name any more may be called all the same, for example by a policy that was replaced with a wider one. Nobody
 * wrote it down, so nobody took it back, as long as an endpoint stands where the rule leads.
 */
export function standingWays(rules: readonly GroupRule[], target: SharedTarget): GroupRule[] {
  const { desired, observed, groups } = target;
  if (!desired.autoEndpoints) return [];
  const standing = standingEndpoints(target);
  const leadsTo = (
    { kind, value }: GroupRule['peer'],
    { type, groupIds, subnetIds, serviceName }: VpcEndpoint,
  ): boolean => {
    if (type === 'Gateway') return kind === 'prefix-list' && prefixListOf(serviceName, target) === value;
    if (kind === 'group') return value === groups.endpointsGroup?.id && groupIds.includes(value);
    return observed.subnets.some(
      ({ id, cidr, ipv6Cidrs }) => subnetIds.includes(id) && [cidr, ...ipv6Cidrs].includes(value),
    );
  };
  return rules
    .filter((rule) => ['endpoints', 'gateway'].includes(purposeOf(rule) ?? ''))
    .filter(({ peer }) => standing.some((endpoint) => leadsTo(peer, endpoint)));
}
