import type { EgressLine } from '../model/desired.js';
import type { SecurityGroup } from '../model/observed.js';
import { admits, type Connection } from '../network/admits.js';
import type { SharedTarget } from './target.js';

/** The connection an egress line lets out, from the functions' subnets and groups. */
function connectionOf({ protocol, ports }: EgressLine, { groups, subnets }: SharedTarget): Connection {
  const groupIds = [...groups.otherIds, groups.managed?.id].filter((id) => id !== undefined);
  return { protocol, ports, groupIds, cidrs: subnets.map((subnet) => subnet.cidr) };
}

/** Address of the change that lets the function into a group of somebody else's. */
export function peerIngressId(groupId: string): string {
  return `security-group-rules/peer/${groupId}`;
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
    return [{ line, peer, admitted: peer.ingress.some((rule) => admits(rule, connectionOf(line, target))) }];
  });
}
