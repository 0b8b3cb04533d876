/** The parts of a policy statement that decide on an action. */
interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
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

/**
 * True where the policies and the boundary let Lambda itself use the action: its requests lack the key that requests
 * of a function's code carry.
 */
export function allowsLambda(
  documents: readonly string[],
  boundary: string | undefined,
  action: string,
): boolean {
  const statements = documents
    .flatMap(statementsOf)
    .filter(
      (statement) => isAbout(statement, action) && !keysOf(statement).includes('lambda:SourceFunctionArn'),
    );
  const has = (effect: string): boolean => statements.some(({ Effect }) => Effect === effect);
  return has('Allow') && !has('Deny') && (boundary === undefined || allows([boundary], action));
}

/** Whether a trust policy lets a service assume the role. Conditions are not judged. */
export function trusts(document: string, service: string): boolean {
  return statementsOf(document).some(
    ({ Effect, Principal }) =>
      Effect === 'Allow' && typeof Principal === 'object' && listOf(Principal.Service).includes(service),
  );
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

/** What IAM's simulator says of an action on any resource. */
export interface Simulated {
  readonly decision: Decision;
  /** Undefined where there is no boundary. */
  readonly allowedByBoundary: boolean | undefined;
  readonly missingKeys: readonly string[];
}

/**
 * Simulates an action on any resource: a statement counts where its resource is everything and none of its condition
 * keys is missing from the context. Values of conditions are not judged: keys that are there hold.
 */
export function simulated(
  documents: readonly string[],
  boundary: string | undefined,
  action: string,
  keys: readonly string[],
): Simulated {
  const about = documents.flatMap(statementsOf).filter((statement) => isAbout(statement, action));
  const broad = about.filter(({ Resource }) => listOf(Resource).includes('*'));
  const missingKeys = broad.flatMap((statement) => keysOf(statement)).filter((key) => !keys.includes(key));
  const sure = broad.filter((statement) => keysOf(statement).every((key) => keys.includes(key)));
  const has = (effect: string): boolean => sure.some(({ Effect }) => Effect === effect);
  const allowedByBoundary = boundary === undefined ? undefined : allows([boundary], action);
  const allowed = has('Allow') && allowedByBoundary !== false;
  const decided = has('Deny') ? 'explicitDeny' : allowed ? 'allowed' : 'implicitDeny';
  return { decision: decided, allowedByBoundary, missingKeys: [...new Set(missingKeys)] };
}

function keysOf({ Condition = {} }: Statement): string[] {
  return Object.values(Condition).flatMap((tests) => Object.keys(tests));
}
