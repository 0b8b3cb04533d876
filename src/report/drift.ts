import type { Drift, Plan } from '../model/plan.js';
import { thingOf } from './changes.js';
import { paragraph, type Section, section, table } from './report.js';

/** What becomes of a drift: the change that repairs it, or that it is only reported. */
export function repairText({ repairedBy }: Drift, plan: Plan): string {
  if (repairedBy === undefined) return 'only reported';
  const change = plan.changes.find(({ id }) => id === repairedBy);
  return `repaired by: ${change ? `${change.action} ${thingOf(change)}` : repairedBy}`;
}

/** What others changed on what is ours, apart from the changes. */
export function driftSection(plan: Plan): Section {
  const rows = plan.drift.map((drift) => [drift.subject, drift.message, repairText(drift, plan)]);
  const blocks = table(['Where', 'What was changed outside', 'What becomes of it'], rows);
  const intro = 'Somebody changed what this action made.';
  return section('Drift', rows.length > 0 ? [paragraph(intro), ...blocks] : []);
}
