import type { Plan } from '../model/plan.js';
import type { RunRecord } from '../model/run.js';
import { counted, someOf } from '../text/words.js';
import { aliasesOf, findingsOf, isDone, pendingIds, problemsOf } from './facts.js';

/** What the plan does to the function, for "would …" and "has been …". */
function deed(plan: Plan): { readonly would: string; readonly been: string } {
  const { functionName, vpcId, region, previous } = plan.subject;
  const moved = plan.changes.some(
    ({ kind, attributes }) => kind === 'function' && attributes.some(({ name }) => name === 'VPC'),
  );
  const where = `${vpcId} in ${region}`;
  if (!moved) {
    const network = `the network of function ${functionName} in ${where}`;
    return {
      would: `update ${network}`,
      been: `The network of function ${functionName} in ${where} has been updated`,
    };
  }
  const first = previous.subnetIds.length === 0;
  return {
    would: `${first ? 'connect' : 'move'} function ${functionName} to ${where}`,
    been: `Function ${functionName} has been ${first ? 'connected' : 'moved'} to ${where}`,
  };
}

/** Says which traffic a move leaves behind; empty when there is none. */
function leftBehind(record: RunRecord): string {
  const moves = record.plan?.changes.some(({ kind }) => kind === 'function') ?? false;
  const aliases = aliasesOf(record);
  if (!moves || aliases.length === 0) return '';
  const which = someOf(
    aliases.map(({ name, versions }) => `${name} (version ${versions.join(', ')})`),
    3,
  );
  const verb =
    record.outcome === 'planned'
      ? 'would not move'
      : record.outcome === 'changed'
        ? 'did not move'
        : 'does not move';
  return `; the traffic of ${aliases.length === 1 ? 'alias' : 'aliases'} ${which} ${verb}`;
}

function blocked(record: RunRecord, plan: Plan): string {
  const consents = plan.consents.filter(({ given }) => !given).length;
  const errors = findingsOf(
    record,
    ({ severity, status, code }) => severity === 'error' && status === 'fail' && code !== 'consent-missing',
  );
  const reasons = [
    ...(errors.length > 0 ? [`${counted(errors.length, 'error')} to solve`] : []),
    ...(consents > 0 ? [`${counted(consents, 'consent')} to give`] : []),
  ];
  const would = record.dryRun ? 'an apply would not' : 'this run does not';
  return `Blocked: ${would} ${deed(plan).would}: ${reasons.join(' and ') || 'the plan must not be applied'}`;
}

function partial(record: RunRecord, plan: Plan): string {
  const all = plan.changes.length;
  const done = record.results.filter(isDone).length;
  const what = `${done} of ${counted(all, 'change')} to ${deed(plan).would}`;
  if (pendingIds(record).length > 0)
    return `Partly done: ${what} ${done === 1 ? 'is' : 'are'} done; a rerun continues with the rest`;
  return `Not verified: ${what} are done, but the network was not seen to be as desired`;
}

function failed({ functionName, region }: RunRecord, problems: number): string {
  const where = region === '' ? '' : ` in ${region}`;
  const what =
    functionName === '' ? 'nothing was changed' : `function ${functionName}${where} was not changed`;
  return `Failed: ${what}${problems > 0 ? `, because of ${counted(problems, 'problem')}` : ''}`;
}

function sentence(record: RunRecord): string {
  const { outcome, plan, functionName } = record;
  if (outcome === 'skipped') return `Skipped: no plan was made for function ${functionName}`;
  if (plan === undefined || outcome === 'failed') return failed(record, problemsOf(record).length);
  const changes = counted(plan.changes.length, 'change');
  switch (outcome) {
    case 'unchanged':
      return `Nothing to change: function ${functionName} is connected to ${plan.subject.vpcId} in ${plan.subject.region} as desired`;
    case 'planned':
      return `Dry run: ${changes} would ${deed(plan).would}${leftBehind(record)}`;
    case 'changed':
      return `${deed(plan).been}: ${changes}, ${record.verified ? 'verified' : 'not verified'}${leftBehind(record)}`;
    case 'blocked':
      return blocked(record, plan);
    case 'partial':
      return `${partial(record, plan)}${leftBehind(record)}`;
  }
}

/** The outcome of a run as one sentence. */
export function outcomeSentence(record: RunRecord): string {
  return `${sentence(record)}.`;
}
