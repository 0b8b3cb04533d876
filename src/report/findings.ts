import type { Problem } from '../model/problem.js';
import type { RunRecord } from '../model/run.js';
import { grouped } from '../text/grouped.js';
import { errorsToSolve, findingsOf, isUnknown, problemsOf } from './facts.js';
import { filled, type Section, section, table } from './report.js';
import { codeLine } from './rule-links.js';

function problemSection(heading: string, problems: readonly Problem[], record: RunRecord): Section {
  const rows = grouped(problems, ({ remedy }) => remedy).map((group) => [
    [...new Set(group.map(({ message }) => message))],
    group[0].remedy,
    [...new Set(group.map(({ code }) => code))].map((code) => codeLine(code, record)),
  ]);
  return section(heading, table(['What', 'What to do', 'Code'], rows));
}

/** Errors of the run and of the plan. */
function errorsOf(record: RunRecord): Problem[] {
  return [...problemsOf(record), ...errorsToSolve(record)];
}

/** What is wrong and what should be known, by severity and then by remedy. */
export function findingSections(record: RunRecord): Section[] {
  return filled([
    problemSection(record.outcome === 'skipped' ? 'Why' : 'Errors', errorsOf(record), record),
    problemSection(
      'Warnings',
      findingsOf(record, (finding) => finding.severity === 'warning' && !isUnknown(finding)),
      record,
    ),
    problemSection(
      'Notices',
      findingsOf(record, (finding) => finding.severity === 'notice' && !isUnknown(finding)),
      record,
    ),
  ]);
}

/** What could not be looked at, which is not the same as fine. */
export function uncheckedSection(record: RunRecord): Section {
  return problemSection('What could not be checked', findingsOf(record, isUnknown), record);
}
