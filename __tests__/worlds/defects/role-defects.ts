import type { Draft, Expectation, FunctionDraft, RoleDraft } from '../draft.js';
import { type Defect, forEach } from './defect.js';

/** A role whose functions all come from outside of VPCs, so that the plan moves each of them. */
function movingRole({ functions, random, roles }: Draft): RoleDraft | undefined {
  const role = roles.find(({ key }) => key === random.pick(functions).role);
  return functions.every(({ role: key, today }) => key !== role?.key || today === undefined)
    ? role
    : undefined;
}

const having = ({ functions }: Draft, role: RoleDraft): FunctionDraft[] =>
  functions.filter((fn) => fn.role === role.key);

/** A role is changed, and every function that has it is told. */
function spoils(
  rule: string,
  name: string,
  spoil: (role: RoleDraft) => void,
  subject: (fn: FunctionDraft) => string = ({ role }) => role,
): Defect {
  return {
    name,
    rule,
    touches: ['role', 'state'],
    inject: (draft): readonly Expectation[] | undefined => {
      const role = movingRole(draft);
      if (role === undefined) return undefined;
      spoil(role);
      return forEach(having(draft, role), rule, subject);
    },
  };
}

/** A role that the plan would give the policy is changed so that it cannot take it. */
function refusesPolicy(rule: string, name: string, spoil: (role: RoleDraft) => void): Defect {
  const defect = spoils(rule, name, (role) => {
    role.attached = false;
    spoil(role);
  });
  const attaches = ({ aims }: Draft): boolean => (aims.more['iam-policy'] ?? 'managed') === 'managed';
  return { ...defect, inject: (draft) => (attaches(draft) ? defect.inject(draft) : undefined) };
}

/** What may be wrong with an execution role. */
export const roleDefects: readonly Defect[] = [
  spoils('execution-role-denied', 'a statement of the role denies the interfaces', (role) => {
    role.refuses = 'statement';
  }),
  spoils('execution-role-denied', 'the boundary of the role does not allow the interfaces', (role) => {
    role.refuses = 'boundary';
  }),
  spoils('role-not-assumable', 'Lambda may not assume the role', (role) => {
    role.trusts = ['ec2.amazonaws.com'];
  }),
  spoils(
    'role-trusts-edge',
    'the role is one for functions at the edge',
    (role) => {
      role.trusts = ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'];
    },
    ({ name }) => name,
  ),
  refusesPolicy('role-policy-quota', 'the role has as many policies as it may have', (role) => {
    role.policies = 10;
  }),
  refusesPolicy('role-not-modifiable', 'the role belongs to an AWS service', (role) => {
    role.path = '/aws-service-role/lex.amazonaws.com/';
  }),
];
