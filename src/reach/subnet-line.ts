import type { ReachLine } from '../model/reach.js';
import { agreement } from '../network/reach.js';
import type { Blocked, Line, Outcome } from '../network/verdict.js';
import { hiddenSubnets } from '../resolve/others.js';
import type { SharedTarget } from '../resolve/target.js';
import { sortedSet } from '../text/words.js';
import { blockedText, reachableText, unknownText } from './line-texts.js';
import { blockedRemedy } from './remedies.js';
import type { RemedyFacts } from './remedy-facts.js';
import { unknownRemedy } from './unread.js';

/** Interfaces in subnets of another account are not listed: that nothing wears a group there is not certain. */
function doubted(outcome: Outcome, target: SharedTarget): Outcome {
  if (outcome.status !== 'blocked' || outcome.code !== 'NO_SOURCE_OR_DESTINATION') return outcome;
  if (hiddenSubnets(target).length === 0) return outcome;
  return { status: 'unknown', code: 'UNKNOWN_RESOURCE', component: outcome.component };
}

const ORDER = ['blocked', 'unknown', 'reachable'] as const;

/** The lines from one subnet as one: told by what is worst. */
export function subnetLine(lines: readonly Line[], facts: RemedyFacts): ReachLine {
  const outcomes = lines.map(({ outcome }) => doubted(outcome, facts.target));
  const [worst] = ORDER.flatMap((status) => outcomes.find((outcome) => outcome.status === status) ?? []);
  const status = agreement(outcomes.map((outcome) => outcome.status));
  const place = { subnetId: facts.subnetId, zone: lines[0]?.zone, status };
  if (worst === undefined) throw new Error(`no judgement from ${facts.subnetId}`);
  const told = { ...place, ...described(worst, facts), moreRemedies: moreRemedies(outcomes, worst, facts) };
  if (status !== 'partly') return told;
  const reached = outcomes.filter((outcome) => outcome.status === 'reachable').length;
  return {
    ...told,
    text: `${told.text}; ${reached} of ${outcomes.length} interfaces ${reached === 1 ? 'is' : 'are'} reached`,
  };
}

/** Network ACLs are opened for each interface of a destination: what the others take besides the worst. */
function moreRemedies(outcomes: readonly Outcome[], worst: Outcome, facts: RemedyFacts): string[] {
  if (worst.status !== 'blocked' || worst.change.kind !== 'allow-acl') return [];
  const { remedy: first } = blockedRemedy(worst.change, facts);
  const remedies = outcomes.flatMap((outcome) =>
    outcome.status === 'blocked' && outcome.change.kind === 'allow-acl'
      ? (blockedRemedy(outcome.change, facts).remedy ?? [])
      : [],
  );
  return sortedSet(remedies).filter((remedy) => remedy !== first);
}

/** What stops a connection to an address even where the groups let it out; undefined where nothing does. */
function behindGroups(
  { change }: Blocked,
  { question, behindGroups: judgeBehind }: RemedyFacts,
): Blocked | undefined {
  if (change.kind !== 'allow-egress' || question.isPublic || question.destination.kind !== 'address')
    return undefined;
  const outcome = judgeBehind();
  return outcome?.status === 'blocked' && outcome.change.kind !== 'allow-egress' ? outcome : undefined;
}

function blockedLine(
  outcome: Blocked,
  facts: RemedyFacts,
): Pick<ReachLine, 'text' | 'remedy' | 'egressLine'> {
  const text = blockedText(outcome, facts.changes);
  const { remedy, egressLine } = blockedRemedy(outcome.change, facts);
  const next = behindGroups(outcome, facts);
  if (next === undefined) return { text, remedy, egressLine };
  // Where nothing is there to answer, no rule is wanted.
  if (next.change.kind === 'use-other-destination') return blockedLine(next, facts);
  return {
    text: `${text}; beyond that it would be ${blockedText(next, facts.changes)}`,
    remedy: `${remedy} ${blockedRemedy(next.change, facts).remedy}`,
    egressLine: undefined,
  };
}

function described(
  outcome: Outcome,
  facts: RemedyFacts,
): Omit<ReachLine, 'subnetId' | 'zone' | 'status' | 'moreRemedies'> {
  const { changes, observed } = facts;
  if (outcome.status === 'reachable') {
    const through = outcome.path.filter(({ kind }) => kind !== 'function').map(({ id }) => id);
    const text = reachableText(outcome, changes);
    return { through, stop: undefined, text, remedy: undefined, egressLine: undefined };
  }
  const { code, component } = outcome;
  const rule = outcome.status === 'blocked' ? outcome.rule : undefined;
  const stop = { code, ...component, rule };
  if (outcome.status === 'blocked') return { through: [], stop, ...blockedLine(outcome, facts) };
  const remedy = unknownRemedy(outcome, observed);
  return { through: [], stop, text: unknownText(outcome, changes), remedy, egressLine: undefined };
}
