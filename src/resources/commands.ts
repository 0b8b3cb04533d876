import type { GroupRule } from '../model/observed.js';
import { toPermission } from './security-group-rules.js';

/** The command that lets ranges in on one TCP port of a security group, as Markdown code. */
export function admitCommand(groupId: string, port: number, cidrs: readonly string[]): string {
  const ranges = cidrs.map((cidr) => `{CidrIp=${cidr}}`).join(',');
  const permission = `IpProtocol=tcp,FromPort=${port},ToPort=${port},IpRanges=[${ranges}]`;
  return `\`aws ec2 authorize-security-group-ingress --group-id ${groupId} --ip-permissions '${permission}'\``;
}

/** The command that takes an inbound rule from a security group, as Markdown code. */
export function revokeIngressCommand(groupId: string, rule: GroupRule): string {
  // A description is somebody's text, and does not count.
  const permission = JSON.stringify([toPermission({ ...rule, description: '' })]);
  return `\`aws ec2 revoke-security-group-ingress --group-id ${groupId} --ip-permissions '${permission}'\``;
}
