import type { RunRecord } from '../../model/run.js';
import { redactAll } from '../../text/redact.js';
import { someOf } from '../../text/words.js';
import { buildReport } from '../build.js';
import { renderMarkdown } from '../markdown.js';
import { paragraph, type Report, type Section, section } from '../report.js';
import { outcomeSentence } from '../title.js';
import { type CommentSubject, commentKey, formatMarker, type Marker } from './marker.js';
import { accountIdsIn, shortenAccounts } from './shorten.js';

/**
 * GitHub refuses longer comments. Its message says 65,536 characters; measured, it is more when they are ASCII.
 * Counted in bytes of UTF-8 the bound holds whichever unit a server counts.
 */
const COMMENT_BYTES = 65_536;

/** Names in a title before the rest is counted. */
const MOST_NAMES = 5;

/** What a comment says of itself. */
export interface CommentFacts extends Pick<Marker, 'app' | 'state' | 'head' | 'run'> {
  /** Page of the run; undefined where there is none. */
  readonly runUrl: string | undefined;
}

function titleOf({ functionNames, region, label }: CommentSubject): string {
  const functions = `${functionNames.length === 1 ? 'function' : 'functions'} ${someOf([...functionNames].sort(), MOST_NAMES)}`;
  return `Network of ${functions} in ${region}${label === undefined ? '' : ` (${label})`}`;
}

/** The network is there to be opened: in a pull request, what changes comes first. */
function folded(one: Section): Section {
  return one.worth === 'network' ? { ...one, collapsed: true } : one;
}

const OUTDATED =
  'This pull request no longer changes the network. The plan that stood here is outdated and was removed.';

function reportFor(record: RunRecord, subject: CommentSubject, { state }: CommentFacts): Report {
  const outcome = paragraph(outcomeSentence(record));
  const title = titleOf(subject);
  if (state === 'outdated') {
    return { title, sections: [section(undefined, [paragraph(OUTDATED), outcome])] };
  }
  const { sections } = buildReport(record);
  const [first, ...rest] = sections;
  const intro = first?.heading === undefined ? (first?.blocks ?? []) : [];
  const others = intro.length > 0 ? rest : sections;
  return { title, sections: [section(undefined, [outcome, ...intro]), ...others.map(folded)] };
}

function footer({ head, runUrl }: CommentFacts): string {
  const parts = [
    ...(head === undefined ? [] : [`Commit ${head.slice(0, 7)}`]),
    ...(runUrl === undefined ? [] : [`[log and job summary of the run](${runUrl})`]),
  ];
  return parts.length === 0 ? '' : `\n${parts.join(' · ')}\n`;
}

/**
 * Writes the whole comment, its marker first, within GitHub's limit. The record must be free of secrets; account
 * ids are shortened here, in everything that is shown.
 */
export function commentBody(record: RunRecord, subject: CommentSubject, facts: CommentFacts): string {
  const known = accountIdsIn([record.plan, record.observed, record.vpc, record.problems, record.results]);
  const report = redactAll(reportFor(record, subject, facts), (text) => shortenAccounts(text, known));
  const { app, state, head, run } = facts;
  const digest = record.plan?.digest;
  const marker = formatMarker({ key: commentKey(subject), app, state, digest, head, run });
  const around = `${marker}\n${footer(facts)}`;
  const left = COMMENT_BYTES - new TextEncoder().encode(around).length;
  return `${marker}\n${renderMarkdown(report, { bytes: left })}${footer(facts)}`;
}

/** A comment without what differs from run to run of one commit, and without what GitHub does to line ends. */
const comparable = (body: string): string =>
  body
    .replaceAll('\r\n', '\n')
    .replace(/ run=(?:\d+|none) -->/, '')
    .replaceAll(/\/actions\/runs\/\d+(?:\/attempts\/\d+)?/g, '')
    .trim();

/** Whether two comments say the same, the run they come from aside. */
export function saysTheSame(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}
