import type { Target } from '../resolve/target.js';
import { counted, someOf } from '../text/words.js';

/** Names of functions that have the execution role of the target's and are not in this run, as far as they were read. */
function sharersOf({ observed, desired }: Target): string[] {
  const { lambda, roleUsers } = observed;
  if (!roleUsers?.ok) return [];
  const own = desired.functions.map(({ name }) => name);
  return roleUsers.value
    .filter(({ name, roleArn }) => roleArn === lambda.roleArn && !own.includes(name))
    .map(({ name }) => name);
}

/** What a policy of the function's role does to others, as a clause that follows "it"; undefined where they are nobody. */
export function reachesSharers(target: Target): string | undefined {
  const { roleUsers } = target.observed;
  if (roleUsers?.ok === false)
    return `may reach other functions, which could not be looked up (${roleUsers.problem.action} was refused)`;
  const others = sharersOf(target);
  if (others.length === 0) return undefined;
  return `also reaches ${counted(others.length, 'other function')}: ${someOf(others)} (other regions were not looked at)`;
}
