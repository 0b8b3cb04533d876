import type { Change } from '../model/plan.js';
import { type EndpointUse, usesOurGroup } from '../resolve/endpoint-use.js';
import type { SharedTarget } from '../resolve/target.js';
import { MAX_TAGS, userTag, WANTED } from '../resources/tags.js';
import { change } from './change.js';
import { recordText } from './record.js';

/** What exists already and is used by everyone this run is for; their own group only where several wear it. */
function sharedThings(target: SharedTarget, uses: readonly EndpointUse[]) {
  const { desired, groups } = target;
  const used = uses.flatMap((use) => (use.how === 'ours' ? [use.endpoint] : []));
  const usesGroup = uses.some((use) => usesOurGroup(use, target));
  return [
    ...used,
    ...(usesGroup && groups.endpointsGroup ? [groups.endpointsGroup] : []),
    ...(desired.functions.length > 1 && groups.usesManaged && groups.managed ? [groups.managed] : []),
  ];
}

/** Plans the tags by which the function, or several, record themselves on shared things that exist already. */
export function planUsers(target: SharedTarget, uses: readonly EndpointUse[]): Change[] {
  const { hash, name } = target.user;
  const key = userTag(hash);
  const ids = sharedThings(target, uses)
    .filter(({ tags }) => tags[key] === undefined && Object.keys(tags).length < MAX_TAGS)
    .map(({ id }) => id);
  if (ids.length === 0) return [];
  const who =
    target.desired.functions.length > 1 ? `The functions of ${name} record` : `Function ${name} records`;
  return [
    change({
      id: 'tags/users',
      kind: 'tags',
      action: 'update',
      label: ids.join(', '),
      reason: 'record',
      because: `${who} that ${target.desired.functions.length > 1 ? 'they use' : 'it uses'} them.`,
      attributes: [{ name: key, before: undefined, after: name }],
      calls: [{ action: 'ec2:CreateTags', input: { Resources: ids, Tags: [{ Key: key, Value: name }] } }],
    }),
  ];
}

/**
 * Plans the tag that records what this run wanted, on a group that exists (a new one is made with it).
 * Only beside other changes: on its own it would make a run that merely spells the same network
 * differently look like a change.
 */
export function planRecord(target: SharedTarget, changes: readonly Change[]): Change[] {
  const { usesManaged, managed } = target.groups;
  const text = recordText(target);
  const before = managed?.tags[WANTED];
  if (!usesManaged || managed === undefined || changes.length === 0 || before === text) return [];
  return [
    change({
      id: 'tags/wanted',
      kind: 'tags',
      action: 'update',
      label: managed.id,
      reason: 'record',
      because: 'It records what was wanted, so that later runs can tell drift from new wishes.',
      attributes: [{ name: WANTED, before, after: text }],
      calls: [
        {
          action: 'ec2:CreateTags',
          input: { Resources: [managed.id], Tags: [{ Key: WANTED, Value: text }] },
        },
      ],
      after: changes.map(({ id }) => id),
    }),
  ];
}
