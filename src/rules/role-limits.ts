import { attachedQuota, INLINE_POLICY_QUOTA, inlineQuota } from '../iam/inline-policy.js';
import type { Change } from '../model/plan.js';
import { roleOf } from '../resolve/role-access.js';
import { GRANT, roleChangeId } from '../resolve/role-policies.js';
import type { Target } from '../resolve/target.js';
import { pages } from './pages.js';
import type { Facts, FunctionRule, Verdict } from './rule.js';

/** Calls of a plan that change the function's role. */
function roleCalls({ changes, target }: Facts): Change['calls'] {
  const id = roleChangeId(roleOf(target));
  return changes.flatMap((change) =>
    change.id === id || change.id.startsWith(`${id}/`) ? change.calls : [],
  );
}

function judgeAttached(target: Target): Verdict[] {
  const { policies, role } = target.observed;
  const attached = policies?.ok ? policies.value.length : 0;
  const reading = role?.attachedQuota;
  const read = reading?.ok ? reading.value : undefined;
  const { fits, quota } = attachedQuota(attached, read);
  if (fits) return [];
  const name = roleOf(target);
  const remedy = 'Set `iam-policy: inline`, detach a policy that is not used, or raise the quota.';
  if (read === undefined) {
    const why = reading?.ok === false ? ` ${reading.problem.message}` : '';
    const message = `Role ${name} has ${attached} managed policies, and AWS's default is at most ${quota}; whether the account's quota is higher is not known.${why}`;
    const allow = 'Allow iam:GetAccountSummary on * for the role that runs this step.';
    return [{ subject: name, status: 'unknown', severity: 'warning', message, remedy: `${allow} ${remedy}` }];
  }
  const message = `Role ${name} has ${attached} managed policies already, and the quota of the account is ${quota}.`;
  return [{ subject: name, message, remedy }];
}

function judgeInline(target: Target, added: ReadonlyMap<string, string>): Verdict[] {
  const documents = target.observed.role?.documents;
  if (documents?.ok !== true) return [];
  const inline = documents.value.filter(({ source }) => source === 'inline');
  const present = new Map(inline.map(({ name, text }) => [name, text]));
  const { used, fits } = inlineQuota(present, added);
  if (fits) return [];
  const name = roleOf(target);
  const message = `The inline policies of role ${name} would have ${used} characters; AWS takes ${INLINE_POLICY_QUOTA}.`;
  const remedy = added.has(GRANT.name)
    ? 'Set `iam-policy: managed`, or move an inline policy of the role into a managed one.'
    : 'Remove `harden-role`, or move an inline policy of the role into a managed one.';
  return [{ subject: name, message, remedy }];
}

function judgeQuota(facts: Facts): Verdict[] {
  const calls = roleCalls(facts);
  const added = new Map(
    calls.flatMap(({ action, input }) =>
      action === 'iam:PutRolePolicy'
        ? [[String(input.PolicyName), String(input.PolicyDocument)] as const]
        : [],
    ),
  );
  return [
    ...(calls.some(({ action }) => action === 'iam:AttachRolePolicy') ? judgeAttached(facts.target) : []),
    ...(added.size > 0 ? judgeInline(facts.target, added) : []),
  ];
}

function judgeModifiable(facts: Facts): Verdict[] {
  const { roleArn, name } = facts.target.observed.lambda;
  if (!roleArn.includes(':role/aws-service-role/') || roleCalls(facts).length === 0) return [];
  const message = `Role ${roleOf(facts.target)} of function ${name} belongs to an AWS service; only that service can change its policies.`;
  const remedy = 'Set an execution role of your own on the function, or set `iam-policy: none`.';
  return [{ subject: roleOf(facts.target), message, remedy }];
}

/** Rules about what an execution role can take (domain.md rows 7 and 9). */
export const roleLimitRules: readonly FunctionRule[] = [
  {
    id: 'role-policy-quota',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.iamQuotas,
    check: judgeQuota,
  },
  {
    id: 'role-not-modifiable',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.serviceLinkedRoles,
    check: judgeModifiable,
  },
];
