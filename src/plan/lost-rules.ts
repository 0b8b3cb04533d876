import type { EndpointUse } from '../resolve/endpoint-use.js';
import type { SharedTarget } from '../resolve/target.js';
import type { WantedRule } from '../resources/security-group-rules.js';
import { type Aspect, isDrift } from './record.js';

function aspectOf(rule: WantedRule): Aspect {
  return rule.description.endsWith(': egress') ? 'egress' : 'endpoints';
}

/** What tells whether the managed group had a rule to endpoints that it lacks. */
export interface RuleHistory {
  readonly uses: readonly EndpointUse[];
  /** Whether rules to endpoints are taken away, because others serve now. */
  readonly isReplaced: boolean;
}

/** Whether the managed group had a rule before somebody took it away. */
export function wasThere(rule: WantedRule, target: SharedTarget, { uses, isReplaced }: RuleHistory): boolean {
  if (!isDrift(target, aspectOf(rule), 'ipv6')) return false;
  if (!rule.description.endsWith(': endpoints')) return true;
  // To endpoints of ours a rule leads by their group, to those of others by ranges. One that wears our group alone may
  // have been ours.
  const own = target.groups.endpointsGroup?.id;
  const mayBeOurs = uses.some(
    (use) => use.how === 'adopted' && use.endpoint.groupIds.every((groupId) => groupId === own),
  );
  return rule.peer.kind === 'group'
    ? uses.some(({ how, service }) => how === 'ours' && service.type === 'Interface')
    : !isReplaced && !mayBeOurs;
}
