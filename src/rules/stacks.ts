import type { Call, Id } from '../aws/call.js';
import type { Tags } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import { managedGroupName } from '../resolve/groups.js';
import { type Stack, stackOf } from '../resources/stacks.js';
import { pages } from './pages.js';
import {
  type Facts,
  type FunctionRule,
  isMoved,
  type SharedFacts,
  type SharedRule,
  type Verdict,
} from './rule.js';

function stackText({ tool, name }: Stack): string {
  if (tool === 'CloudFormation') return `CloudFormation stack ${name}`;
  return name === undefined ? 'Terraform' : `Terraform (${name})`;
}

/** The ids of the function's groups after the run; one that is made by it has none yet. */
function groupIds({ target: { groups } }: Facts): string[] {
  const managed =
    groups.managed?.id ?? `id of ${managedGroupName(groups.resourceName)}, see output security-group-ids`;
  return [...groups.otherIds, ...(groups.usesManaged ? [managed] : [])].sort();
}

const quoted = (ids: readonly string[]): string => ids.map((id) => `"${id}"`).join(', ');

/** The lines to copy, each pasteable as it is. */
function lines(facts: Facts, stack: Stack): string {
  const subnets = quoted(facts.target.subnets.map(({ id }) => id).sort());
  const groups = quoted(groupIds(facts));
  return stack.tool === 'CloudFormation'
    ? `\`VpcConfig: { SubnetIds: [${subnets}], SecurityGroupIds: [${groups}] }\` into the properties of ${stack.logicalId ?? 'the function'}`
    : `\`subnet_ids = [${subnets}]\` and \`security_group_ids = [${groups}]\` into its \`vpc_config\` block`;
}

function judgeFunction(facts: Facts): Verdict[] {
  const { lambda, tags } = facts.target.observed;
  if (tags === undefined || !isMoved(facts.changes)) return [];
  if (!tags.ok) {
    const what = `Whether a stack describes function ${lambda.name} could not be read.`;
    const message = `${what} ${tags.problem.message}`;
    return [{ subject: lambda.name, status: 'unknown', message, remedy: tags.problem.remedy }];
  }
  const stack = stackOf(tags.value);
  if (stack === undefined) return [];
  return [
    {
      subject: lambda.name,
      message: `Function ${lambda.name} is described by ${stackText(stack)}, which takes it out of the VPC again when it applies a VpcConfig of its own.`,
      remedy: `Write ${lines(facts, stack)} in the same change.`,
    },
  ];
}

/** The groups and endpoints that a call alters or deletes; those that it makes have no id yet. */
function targetsOf(call: Call): readonly (Id | undefined)[] {
  switch (call.action) {
    case 'ec2:AuthorizeSecurityGroupEgress':
    case 'ec2:AuthorizeSecurityGroupIngress':
    case 'ec2:RevokeSecurityGroupEgress':
    case 'ec2:RevokeSecurityGroupIngress':
      return [call.input.GroupId];
    case 'ec2:ModifyVpcEndpoint':
      return [call.input.VpcEndpointId];
    case 'ec2:DeleteVpcEndpoints':
      return call.input.VpcEndpointIds ?? [];
    default:
      return [];
  }
}

const altered = (changes: readonly Change[]): Set<Id | undefined> =>
  new Set(changes.flatMap(({ calls }) => calls.flatMap(targetsOf)));

function judgeNetwork({ target, changes }: SharedFacts): Verdict[] {
  const { groups, endpoints } = target.observed;
  const ids = altered(changes);
  const judge = (what: string, { id, tags }: { readonly id: string; readonly tags: Tags }): Verdict[] => {
    const stack = ids.has(id) ? stackOf(tags) : undefined;
    if (stack === undefined) return [];
    return [
      {
        subject: id,
        message: `${what} ${id} is described by ${stackText(stack)}, which may undo what this run changes of it.`,
        remedy: `Make the same change in the description of ${id}, or take ${id} out of it.`,
      },
    ];
  };
  return [
    ...groups.flatMap((group) => judge('Security group', group)),
    ...endpoints.flatMap((endpoint) => judge('Endpoint', endpoint)),
  ];
}

/** Rules about what CloudFormation or Terraform describes as well. */
export const stackRules: readonly (FunctionRule | SharedRule)[] = [
  {
    id: 'function-in-stack',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.cloudFormationDrift,
    due: ({ target }) => target.observed.tags !== undefined,
    advises: true,
    check: judgeFunction,
  },
  {
    id: 'network-in-stack',
    about: 'shared',
    severity: 'warning',
    subject: 'security group',
    page: pages.cloudFormationDrift,
    check: judgeNetwork,
  },
];
