import type { EgressLine } from '../model/desired.js';
import type { GroupRule, SecurityGroup } from '../model/observed.js';
import type { Traffic } from '../network/traffic.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { refusedSubnets } from './admission.js';
import type { SharedTarget } from './target.js';

/** What an egress line lets out. */
function trafficOf({ protocol, ports = { from: 0, to: 65_535 } }: EgressLine): Traffic[] {
  const protocols = protocol === 'all' ? (['tcp', 'udp'] as const) : [protocol];
  return protocols.map((one) => ({ protocol: one, ports }));
}

/** Address of the change that lets the function into a group of somebody else's. */
export function peerIngressId(groupId: string): string {
  return `security-group-rules/peer/${groupId}`;
}

/** Whether a rule on a group of somebody else's is one by which this action let the managed group in. */
export function isOurPeerRule(rule: GroupRule, { groups }: SharedTarget): boolean {
  return purposeOf(rule) === 'peer' && rule.peer.value === groups.managed?.id;
}

/** A line of `egress` to a group, and that group where it can be seen. */
export interface PeerLine {
  readonly line: EgressLine;
  readonly peer: SecurityGroup;
  readonly admitted: boolean;
}

/** The lines of `egress` that lead to groups which can be seen, each with whether that group lets the function in. */
export function peerLines(target: SharedTarget): PeerLine[] {
  return (target.desired.egress ?? []).flatMap((line) => {
    const peer = target.observed.groups.find(
      ({ id }) => line.peer.kind === 'group' && id === line.peer.value,
    );
    if (peer === undefined) return [];
    const admitted = trafficOf(line).every(
      (traffic) => refusedSubnets([peer.id], traffic, target).length === 0,
    );
    return [{ line, peer, admitted }];
  });
}
