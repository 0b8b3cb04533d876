import { parseArn } from '../aws/partitions.js';
import { type ParsedPolicy, parsePolicy } from '../iam/document.js';
import { networkInterfaceAccess, type Obstacle, type Place } from '../iam/network-interfaces.js';
import type { SimulatedAction } from '../model/role.js';
import { grouped } from '../text/grouped.js';
import { listed, sortedSet } from '../text/words.js';
import { GRANT, isSamePolicy, ownPolicies, roleBoundary, rolePolicies } from './role-policies.js';
import type { Target } from './target.js';

/** What keeps Lambda from it even with a policy that allows it. */
export interface Hindrances {
  /** Each a clause that names who refuses what. */
  readonly certain: readonly string[];
  /** Each a clause that names what could not be judged. */
  readonly uncertain: readonly string[];
}

/** Listed by the guide, but not decisive: AWS's own AWSLambdaENIManagementAccess lacks it. */
const ADVISED = 'ec2:DescribeSubnets';

/** The actions of the simulator's answer that decide. */
export const required = (actions: readonly SimulatedAction[]): SimulatedAction[] =>
  actions.filter(({ action }) => action !== ADVISED);

/** Where Lambda makes the network interfaces, as far as it is known. */
export function placeOf({ observed, region, subnets, groups }: Target): Place {
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

/** Why it cannot be told, each reason once. */
export function reasonsOf(obstacles: readonly Obstacle[]): string[] {
  return [
    ...new Set(obstacles.flatMap(({ verdict }) => (verdict.verdict === 'unknown' ? verdict.reasons : []))),
  ];
}

/** A denial that asks for keys which the simulator was not told may hold for Lambda, or not. */
const isSure = ({ missingKeys }: SimulatedAction): boolean => missingKeys.length === 0;

const named = (actions: readonly SimulatedAction[]): string =>
  listed(sortedSet(actions.map(({ action }) => action)));

/** A clause about actions that are alike; none where there are none. */
const about = (
  actions: readonly SimulatedAction[],
  clause: (actions: readonly SimulatedAction[]) => string,
): string[] => (actions.length === 0 ? [] : [clause(actions)]);

function refusalsIn(actions: readonly SimulatedAction[]): string[] {
  const sure = actions.filter(isSure);
  // A policy of the organization denies with the same word; it is told apart.
  const denied = sure.filter(
    ({ decision, refusedBy }) => decision === 'explicitDeny' && !refusedBy.includes('organization'),
  );
  const bounded = sure.filter(({ refusedBy }) => refusedBy.includes('boundary'));
  return [
    ...about(denied, (some) => `a statement that denies ${named(some)}`),
    ...about(bounded, (some) => `the permissions boundary, which does not allow ${named(some)}`),
  ];
}

/** Keys of policies of the organization are not among those that the simulator says it lacks. */
function doubtsIn(actions: readonly SimulatedAction[]): string[] {
  const limited = actions.filter(
    (one) => !isSure(one) && (one.decision === 'explicitDeny' || one.refusedBy.includes('boundary')),
  );
  const keys = (some: readonly SimulatedAction[]): string =>
    listed(sortedSet(some.flatMap(({ missingKeys }) => missingKeys)));
  return [
    ...about(
      limited,
      (some) =>
        `a statement or the permissions boundary may refuse ${named(some)}, by a condition on ${keys(some)}`,
    ),
    ...about(
      actions.filter(({ refusedBy }) => refusedBy.includes('organization')),
      (some) => `a policy of the organization may refuse ${named(some)}`,
    ),
  ];
}

/** What the simulator says of hindrances. */
export function simulatedHindrances(actions: readonly SimulatedAction[]): Hindrances {
  return { certain: refusalsIn(required(actions)), uncertain: doubtsIn(required(actions)) };
}

const NO_STATEMENT = 'the permissions boundary';

/** What refuses the actions, each with those it refuses. */
function certainClauses(obstacles: readonly Obstacle[]): string[] {
  const refusals = obstacles.flatMap(({ action, verdict }) => {
    if (verdict.verdict === 'denied')
      return verdict.by.map(({ policy, statement }) => ({ by: `${statement} of policy ${policy}`, action }));
    return verdict.verdict === 'not-allowed' ? [{ by: NO_STATEMENT, action }] : [];
  });
  return grouped(refusals, ({ by }) => by).map((group) => {
    const does = group[0].by === NO_STATEMENT ? 'does not allow' : 'denies';
    return `${group[0].by}, which ${does} ${listed(sortedSet(group.map(({ action }) => action)))}`;
  });
}

/** Names of our inline policies in the role that somebody changed and the plan puts right. */
export function mendedPolicies({ observed, desired, sameRole }: Target): string[] {
  const own = observed.role?.own;
  if (own?.ok !== true) return [];
  return ownPolicies(desired, sameRole).flatMap((policy) => {
    const text = own.value.get(policy.name);
    return text === undefined || isSamePolicy(text, policy) ? [] : [policy.name];
  });
}

/** The policies of the role as far as they were read, without those that are put right. */
export function standingPolicies(target: Target): ParsedPolicy[] | undefined {
  const mended = mendedPolicies(target);
  return rolePolicies(target.observed)?.filter(({ name }) => !mended.includes(name));
}

/**
 * What would keep Lambda from network interfaces with a policy that allows them; nothing where nothing was read. A
 * policy of ours that the plan puts right does not count, and what the simulator says of the role then tells nothing.
 */
export function roleHindrances(target: Target): Hindrances {
  const { role } = target.observed;
  const mended = mendedPolicies(target);
  const isSimulated = role?.simulated?.ok === true;
  if (isSimulated && mended.length === 0) return simulatedHindrances(role.simulated.value);
  const policies = standingPolicies(target);
  if (policies === undefined) {
    const open = isSimulated ? mended.map((name) => `policy ${name} was changed and is put right`) : [];
    return { certain: [], uncertain: open };
  }
  const grant = parsePolicy(GRANT.name, 'inline', JSON.stringify(GRANT.document));
  const { obstacles } = networkInterfaceAccess(
    [...policies, grant],
    roleBoundary(target.observed),
    placeOf(target),
  );
  return { certain: certainClauses(obstacles), uncertain: reasonsOf(obstacles) };
}
