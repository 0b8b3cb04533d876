import type { Change } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import type { ReachRow } from '../model/reach.js';
import { grouped } from '../text/grouped.js';
import { someOf } from '../text/words.js';

/** Stands for the name that is all that differs. */
const NAME = '\u0000';

const unnamed = (text: string, name: string | undefined): string =>
  name === undefined ? text : text.replaceAll(name, NAME);

/** Verdicts that say the same of several functions, as one that names them. */
export function foldedFindings(findings: readonly Finding[]): Finding[] {
  const saying = ({ code, status, severity, functionName, subject, message, remedy }: Finding): string =>
    JSON.stringify([
      code,
      status,
      severity,
      functionName === undefined,
      unnamed(`${subject} ${message} ${remedy}`, functionName),
    ]);
  return grouped(findings, saying).map(([first, ...others]) => {
    const names = [...new Set(others.flatMap(({ functionName }) => functionName ?? []))];
    if (names.length === 0) return first;
    return { ...first, message: `${first.message} The same holds for ${someOf(names, 10)}.` };
  });
}

/** Changes that are alike but for the function or role they are made to. */
export interface LikeChanges {
  readonly first: Change;
  /** Labels of all of them, in order. */
  readonly labels: readonly string[];
}

/** Changes of functions and of their roles that are alike, together; `more` is what else must be the same. */
export function foldedChanges(
  changes: readonly Change[],
  more: (change: Change) => string = () => '',
): LikeChanges[] {
  const saying = (change: Change): string => {
    const { id, kind, action, reason, because, attributes, disruption, label } = change;
    if (kind !== 'function' && kind !== 'execution-role') return id;
    return JSON.stringify([
      kind,
      action,
      reason,
      attributes,
      disruption,
      unnamed(because, label),
      more(change),
    ]);
  };
  return grouped(changes, saying).map((group) => ({
    first: group[0],
    labels: group.map(({ label }) => label),
  }));
}

/** Judgements that are alike but for the function. */
export interface LikeRows {
  readonly first: ReachRow;
  /** Names of all of the functions, in order. */
  readonly names: readonly string[];
}

/** Judgements of several functions that say the same, together. */
export function foldedRows(rows: readonly ReachRow[]): LikeRows[] {
  const saying = ({ functionName: _, ...row }: ReachRow): string => JSON.stringify(row);
  return grouped(rows, saying).map((group) => ({
    first: group[0],
    names: group.map(({ functionName }) => functionName),
  }));
}
