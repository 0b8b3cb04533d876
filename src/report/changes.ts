import type { AttributeChange, Change, ChangeResult, ResourceKind } from '../model/plan.js';
import type { RunRecord } from '../model/run.js';
import { counted, listed, without } from '../text/words.js';
import { isDone, resultOf } from './facts.js';
import { foldedChanges, type LikeChanges } from './folded.js';
import { withRulesOfNewGroups } from './new-groups.js';
import { type Section, section, table } from './report.js';

/** The word before a label, where the label does not say it. */
const KINDS: Readonly<Record<ResourceKind, string>> = {
  'security-group': 'security group ',
  'security-group-rules': '',
  'vpc-endpoint': 'VPC endpoint ',
  'execution-role': 'execution role ',
  function: 'function ',
  tags: 'tags of ',
};

/** What a change touches, for people: `security group app-7-lambda`. */
export function thingOf(change: Change): string {
  return `${KINDS[change.kind]}${change.label}`;
}

/** What like changes do: `update function app-7`, or `update 3 functions: a, b, c`. */
export function deedOf({ first, labels }: LikeChanges): string {
  const many = `${counted(labels.length, KINDS[first.kind].trim())}: ${labels.join(', ')}`;
  return `${first.action} ${labels.length === 1 ? thingOf(first) : many}`;
}

/** Why like changes are made, told of the first one. */
export function reasonOf({ first, labels }: LikeChanges): string {
  return labels.length === 1 ? first.because : `${first.because} The same holds for the others.`;
}

/** Lists longer than this are shown by what comes and goes. */
const MOST_IN_FULL = 6;

const words = (side: AttributeChange['before']): readonly string[] =>
  typeof side === 'string' ? [side] : (side ?? []);
const shown = (side: AttributeChange['before']): string => words(side).join(', ') || 'none';

function difference(before: readonly string[], after: readonly string[]): string {
  const added = without(after, before);
  const removed = without(before, after);
  const kept = before.length - removed.length;
  const parts = [
    ...(added.length > 0 ? [`adds ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removes ${removed.join(', ')}`] : []),
    ...(kept > 0 ? [`keeps ${kept}`] : []),
  ];
  return parts.join('; ');
}

/** One attribute before and after: `subnets: none → subnet-a, subnet-b`. */
export function attributeText({ name, before, after }: AttributeChange, arrow = '→'): string {
  if (before === undefined) return `${name}: ${shown(after)}`;
  if (after === undefined) return `${name}: ${shown(before)} ${arrow} removed`;
  const [old, fresh] = [words(before), words(after)];
  const isLong = old.length > 0 && old.length + fresh.length > MOST_IN_FULL;
  return `${name}: ${isLong ? difference(old, fresh) : `${shown(before)} ${arrow} ${shown(after)}`}`;
}

/** The attributes of a change; bookkeeping tags are named, because their values say nothing to people. */
export function attributeTexts(change: Change, arrow?: string): string[] {
  if (change.kind === 'tags') return change.attributes.map(({ name }) => `tag ${name}`);
  return change.attributes.map((one) => attributeText(one, arrow));
}

/** Whom else a change touches, as a sentence. */
export function disruptionText({ disruption }: Change): string | undefined {
  if (disruption === undefined || disruption === '') return undefined;
  // A planner may give the clause that follows "it".
  const whole = /^[a-z]/.test(disruption) ? `It ${disruption}` : disruption;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

function skippedText({ because }: ChangeResult, { plan, results }: RunRecord): string {
  if (because === undefined) return 'skipped, because the run was stopped';
  const root = plan?.changes.find(({ id }) => id === because);
  const isUnknown = results.find(({ id }) => id === because)?.status === 'unknown';
  return `skipped, because ${root ? thingOf(root) : because} ${isUnknown ? 'is unknown' : 'failed'}`;
}

/** How a change went, in words that follow its name. */
export function resultText(change: Change, record: RunRecord): string {
  const result = resultOf(change, record);
  if (result === undefined) return 'not started';
  const ids = Object.values(result.ids).sort().join(', ');
  const code = result.problem ? ` (${result.problem.code})` : '';
  switch (result.status) {
    case 'applied':
      return ids === '' ? 'applied' : `applied: ${ids}`;
    case 'exists':
      return ids === '' ? 'exists already' : `exists already: ${ids}`;
    case 'failed':
      return `failed${code}${ids === '' ? '' : `, but ${ids} was made`}`;
    case 'skipped':
      return skippedText(result, record);
    case 'unknown':
      return `unknown${code}: AWS gave no answer, the rerun will tell`;
  }
}

/**
 * How many things are made, updated and removed: "2 to create, 1 to update". What AWS puts into a new group is
 * counted apart, so that nobody fears for what exists.
 */
export function tally(changes: readonly Change[]): string {
  const defaults = changes.filter(({ reason }) => reason === 'aws-default').length;
  const counts = (['create', 'update', 'delete'] as const)
    .map((action) => ({
      action,
      count: changes.filter((change) => change.action === action && change.reason !== 'aws-default').length,
    }))
    .filter(({ count }) => count > 0);
  return listed([
    ...counts.map(({ action, count }) => `${count} to ${action}`),
    ...(defaults > 0 ? [`the default rules of ${counted(defaults, 'group')} to remove`] : []),
  ]);
}

/** The table of changes; after an apply with how each went. */
export function changesSection(record: RunRecord): Section {
  const changes = record.plan?.changes ?? [];
  const applied = record.results.length > 0;
  const touching = changes.some(({ disruption }) => disruption !== undefined);
  const head = [
    'Change',
    'Before → after',
    'Why',
    ...(touching ? ['Whom else it touches'] : []),
    ...(applied ? ['Result'] : []),
  ];
  const isOpen = (change: Change): boolean => applied && !isDone(resultOf(change, record));
  const like = foldedChanges(withRulesOfNewGroups(changes, isOpen), (change) =>
    applied ? resultText(change, record) : '',
  );
  const rows = like.map((some) => [
    deedOf(some),
    attributeTexts(some.first),
    reasonOf(some),
    ...(touching ? [disruptionText(some.first) ?? 'nobody'] : []),
    ...(applied ? [resultText(some.first, record)] : []),
  ]);
  return section(`Changes: ${tally(changes)}`, table(head, rows));
}
