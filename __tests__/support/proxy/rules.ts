import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { type Input, recordsOf, textOf } from './input.js';

/** One security-group rule, reduced to what makes it the same rule for AWS: never its description or tags. */
export interface PlainRule {
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or another protocol number. */
  readonly protocol: string;
  /** Empty where the protocol is `-1`. */
  readonly from: string;
  readonly to: string;
  /** A CIDR without host bits, a security-group id or a prefix-list id. */
  readonly peer: string;
}

const numbers: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

/** The rules that an Authorize or Revoke call names, in its order. */
export function rulesOfInput(input: Input): PlainRule[] {
  return permissionsOf(input).flatMap((permission) => {
    const ports = portsOf(
      textOf(permission, 'IpProtocol'),
      textOf(permission, 'FromPort'),
      textOf(permission, 'ToPort'),
    );
    return peersOf(permission).map((peer) => ({ ...ports, peer }));
  });
}

/** The flat parameters of old clients name one permission. */
function permissionsOf(input: Input): Input[] {
  const permissions = recordsOf(input, 'IpPermissions');
  if (permissions.length > 0 || textOf(input, 'IpProtocol') === '') return permissions;
  return [{ ...input, IpRanges: [{ CidrIp: textOf(input, 'CidrIp') }] }];
}

function peersOf(permission: Input): string[] {
  const named = (list: string, member: string): string[] =>
    recordsOf(permission, list)
      .map((one) => textOf(one, member))
      .filter((peer) => peer !== '');
  return [
    ...named('IpRanges', 'CidrIp').map(canonicalCidr),
    ...named('Ipv6Ranges', 'CidrIpv6').map((cidr) => cidr.toLowerCase()),
    ...named('Groups', 'GroupId'),
    ...named('PrefixListIds', 'PrefixListId'),
  ];
}

function portsOf(protocol: string, from: string, to: string): Omit<PlainRule, 'peer'> {
  const name = numbers[protocol] ?? protocol.toLowerCase();
  return name === '-1' ? { protocol: name, from: '', to: '' } : { protocol: name, from, to };
}

/** A rule that stands, in the same form. */
export function plainRule(rule: SecurityGroupRule): PlainRule {
  const {
    IpProtocol = '',
    FromPort = -1,
    ToPort = -1,
    CidrIpv4,
    CidrIpv6,
    PrefixListId,
    ReferencedGroupInfo,
  } = rule;
  const peer = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId ?? '';
  return { ...portsOf(IpProtocol, String(FromPort), String(ToPort)), peer: canonicalCidr(peer) };
}

/** Equal for equal rules. */
export function ruleKey({ protocol, from, to, peer }: PlainRule): string {
  return [protocol, from, to, peer].join(' ');
}

/** AWS clears the host bits of an IPv4 CIDR: 12.25.15.9/25 is 12.25.15.0/25. */
export function canonicalCidr(cidr: string): string {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  if (match === null) return cidr;
  const octets = match.slice(1, 5).map(Number);
  const length = Number(match[5]);
  const kept = octets.map((octet, index) => {
    const bits = Math.min(8, Math.max(0, length - 8 * index));
    return octet & (0xff00 >> bits) & 0xff;
  });
  return `${kept.join('.')}/${length}`;
}
