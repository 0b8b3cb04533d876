import type { VpcEndpoint } from '../model/observed.js';
import type { Drift } from '../model/plan.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import type { SharedTarget } from '../resolve/target.js';
import { MANAGED_BY, SCOPE, US, userTag } from '../resources/tags.js';

/**
 * Endpoints that count as somebody else's and were made by this action: the run is recorded on them, or they wear the
 * group of the endpoints alone, which is only ever added to those of others.
 */
export function lostEndpoints(uses: readonly EndpointUse[], { user, groups }: SharedTarget): VpcEndpoint[] {
  const own = groups.endpointsGroup?.id;
  const isLost = ({ tags, groupIds }: VpcEndpoint): boolean =>
    tags[userTag(user.hash)] !== undefined || (groupIds.length === 1 && groupIds[0] === own);
  return uses.flatMap((use) => (use.how === 'adopted' && isLost(use.endpoint) ? [use.endpoint] : []));
}

/** That they lost their tags; only their owner can say that they are this action's. */
export function lostEndpointsDrift(uses: readonly EndpointUse[], target: SharedTarget): Drift[] {
  return lostEndpoints(uses, target).map(({ id, serviceName }) => ({
    subject: id,
    message: `Endpoint ${id} for ${serviceName} lost the tag ${MANAGED_BY} or ${SCOPE} and counts as somebody else's. Run \`aws ec2 create-tags --resources ${id} --tags Key=${MANAGED_BY},Value=${US} Key=${SCOPE},Value=vpc\` to let this action look after it again.`,
    repairedBy: undefined,
  }));
}
