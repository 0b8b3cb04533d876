import type { Desired } from '../model/desired.js';
import type { Caller, FunctionFacts, LambdaFunction } from '../model/observed.js';
import type { RoleFacts } from '../model/role.js';
import { isSamePolicy, ownPolicies } from '../resolve/role-policies.js';
import { isOwnRole, lacksPolicy } from '../resources/execution-role.js';
import type { AdviceReads } from './advice-reads.js';
import type { RoleDue } from './role-advice.js';

/** What tells what is due of the execution roles. */
export interface RoleQuestion {
  readonly desired: Desired;
  readonly reads: AdviceReads;
  readonly caller: Caller;
}

const sharing = (lambdas: readonly LambdaFunction[], roleArn: string): LambdaFunction[] =>
  lambdas.filter((lambda) => lambda.roleArn === roleArn);

/** Roles that can be read from here, each once: one of another account has only its name in common with one of here. */
export function readableRoles(lambdas: readonly LambdaFunction[], caller: Caller): string[] {
  const own = lambdas.filter((lambda) => isOwnRole({ lambda, caller }));
  return [...new Set(own.map(({ roleArn }) => roleArn))];
}

/** What is due of a role as soon as its name is known; `moves` tells that a function changes its network. */
export function dueAtOnce(
  { desired, reads }: RoleQuestion,
  lambdas: readonly LambdaFunction[],
  roleArn: string,
  moves: boolean,
): RoleDue {
  const all = reads === 'all';
  // A move costs money before Lambda refuses a role that it cannot use.
  const judged = all || (reads === 'needed' && moves);
  return {
    own: ownPolicies(desired, sharing(lambdas, roleArn)).map(({ name }) => name),
    details: judged,
    simulated: judged,
    documents: all || desired.autoEndpoints,
    attachedQuota: false,
  };
}

/** Whether one of our inline policies has to be put: then the sizes of all of them count. */
function isPutDue(
  desired: Desired,
  lambdas: readonly LambdaFunction[],
  role: RoleFacts | undefined,
): boolean {
  const own = role?.own;
  if (own?.ok !== true) return false;
  return ownPolicies(desired, lambdas).some((policy) => {
    const text = own.value.get(policy.name);
    return text === undefined || !isSamePolicy(text, policy);
  });
}

/** What is due of a function's role once the attached policies are known; undefined for a role of another account. */
export function dueAfterwards(
  { desired, reads, caller }: RoleQuestion,
  functions: readonly FunctionFacts[],
  { lambda, policies, role }: FunctionFacts,
): RoleDue | undefined {
  if (!isOwnRole({ lambda, caller })) return undefined;
  const all = reads === 'all';
  const sharers = sharing(
    functions.map((facts) => facts.lambda),
    lambda.roleArn,
  );
  // What a write or a verdict rests on is read in every run, whatever is asked of advice.
  const lacks = desired.iamPolicy !== 'none' && lacksPolicy({ policies });
  const must = all || desired.autoEndpoints || isPutDue(desired, sharers, role);
  return {
    own: ownPolicies(desired, sharers).map(({ name }) => name),
    details: all,
    simulated: lacks,
    // The simulator does not know policies that are scoped to ARNs; a verdict alone has to.
    documents: must || (lacks && (desired.iamPolicy === 'verify' || 'unless-simulated')),
    attachedQuota: lacks && desired.iamPolicy === 'managed',
  };
}
