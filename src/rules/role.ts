import { parsePolicy } from '../iam/document.js';
import { EDGE_SERVICE, LAMBDA_SERVICE, trustsService } from '../iam/trust.js';
import type { Desired } from '../model/desired.js';
import { roleAccess, roleOf } from '../resolve/role-access.js';
import { roleHindrances } from '../resolve/role-hindrances.js';
import { roleChangeId } from '../resolve/role-policies.js';
import { isOwnRole, lacksPolicy } from '../resources/execution-role.js';
import { listed, sortedSet, uncapital } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

const unknown = (subject: string, message: string, remedy: string): Verdict => ({
  subject,
  status: 'unknown',
  severity: 'warning',
  message,
  remedy,
});

/** How to go on without the policy that cannot be looked for. */
function withoutIt({ iamPolicy, hardenRole }: Pick<Desired, 'iamPolicy' | 'hardenRole'>): string {
  const inputs = [
    ...(iamPolicy === 'none' ? [] : ['set `iam-policy: none`']),
    ...(hardenRole ? ['remove `harden-role`'] : []),
  ];
  return `Or ${listed(inputs)} if the role has what it needs.`;
}

/** The inputs that ask for inline policies of ours. */
const asksOwn = ({ iamPolicy, hardenRole }: Desired): Pick<Desired, 'iamPolicy' | 'hardenRole'> => ({
  iamPolicy: iamPolicy === 'inline' ? iamPolicy : 'none',
  hardenRole,
});

/**
 * What in the role's own policies decides and could not be read. A function that stays where it is shows by that
 * alone that Lambda accepts its role; nothing shows that a policy which was asked for in so many words is there.
 */
function judgeReading({ target, changes }: Facts, roleName: string): Verdict[] {
  const { observed, desired } = target;
  const { policies, role } = observed;
  const { iamPolicy } = desired;
  // An inline grant of ours is there, or the plan puts it.
  const grants = iamPolicy === 'inline' && role?.own?.ok === true;
  const unread = [
    ...(iamPolicy !== 'none' && policies?.ok === false && !grants
      ? [{ ...policies.problem, stops: isMoved(changes), skip: withoutIt({ iamPolicy, hardenRole: false }) }]
      : []),
    ...(role?.own?.ok === false
      ? [{ ...role.own.problem, stops: true, skip: withoutIt(asksOwn(desired)) }]
      : []),
  ];
  return unread.map(({ message, remedy, stops, skip }) => ({
    subject: roleName,
    ...(stops ? {} : { status: 'unknown', severity: 'warning' }),
    message: `Whether role ${roleName} has the policies that it needs could not be read. ${message}`,
    remedy: `${remedy} ${skip}`,
  }));
}

function judgeVerified({ target, changes }: Facts, roleName: string): Verdict[] {
  const access = roleAccess(target);
  if (target.desired.iamPolicy !== 'verify' || access.verdict === 'allowed') return [];
  // What refuses it whatever is attached has an error of its own.
  if (roleHindrances(target).certain.length > 0) return [];
  const remedy = `Attach AWSLambdaVPCAccessExecutionRole to ${roleName}, or set \`iam-policy: managed\`.`;
  if (access.verdict === 'unknown') {
    const message = `Whether role ${roleName} lets Lambda make network interfaces is not certain: ${listed(access.reasons)}.`;
    if (access.unread.length === 0) return [unknown(roleName, message, remedy)];
    const reads = sortedSet(access.unread.map((problem) => problem.remedy));
    const ways = reads.map((text, index) => (index === 0 ? text : `Or ${uncapital(text)}`));
    const allow = [...ways, withoutIt({ iamPolicy: 'verify', hardenRole: false })].join(' ');
    // A move that is to be verified first, and cannot be, may fail halfway.
    return isMoved(changes)
      ? [{ subject: roleName, message, remedy: allow }]
      : [unknown(roleName, message, allow)];
  }
  const lacking = access.lacking.length > 0 ? `: it lacks ${listed(access.lacking)} on any resource` : '';
  const message = `Role ${roleName} has no policy that lets Lambda make network interfaces${lacking}.`;
  return [{ subject: roleName, message, remedy }];
}

function judgePolicy(facts: Facts): Verdict[] {
  const { target } = facts;
  const { desired, observed } = target;
  const roleName = roleOf(target);
  if (desired.iamPolicy === 'none' && !desired.hardenRole) return [];
  if (!isOwnRole(observed)) {
    const message = `Execution role ${observed.lambda.roleArn} is of another account; its policies were not looked at.`;
    const remedy = `Attach AWSLambdaVPCAccessExecutionRole to ${roleName} in that account, then set \`iam-policy: none\`.`;
    return [unknown(roleName, message, remedy)];
  }
  const unread = judgeReading(facts, roleName);
  return unread.length > 0 ? unread : judgeVerified(facts, roleName);
}

function judgeDenied(facts: Facts): Verdict[] {
  const { certain } = roleHindrances(facts.target);
  if (certain.length === 0) return [];
  const name = roleOf(facts.target);
  // Only where the policy is missing `verify` looks at what refuses it in every run.
  const verifies = facts.target.desired.iamPolicy === 'verify' && lacksPolicy(facts.target.observed);
  const stops = isMoved(facts.changes) || verifies;
  return [
    {
      subject: name,
      severity: stops ? 'error' : 'warning',
      message: `Lambda cannot manage network interfaces with role ${name}, whatever is attached to it: it is refused by ${listed(certain)}.`,
      remedy: 'Change what refuses it, or set another execution role on the function.',
    },
  ];
}

function judgeUncertain({ target }: Facts): Verdict[] {
  const { certain, uncertain } = roleHindrances(target);
  if (certain.length > 0 || uncertain.length === 0) return [];
  const name = roleOf(target);
  const { boundary } = target.observed.role ?? {};
  if (boundary?.ok === false) {
    const message = `The permissions boundary of role ${name} could not be read, and with it whether Lambda can manage network interfaces. ${boundary.problem.message}`;
    return [unknown(name, message, boundary.problem.remedy)];
  }
  const message = `Whether Lambda can manage network interfaces with role ${name} is not certain: ${listed(uncertain)}.`;
  const remedy = `Allow iam:SimulatePrincipalPolicy and iam:GetRole on ${name} for the role that runs this step, or check the conditions and the policies of the organization by hand.`;
  return [unknown(name, message, remedy)];
}

function judgeTrust(facts: Facts): Verdict[] {
  const details = facts.target.observed.role?.details;
  if (details === undefined) return [];
  const name = roleOf(facts.target);
  if (!details.ok && details.problem.kind === 'not-found') {
    const message = `Execution role ${name} of function ${facts.target.observed.lambda.name} does not exist.`;
    const remedy = 'Make the role, or set another one on the function.';
    return [{ subject: name, severity: isMoved(facts.changes) ? 'error' : 'warning', message, remedy }];
  }
  if (!details.ok) {
    const message = `Trust policy and permissions boundary of role ${name} could not be read. ${details.problem.message}`;
    return [unknown(name, message, details.problem.remedy)];
  }
  const trust = parsePolicy('trust policy', 'inline', details.value.trust);
  const answer = trustsService(trust, LAMBDA_SERVICE);
  if (answer === 'yes') return [];
  const remedy = `Add ${LAMBDA_SERVICE} as a principal of sts:AssumeRole to the trust policy of ${name}.`;
  if (answer === 'unknown') {
    const message = `Whether Lambda can assume role ${name} is not certain: its trust policy has conditions or principals that cannot be judged.`;
    return [
      unknown(name, message, `Check that the trust policy of ${name} lets ${LAMBDA_SERVICE} assume it.`),
    ];
  }
  const message = `The trust policy of role ${name} does not let ${LAMBDA_SERVICE} assume it; Lambda then refuses to update the function.`;
  return [{ subject: name, severity: isMoved(facts.changes) ? 'error' : 'warning', message, remedy }];
}

/** Functions at the edge are made in this region (CloudFront Developer Guide, "Restrictions on Lambda@Edge"). */
const EDGE_REGION = 'us-east-1';

function judgeEdge(facts: Facts): Verdict[] {
  const { observed, region, currentVpcId } = facts.target;
  const details = observed.role?.details;
  if (region !== EDGE_REGION || currentVpcId !== undefined || details?.ok !== true || !isMoved(facts.changes))
    return [];
  const trust = parsePolicy('trust policy', 'inline', details.value.trust);
  if (trustsService(trust, EDGE_SERVICE) !== 'yes') return [];
  const name = roleOf(facts.target);
  const message = `Role ${name} trusts ${EDGE_SERVICE}: where function ${observed.lambda.name} runs at CloudFront edges, the next deployment of its distribution fails, because a function there cannot have a VPC.`;
  const remedy = `Use another function for the VPC, or remove ${EDGE_SERVICE} from the trust policy of ${name} where no distribution refers to the function.`;
  return [{ subject: observed.lambda.name, message, remedy }];
}

function judgeRoleUsers({ target, changes }: Facts): Verdict[] {
  const { roleUsers } = target.observed;
  const roleName = roleOf(target);
  const isPlanned = changes.some(({ id }) => id === roleChangeId(roleName));
  if (!isPlanned || roleUsers?.ok !== false) return [];
  const { message, remedy } = roleUsers.problem;
  return [
    {
      subject: roleName,
      status: 'unknown',
      message: `Whether other functions use role ${roleName}, which gets a policy, could not be read. ${message}`,
      remedy,
    },
  ];
}

const isAccessRead = ({ target: { observed } }: Facts): boolean =>
  observed.role?.simulated?.ok === true || observed.role?.documents !== undefined;

const isRoleRead = ({ target: { observed } }: Facts): boolean => observed.role?.details !== undefined;

/** Rules about the execution role (domain.md rows 2 to 4, 9, 11 and 28). */
export const roleRules: readonly FunctionRule[] = [
  {
    id: 'execution-role-policy',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.functionVpc,
    check: judgePolicy,
  },
  {
    id: 'execution-role-denied',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.policyEvaluation,
    advises: true,
    due: isAccessRead,
    check: judgeDenied,
  },
  {
    id: 'execution-role-uncertain',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.permissionsBoundaries,
    advises: true,
    due: isAccessRead,
    check: judgeUncertain,
  },
  {
    id: 'role-not-assumable',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.executionRole,
    advises: true,
    due: isRoleRead,
    check: judgeTrust,
  },
  {
    id: 'role-trusts-edge',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.edge,
    advises: true,
    due: isRoleRead,
    check: judgeEdge,
  },
  {
    id: 'role-users-unknown',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.executionRole,
    due: ({ target }) => target.observed.roleUsers !== undefined,
    check: judgeRoleUsers,
  },
];
