import type { LambdaFunction, VpcEndpoint } from '../model/observed.js';
import type { Change, ChangeResult, Plan } from '../model/plan.js';
import type { AttachedPolicy } from '../model/role.js';
import { functionChangeId } from '../plan/function.js';
import type { Applied } from './apply.js';

/** What a run may have changed, with what it has read of that since. */
export interface Touched {
  /** The functions it moved, as they were last read while waiting; undefined where they have to be read. */
  readonly lambdas: ReadonlyMap<string, LambdaFunction | undefined>;
  /** The endpoints it made, as they were last read while waiting; undefined where endpoints have to be read. */
  readonly endpoints: readonly VpcEndpoint[] | undefined;
  /** Policies it attached and Lambda has moved a function with since, by the role's name. */
  readonly proven: ReadonlyMap<string, AttachedPolicy>;
  /** Whether it changed other policies of roles. */
  readonly roles: boolean;
}

/** The same, with everything to be read. */
export function allToRead({ lambdas, proven, roles }: Touched): Touched {
  return {
    lambdas: new Map([...lambdas.keys()].map((name) => [name, undefined])),
    endpoints: undefined,
    proven: new Map(),
    roles: roles || proven.size > 0,
  };
}

/** Names of the functions that a plan moves. */
export function movedBy({ changes }: Pick<Plan, 'changes'>): Set<string> {
  return new Set(
    changes.flatMap(({ kind, functionName }) => (kind === 'function' ? (functionName ?? []) : [])),
  );
}

const namesEndpoint = ({ kind, calls }: Change): boolean =>
  kind === 'tags' &&
  calls.some(
    ({ action, input }) =>
      action === 'ec2:CreateTags' && (input.Resources ?? []).some((id) => String(id).startsWith('vpce-')),
  );

/** The endpoints that were made, where each was waited for and nothing else was done to an endpoint. */
function madeEndpoints(
  { changes }: Plan,
  read: Applied['endpoints'],
  done: ReadonlySet<string>,
): VpcEndpoint[] | undefined {
  const ofEndpoints = changes.filter(({ kind }) => kind === 'vpc-endpoint');
  const isPlain = ofEndpoints.every(({ id, action }) => action === 'create' && done.has(id));
  const areRead = ofEndpoints.length > 0 && read.size === ofEndpoints.length;
  return isPlain && areRead && !changes.some(namesEndpoint) ? [...read.values()] : undefined;
}

/** The policies that were attached to roles with which Lambda has taken a move since: it refuses one without (row 1). */
function provenPolicies(plan: Plan, done: ReadonlySet<string>): Map<string, AttachedPolicy> {
  const moved = plan.subject.functions.filter(({ name }) => done.has(functionChangeId(name)));
  const attached = plan.changes.filter(({ id }) => done.has(id)).flatMap(({ calls }) => calls);
  return new Map(
    attached.flatMap(({ action, input }) => {
      if (action !== 'iam:AttachRolePolicy') return [];
      const roleName = String(input.RoleName);
      const arn = String(input.PolicyArn);
      const isProven = moved.some((one) => one.roleName === roleName);
      return isProven ? [[roleName, { name: arn.slice(arn.lastIndexOf('/') + 1), arn }] as const] : [];
    }),
  );
}

/** What carrying out a plan may have changed. */
export function touchedBy(plan: Plan, applied: Applied, results: readonly ChangeResult[]): Touched {
  const done = new Set(results.flatMap(({ id, status }) => (status === 'applied' ? [id] : [])));
  const proven = provenPolicies(plan, done);
  const roleChanges = plan.changes.filter(({ kind }) => kind === 'execution-role');
  return {
    lambdas: new Map([...movedBy(plan)].map((name) => [name, applied.lambdas.get(name)])),
    endpoints: madeEndpoints(plan, applied.endpoints, done),
    proven,
    roles: roleChanges.length > proven.size,
  };
}
