import type { VpcEndpoint } from '../model/observed.js';
import type { Drift } from '../model/plan.js';
import type { SharedTarget } from '../resolve/target.js';
import { isShared, MANAGED_BY, SCOPE, US, userTag } from '../resources/tags.js';
import { isLiving } from '../resources/vpc-endpoint.js';

/** Endpoints that the run is recorded on, and that count as somebody else's because they are not tagged as this action's. */
export function lostEndpoints({ observed, user, vpc }: SharedTarget): VpcEndpoint[] {
  return observed.endpoints.filter(
    (endpoint) =>
      endpoint.vpcId === vpc.id &&
      isLiving(endpoint) &&
      !isShared(endpoint.tags) &&
      endpoint.tags[userTag(user.hash)] !== undefined,
  );
}

/** That they lost their tags: only a person knows whether that was meant. */
export function lostEndpointsDrift(target: SharedTarget): Drift[] {
  return lostEndpoints(target).map(({ id, serviceName }) => ({
    subject: id,
    message: `Endpoint ${id} for ${serviceName} lost the tag ${MANAGED_BY} or ${SCOPE} and counts as somebody else's. Run \`aws ec2 create-tags --resources ${id} --tags Key=${MANAGED_BY},Value=${US} Key=${SCOPE},Value=vpc\` to let this action look after it again, or take its tag ${userTag(target.user.hash)} away.`,
    repairedBy: undefined,
  }));
}
