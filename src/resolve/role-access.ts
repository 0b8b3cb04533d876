import { parseArn, roleNameOf } from '../aws/partitions.js';
import { parsePolicy } from '../iam/document.js';
import { networkInterfaceAccess, type Obstacle, type Place } from '../iam/network-interfaces.js';
import type { SimulatedAction } from '../model/role.js';
import { isOwnRole, sufficientPolicy } from '../resources/execution-role.js';
import { listed } from '../text/words.js';
import { GRANT, roleBoundary, rolePolicies } from './role-policies.js';
import type { Target } from './target.js';

/** Whether Lambda can manage network interfaces with the execution role as it is. */
export type Access =
  /** `by`: what says so. */
  | { readonly verdict: 'allowed'; readonly by: string }
  /** `lacking`: the actions, where they are known. */
  | { readonly verdict: 'lacking'; readonly lacking: readonly string[] }
  | { readonly verdict: 'unknown'; readonly reasons: readonly string[] };

/** What keeps Lambda from it even with a policy that allows it. */
export interface Hindrances {
  /** Each a clause that names who refuses what. */
  readonly certain: readonly string[];
  /** Each a clause that names what could not be judged. */
  readonly uncertain: readonly string[];
}

/** Listed by the guide, but not decisive: AWS's own AWSLambdaENIManagementAccess lacks it. */
const ADVISED = 'ec2:DescribeSubnets';

const required = (actions: readonly SimulatedAction[]): SimulatedAction[] =>
  actions.filter(({ action }) => action !== ADVISED);

function placeOf({ observed, region, subnets, groups }: Target): Place {
  const { partition, accountId } = parseArn(observed.lambda.roleArn);
  const managed = groups.usesManaged && groups.managed ? [groups.managed.id] : [];
  return {
    partition,
    region,
    accountId,
    subnetIds: subnets.map(({ id }) => id),
    groupIds: [...groups.otherIds, ...managed],
  };
}

function bySimulation(actions: readonly SimulatedAction[]): Access {
  const open = required(actions).filter(({ decision }) => decision !== 'allowed');
  if (open.length === 0) return { verdict: 'allowed', by: "IAM's policy simulator" };
  const keys = open.flatMap(({ missingKeys }) => missingKeys);
  if (keys.length > 0)
    return { verdict: 'unknown', reasons: [`a condition on ${listed([...new Set(keys)])}`] };
  return { verdict: 'lacking', lacking: open.map(({ action }) => action).sort() };
}

function byDocuments(target: Target): Access | undefined {
  const policies = rolePolicies(target.observed);
  if (policies === undefined) return undefined;
  const { verdict, obstacles, by } = networkInterfaceAccess(
    policies,
    roleBoundary(target.observed),
    placeOf(target),
  );
  if (verdict === 'allowed') {
    return { verdict, by: listed(by.map(({ policy, statement }) => `${statement} of policy ${policy}`)) };
  }
  if (verdict === 'unknown') return { verdict, reasons: reasonsOf(obstacles) };
  return { verdict: 'lacking', lacking: obstacles.map(({ action }) => action) };
}

function reasonsOf(obstacles: readonly Obstacle[]): string[] {
  return [
    ...new Set(obstacles.flatMap(({ verdict }) => (verdict.verdict === 'unknown' ? verdict.reasons : []))),
  ];
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
 * Judges by what was read: a policy of AWS's that is known, IAM's policy simulator where it answered, else the
 * documents. Where neither was read, what AWS's attached policies tell is all that is known.
 */
export function roleAccess(target: Target): Access {
  const { policies, role } = target.observed;
  if (!isOwnRole(target.observed)) return { verdict: 'unknown', reasons: ['the role is of another account'] };
  if (policies?.ok !== true) return { verdict: 'unknown', reasons: ['its attached policies were not read'] };
  const known = sufficientPolicy(policies.value);
  if (known) return { verdict: 'allowed', by: known.name };
  if (role?.simulated?.ok === true) return verified(target, bySimulation(role.simulated.value));
  const read = byDocuments(target);
  if (read !== undefined) return read;
  // Before they are read the plan is made as if nothing allowed it.
  const unread = role?.documents?.ok === false ? role.documents.problem.message : undefined;
  return unread === undefined
    ? { verdict: 'lacking', lacking: [] }
    : { verdict: 'unknown', reasons: [unread] };
}

/** A denial that asks for keys which the simulator was not told may hold for Lambda, or not. */
const isSure = ({ missingKeys }: SimulatedAction): boolean => missingKeys.length === 0;

function refusalsOf(simulated: SimulatedAction): string[] {
  const { action, decision, refusedBy } = simulated;
  if (!isSure(simulated)) return [];
  // A policy of the organization denies with the same word; it is told apart.
  const denies = decision === 'explicitDeny' && !refusedBy.includes('organization');
  return [
    ...(denies ? [`a statement that denies ${action}`] : []),
    ...(refusedBy.includes('boundary') ? [`the permissions boundary, which does not allow ${action}`] : []),
  ];
}

/** Keys of policies of the organization are not among those that the simulator says it lacks. */
function doubtsOf(simulated: SimulatedAction): string[] {
  const { action, decision, refusedBy, missingKeys } = simulated;
  const limits = decision === 'explicitDeny' || refusedBy.includes('boundary');
  return [
    ...(limits && !isSure(simulated)
      ? [
          `a statement or the permissions boundary may refuse ${action}, by a condition on ${listed(missingKeys)}`,
        ]
      : []),
    ...(refusedBy.includes('organization') ? [`a policy of the organization may refuse ${action}`] : []),
  ];
}

function simulatedHindrances(actions: readonly SimulatedAction[]): Hindrances {
  return {
    certain: required(actions).flatMap(refusalsOf),
    uncertain: required(actions).flatMap(doubtsOf),
  };
}

function certainClause({ action, verdict }: Obstacle): string[] {
  if (verdict.verdict === 'denied') {
    return verdict.by.map(
      ({ policy, statement }) => `${statement} of policy ${policy}, which denies ${action}`,
    );
  }
  return verdict.verdict === 'not-allowed'
    ? [`the permissions boundary, which does not allow ${action}`]
    : [];
}

/** What would keep Lambda from network interfaces with a policy that allows them; nothing where nothing was read. */
export function roleHindrances(target: Target): Hindrances {
  const { role } = target.observed;
  if (role?.simulated?.ok === true) return simulatedHindrances(role.simulated.value);
  const policies = rolePolicies(target.observed);
  if (policies === undefined) return { certain: [], uncertain: [] };
  const grant = parsePolicy(GRANT.name, 'inline', JSON.stringify(GRANT.document));
  const { obstacles } = networkInterfaceAccess(
    [...policies, grant],
    roleBoundary(target.observed),
    placeOf(target),
  );
  return { certain: obstacles.flatMap(certainClause), uncertain: reasonsOf(obstacles) };
}

/** Name of the execution role, for messages. */
export function roleOf({ observed }: Target): string {
  return roleNameOf(observed.lambda.roleArn);
}
