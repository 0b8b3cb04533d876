import { type PreparedAcl, stoppingEntry } from './acl.js';
import type { Range } from './range.js';
import { admission, type PreparedGroup } from './security-group.js';
import { ephemeralPorts, type Traffic } from './traffic.js';

/** One end of a connection inside a VPC. */
export interface End {
  readonly subnetId: string;
  /** Its address; the subnet's range where that is not known, so that every address counts. */
  readonly range: Range;
  /** Empty where no group filters it, as at a load balancer without groups. */
  readonly groupIds: readonly string[];
}

/** What stands between the ends. */
export interface Walls {
  readonly groups: ReadonlyMap<string, PreparedGroup>;
  /** By subnet; a subnet without an entry is one whose ACL could not be read. */
  readonly acls: ReadonlyMap<string, PreparedAcl>;
}

/** Whether a connection can be opened and answered, as far as groups and network ACLs tell. */
export type Opening = 'open' | 'refused' | 'unknown';

/** The worst of several answers: what is certainly refused is, whatever else is not known. */
function worst(answers: readonly Opening[]): Opening {
  if (answers.includes('refused')) return 'refused';
  return answers.includes('unknown') ? 'unknown' : 'open';
}

function byGroups(
  { groups }: Walls,
  own: End,
  direction: 'ingress' | 'egress',
  traffic: Traffic,
  other: End,
): Opening {
  if (own.groupIds.length === 0) return 'open';
  const wears = { kind: 'groups' as const, ids: other.groupIds };
  const { kind } = admission(groups, own.groupIds, direction, traffic, { range: other.range, wears });
  return kind === 'admitted' ? 'open' : kind;
}

/** ACLs judge what leaves or enters a subnet, each direction and the answers apart (VPC User Guide, "Network ACL basics"). */
function byAcl({ acls }: Walls, own: End, sends: boolean, traffic: Traffic, other: End): Opening {
  if (own.subnetId === other.subnetId) return 'open';
  const acl = acls.get(own.subnetId);
  if (acl === undefined) return 'unknown';
  const answer: Traffic = { protocol: traffic.protocol, ports: ephemeralPorts };
  const [out, back] = sends ? [traffic, answer] : [answer, traffic];
  const stopped =
    stoppingEntry(acl, 'egress', other.range, out) ?? stoppingEntry(acl, 'ingress', other.range, back);
  return stopped === undefined ? 'open' : 'refused';
}

/** Judges a connection from one end to the other; addresses inside a VPC always have a route. */
export function opens(walls: Walls, from: End, to: End, traffic: Traffic): Opening {
  return worst([
    byGroups(walls, from, 'egress', traffic, to),
    byAcl(walls, from, true, traffic, to),
    byAcl(walls, to, false, traffic, from),
    byGroups(walls, to, 'ingress', traffic, from),
  ]);
}

/** Judges connections to every one of several ends: refused where one is, because a name may answer any of them. */
export function opensAll(walls: Walls, from: End, ends: readonly End[], traffic: Traffic): Opening {
  return ends.length === 0 ? 'unknown' : worst(ends.map((to) => opens(walls, from, to, traffic)));
}
