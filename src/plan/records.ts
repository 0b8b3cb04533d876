import type { Call } from '../aws/call.js';
import type { Tags } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import { type EndpointUse, usesOurGroup } from '../resolve/endpoint-use.js';
import { managedGroupName } from '../resolve/groups.js';
import type { SharedTarget } from '../resolve/target.js';
import { BEGUN, fromTags, MAX_TAGS, userTag, WANTED } from '../resources/tags.js';
import { isMoved } from '../rules/rule.js';
import { begunText } from './begun.js';
import { change } from './change.js';
import { areMovesOpen, marked, marksMoves, recordText, unmarked } from './record.js';
import { functionGroupId } from './security-groups.js';

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

function tagGroup(target: SharedTarget, tags: Tags): Call {
  return { action: 'ec2:CreateTags', input: { Resources: [functionGroupId(target)], Tags: fromTags(tags) } };
}

/** Plans the mark on a managed group that exists before many functions are moved (a new one is made with it). */
export function planMark(target: SharedTarget, moves: readonly Change[]): Change[] {
  const { managed } = target.groups;
  const isNeeded = marksMoves(target) && moves.length > 0;
  if (managed === undefined || !isNeeded || areMovesOpen(managed.tags)) return [];
  const before = managed.tags[WANTED];
  const after = marked(before ?? '');
  return [
    change({
      id: 'tags/moving',
      kind: 'tags',
      action: 'update',
      label: managed.id,
      reason: 'record',
      because:
        'It marks that functions are being moved: were the run stopped, the next one would look at all of them.',
      attributes: [{ name: WANTED, before, after }],
      calls: [tagGroup(target, { [WANTED]: after })],
    }),
  ];
}

/** The functions before their first moves where the group does not tell it yet; a new group is made with it. */
function newBegun(target: SharedTarget): string | undefined {
  const { managed } = target.groups;
  const begun = managed && begunText(target);
  const isFull = managed?.tags[BEGUN] === undefined && Object.keys(managed?.tags ?? {}).length >= MAX_TAGS;
  return begun === managed?.tags[BEGUN] || isFull ? undefined : begun;
}

/**
 * Plans the tag that records what this run wanted, on a group that exists (a new one is made with it), and takes
 * the mark of moves away. Only beside other changes, or where a mark stands or the tag was lost: on its own it would
 * make a run that merely spells the same network differently look like a change.
 */
export function planRecord(target: SharedTarget, changes: readonly Change[]): Change[] {
  const { usesManaged, managed } = target.groups;
  const text = recordText(target);
  const before = managed ? managed.tags[WANTED] : text;
  const moves = isMoved(changes);
  const isMarked = areMovesOpen(managed?.tags) || (marksMoves(target) && moves);
  // Without it the next run could tell no drift at all.
  const wasRecorded = [BEGUN, userTag(target.user.hash)].some((key) => managed?.tags[key] !== undefined);
  const isLost = managed !== undefined && before === undefined && wasRecorded;
  if (!usesManaged || (changes.length === 0 && !isMarked && !isLost)) return [];
  const begun = newBegun(target);
  if (!isMarked && before === text && begun === undefined) return [];
  return [
    change({
      id: 'tags/wanted',
      kind: 'tags',
      action: 'update',
      label: managed?.id ?? managedGroupName(target.groups.resourceName),
      reason: isLost ? 'drift' : 'record',
      because: isLost
        ? `Group ${managed.id} has no tag ${WANTED} any more: what else somebody changed cannot be told from new wishes.`
        : 'It records what was wanted, so that later runs can tell drift from new wishes.',
      attributes: [
        { name: WANTED, before: before && unmarked(before), after: text },
        ...(begun === undefined ? [] : [{ name: BEGUN, before: managed?.tags[BEGUN], after: begun }]),
      ],
      calls: [tagGroup(target, { [WANTED]: text, ...(begun === undefined ? {} : { [BEGUN]: begun }) })],
      after: changes.map(({ id }) => id),
    }),
  ];
}
