import type { Change, RuleChange } from '../network/verdict.js';
import { isOurs } from '../resources/tags.js';
import { listed, uncapital } from '../text/words.js';
import { FUNCTION_GROUP } from './change-ids.js';
import { listingText } from './listing.js';
import { endpointLine, type Remedy, type RemedyFacts } from './remedy-facts.js';
import { authorize } from './rule-commands.js';

/** The lines of `egress` that a rule is; to a group that does not exist yet by the ranges of its endpoints. */
function egressLines({ protocol, port, peer }: RuleChange, { question, target }: RemedyFacts): string[] {
  const { destination } = question;
  const isNew = peer.kind === 'group' && !/^(\d{12}\/)?sg-/.test(peer.value);
  const value = destination.kind === 'group' ? destination.groupId : peer.value;
  const peers = isNew ? target.endpointSubnets.map(({ cidr }) => cidr) : [value];
  return peers.map((one) => `${protocol} ${port} ${one}`);
}

/** Whether neither routes nor network ACLs let a connection out that the groups would let out. */
function hasNoWay(rule: RuleChange, { question, hasWayOut, behindGroups }: RemedyFacts): boolean {
  if (rule.peer.kind !== 'cidr' || !question.isPublic || hasWayOut()) return false;
  // An endpoint may lead there, the planned one of a gateway among them.
  const behind = behindGroups();
  return behind?.status === 'blocked' && behind.component.kind !== 'security-group';
}

/** How a group of the function lets a connection out: by a line of an input where one does it, else by a command. */
export function allowEgress(
  { groupId, rule }: Extract<Change, { kind: 'allow-egress' }>,
  facts: RemedyFacts,
): string | Remedy {
  const { groups } = facts.target;
  const isManaged = groupId === groups.managed?.id || groupId === FUNCTION_GROUP;
  const noWay = hasNoWay(rule, facts);
  const endpoint = noWay || rule.peer.kind !== 'cidr' ? endpointLine(facts) : undefined;
  if (endpoint !== undefined && (groups.usesManaged || noWay)) return listingText(endpoint);
  const lines = egressLines(rule, facts);
  const toNat = noWay ? 'Choose `subnets` with a NAT gateway, and ' : '';
  if (!isManaged && !groups.usesManaged) {
    const how = ofAnother({ groupId, rule }, lines, facts);
    return noWay ? `${toNat}${uncapital(how)}` : how;
  }
  const [line, ...more] = lines;
  const remedy = `${addition(lines)}.`;
  if (noWay) return `${toNat}${uncapital(remedy)}`;
  return { remedy, egressLine: more.length === 0 ? line : undefined };
}

const addition = (lines: readonly string[]): string =>
  `Add the ${lines.length === 1 ? 'line' : 'lines'} ${listed(lines.map((line) => `\`${line}\``))} to \`egress\``;

/** How a group that this run does not manage lets something out: the step that manages it would take a rule of others back. */
function ofAnother(
  { groupId, rule }: Pick<Extract<Change, { kind: 'allow-egress' }>, 'groupId' | 'rule'>,
  lines: readonly string[],
  facts: RemedyFacts,
): string {
  const group = facts.observed.groups.find(({ id }) => id === groupId);
  return group !== undefined && isOurs(group.tags)
    ? `${addition(lines)} of the step that manages ${groupId} (${group.name}).`
    : authorize('egress', groupId, rule, facts);
}
