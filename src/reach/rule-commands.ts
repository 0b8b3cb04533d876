import type { RuleChange } from '../network/verdict.js';
import type { RemedyFacts } from './remedy-facts.js';

/** A command of the EC2 command line as a sentence. */
export const run = (command: string): string => `Run \`aws ec2 ${command}\`.`;

function permission({ protocol, port }: RuleChange, peers: string): string {
  return `'IpProtocol=${protocol},FromPort=${port},ToPort=${port},${peers}'`;
}

const ranges = (cidrs: readonly string[]): string => {
  const six = cidrs.some((cidr) => cidr.includes(':'));
  const each = cidrs.map((cidr) => `{${six ? 'CidrIpv6' : 'CidrIp'}=${cidr}}`);
  return `${six ? 'Ipv6Ranges' : 'IpRanges'}=[${each.join(',')}]`;
};

/** The other end of a rule for the command line; a group that does not exist yet is told by the function's subnets. */
function peersOf({ peer }: RuleChange, { target }: RemedyFacts): string {
  if (peer.kind === 'prefix-list') return `PrefixListIds=[{PrefixListId=${peer.value}}]`;
  if (peer.kind === 'cidr') return ranges([peer.value]);
  if (peer.value.startsWith('sg-')) return `UserIdGroupPairs=[{GroupId=${peer.value}}]`;
  return ranges(target.subnets.map(({ cidr }) => cidr));
}

/** The command that adds a rule to a group. */
export function authorize(
  direction: 'ingress' | 'egress',
  groupId: string,
  rule: RuleChange,
  facts: RemedyFacts,
): string {
  return run(
    `authorize-security-group-${direction} --group-id ${groupId} --ip-permissions ${permission(rule, peersOf(rule, facts))}`,
  );
}
