import type { Change } from '../model/plan.js';
import { foreignInterfaces, hiddenSubnets } from '../resolve/others.js';
import type { SharedTarget } from '../resolve/target.js';
import { counted, someOf } from '../text/words.js';

/** Who else is in the VPC, as a clause; undefined when nobody is. */
export function othersIn(target: SharedTarget): string | undefined {
  const { interfaces } = target.observed;
  if (interfaces === undefined) return 'who else is in the VPC was not looked up (`advice: none`)';
  if (!interfaces.ok)
    return `who else is in the VPC could not be looked up (${interfaces.problem.action} was refused)`;
  const foreign = foreignInterfaces(interfaces.value, target);
  const hidden = hiddenSubnets(target);
  if (foreign.length === 0 && hidden.length > 0) {
    return `${someOf(hidden)} belong to another account, whose interfaces cannot be seen`;
  }
  if (foreign.length === 0) return undefined;
  return `${counted(foreign.length, 'other network interface')} in ${target.vpc.id}: ${someOf(foreign.map((found) => found.id))}`;
}

/** What is said of a change where nobody else was found. */
const NOBODY = 'no other network interface is in the VPC now (ec2:DescribeNetworkInterfaces)';

/**
 * The changes as people should read them: where a change to an endpoint can touch others and nobody else was
 * found, it says so, with how that is known.
 */
export function withoutOthers(changes: readonly Change[], others: string | undefined): Change[] {
  if (others !== undefined) return [...changes];
  return changes.map((change) =>
    change.disruption === undefined || change.kind !== 'vpc-endpoint'
      ? change
      : { ...change, disruption: `${change.disruption}; ${NOBODY}` },
  );
}
