/** What may stand in an address as it is: nothing that Markdown or a browser would read otherwise. */
const SERVER = /^https:\/\/[\w.-]+(?::\d+)?$/;
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
const REF = /^[\w.-]+(?:\/[\w.-]+)*$/;

/**
 * Address of the page that explains the rules, in the version of the action that runs. Undefined where the runner
 * does not name the action's repository and ref, as for an action of the checked-out repository (GitHub's variables
 * reference, GITHUB_ACTION_REPOSITORY).
 */
export function rulesPageOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_SERVER_URL = '', GITHUB_ACTION_REPOSITORY = '', GITHUB_ACTION_REF = '' } = env;
  const isKnown =
    SERVER.test(GITHUB_SERVER_URL) &&
    REPOSITORY.test(GITHUB_ACTION_REPOSITORY) &&
    REF.test(GITHUB_ACTION_REF) &&
    !GITHUB_ACTION_REF.includes('..');
  if (!isKnown) return undefined;
  return `${GITHUB_SERVER_URL}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF}/docs/rules.md`;
}
