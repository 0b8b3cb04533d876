import type { Finding, Problem, Severity } from '../model/problem.js';
import type { RunRecord } from '../model/run.js';
import { plainText } from '../text/escape.js';
import { grouped } from '../text/grouped.js';
import { findingsOf, isUnknown, problemsOf } from './facts.js';
import { outcomeSentence } from './title.js';

/** A message that GitHub shows on the run's page. */
export interface Annotation {
  readonly level: Severity;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten of a level for a step; one is left for what the runner itself has to say. */
const MOST = 9;

/** Problems of one cause that one annotation names; the report names all. */
const MOST_OF_A_CAUSE = 3;

/** What has one code and one remedy has one cause, and is said once. */
const causesOf = (problems: readonly Problem[]) =>
  grouped(problems, ({ code, remedy }) => `${code} ${remedy}`);

function textOf(problems: readonly [Problem, ...Problem[]]): string {
  const messages = [...new Set(problems.map(({ message }) => message))];
  const more = messages.length - MOST_OF_A_CAUSE;
  const rest = more > 0 ? [`${more} more of this kind are in the job summary.`] : [];
  const [{ remedy }] = problems;
  return plainText([...messages.slice(0, MOST_OF_A_CAUSE), ...rest, remedy].join(' '));
}

/** As many as are shown; the last one says how many are not. */
function limited(level: Severity, problems: readonly Problem[]): Annotation[] {
  const all = causesOf(problems).map((cause): Annotation => {
    const title = plainText(cause[0].code);
    return { level, title, message: textOf(cause) };
  });
  if (all.length <= MOST) return all;
  const more = all.length - MOST + 1;
  return [
    ...all.slice(0, MOST - 1),
    { level, title: 'more', message: `${more} more are in the job summary.` },
  ];
}

/** A run that fails says so even where no problem has a name, for example when it was stopped. */
function lastWord(record: RunRecord): Annotation[] {
  const { outcome } = record;
  if (outcome !== 'blocked' && outcome !== 'partial' && outcome !== 'failed') return [];
  return [{ level: 'error', title: outcome, message: plainText(outcomeSentence(record)) }];
}

/** At most nine annotations of a level; none is said twice. What could not be checked is a warning. */
export function annotationsOf(record: RunRecord): Annotation[] {
  const levelOf = (finding: Finding): Severity => (isUnknown(finding) ? 'warning' : finding.severity);
  const findings = (level: Severity): Finding[] =>
    findingsOf(record, (finding) => levelOf(finding) === level);
  const isSkipped = record.outcome === 'skipped';
  const problems = problemsOf(record);
  const errors = limited('error', [...(isSkipped ? [] : problems), ...findings('error')]);
  return [
    ...(errors.length > 0 ? errors : lastWord(record)),
    ...limited('warning', [...(isSkipped ? problems : []), ...findings('warning')]),
    ...limited('notice', findings('notice')),
  ];
}
