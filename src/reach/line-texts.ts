import type { Change } from '../model/plan.js';
import type { ReachLine } from '../model/reach.js';
import { blockCodes, unknownCodes } from '../network/codes.js';
import type { Blocked, Component, Note, Reachable, Unknown } from '../network/verdict.js';
import { sortedSet } from '../text/words.js';
import { nameComponent } from './component-names.js';

/** What a connection goes through that a person wants to know, the most telling first. */
const TELLING: readonly Component['kind'][] = [
  'nat-gateway',
  'egress-only-internet-gateway',
  'vpc-endpoint',
  'internet-gateway',
  'elsewhere',
  'network-interface',
];

const clause = (sentence: string): string =>
  sentence.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());

function noteText(note: Note): string {
  switch (note.kind) {
    case 'endpoint-policy-not-judged':
      return 'whether the policy of the endpoint allows the calls is not judged';
    case 'endpoint-in-other-zone':
      return 'the endpoint has no subnet in this zone';
    case 'endpoint-not-used':
      return `endpoint ${note.endpointId} is not used: ${clause(blockCodes[note.because].meaning)}`;
  }
}

/** `through NAT gateway nat-0a1b`. */
export function reachableText({ path, notes }: Reachable, changes: readonly Change[]): string {
  const [via] = TELLING.flatMap((kind) => path.find((component) => component.kind === kind) ?? []);
  const how = via === undefined ? 'directly' : `through ${nameComponent(via, changes)}`;
  return [how, ...notes.map(noteText)].join('; ');
}

/** The ways of lines that are reachable, each once, without what is to be noted of it. */
export function waysOf(lines: readonly ReachLine[]): string[] {
  return sortedSet(
    lines.flatMap(({ status, text }) => (status === 'blocked' ? [] : [text.split('; ')[0] ?? text])),
  );
}

/** `blocked by network ACL acl-0a1b, entry 50: the network ACL of the subnet does not admit it`. */
export function blockedText({ code, component, rule, leg }: Blocked, changes: readonly Change[]): string {
  const what = component.kind === 'network-acl' ? 'entry' : 'route';
  const where = rule === undefined ? '' : `, ${what} ${rule}`;
  const stopped =
    leg === 'reply' ? ' (the reply is stopped)' : leg === 'dns' ? ' (the query for the name is stopped)' : '';
  return `blocked by ${nameComponent(component, changes)}${where}: ${clause(blockCodes[code].meaning)}${stopped}`;
}

/** `depends on tgw-0a1b: the route leads where this engine cannot look`. */
export function unknownText({ code, component }: Unknown, changes: readonly Change[]): string {
  return `depends on ${nameComponent(component, changes)}: ${clause(unknownCodes[code].meaning)}`;
}
