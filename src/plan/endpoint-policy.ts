import { allowedActions, isPlainGrant, restrictionIn } from '../iam/endpoint-policy.js';
import type { VpcEndpoint } from '../model/observed.js';
import type { AttributeChange } from '../model/plan.js';
import type { SharedTarget } from '../resolve/target.js';
import { shortHash } from '../resolve/users.js';
import { someOf } from '../text/words.js';
import { attribute } from './change.js';

/** The part of a call that sets the policy; nothing where the inputs leave it alone. */
export function policyInput({ desired }: SharedTarget): { readonly PolicyDocument?: string } {
  return desired.endpointPolicy === undefined ? {} : { PolicyDocument: desired.endpointPolicy };
}

/** Whether an endpoint's policy means something else than that of the inputs. */
export function hasOtherPolicy(endpoint: VpcEndpoint, { desired }: SharedTarget): boolean {
  return desired.endpointPolicy !== undefined && restrictionIn(desired.endpointPolicy) !== endpoint.policy;
}

/** A policy for people: documents are long, so they are told by what they allow and apart by a short hash. */
function policyText(restriction: string | undefined): string {
  if (restriction === undefined) return 'full access';
  const actions = isPlainGrant(restriction) ? allowedActions(restriction) : undefined;
  const what = actions === undefined || actions.length === 0 ? '' : ` to ${someOf(actions)}`;
  return `restricted${what} (SHA-256 ${shortHash(restriction)}…)`;
}

/** The policy of the inputs for people. */
function wantedPolicyText({ desired }: SharedTarget): string {
  return policyText(restrictionIn(desired.endpointPolicy));
}

/** The policy of an endpoint that is to be made, where the inputs say one. */
export function newPolicy(target: SharedTarget): AttributeChange[] {
  return target.desired.endpointPolicy === undefined
    ? []
    : [attribute('policy', undefined, wantedPolicyText(target))];
}

/** The policy of an endpoint that gets another one. */
export function changedPolicy({ policy }: VpcEndpoint, target: SharedTarget): AttributeChange {
  return attribute('policy', policyText(policy), wantedPolicyText(target));
}
