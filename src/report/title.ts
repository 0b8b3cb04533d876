import type { Plan } from '../model/plan.js';
import type { ReachStatus } from '../model/reach.js';
import type { RunRecord } from '../model/run.js';
import { distinctConsents } from '../plan/consents.js';
import { blockedFunctions, isBlocked } from '../plan/make-plan.js';
import { isMoved } from '../rules/rule.js';
import { capital, counted, someOf } from '../text/words.js';
import { aliasesOf, errorsToSolve, functionsText, isDone, pendingIds, problemsOf } from './facts.js';

/** What the plan does to the functions, for "would …" and "has been …". */
function deed(plan: Plan): { readonly would: string; readonly been: string } {
  const { functions, vpcId, region } = plan.subject;
  const moving = plan.changes.filter(
    ({ kind, attributes }) => kind === 'function' && attributes.some(({ name }) => name === 'VPC'),
  );
  const moved = functions.filter(({ name }) => moving.some(({ functionName }) => functionName === name));
  const where = `${vpcId} in ${region}`;
  const outside = functions.filter(({ previous }) => previous.subnetIds.length === 0);
  if (plan.changes.length === 0 && outside.length === functions.length && vpcId !== '') {
    const names = functionsText(functions.map(({ name }) => name));
    return { would: `connect ${names} to ${where}`, been: `${capital(names)} stayed outside of ${where}` };
  }
  if (moved.length === 0) {
    const network = `the network of ${functionsText(functions.map(({ name }) => name))} in ${where}`;
    return { would: `update ${network}`, been: `${capital(network)} has been updated` };
  }
  const first = moved.every(({ previous }) => previous.subnetIds.length === 0);
  const names = functionsText(moved.map(({ name }) => name));
  const have = moved.length === 1 ? 'has' : 'have';
  return {
    would: `${first ? 'connect' : 'move'} ${names} to ${where}`,
    been: `${capital(names)} ${have} been ${first ? 'connected' : 'moved'} to ${where}`,
  };
}

/** Says which traffic a move leaves behind; empty when there is none. */
function leftBehind(record: RunRecord): string {
  const moves = isMoved(record.plan?.changes ?? []);
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
  const consents = distinctConsents(plan).filter(({ given }) => !given).length;
  const errors = errorsToSolve(record);
  const reasons = [
    ...(errors.length > 0 ? [`${counted(errors.length, 'error')} to solve`] : []),
    ...(consents > 0 ? [`${counted(consents, 'consent')} to give`] : []),
  ];
  const why = reasons.join(' and ') || 'the plan must not be applied';
  if (!isBlocked(plan)) {
    const rest =
      plan.changes.length === 0 ? 'the others are as desired' : `an apply would ${deed(plan).would}`;
    return `Blocked for ${functionsText([...blockedFunctions(plan)].sort())}: ${why}; ${rest}`;
  }
  const would = record.dryRun ? 'an apply would not' : 'this run does not';
  return `Blocked: ${would} ${deed(plan).would}: ${why}`;
}

function partial(record: RunRecord, plan: Plan): string {
  const all = plan.changes.length;
  const done = record.results.filter(isDone).length;
  const kept = [...blockedFunctions(plan)].sort();
  if (record.verified && kept.length > 0) {
    return `Partly done: ${counted(all, 'change')} to ${deed(plan).would} ${all === 1 ? 'is' : 'are'} done and verified; ${counted(kept.length, 'function')} ${kept.length === 1 ? 'was' : 'were'} left as before: ${someOf(kept)}`;
  }
  const what = `${done} of ${counted(all, 'change')} to ${deed(plan).would}`;
  if (pendingIds(record).length > 0)
    return `Partly done: ${what} ${done === 1 ? 'is' : 'are'} done; a rerun continues with the rest`;
  return `Not verified: ${what} are done, but the network was not seen to be as desired`;
}

function failed({ functionNames, region }: RunRecord, problems: number): string {
  const where = region === '' ? '' : ` in ${region}`;
  const was = functionNames.length === 1 ? 'was' : 'were';
  const what =
    functionNames.length === 0
      ? 'nothing was changed'
      : `${functionsText(functionNames)}${where} ${was} not changed`;
  return `Failed: ${what}${problems > 0 ? `, because of ${counted(problems, 'problem')}` : ''}`;
}

/** What a run that wishes for nothing has seen. */
function looked({ subject, reach }: Plan): string {
  const { functions, region, vpcId } = subject;
  const are = functions.length === 1 ? 'is' : 'are';
  const names = capital(functionsText(functions.map(({ name }) => name)));
  const place = `${names} ${are} in ${vpcId === '' ? `no VPC, in ${region}` : `${vpcId} in ${region}`}`;
  const asked = reach.filter(({ askedBy }) => askedBy !== 'none');
  const count = (wanted: ReachStatus): number => asked.filter(({ after }) => after.status === wanted).length;
  const reached = count('reachable');
  const unknown = count('unknown');
  const told = unknown > 0 ? `, of ${unknown} it cannot be told` : '';
  return asked.length === 0
    ? `${place}; nothing was asked for`
    : `${place}: ${reached} of ${counted(asked.length, 'destination')} ${asked.length === 1 || reached === 1 ? 'is' : 'are'} reached${told}`;
}

/** What others changed and a run leaves alone is not as desired. */
function unchanged(functionNames: readonly string[], { subject, drift }: Plan): string {
  const are = functionNames.length === 1 ? 'is' : 'are';
  const place = `${functionsText(functionNames)} ${are} connected to ${subject.vpcId} in ${subject.region}`;
  return drift.length === 0
    ? `Nothing to change: ${place} as desired`
    : `Nothing that this run may change: ${place}, and ${counted(drift.length, 'change')} by others ${drift.length === 1 ? 'is' : 'are'} only reported (see Drift)`;
}

function sentence(record: RunRecord): string {
  const { outcome, plan, functionNames } = record;
  const names = functionsText(functionNames);
  if (outcome === 'skipped') return `Skipped: no plan was made for ${names}`;
  if (plan === undefined || outcome === 'failed') return failed(record, problemsOf(record).length);
  if (plan.look !== undefined && plan.changes.length === 0) return looked(plan);
  const changes = counted(plan.changes.length, 'change');
  switch (outcome) {
    case 'unchanged':
      return unchanged(functionNames, plan);
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
