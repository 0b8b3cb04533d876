import type { SecurityGroup as Ec2Group } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/call.js';
import type { GroupRule, SecurityGroup } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { ruleKey, toRules } from './security-group-rules.js';
import { toTags } from './tags.js';

const byKey = (one: GroupRule, other: GroupRule): number => compareText(ruleKey(one), ruleKey(other));

function toSecurityGroup(group: Ec2Group): SecurityGroup {
  return {
    id: group.GroupId ?? '',
    name: group.GroupName ?? '',
    vpcId: group.VpcId ?? '',
    description: group.Description ?? '',
    tags: toTags(group.Tags),
    ingress: (group.IpPermissions ?? [])
      .flatMap((permission) => toRules(permission, group.OwnerId))
      .sort(byKey),
    egress: (group.IpPermissionsEgress ?? [])
      .flatMap((permission) => toRules(permission, group.OwnerId))
      .sort(byKey),
  };
}

async function readFiltered(aws: Aws, name: string, values: readonly string[]): Promise<SecurityGroup[]> {
  const pages = await aws.pages('ec2:DescribeSecurityGroups', {
    Filters: [{ Name: name, Values: [...values] }],
  });
  return pages
    .flatMap((page) => page.SecurityGroups ?? [])
    .map(toSecurityGroup)
    .sort((one, other) => compareText(one.id, other.id));
}

/** Reads the security groups of VPCs. */
export async function readSecurityGroups(aws: Aws, ...vpcIds: string[]): Promise<SecurityGroup[]> {
  return readFiltered(aws, 'vpc-id', vpcIds);
}

/** Reads the groups with these ids, wherever they are; ids that do not exist are left out. */
export async function readSecurityGroupsById(aws: Aws, ids: readonly string[]): Promise<SecurityGroup[]> {
  return readFiltered(aws, 'group-id', ids);
}
