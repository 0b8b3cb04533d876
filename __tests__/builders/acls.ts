import type { NetworkAcl, Subnet, Vpc } from '../../src/model/observed.js';
import type { Reading } from '../../src/model/reading.js';
import { id } from './ids.js';

type Acls = Reading<readonly NetworkAcl[]>;

/** Entries that let everything through in one direction. */
const open = (egress: boolean): NetworkAcl['entries'] =>
  ['0.0.0.0/0', '::/0'].map((cidr, index) => ({
    number: 100 + index,
    egress,
    allow: true,
    protocol: 'all',
    ports: undefined,
    cidr,
  }));

/** The ACLs that were set; where none were, for each VPC the one that AWS makes, which lets everything through. */
export function aclsOr(set: Acls, vpcs: readonly Vpc[], subnets: readonly Subnet[]): Acls {
  if (!set.ok || set.value.length > 0) return set;
  const value = vpcs.map((vpc, index) => ({
    id: id('acl', index + 1),
    isDefault: true,
    subnetIds: subnets.filter(({ vpcId }) => vpcId === vpc.id).map((subnet) => subnet.id),
    entries: [...open(false), ...open(true)],
  }));
  return { ok: true, value };
}
