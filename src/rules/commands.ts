/** The command that lets ranges in on one TCP port of a security group, as Markdown code. */
export function admitCommand(groupId: string, port: number, cidrs: readonly string[]): string {
  const ranges = cidrs.map((cidr) => `{CidrIp=${cidr}}`).join(',');
  const permission = `IpProtocol=tcp,FromPort=${port},ToPort=${port},IpRanges=[${ranges}]`;
  return `\`aws ec2 authorize-security-group-ingress --group-id ${groupId} --ip-permissions '${permission}'\``;
}
