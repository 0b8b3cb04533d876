import type { GroupRule, SecurityGroup } from '../../model/observed.js';
import type { RunRecord } from '../../model/run.js';
import { describeRule } from '../../resources/security-group-rules.js';
import { isOurs } from '../../resources/tags.js';
import { sortedSet } from '../../text/words.js';
import { functionsText, groupNamed, lambdasOf, named } from '../facts.js';
import { type Section, section, table } from '../report.js';
import type { Seen } from './seen.js';

/** A rule for people, its peer with the name it has. */
function ruleText(rule: GroupRule, direction: 'from' | 'to', { observed }: Seen): string {
  const { kind, value } = rule.peer;
  const lists = observed.prefixLists ?? [];
  const name =
    kind === 'group'
      ? groupNamed(value, observed.groups)
      : kind === 'prefix-list'
        ? named(value, lists.find(({ id }) => id === value)?.name)
        : value;
  const text = describeRule({ ...rule, peer: { kind, value: name } }, direction);
  return rule.description === '' ? text : `${text} – ${rule.description}`;
}

function rulesOf(rules: readonly GroupRule[], direction: 'from' | 'to', seen: Seen): string[] {
  return rules.length === 0 ? ['none'] : rules.map((rule) => ruleText(rule, direction, seen));
}

/** Which functions wear a group: of one function the word, of several their names or number. */
function functionsWearing(group: string, record: RunRecord): string[] {
  const lambdas = lambdasOf(record);
  const names = lambdas
    .filter(({ network }) => network.securityGroupIds.includes(group))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [lambdas.length === 1 ? 'the function' : functionsText(names)];
}

function wearers(group: string, { record, observed }: Seen): string[] {
  const endpoints = observed.endpoints.filter(
    ({ id, groupIds }) => record.endpointIds.includes(id) && groupIds.includes(group),
  );
  return [...functionsWearing(group, record), ...endpoints.map(({ id }) => id)];
}

/** The security groups of the functions and of the endpoints they use, with their rules. */
export function securityGroupSection(seen: Seen): Section {
  const { groups } = seen.observed;
  const worn = groups
    .map((group) => ({ group, by: wearers(group.id, seen) }))
    .filter(({ by }) => by.length > 0);
  const wornIds = sortedSet(lambdasOf(seen.record).flatMap(({ network }) => network.securityGroupIds));
  const unread = wornIds.filter((id) => !groups.some((group) => group.id === id));
  const line = (group: SecurityGroup): string =>
    `${named(group.id, group.name)}${isOurs(group.tags) ? ', made by this action' : ''}`;
  const rows = [
    ...worn.map(({ group, by }) => [
      line(group),
      by,
      rulesOf(group.ingress, 'from', seen),
      rulesOf(group.egress, 'to', seen),
    ]),
    ...unread.map((id) => [id, functionsWearing(id, seen.record), 'not read', 'not read']),
  ];
  return section(
    'Security groups',
    table(['Security group', 'Of', 'Inbound rules', 'Outbound rules'], rows),
    { worth: 'network' },
  );
}
