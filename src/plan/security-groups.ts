import type { Id } from '../aws/call.js';
import type { Change } from '../model/plan.js';
import { ENDPOINTS, FUNCTION_GROUP } from '../reach/change-ids.js';
import { ENDPOINTS_GROUP, managedGroupName } from '../resolve/groups.js';
import type { SharedTarget } from '../resolve/target.js';
import { BEGUN, fromTags, MANAGED_BY, NAME, OWNER, SCOPE, US, userTag, WANTED } from '../resources/tags.js';
import { begunText } from './begun.js';
import { change } from './change.js';
import { marked, marksMoves, recordText } from './record.js';

/** Id of the managed group, or what stands for it until it exists. */
export function functionGroupId(target: SharedTarget): Id {
  return target.groups.managed?.id ?? { ref: FUNCTION_GROUP, field: 'GroupId' };
}

/** Id of the endpoints' group, or what stands for it until it exists. */
export function endpointsGroupId(target: SharedTarget): Id {
  return target.groups.endpointsGroup?.id ?? { ref: ENDPOINTS, field: 'GroupId' };
}

/** The endpoints' group for people: its id, or its name until it exists. */
export function endpointsGroupText({ groups }: SharedTarget): string {
  return groups.endpointsGroup?.id ?? ENDPOINTS_GROUP;
}

/** Tags of what belongs to one app. */
export function appTags(target: SharedTarget): Record<string, string> {
  return {
    ...target.desired.tags,
    [MANAGED_BY]: US,
    [NAME]: target.groups.resourceName,
    [OWNER]: target.identity.owner,
    [userTag(target.user.hash)]: target.user.name,
  };
}

/** Tags of what all apps of the VPC share. */
export function sharedTags(target: SharedTarget): Record<string, string> {
  return {
    ...target.desired.tags,
    [MANAGED_BY]: US,
    [SCOPE]: 'vpc',
    [userTag(target.user.hash)]: target.user.name,
  };
}

function createGroup(
  target: SharedTarget,
  id: string,
  name: string,
  description: string,
  tags: Record<string, string>,
): Change {
  return change({
    id,
    kind: 'security-group',
    action: 'create',
    label: name,
    reason: 'missing',
    because: `${target.vpc.id} has no security group ${name}.`,
    attributes: [
      { name: 'name', before: undefined, after: name },
      { name: 'VPC', before: undefined, after: target.vpc.id },
    ],
    calls: [
      {
        action: 'ec2:CreateSecurityGroup',
        input: {
          GroupName: name,
          Description: description,
          VpcId: target.vpc.id,
          TagSpecifications: [{ ResourceType: 'security-group', Tags: fromTags({ Name: name, ...tags }) }],
        },
      },
    ],
  });
}

/** Plans the groups that do not exist yet; their rules are changes of their own. */
export function planSecurityGroups(target: SharedTarget, needsEndpointsGroup: boolean): Change[] {
  const { groups } = target;
  const changes: Change[] = [];
  if (groups.usesManaged && groups.managed === undefined) {
    const begun = begunText(target);
    const several = target.desired.functions.length > 1;
    const description = `Lambda ${several ? 'functions of' : 'function'} ${target.user.name}`;
    changes.push(
      createGroup(target, FUNCTION_GROUP, managedGroupName(groups.resourceName), description, {
        ...appTags(target),
        [WANTED]: marksMoves(target) ? marked(recordText(target)) : recordText(target),
        ...(begun === undefined ? {} : { [BEGUN]: begun }),
      }),
    );
  }
  if (needsEndpointsGroup && groups.endpointsGroup === undefined) {
    const description = 'VPC endpoints shared by Lambda functions of this VPC';
    changes.push(createGroup(target, ENDPOINTS, ENDPOINTS_GROUP, description, sharedTags(target)));
  }
  return changes;
}
