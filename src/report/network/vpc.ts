import { readOf } from '../../model/reading.js';
import { named } from '../facts.js';
import { list, type Section, section } from '../report.js';
import type { Seen } from './seen.js';

const onOff = (on: boolean): string => (on ? 'on' : 'off');

function dnsServers({ observed }: Seen): string {
  if (observed.dnsServers === undefined) return 'of AWS';
  return readOf(observed.dnsServers)?.join(', ') || 'could not be read';
}

/** The VPC with its address ranges and DNS attributes. */
export function vpcSection(seen: Seen): Section {
  const { observed, vpc } = seen;
  const ipv6 = vpc.ipv6Cidrs.length > 0 ? `; IPv6 ${vpc.ipv6Cidrs.join(', ')}` : '';
  const shared =
    vpc.ownerId !== '' && vpc.ownerId !== observed.caller.accountId
      ? [`Owned by account ${vpc.ownerId}`]
      : [];
  const items = [
    `Address ranges: ${vpc.cidrs.join(', ')}${ipv6}`,
    `DNS support ${onOff(observed.dns.support)}, DNS hostnames ${onOff(observed.dns.hostnames)}, DNS servers: ${dnsServers(seen)}`,
    ...shared,
  ];
  return section(`VPC ${named(vpc.id, vpc.name)}`, list(items), { worth: 'network' });
}
