import type { FunctionNetwork } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import type { CallVerdict, Judged, ReachRow } from '../model/reach.js';
import type { FunctionPlace } from '../network/network.js';
import { neededOf } from '../resolve/needed.js';
import type { SharedTarget, Target } from '../resolve/target.js';
import { networkAfter, placeAfter } from './after.js';
import { callQuestions, type Question, questionsOf } from './questions.js';
import { OPEN_GROUP, Time } from './time.js';

const placeOf = ({ subnetIds, securityGroupIds, ipv6 }: FunctionNetwork): FunctionPlace => ({
  subnetIds,
  groupIds: securityGroupIds,
  ipv6,
});

function fromOf(target: Target): ReachRow['from'] {
  if (target.currentVpcId === target.vpc.id) return undefined;
  return target.observed.lambda.network.subnetIds.length === 0 ? 'no-vpc' : 'other-vpc';
}

const BECAUSE = {
  'no-vpc':
    'Today the function is in no VPC and reaches every public address; this is the network of its new subnets as it is.',
  'other-vpc':
    'The network that the function is in today was not read; this is that of its new subnets as it is.',
} as const;

/** Where a function will be; undefined where that is not in the VPC of the run. */
function placeLater(target: Target, changes: readonly Change[]): FunctionPlace | undefined {
  const { name, network } = target.observed.lambda;
  const later = placeAfter(name, changes) ?? (fromOf(target) === undefined ? network : undefined);
  return later === undefined || later.subnetIds.length === 0 ? undefined : placeOf(later);
}

/** The rows of one function. */
function rowsOf(
  target: Target,
  questions: readonly Question[],
  now: Time,
  then: Time,
  changes: readonly Change[],
): ReachRow[] {
  const { name, network } = target.observed.lambda;
  const from = fromOf(target);
  const subnetIds = target.subnets.map(({ id }) => id);
  const open = { subnetIds, groupIds: [OPEN_GROUP.id], ipv6: network.ipv6 };
  const today = from === undefined ? placeOf(network) : open;
  const later = placeLater(target, changes);
  if (later === undefined || today.subnetIds.length === 0) return [];
  return questions.map((question) => ({
    functionName: name,
    destination: question.text,
    askedBy: question.askedBy,
    isInternet: question.isInternet,
    isPublic: question.isPublic,
    before: now.verdict(question, today, name, from && BECAUSE[from]),
    from,
    after: then.verdict(question, later, name),
  }));
}

/** The services that the function's role speaks of; nothing where what decides was not due to be read. */
function callsOf(target: Target, then: Time, changes: readonly Change[]): CallVerdict[] {
  const { name } = target.observed.lambda;
  const place = placeLater(target, changes);
  if (place === undefined || target.observed.reach === undefined) return [];
  return (neededOf(target.observed)?.services ?? [])
    .filter(({ grade }) => grade !== 'not')
    .map(({ word }) => {
      const { usual, own } = callQuestions(word, target);
      const after = then.verdict(usual, place, name);
      const byOwnName = own && after.status !== 'reachable' ? then.verdict(own, place, name) : undefined;
      return byOwnName?.status === 'reachable'
        ? { functionName: name, word, after: byOwnName, byOwnName: true }
        : { functionName: name, word, after, byOwnName: false };
    });
}

/**
 * Judges what the functions reach, before and after the changes: what the inputs ask for, and the internet; after
 * them also what their roles speak of. Pure: from what was read and what the changes send alone.
 */
export function judgeReach(
  shared: SharedTarget,
  targets: readonly Target[],
  changes: readonly Change[],
): Judged {
  const { observed, vpc } = shared;
  const questions = questionsOf(shared);
  if (questions.length === 0) return { reach: [], calls: [] };
  const now = new Time(shared, observed, changes);
  const isSettled = observed.endpoints.every(({ state }) => state !== 'pending');
  const then =
    changes.length === 0 && isSettled ? now : new Time(shared, networkAfter(observed, vpc, changes), changes);
  return {
    reach: targets.flatMap((target) => rowsOf(target, questions, now, then, changes)),
    calls: targets.flatMap((target) => callsOf(target, then, changes)),
  };
}
