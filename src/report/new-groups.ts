import type { AttributeChange, Change } from '../model/plan.js';

/** Id of the planned group whose rules a change is about; undefined for a group that exists. */
function newGroupOf({ kind, calls }: Change): string | undefined {
  if (kind !== 'security-group-rules') return undefined;
  const { GroupId: id }: { GroupId?: unknown } = Object(calls[0]?.input);
  const { ref }: { ref?: unknown } = Object(id);
  return typeof ref === 'string' ? ref : undefined;
}

/** The rules a group has in the end: those the plan adds; where only AWS's own go, none. */
function rulesOf(changes: readonly Change[]): AttributeChange[] {
  const added = changes
    .filter(({ reason }) => reason !== 'aws-default')
    .flatMap(({ attributes }) => attributes);
  const emptied = changes
    .flatMap(({ attributes }) => attributes)
    .filter(({ name }) => added.every((one) => one.name !== name))
    .map(({ name }): AttributeChange => ({ name, before: undefined, after: [] }));
  return [...added.map((one) => ({ ...one, before: undefined })), ...emptied];
}

/**
 * Changes as people are told of them: a new group together with its rules, which are steps of their own for the
 * order of calls only. Rules that `standAlone` holds for, for example because they failed, keep their place.
 */
export function withRulesOfNewGroups(
  changes: readonly Change[],
  standAlone: (change: Change) => boolean = () => false,
): Change[] {
  const told = changes.filter((change) => {
    const id = newGroupOf(change);
    return id !== undefined && changes.some((group) => group.id === id) && !standAlone(change);
  });
  return changes
    .filter((change) => !told.includes(change))
    .map((change) => {
      const rules = rulesOf(told.filter((rule) => newGroupOf(rule) === change.id));
      return rules.length === 0 ? change : { ...change, attributes: [...change.attributes, ...rules] };
    });
}
