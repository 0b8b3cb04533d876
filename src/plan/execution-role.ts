import { roleNameOf } from '../aws/partitions.js';
import type { AttributeChange, Change } from '../model/plan.js';
import { roleAccess } from '../resolve/role-access.js';
import {
  denialChangeId,
  denialOf,
  GRANT,
  isSamePolicy,
  type OwnPolicy,
  roleChangeId,
  vpcAccessPolicyArn,
} from '../resolve/role-policies.js';
import type { Target } from '../resolve/target.js';
import { isOwnRole } from '../resources/execution-role.js';
import { listed } from '../text/words.js';
import { attribute, change } from './change.js';
import { isDrift } from './record.js';
import { reachesSharers } from './shared-role.js';

/** Whom else a change touches, where it touches anybody. */
type Touches = Partial<Pick<Change, 'disruption'>>;

/** Whom else a policy of the function's role is for. */
function touchesOthers(target: Target): Touches {
  const disruption = reachesSharers(target);
  return disruption === undefined ? {} : { disruption };
}

function attachPolicy(target: Target): Change[] {
  const { lambda, policies } = target.observed;
  if (policies?.ok !== true || roleAccess(target).verdict === 'allowed') return [];
  const roleName = roleNameOf(lambda.roleArn);
  const present = policies.value.map((policy) => policy.name);
  return [
    change({
      id: roleChangeId(roleName),
      kind: 'execution-role',
      action: 'update',
      label: roleName,
      reason: isDrift(target, 'policy') ? 'drift' : 'missing',
      because: `Role ${roleName} lacks AWSLambdaVPCAccessExecutionRole, which Lambda needs to make network interfaces.`,
      attributes: [
        attribute('attached policies', present, [...present, 'AWSLambdaVPCAccessExecutionRole'].sort()),
      ],
      ...touchesOthers(target),
      calls: [
        {
          action: 'iam:AttachRolePolicy',
          input: { RoleName: roleName, PolicyArn: vpcAccessPolicyArn(lambda) },
        },
      ],
    }),
  ];
}

/** What a document says, in a line: `ec2:A and ec2:B on *`, under the name of the effect. */
function effectsOf({ Statement }: OwnPolicy['document']): AttributeChange[] {
  return Statement.map(({ Effect, Action, Resource, Condition }) => {
    const when = Condition === undefined ? '' : ` where ${JSON.stringify(Condition)}`;
    const actions = Array.isArray(Action) ? Action.map(String) : [String(Action)];
    return attribute(
      Effect === 'Deny' ? 'denies' : 'allows',
      undefined,
      `${listed(actions)} on ${String(Resource)}${when}`,
    );
  });
}

/** Puts one of our inline policies where it is not as it should be. */
function putPolicy(
  target: Target,
  policy: OwnPolicy,
  { id, why, ...touches }: { readonly id: string; readonly why: string } & Touches,
): Change[] {
  const { lambda, role } = target.observed;
  if (role?.own?.ok !== true) return [];
  const text = role.own.value.get(policy.name);
  if (text !== undefined && isSamePolicy(text, policy)) return [];
  const roleName = roleNameOf(lambda.roleArn);
  const drifted = isDrift(target, 'policy');
  const present = text !== undefined;
  const changed = `Inline policy ${policy.name} of role ${roleName} is not as this action ${drifted ? 'made' : 'makes'} it.`;
  const lost = `Inline policy ${policy.name} of role ${roleName} is not there.`;
  return [
    change({
      id,
      kind: 'execution-role',
      action: 'update',
      label: `${roleName} (${policy.name})`,
      reason: drifted ? 'drift' : present ? 'differs' : 'missing',
      because: present ? changed : drifted ? lost : why,
      attributes: [
        attribute('inline policy', present ? `${policy.name}, changed` : undefined, policy.name),
        ...effectsOf(policy.document),
      ],
      ...touches,
      calls: [
        {
          action: 'iam:PutRolePolicy',
          input: {
            RoleName: roleName,
            PolicyName: policy.name,
            PolicyDocument: JSON.stringify(policy.document),
          },
        },
      ],
    }),
  ];
}

function putGrant(target: Target): Change[] {
  const { role, lambda } = target.observed;
  const isThere = role?.own?.ok === true && role.own.value.get(GRANT.name) !== undefined;
  // One of ours that was changed is put right, even where another policy allows the same.
  if (!isThere && roleAccess(target).verdict === 'allowed') return [];
  const roleName = roleNameOf(lambda.roleArn);
  const why = `Lambda needs a policy on role ${roleName} to make network interfaces.`;
  return putPolicy(target, GRANT, { id: roleChangeId(roleName), why, ...touchesOthers(target) });
}

/** Plans what gives the function's role the network interfaces: a policy of AWS's, or an inline one. */
export function planRole(target: Target): Change[] {
  if (!isOwnRole(target.observed)) return [];
  if (target.desired.iamPolicy === 'managed') return attachPolicy(target);
  return target.desired.iamPolicy === 'inline' ? putGrant(target) : [];
}

/** Plans the policy that keeps the function's own code from managing network interfaces. */
export function planDenial(target: Target): Change[] {
  const { lambda } = target.observed;
  if (!target.desired.hardenRole || !isOwnRole(target.observed)) return [];
  const roleName = roleNameOf(lambda.roleArn);
  const why = `The code of function ${lambda.name} could use what role ${roleName} allows Lambda.`;
  return putPolicy(target, denialOf(lambda), { id: denialChangeId(roleName, lambda.name), why });
}
