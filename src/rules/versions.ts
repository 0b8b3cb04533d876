import type { EventSource } from '../model/versions.js';
import type { Target } from '../resolve/target.js';
import { counted, listed, someOf } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

/** A snapshot is made when a version is published, with the network of that moment (domain.md row 26). */
function judgeSnapStart({ target, changes }: Facts): Verdict[] {
  const { name, snapStart } = target.observed.lambda;
  if (!snapStart || !isMoved(changes)) return [];
  const wait = `\`aws lambda wait published-version-active --function-name ${name} --qualifier <version>\``;
  return [
    {
      subject: name,
      message: `Function ${name} uses SnapStart: its published versions are snapshots that keep the network they were made with.`,
      remedy: `Publish a version after this run, wait for its snapshot with ${wait}, and only then point aliases at it.`,
    },
  ];
}

function judgeProvisioned({ target, changes }: Facts): Verdict[] {
  const { lambda, provisioned } = target.observed;
  if (provisioned === undefined || !isMoved(changes)) return [];
  if (!provisioned.ok) {
    const { message, remedy } = provisioned.problem;
    const what = `Whether ${lambda.name} has provisioned concurrency could not be read.`;
    return [{ subject: lambda.name, status: 'unknown', message: `${what} ${message}`, remedy }];
  }
  const found = provisioned.value.map(({ qualifier, requested }) => `${qualifier} (${requested})`);
  if (found.length === 0) return [];
  const total = provisioned.value.reduce((sum, { requested }) => sum + requested, 0);
  return [
    {
      subject: lambda.name,
      message: `${counted(total, 'provisioned execution environment')} of ${lambda.name} ${total === 1 ? 'stays' : 'stay'} in the network of today: ${listed(found)}.`,
      remedy: `Publish a version after this run and point the alias at it; Lambda then provisions all of them anew, so wait until \`aws lambda list-provisioned-concurrency-configs --function-name ${lambda.name}\` says READY.`,
    },
  ];
}

/** Whether a qualifier is the number of a version, and not the name of an alias. */
const isNumber = (qualifier: string): boolean => /^\d+$/.test(qualifier);

/** Whether what a mapping names has published versions behind it: an alias may lead to the unpublished code. */
function isPublished({ qualifier }: EventSource, { observed }: Target): boolean {
  const { aliases } = observed;
  if (isNumber(qualifier) || !aliases?.ok) return true;
  return aliases.value.some(({ name }) => name === qualifier);
}

/** The commands that a person has to run for mappings that name a version by its number. */
function redirecting(sources: readonly EventSource[]): string {
  const commands = sources
    .filter(({ qualifier }) => isNumber(qualifier))
    .slice(0, 3)
    .map(
      ({ uuid, functionName }) =>
        `\`aws lambda update-event-source-mapping --uuid ${uuid} --function-name ${functionName}:<version>\``,
    );
  return commands.length === 0 ? 'point the alias at it' : `point the alias at it or run ${listed(commands)}`;
}

/** A version keeps its network, whoever invokes it (domain.md row 25). */
function judgeEventSources({ target, changes }: Facts): Verdict[] {
  const { lambda, eventSources } = target.observed;
  if (eventSources === undefined || !isMoved(changes)) return [];
  if (!eventSources.ok) {
    const { message, remedy } = eventSources.problem;
    const what = `Whether event sources send to published versions of ${lambda.name} could not be read.`;
    return [{ subject: lambda.name, status: 'unknown', message: `${what} ${message}`, remedy }];
  }
  const found = eventSources.value.filter(
    (one) => one.functionName === lambda.name && isPublished(one, target),
  );
  if (found.length === 0) return [];
  const texts = found.map(({ source, qualifier }) => `${source} (to ${qualifier})`);
  return [
    {
      subject: lambda.name,
      message: `${counted(found.length, 'event source')} of ${lambda.name} ${found.length === 1 ? 'sends' : 'send'} to published versions, which keep the network of today: ${someOf(texts)}.`,
      remedy: `Publish a version after this run, and ${redirecting(found)}.`,
    },
  ];
}

/** Rules about published versions, which keep the network they were published with. */
export const versionRules: readonly FunctionRule[] = [
  {
    id: 'snap-start-keeps-network',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.snapStart,
    check: judgeSnapStart,
  },
  {
    id: 'provisioned-keeps-network',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.provisionedConcurrency,
    due: ({ target }) => target.observed.provisioned !== undefined,
    advises: true,
    check: judgeProvisioned,
  },
  {
    id: 'event-sources-keep-network',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.eventSources,
    due: ({ target }) => target.observed.eventSources !== undefined,
    advises: true,
    check: judgeEventSources,
  },
];
