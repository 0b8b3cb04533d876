import { createHash } from 'node:crypto';
import type { Desired } from '../model/desired.js';
import type { Observed } from '../model/observed.js';

/** Hex SHA-256 of a text, cut to a length. */
export function shortHash(text: string, length = 8): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * From so many functions on they are read out of the account's list where that is allowed: below that it is not
 * fewer requests. The list has no states.
 */
export const LISTED_FROM = 4;

/** Who records itself on what is shared: a function, or several that share one group. */
export interface User {
  /** Short hash: of the function's ARN, or of what several functions have in common. */
  readonly hash: string;
  /** Name of the function, or the resource name of several. */
  readonly name: string;
}

/** Who a run is, and whose managed group it may go on with. */
export interface Users {
  readonly self: User;
  /** Hashes of users that are this run, or that it takes the place of. */
  readonly accepted: readonly string[];
  /** Hashes that count too where the function wears the group already. */
  readonly acceptedWhereWorn: readonly string[];
}

/**
 * By what a function, or several, record themselves. AWS allows 50 tags per resource, so several record
 * themselves once, by their resource name: it stays when one of them comes or goes. A function that wears
 * the group of several may go on with it alone; another one may not, because each would undo the other's rules.
 */
export function usersOf(desired: Desired, { lambda, caller }: Observed, owner: string): Users {
  const arnStart = lambda.arn.slice(0, lambda.arn.length - lambda.name.length);
  const arns = desired.functions.map(({ name }) => `${arnStart}${name}`);
  const name = desired.resourceName ?? lambda.name;
  const several = shortHash([arnStart, caller.accountId, owner, name].join('\n'));
  if (arns.length > 1) {
    return {
      self: { hash: several, name },
      accepted: [several, ...arns.map((arn) => shortHash(arn))],
      acceptedWhereWorn: [],
    };
  }
  const own = shortHash(lambda.arn);
  return { self: { hash: own, name: lambda.name }, accepted: [own], acceptedWhereWorn: [several] };
}
