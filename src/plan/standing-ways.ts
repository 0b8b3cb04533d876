import type { GroupRule } from '../model/observed.js';
import { prefixListOf } from '../resolve/prefix-lists.js';
import type { SharedTarget } from '../resolve/target.js';
import { isDeletable, unwantedEndpoints } from '../resolve/unwanted-endpoints.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { isLiving } from '../resources/vpc-endpoint.js';

/** The endpoints of the VPC that a run leaves standing. */
function standingEndpoints(target: SharedTarget) {
  const deleted = unwantedEndpoints(target)
    .filter((one) => one.allowed && isDeletable(one))
    .map(({ endpoint }) => endpoint.id);
  return target.observed.endpoints.filter(
    (endpoint) => endpoint.vpcId === target.vpc.id && isLiving(endpoint) && !deleted.includes(endpoint.id),
  );
}

/**
 * Whether `endpoints: auto` leaves a rule of ours alone that no service asks for: what the role does not name any more
 * may be called all the same, for example by a policy that was replaced with a wider one. Nobody wrote it down, so
 * nobody took it back, as long as an endpoint stands where the rule leads.
 */
export function isStandingWay(rule: GroupRule, target: SharedTarget): boolean {
  const { desired, observed, groups } = target;
  const purpose = purposeOf(rule);
  if (!desired.autoEndpoints || (purpose !== 'endpoints' && purpose !== 'gateway')) return false;
  const { kind, value } = rule.peer;
  return standingEndpoints(target).some(({ type, groupIds, subnetIds, serviceName }) => {
    if (type === 'Gateway') return kind === 'prefix-list' && prefixListOf(serviceName, target) === value;
    if (kind === 'group') return value === groups.endpointsGroup?.id && groupIds.includes(value);
    return observed.subnets.some(
      ({ id, cidr, ipv6Cidrs }) => subnetIds.includes(id) && [cidr, ...ipv6Cidrs].includes(value),
    );
  });
}
