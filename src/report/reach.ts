import type { ReachLine, ReachRow, ReachStatus, ReachVerdict } from '../model/reach.js';
import { agreement } from '../network/reach.js';
import { someOf, sortedSet } from '../text/words.js';
import { foldedRows, type LikeRows } from './folded.js';
import { type Cell, list, type Section, section, table } from './report.js';

/** A status as an answer to "is it reached?". */
const ANSWERS: Readonly<Record<ReachStatus, string>> = {
  reachable: 'yes',
  blocked: 'no',
  partly: 'in part',
  unknown: 'unknown',
};

/** The answer, with the one before where it differs. */
function answer(before: ReachStatus | undefined, after: ReachStatus, arrow: string): string {
  const told = ANSWERS[after];
  return before === undefined || before === after ? told : `${ANSWERS[before]} ${arrow} ${told}`;
}

const linesIn = ({ lines }: ReachVerdict, zone: string): readonly ReachLine[] =>
  lines.filter((line) => zoneOf(line) === zone);

/** A subnet that was not found has no zone. */
const zoneOf = ({ zone, subnetId }: ReachLine): string => zone ?? subnetId;

/** Several subnets of a zone as one, by the rule of verdicts; undefined where there is none. */
function statusOf(lines: readonly ReachLine[]): ReachStatus | undefined {
  return lines.length === 0 ? undefined : agreement(lines.map(({ status }) => status));
}

function zoneCell({ before, after }: ReachRow, zone: string): Cell {
  const lines = linesIn(after, zone);
  const status = statusOf(lines);
  if (status === undefined) return ['no subnet'];
  const texts = sortedSet(lines.map(({ text }) => text));
  return [answer(statusOf(linesIn(before, zone)), status, '→'), ...texts];
}

const zonesOf = (rows: readonly ReachRow[]): string[] =>
  sortedSet(rows.flatMap(({ after }) => after.lines.map(zoneOf)));

const nameOf = ({ destination, isInternet, askedBy }: ReachRow): string =>
  isInternet && askedBy === 'none' ? `the internet (${destination})` : destination;

const askedText = ({ askedBy }: ReachRow): string => (askedBy === 'none' ? '–' : `\`${askedBy}\``);

function cells({ first, names }: LikeRows, zones: readonly string[], several: boolean): (string | Cell)[] {
  const { after } = first;
  const verdicts =
    zones.length > 0
      ? zones.map((zone) => zoneCell(first, zone))
      : [[ANSWERS[after.status], ...(after.because ? [after.because] : [])]];
  return [nameOf(first), askedText(first), ...(several ? [someOf(names, 10)] : []), ...verdicts];
}

/** Sentences on how verdicts are meant, each once; those in cells are left out. */
function explanations(rows: readonly ReachRow[]): string[] {
  const before = rows.flatMap(({ before: { because, lines } }) =>
    because && lines.length > 0 ? [`Before: ${because}`] : [],
  );
  const after = rows.flatMap(({ destination, after: { because, lines } }) =>
    because && lines.length > 0 ? [`${destination}: ${because}`] : [],
  );
  return [...new Set([...before, ...after])];
}

/** What the functions reach, by destination and zone; before and after where that differs. */
export function reachSection(rows: readonly ReachRow[]): Section {
  const several = new Set(rows.map(({ functionName }) => functionName)).size > 1;
  const zones = zonesOf(rows);
  const columns = zones.length > 0 ? zones.map((zone) => `From ${zone}`) : ['Reached'];
  const head = ['Destination', 'Asked by', ...(several ? ['Functions'] : []), ...columns];
  const body = foldedRows(rows).map((like) => cells(like, zones, several));
  return section('What the function reaches', [...table(head, body), ...list(explanations(rows))]);
}

/** Reasons of a row in one line, those of one kind together. */
function reasonsOf({ after }: ReachRow): string {
  const texts = sortedSet(after.lines.map(({ text }) => text));
  return texts.length > 0 ? `: ${someOf(texts, 2)}` : after.because ? `: ${after.because}` : '';
}

/** One line for each destination: `reach ssm: no -> yes: through VPC endpoint ssm (new)`. */
export function reachLines(rows: readonly ReachRow[]): string[] {
  return foldedRows(rows).map(({ first, names }) => {
    const before = first.after.lines.length > 0 ? first.before.status : undefined;
    const who = names.length > 1 ? ` (${someOf(names, 3)})` : '';
    return `reach ${nameOf(first)}${who}: ${answer(before, first.after.status, '->')}${reasonsOf(first)}`;
  });
}
