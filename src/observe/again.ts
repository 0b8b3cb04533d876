import pLimit from 'p-limit';
import type { Touched } from '../apply/touched.js';
import type { Aws } from '../aws/call.js';
import { roleNameOf } from '../aws/partitions.js';
import type { Caller, FunctionFacts, VpcEndpoint } from '../model/observed.js';
import type { PolicyText, RoleFacts } from '../model/role.js';
import type { Observation } from '../observe.js';
import { withPolicy } from '../resources/execution-role.js';
import { readFunction } from '../resources/function.js';
import { readSecurityGroups } from '../resources/security-group.js';
import { readVpcEndpoints } from '../resources/vpc-endpoint.js';
import { WIDTH } from './functions.js';
import { attempt, required } from './reading.js';
import { startRoles } from './role-advice.js';
import { readableRoles } from './role-due.js';
import { readRoles } from './roles.js';

async function readTouched(aws: Aws, facts: FunctionFacts, { lambdas }: Touched): Promise<FunctionFacts> {
  const { name } = facts.lambda;
  if (!lambdas.has(name)) return facts;
  return { ...facts, lambda: lambdas.get(name) ?? (await readFunction(aws, name)) };
}

async function endpointsNow(aws: Aws, seen: readonly VpcEndpoint[], { endpoints: made }: Touched) {
  if (made === undefined) return readVpcEndpoints(aws);
  const ids = made.map(({ id }) => id);
  return [...seen.filter(({ id }) => !ids.includes(id)), ...made];
}

function namesOf(roleArn: string, functions: readonly FunctionFacts[]): string[] {
  const role = functions.find(({ lambda }) => lambda.roleArn === roleArn)?.role;
  return role?.own?.ok ? [...role.own.value.keys()] : [];
}

/**
 * What is known of a role whose policies of ours were read again. What rests on texts that were changed since is
 * brought up to date: the documents, and a denial that the simulator may have found in one of them.
 */
export function withOwn(role: RoleFacts, own: RoleFacts['own']): RoleFacts {
  const [before, now] = [role.own, own];
  if (before?.ok !== true || now?.ok !== true) return { ...role, own: own ?? before };
  const isChanged = [...now.value].some(([name, text]) => before.value.get(name) !== text);
  if (!isChanged) return { ...role, own };
  const { documents, simulated } = role;
  const fresh = (policy: PolicyText): PolicyText => ({
    ...policy,
    text: (policy.source === 'inline' ? now.value.get(policy.name) : undefined) ?? policy.text,
  });
  const found = simulated?.ok === true && simulated.value.some(({ decision }) => decision === 'explicitDeny');
  return {
    ...role,
    own,
    documents: documents?.ok ? { ok: true, value: documents.value.map(fresh) } : documents,
    documentsRead: role.documentsRead?.map(fresh),
    simulated: found ? undefined : simulated,
  };
}

/** Reads again which policies the roles have, and those of ours in them; the rest of what is known of them stays. */
async function readRolesAgain(
  aws: Aws,
  functions: readonly FunctionFacts[],
  caller: Caller,
): Promise<Pick<FunctionFacts, 'policies' | 'role'>[]> {
  const lambdas = functions.map(({ lambda }) => lambda);
  const [policies, again] = await Promise.all([
    readRoles(aws, lambdas, caller),
    startRoles(aws, readableRoles(lambdas, caller), (roleArn) => ({
      own: namesOf(roleArn, functions),
      details: false,
      simulated: false,
      documents: false,
      attachedQuota: false,
    })),
  ]);
  return functions.map(({ lambda: { roleArn }, role }) => ({
    policies: policies.get(roleArn),
    role: role && withOwn(role, again.get(roleArn)?.own),
  }));
}

/** The roles without a request: what was attached is there. */
function provenRoles(functions: readonly FunctionFacts[], { proven }: Touched) {
  return functions.map(({ lambda, policies, role }) => {
    const added = proven.get(roleNameOf(lambda.roleArn));
    return { policies: added ? withPolicy(policies, added) : policies, role };
  });
}

/**
 * Reads again, in one wave, what a run may have changed: groups, and of endpoints, policies and moved functions what
 * was not read, or proved by Lambda, after it was changed.
 */
export async function observeAgain(aws: Aws, seen: Observation, touched: Touched): Promise<Observation> {
  const { observed, vpc } = seen;
  const limit = pLimit(WIDTH);
  const [groups, endpoints, roles, functions] = await Promise.all([
    attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, vpc.id)),
    attempt('ec2:DescribeVpcEndpoints', '*', endpointsNow(aws, observed.endpoints, touched)),
    touched.roles
      ? readRolesAgain(aws, observed.functions, observed.caller)
      : provenRoles(observed.functions, touched),
    attempt(
      'lambda:GetFunctionConfiguration',
      '*',
      limit.map(observed.functions, (facts) => readTouched(aws, facts, touched)),
    ),
  ]);
  const read = required({ groups, endpoints, functions });
  const others = observed.groups.filter((group) => group.vpcId !== vpc.id);
  return {
    ...seen,
    observed: {
      ...observed,
      groups: [...read.groups, ...others],
      endpoints: read.endpoints,
      functions: read.functions.map((facts, index) => ({ ...facts, ...roles[index] })),
    },
  };
}
