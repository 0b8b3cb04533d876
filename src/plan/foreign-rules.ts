import type { GroupRule, SecurityGroup } from '../model/observed.js';
import type { Drift } from '../model/plan.js';
import { readOf } from '../model/reading.js';
import { allowsRemoval } from '../resolve/groups.js';
import type { SharedTarget } from '../resolve/target.js';
import { revokeIngressCommand } from '../resources/commands.js';
import { describeRule, rulesText } from '../resources/security-group-rules.js';
import { someOf } from '../text/words.js';

/** Id of the change that removes what others added to the managed group. */
export const FOREIGN_RULES = 'security-group-rules/function-foreign';

/** Whether `allow` says that rules of the managed group may be removed. */
export function removalAllowed(target: SharedTarget): boolean {
  const group = target.groups.managed;
  return group !== undefined && allowsRemoval(target.desired, group);
}

/**
 * Who else wears a group, as a sentence behind a space; nothing where that is nobody, or was not looked up. Of Lambda's
 * interfaces nobody can tell: functions with the same subnets and groups share them.
 */
function wearers({ id }: SecurityGroup, target: SharedTarget): string {
  const others = (readOf(target.observed.interfaces) ?? []).filter(
    ({ groupIds, type }) => groupIds.includes(id) && type !== 'lambda',
  );
  return others.length === 0 ? '' : ` ${id} is worn by others, too: ${someOf(others.map((one) => one.id))}.`;
}

/** That a rule is not ours, whoever made it, and whenever. */
const foundText = ({ id, name }: SecurityGroup, rule: string): string =>
  `${id} (${name}) has the ${rule}, which this action did not make`;

/** Drift that others' rules on the managed group are: the outbound ones given, and every inbound one. */
export function foreignDrift(target: SharedTarget, rules: readonly GroupRule[]): Drift[] {
  const group = target.groups.managed;
  if (group === undefined) return [];
  const repairedBy = removalAllowed(target) ? FOREIGN_RULES : undefined;
  const how = repairedBy ? '' : ` Remove it by hand, or with \`allow: rule-removal:${group.id}\`.`;
  const worn = wearers(group, target);
  return [
    ...rulesText(rules, 'to').map((text) => ({
      subject: group.id,
      message: `${foundText(group, `outbound rule ${text}`)}.${worn}${how}`,
      repairedBy,
    })),
    ...group.ingress.map((rule) => ({
      subject: group.id,
      message: `${foundText(group, `inbound rule ${describeRule(rule, 'from')}`)}; nothing connects to a function.${worn} Remove it with ${revokeIngressCommand(group.id, rule)}.`,
      repairedBy: undefined,
    })),
  ];
}
