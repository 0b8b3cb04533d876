import type { AclEntry } from '../../src/network/network.js';
import { alter, type Edit, entry, the } from './town.js';

/** An egress entry. */
export function out(number: number, allow: boolean, rest: Partial<AclEntry> = {}): AclEntry {
  return entry(number, true, allow, rest);
}

/** An ingress entry. */
export function into(number: number, allow: boolean, rest: Partial<AclEntry> = {}): AclEntry {
  return entry(number, false, allow, rest);
}

/** Gives an ACL these entries alone. */
export function only(aclId: string, ...entries: AclEntry[]): Edit {
  return alter((network) => the(network.acls, aclId), { entries });
}

/** TCP ports of an entry. */
export function ports(from: number, to = from): Partial<AclEntry> {
  return { protocol: 'tcp', ports: { from, to } };
}

/** A stop of the request, and the entry that opens the way. */
export function stopped(
  acl: string,
  rule: string,
  direction: 'in' | 'out',
  cidr: string,
  port = 5432,
): string {
  return `blocked SUBNET_ACL_RESTRICTION ${acl} ${rule} -> ${opening(acl, rule, direction, cidr)}`.replace(
    'PORTS',
    `${port}-${port}`,
  );
}

/** A stop of the reply, and the entry that opens the way. */
export function replyStopped(acl: string, rule: string, direction: 'in' | 'out', cidr: string): string {
  return `blocked SUBNET_ACL_RESTRICTION ${acl} ${rule} reply -> ${opening(acl, rule, direction, cidr)}`.replace(
    'PORTS',
    '1024-65535',
  );
}

const opening = (acl: string, rule: string, direction: 'in' | 'out', cidr: string): string =>
  `allow-acl ${acl} ${direction} tcp PORTS ${cidr} before ${rule}`;

/** The address of the database. */
export const host = '10.0.5.10/32';

/** The subnet of the function. */
export const subnet = '10.0.1.0/24';
