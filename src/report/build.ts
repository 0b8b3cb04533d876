import { estimateText } from '../cost/estimate.js';
import type { RunRecord } from '../model/run.js';
import { counted, someOf } from '../text/words.js';
import { changesSection, thingOf } from './changes.js';
import { consentsSection } from './consents.js';
import { driftSection } from './drift.js';
import { findingsOf, isUnknown, pendingIds } from './facts.js';
import { findingSections, uncheckedSection } from './findings.js';
import { lookSections } from './look.js';
import { networkSection } from './network/network.js';
import { reachSection } from './reach.js';
import { filled, paragraph, type Report, type Section, section } from './report.js';
import { servicesSection } from './services.js';
import { outcomeSentence } from './title.js';

/** Why nothing was written. */
function modeText({ dryRun, because, outcome }: RunRecord): string[] {
  if (outcome === 'failed' || outcome === 'skipped') return [];
  if (dryRun) return [`This is a dry run, because ${because}; nothing was changed.`];
  return outcome === 'blocked' ? ['Nothing was changed.'] : [];
}

function driftText({ plan }: RunRecord): string[] {
  const drift = plan?.drift ?? [];
  const reported = drift.filter(({ repairedBy }) => repairedBy === undefined).length;
  if (drift.length === 0) return [];
  return [`${counted(drift.length, 'drift entry', 'drift entries')}, ${reported} of them only reported.`];
}

function uncheckedText(record: RunRecord): string[] {
  const count = findingsOf(record, isUnknown).length;
  return count === 0 ? [] : [`${counted(count, 'thing')} could not be checked; see the end.`];
}

function pendingText(record: RunRecord): string[] {
  const pending = pendingIds(record);
  const changes = record.plan?.changes.filter(({ id }) => pending.includes(id)) ?? [];
  return changes.length === 0
    ? []
    : [`Run the job again: it continues with ${someOf(changes.map(thingOf))}.`];
}

/** What is in order is one count. */
function passedText({ plan }: RunRecord): string[] {
  const count = plan?.passed.length ?? 0;
  return count === 0 ? [] : [`${counted(count, 'rule')} found nothing wrong.`];
}

/** What the interface endpoints that a plan adds cost. */
function costText({ plan }: RunRecord): string[] {
  const text = plan && plan.cost.addedZones > 0 ? estimateText(plan.cost, plan.cost.price) : undefined;
  return text === undefined ? [] : [`Interface endpoints: ${text}`];
}

/** What directly follows the outcome. */
function introSection(record: RunRecord): Section {
  const sentences = [
    ...modeText(record),
    ...pendingText(record),
    ...driftText(record),
    ...uncheckedText(record),
    ...passedText(record),
    ...costText(record),
  ];
  return section(undefined, sentences.length > 0 ? [paragraph(sentences.join(' '))] : []);
}

/** Builds what a person is told about a run, most important first. A function of the record alone. */
export function buildReport(record: RunRecord): Report {
  const { plan } = record;
  const planned = [changesSection(record), plan && driftSection(plan)];
  const consents = plan && consentsSection(plan);
  return {
    title: outcomeSentence(record),
    sections: filled([
      introSection(record),
      // What stopped a run stands before what it did or would have done.
      ...(['blocked', 'failed', 'partial'].includes(record.outcome)
        ? [consents, ...findingSections(record), ...planned]
        : [...planned, consents, ...findingSections(record)]),
      reachSection(plan?.reach ?? []),
      servicesSection(record),
      ...lookSections(record),
      networkSection(record),
      uncheckedSection(record),
    ]),
  };
}
