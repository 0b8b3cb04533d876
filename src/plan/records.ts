import type { Change } from '../model/plan.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import type { Target } from '../resolve/target.js';
import { MAX_TAGS, userTag, WANTED } from '../resources/tags.js';
import { change } from './change.js';
import { recordText } from './record.js';

/** Plans the tags by which the function records itself on shared things that exist already. */
export function planUsers(target: Target, uses: readonly EndpointUse[]): Change[] {
  const key = userTag(target.userHash);
  const { endpointsGroup } = target.groups;
  const used = uses.flatMap((use) => (use.how === 'ours' ? [use.endpoint] : []));
  const usesGroup = uses.some((use) => use.service.type === 'Interface' && use.how !== 'adopted');
  const shared = [...used, ...(usesGroup && endpointsGroup ? [endpointsGroup] : [])];
  const ids = shared
    .filter(({ tags }) => tags[key] === undefined && Object.keys(tags).length < MAX_TAGS)
    .map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    change({
      id: 'tags/users',
      kind: 'tags',
      action: 'update',
      label: ids.join(', '),
      reason: 'record',
      because: `Function ${target.observed.lambda.name} records that it uses them.`,
      attributes: [{ name: key, before: undefined, after: target.observed.lambda.name }],
      calls: [
        {
          action: 'ec2:CreateTags',
          input: { Resources: ids, Tags: [{ Key: key, Value: target.observed.lambda.name }] },
        },
      ],
    }),
  ];
}

/**
 * Plans the tag that records what this run wanted, on a group that exists (a new one is made with it).
 * Only beside other changes: on its own it would make a run that merely spells the same network
 * differently look like a change.
 */
export function planRecord(target: Target, changes: readonly Change[]): Change[] {
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
