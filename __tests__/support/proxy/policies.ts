/** The parts of a policy statement that decide on an action. */
interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

/** What IAM's simulator calls its answers. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** What the documents together say about an action. Resources and conditions are not judged. */
export function decision(documents: readonly string[], action: string): Decision {
  const statements = documents.flatMap(statementsOf).filter((statement) => isAbout(statement, action));
  const has = (effect: string): boolean => statements.some(({ Effect }) => Effect === effect);
  if (has('Deny')) return 'explicitDeny';
  return has('Allow') ? 'allowed' : 'implicitDeny';
}

/** True where some document allows the action and none denies it. */
export function allows(documents: readonly string[], action: string): boolean {
  return decision(documents, action) === 'allowed';
}

function statementsOf(document: string): Statement[] {
  const { Statement: found = [] } = JSON.parse(document) as { Statement?: Statement | readonly Statement[] };
  return Array.isArray(found) ? [...found] : [found as Statement];
}

function isAbout({ Action, NotAction }: Statement, action: string): boolean {
  if (NotAction !== undefined) return !listOf(NotAction).some((pattern) => fits(pattern, action));
  return listOf(Action).some((pattern) => fits(pattern, action));
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function fits(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(action);
}
