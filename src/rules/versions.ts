import { counted, listed } from '../text/words.js';
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
];
