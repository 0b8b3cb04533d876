import { roleNameOf } from '../aws/partitions.js';
import type { Change, Drift } from '../model/plan.js';
import { type EndpointUse, usesOurGroup } from '../resolve/endpoint-use.js';
import { denialsOf, roleChangeId } from '../resolve/role-policies.js';
import type { SharedTarget, Target } from '../resolve/target.js';
import { planDeletions } from './delete-endpoints.js';
import { planDenial, planRole } from './execution-role.js';
import { planFunction } from './function.js';
import { lostEndpointsDrift } from './lost-tags.js';
import { inOrder } from './order.js';
import { planPeerIngress } from './peer-ingress.js';
import { planMark, planRecord, planUsers } from './records.js';
import { planEndpointsRules, planFunctionRules } from './security-group-rules.js';
import { planSecurityGroups } from './security-groups.js';
import { planEndpoints } from './vpc-endpoints.js';

const ids = (changes: readonly Change[]): string[] => changes.map((change) => change.id);

/** The changes of a plan in order, and the drift found among what the functions share. */
export interface Steps {
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
}

function sharedSteps(shared: SharedTarget, uses: readonly EndpointUse[]): Steps {
  const ourInterfaces = uses.some((use) => usesOurGroup(use, shared));
  const harmless = [...planSecurityGroups(shared, ourInterfaces), ...planUsers(shared, uses)];
  const functionRules = planFunctionRules(shared, uses);
  const endpointsRules = planEndpointsRules(shared, ourInterfaces);
  const rules = [...endpointsRules.changes, ...functionRules.changes, ...planPeerIngress(shared)];
  const added = rules.filter((change) => change.action !== 'delete');
  const endpoints = planEndpoints(shared, uses).map((change) => ({ ...change, after: ids(added) }));
  // A way out is closed only when what replaces it is open.
  const closing = ids(endpoints);
  const careful = rules.map((change) =>
    change.action === 'delete' && change.reason !== 'aws-default'
      ? { ...change, after: [...change.after, ...closing] }
      : change,
  );
  return {
    changes: [...harmless, ...careful, ...endpoints],
    drift: [...endpointsRules.drift, ...functionRules.drift, ...lostEndpointsDrift(shared)],
  };
}

/** The policies of its role that a function's move waits for, by id. */
function awaitedOf({ observed }: Target, policies: readonly Change[]): string[] {
  const roleName = roleNameOf(observed.lambda.roleArn);
  // The code is kept from the interfaces beside the move, but a changed denial may keep Lambda from them, too.
  const isMended = ({ id, attributes }: Change): boolean =>
    id.startsWith(denialsOf(roleName)) && attributes.some(({ before }) => before !== undefined);
  return ids(policies.filter((policy) => policy.id === roleChangeId(roleName) || isMended(policy)));
}

/**
 * The order of a connect (harmless writes first): groups, policies and tags, then rules, then the endpoints,
 * which touch others, and then the functions. A function waits for its own role only. What nobody asks for any
 * more is deleted last.
 */
export function planSteps(
  shared: SharedTarget,
  targets: readonly Target[],
  uses: readonly EndpointUse[],
): Steps {
  const common = sharedSteps(shared, uses);
  const roles = new Map(targets.flatMap(planRole).map((change) => [change.id, change]));
  const denials = targets.flatMap(planDenial);
  const own = targets.flatMap((target) =>
    planFunction(target, [...ids(common.changes), ...awaitedOf(target, [...roles.values(), ...denials])]),
  );
  const moves = [...denials, ...own];
  const mark = planMark(shared, moves);
  const markedMoves = moves.map((change) => ({ ...change, after: [...change.after, ...ids(mark)] }));
  const before = [...common.changes, ...roles.values(), ...mark, ...markedMoves];
  const all = [...before, ...planDeletions(shared, ids(before))];
  return { changes: inOrder([...all, ...planRecord(shared, all)]), drift: common.drift };
}
