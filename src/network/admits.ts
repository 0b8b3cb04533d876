import type { GroupRule } from '../model/observed.js';
import { containsCidr } from './cidr.js';

/** A connection as a security group's rule sees it; undefined ports are all ports. */
export interface Connection {
  readonly protocol: string;
  readonly ports: GroupRule['ports'];
  /** Ranges it may come from: the rule has to hold every one. */
  readonly cidrs: readonly string[];
  /** Ids of the groups of where it comes from: the rule has to name one of them. */
  readonly groupIds: readonly string[];
}

/** Whether one inbound rule lets a connection in: by protocol, by all of its ports, and by its peer. */
export function admits(rule: GroupRule, { protocol, ports, cidrs, groupIds }: Connection): boolean {
  const { peer } = rule;
  const byProtocol = rule.protocol === 'all' || rule.protocol === protocol;
  const byPorts =
    rule.ports === undefined ||
    (ports !== undefined && rule.ports.from <= ports.from && rule.ports.to >= ports.to);
  const byPeer =
    peer.kind === 'group'
      ? groupIds.includes(peer.value)
      : cidrs.every((cidr) => containsCidr(peer.value, cidr));
  return byProtocol && byPorts && byPeer;
}
