import type { Problem } from '../model/problem.js';
import type { RunRecord } from '../model/run.js';
import { findingsOf, isUnknown, problemsOf } from './facts.js';
import { filled, type Section, section, table } from './report.js';
import { codeLine } from './rule-links.js';

/** Problems with one remedy. */
interface Group {
  readonly remedy: string;
  readonly problems: readonly Problem[];
}

function byRemedy(problems: readonly Problem[]): Group[] {
  const remedies = [...new Set(problems.map(({ remedy }) => remedy))];
  return remedies.map((remedy) => ({
    remedy,
    problems: problems.filter((problem) => problem.remedy === remedy),
  }));
}

function problemSection(heading: string, problems: readonly Problem[], record: RunRecord): Section {
  const rows = byRemedy(problems).map((group) => [
    group.problems.map(({ message }) => message),
    group.remedy,
    [...new Set(group.problems.map(({ code }) => code))].map((code) => codeLine(code, record)),
  ]);
  return section(heading, table(['What', 'What to do', 'Code'], rows));
}

/** Errors of the run and of the plan; missing consents have a section of their own. */
function errorsOf(record: RunRecord): Problem[] {
  const findings = findingsOf(
    record,
    (finding) => finding.severity === 'error' && !isUnknown(finding) && finding.code !== 'consent-missing',
  );
  return [...problemsOf(record), ...findings];
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
