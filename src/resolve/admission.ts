import type { Subnet } from '../model/observed.js';
import { prepareList } from '../network/prefix-list.js';
import { parseRange } from '../network/range.js';
import { admission, prepareGroup } from '../network/security-group.js';
import type { Traffic } from '../network/traffic.js';
import type { SharedTarget } from './target.js';

/** The functions' subnets that groups do not admit as a whole; what cannot be told is no refusal. */
export function refusedSubnets(
  groupIds: readonly string[],
  traffic: Traffic,
  { groups, observed, subnets }: SharedTarget,
): Subnet[] {
  const worn = [...groups.otherIds, ...(groups.usesManaged && groups.managed ? [groups.managed.id] : [])];
  const lists = new Map(
    (observed.reach?.prefixLists ?? []).flatMap(({ id, cidrs }) =>
      cidrs.ok ? [[id, prepareList({ id, cidrs: cidrs.value, names: [] })] as const] : [],
    ),
  );
  const guards = observed.groups.filter((group) => groupIds.includes(group.id));
  const prepared = new Map(guards.map((group) => [group.id, prepareGroup(group, lists)]));
  return subnets.filter(({ cidr }) => {
    const range = parseRange(cidr);
    if (range === undefined) return true;
    const from = { range, wears: { kind: 'groups' as const, ids: worn } };
    return admission(prepared, groupIds, 'ingress', traffic, from).kind === 'refused';
  });
}
