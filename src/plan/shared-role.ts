import type { Target } from '../resolve/target.js';

/** Names of functions that have the execution role of the target's and are not in this run, as far as they were read. */
export function sharesRole({ observed, desired }: Target): string[] {
  const { lambda, roleUsers } = observed;
  if (!roleUsers?.ok) return [];
  const own = desired.functions.map(({ name }) => name);
  return roleUsers.value
    .filter(({ name, roleArn }) => roleArn === lambda.roleArn && !own.includes(name))
    .map(({ name }) => name);
}
