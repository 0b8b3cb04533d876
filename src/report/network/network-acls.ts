import type { AclEntry, NetworkAcl } from '../../model/observed.js';
import { list, type Section, section, table } from '../report.js';
import type { Seen } from './seen.js';
import { shownSubnets } from './subnets.js';

/** AWS ends every network ACL with an entry that refuses the rest. */
const LAST_ENTRY = 32_767;

const isOpenEntry = ({ allow, protocol, cidr }: AclEntry): boolean =>
  allow && protocol === 'all' && (cidr === '0.0.0.0/0' || cidr === '::/0');

/** Whether a network ACL lets everything through, as the one that AWS makes with a VPC does. */
function isOpen({ entries }: NetworkAcl): boolean {
  const own = entries.filter(({ number }) => number !== LAST_ENTRY);
  const admitsIpv4 = (egress: boolean) =>
    own.some((entry) => entry.egress === egress && entry.cidr === '0.0.0.0/0');
  return own.every(isOpenEntry) && admitsIpv4(true) && admitsIpv4(false);
}

const nameOf = ({ id, isDefault }: NetworkAcl): string => `${id}${isDefault ? ' (the default one)' : ''}`;

function entryRow(entry: AclEntry): string[] {
  const { allow, cidr, egress, number, ports, protocol } = entry;
  const range =
    ports === undefined ? 'all' : ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  return [
    egress ? 'outbound' : 'inbound',
    number === LAST_ENTRY ? 'last' : String(number),
    protocol,
    range,
    cidr,
    allow ? 'allow' : 'deny',
  ];
}

function entriesSection(acl: NetworkAcl): Section {
  const head = ['Direction', 'Number', 'Protocol', 'Ports', 'CIDR', 'Verdict'];
  return section(`Entries of network ACL ${nameOf(acl)}`, table(head, acl.entries.map(entryRow)), {
    collapsed: true,
    worth: 'acl-entries',
  });
}

/** The network ACLs of the functions' subnets; one line for those that let everything through. */
export function networkAclSection(seen: Seen): Section {
  const { networkAcls } = seen.observed;
  if (!networkAcls.ok)
    return section('Network ACLs', list(['They could not be read.']), { worth: 'network' });
  const { today, added } = shownSubnets(seen);
  const ids = [...today, ...added].map(({ id }) => id);
  const found = networkAcls.value
    .map((acl) => ({ acl, of: acl.subnetIds.filter((id) => ids.includes(id)) }))
    .filter(({ of }) => of.length > 0);
  const lines = found.map(({ acl, of }) => {
    const what = isOpen(acl) ? 'allows everything in and out' : `has ${acl.entries.length} entries`;
    return `${nameOf(acl)} of ${of.join(', ')} ${what}.`;
  });
  const narrow = found.filter(({ acl }) => !isOpen(acl)).map(({ acl }) => entriesSection(acl));
  return section('Network ACLs', list(lines), { worth: 'network', sections: narrow });
}
