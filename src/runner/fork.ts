import { memberOf } from '../text/json.js';

/** What tells one repository from another: its id, which outlives renames; the name where the event has no id. */
function sameRepository(one: unknown, other: unknown, repository: string): boolean {
  const ids = [memberOf(one, 'id'), memberOf(other, 'id')];
  if (ids.every((id) => id !== undefined)) return ids[0] === ids[1];
  const name = memberOf(one, 'full_name');
  const known = memberOf(other, 'full_name') ?? repository;
  return typeof name === 'string' && String(known).toLowerCase() === name.toLowerCase();
}

/**
 * Whether a pull request of an event comes from another repository than the run's (`repository`, as `owner/name`). The
 * `repo` of its head is null once a fork is deleted (GitHub REST API, "Pull requests"): a branch of the repository
 * itself always has one.
 */
export function comesFromFork(pull: unknown, repository: string): boolean {
  const [head, base] = ['head', 'base'].map((side) => memberOf(memberOf(pull, side), 'repo'));
  return !sameRepository(head, base, repository);
}
