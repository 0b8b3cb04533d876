import { roleNameOf } from '../aws/partitions.js';
import { networkInterfaceAccess } from '../iam/network-interfaces.js';
import type { Problem } from '../model/problem.js';
import type { RoleFacts, SimulatedAction } from '../model/role.js';
import { isOwnRole, sufficientPolicy } from '../resources/execution-role.js';
import { listed } from '../text/words.js';
import {
  mendedPolicies,
  placeOf,
  reasonsOf,
  required,
  simulatedHindrances,
  standingPolicies,
} from './role-hindrances.js';
import { roleBoundary } from './role-policies.js';
import type { Target } from './target.js';

/** Whether Lambda can manage network interfaces with the execution role as it is. */
export type Access =
  /** `by`: what says so. */
  | { readonly verdict: 'allowed'; readonly by: string }
  /** `lacking`: the actions, where they are known. */
  | { readonly verdict: 'lacking'; readonly lacking: readonly string[] }
  /** `unread`: why what would tell could not be read, where nothing else tells. */
  | { readonly verdict: 'unknown'; readonly reasons: readonly string[]; readonly unread: readonly Problem[] };

const unknown = (...reasons: readonly string[]): Extract<Access, { readonly verdict: 'unknown' }> => ({
  verdict: 'unknown',
  reasons,
  unread: [],
});

/** Why what would tell of a role could not be read: in the simulator's place the documents do. */
function unreadOf({ simulated, documents }: RoleFacts): Problem[] {
  return [simulated, documents].flatMap((reading) => (reading?.ok === false ? reading.problem : []));
}

/** Whether the policies that could be read allow it: then only what could not be read may deny it. */
function isAllowedByRead(target: Target): boolean {
  const { role, policies } = target.observed;
  if (policies?.ok !== true || role?.documentsRead === undefined) return false;
  const documents = { ok: true as const, value: role.documentsRead };
  const observed = { ...target.observed, role: { ...role, documents } };
  return byDocuments({ ...target, observed })?.verdict === 'allowed';
}

function bySimulation(actions: readonly SimulatedAction[]): Access {
  const open = required(actions).filter(({ decision }) => decision !== 'allowed');
  if (open.length === 0) return { verdict: 'allowed', by: "IAM's policy simulator" };
  const keys = open.flatMap(({ missingKeys }) => missingKeys);
  if (keys.length > 0) return unknown(`a condition on ${listed([...new Set(keys)])}`);
  return { verdict: 'lacking', lacking: open.map(({ action }) => action).sort() };
}

function byDocuments(target: Target): Access | undefined {
  const policies = standingPolicies(target);
  if (policies === undefined) return undefined;
  const { verdict, obstacles, by } = networkInterfaceAccess(
    policies,
    roleBoundary(target.observed),
    placeOf(target),
  );
  if (verdict === 'allowed') {
    return { verdict, by: listed(by.map(({ policy, statement }) => `${statement} of policy ${policy}`)) };
  }
  if (verdict === 'unknown') return unknown(...reasonsOf(obstacles));
  return { verdict: 'lacking', lacking: obstacles.map(({ action }) => action) };
}

/**
 * The simulator is asked about any resource and does not find a policy that is scoped to ARNs. Attaching AWS's beside
 * it does no harm; where nothing is attached the documents decide, if nothing refuses.
 */
function verified(target: Target, simulated: Access): Access {
  const { simulated: reading } = target.observed.role ?? {};
  const refuses = reading?.ok === true && simulatedHindrances(reading.value).certain.length > 0;
  if (target.desired.iamPolicy !== 'verify' || simulated.verdict !== 'lacking' || refuses) return simulated;
  const read = byDocuments(target);
  return read?.verdict === 'allowed' ? read : simulated;
}

/**
 * Judges by what was read: a policy of AWS's that is known, IAM's policy simulator where it answered, else, and where
 * a policy of ours is put right, the documents. Where neither was read, what AWS's attached policies tell is all that is known.
 */
export function roleAccess(target: Target): Access {
  const { policies, role } = target.observed;
  if (!isOwnRole(target.observed)) return unknown('the role is of another account');
  if (policies?.ok !== true) return unknown('its attached policies were not read');
  const known = sufficientPolicy(policies.value);
  if (known) return { verdict: 'allowed', by: known.name };
  // What the simulator says with a policy that the plan puts right tells nothing of the rest.
  if (role?.simulated?.ok === true && mendedPolicies(target).length === 0)
    return verified(target, bySimulation(role.simulated.value));
  const read = byDocuments(target);
  if (read !== undefined) return read;
  // Before they are read the plan is made as if nothing allowed it.
  if (role?.documents?.ok !== false) return { verdict: 'lacking', lacking: [] };
  const open = unknown(role.documents.problem.message.replace(/\.$/, ''));
  return isAllowedByRead(target) ? open : { ...open, unread: unreadOf(role) };
}

/** Name of the execution role, for messages. */
export function roleOf({ observed }: Target): string {
  return roleNameOf(observed.lambda.roleArn);
}
