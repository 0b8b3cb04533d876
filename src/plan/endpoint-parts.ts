import type { Call, Input, Later } from '../aws/call.js';
import type { WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { shortHash } from '../resolve/users.js';
import { fromTags } from '../resources/tags.js';
import { sharedTags } from './security-groups.js';

/** Address of the change to a service's endpoint. */
export function endpointChangeId(service: WantedService): string {
  return `vpc-endpoint/${service.word}`;
}

/**
 * The call with its client token. AWS makes one endpoint for all requests with one token, and refuses the token with other parameters
 * (EC2 API, "Ensuring idempotency"): so it is a hash of all of them, equal across the retries of a run.
 * At most 64 characters.
 */
export function withToken(target: SharedTarget, input: Later<Input<'ec2:CreateVpcEndpoint'>>): Call {
  const { identity, observed, region } = target;
  const facts = [observed.caller.accountId, region, identity.runId, JSON.stringify(input)];
  return {
    action: 'ec2:CreateVpcEndpoint',
    input: { ...input, ClientToken: shortHash(facts.join('\n'), 64) },
  };
}

/** The tags of an endpoint that is to be made. */
export function tagSpecification(target: SharedTarget, service: WantedService) {
  const tags = { Name: `vpc-lambda-action-${service.word}`, ...sharedTags(target) };
  return [{ ResourceType: 'vpc-endpoint' as const, Tags: fromTags(tags) }];
}
