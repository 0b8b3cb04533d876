import { estimateText } from '../cost/estimate.js';
import type { LambdaFunction } from '../model/observed.js';
import type { Change, ChangeAction, Plan } from '../model/plan.js';
import type { RunRecord } from '../model/run.js';
import { consentText, distinctConsents } from '../plan/consents.js';
import { counted, someOf, sortedSet } from '../text/words.js';
import { attributeTexts, deedOf, disruptionText, reasonOf, resultText, tally } from './changes.js';
import { repairText } from './drift.js';
import {
  findingsOf,
  groupNamed,
  isDone,
  isUnknown,
  lambdasOf,
  named,
  resultOf,
  subnetsOf,
  vpcIdOf,
} from './facts.js';
import { foldedChanges, type LikeChanges } from './folded.js';
import { withRulesOfNewGroups } from './new-groups.js';
import { reachLines } from './reach.js';
import { outcomeSentence } from './title.js';

/** Signs for the eye; the word always stands beside them. */
const GLYPHS: Readonly<Record<ChangeAction, string>> = { create: '+', update: '~', delete: '-' };

function changeLines(like: LikeChanges): string[] {
  const { first } = like;
  const disruption = disruptionText(first);
  return [
    `${GLYPHS[first.action]} ${deedOf(like)}`,
    `    why: ${reasonOf(like)}`,
    ...attributeTexts(first, '->').map((text) => `    ${text}`),
    ...(disruption ? [`    touches others: ${disruption}`] : []),
  ];
}

function consentLines(plan: Plan): string[] {
  return distinctConsents(plan).flatMap((consent) => [
    `consent ${consent.given ? 'given' : 'missing'}: ${consentText(consent)}`,
    `    ${consent.why}`,
  ]);
}

function findingLines(plan: Plan): string[] {
  const findings = findingsOf({ plan }, ({ code }) => code !== 'consent-missing');
  const distinct = [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
  return distinct.flatMap((finding) => [
    `${isUnknown(finding) ? 'could not be checked' : finding.severity} (${finding.code}): ${finding.message}`,
    `    ${finding.remedy}`,
  ]);
}

function costLines({ cost }: Plan): string[] {
  const text = cost.addedZones > 0 ? estimateText(cost, cost.price) : undefined;
  return text === undefined ? [] : [`Interface endpoints: ${text}`];
}

/** The lines of the plan's log group. Few when there is nothing to do. */
export function planLines(plan: Plan): string[] {
  const { changes, drift } = plan;
  return [
    changes.length === 0 ? 'No changes.' : `${counted(changes.length, 'change')}: ${tally(changes)}.`,
    ...foldedChanges(withRulesOfNewGroups(changes)).flatMap(changeLines),
    ...drift.map((entry) => `drift (${repairText(entry, plan)}): ${entry.message}`),
    ...consentLines(plan),
    ...reachLines(plan.reach),
    ...findingLines(plan),
    ...costLines(plan),
    ...(changes.length === 0 ? [] : [`Digest of this plan: ${plan.digest}`]),
  ];
}

function severalLines(lambdas: readonly LambdaFunction[], record: RunRecord): string[] {
  const vpcIds = sortedSet(lambdas.map((lambda) => vpcIdOf(lambda, record) ?? 'no VPC'));
  const names = (id: string) =>
    lambdas.filter((lambda) => (vpcIdOf(lambda, record) ?? 'no VPC') === id).map(({ name }) => name);
  return vpcIds.map((id) => `Network now: in ${id}: ${someOf(names(id))}`);
}

/** The functions' network in a few lines. */
export function networkLines(record: RunRecord): string[] {
  const { observed } = record;
  const lambdas = lambdasOf(record);
  const [lambda, ...others] = lambdas;
  if (observed === undefined || lambda === undefined) return [];
  if (others.length > 0) return severalLines(lambdas, record);
  const { groups, endpoints } = observed;
  const vpcId = vpcIdOf(lambda, record);
  if (vpcId === undefined) return [`Network now: function ${lambda.name} is in no VPC.`];
  const subnets = subnetsOf([lambda], record).map(({ id, zone }) => `${id} (${zone})`);
  const listed = endpoints.filter(({ id }) => record.endpointIds.includes(id));
  const served = listed.map(({ id, serviceName, state }) => `${serviceName} by ${id} (${state})`);
  return [
    `Network now: function ${lambda.name} is in ${named(vpcId, observed.vpcs.find(({ id }) => id === vpcId)?.name)}`,
    `    subnets: ${subnets.join(', ')}`,
    `    security groups: ${lambda.network.securityGroupIds.map((id) => groupNamed(id, groups)).join(', ')}`,
    `    endpoints: ${served.join(', ') || 'none listed'}`,
  ];
}

function openLines(record: RunRecord): string[] {
  const changes = record.plan?.changes ?? [];
  if (record.results.length === 0) return [];
  const open = changes.filter((change) => !isDone(resultOf(change, record)));
  const told = (change: Change): string => resultText(change, record);
  return foldedChanges(open, told).map((like) => `${deedOf(like)}: ${told(like.first)}`);
}

/** The last lines of the log: what is not done, the network in short, and the outcome. */
export function finalLines(record: RunRecord): string[] {
  return [...openLines(record), ...networkLines(record), outcomeSentence(record)];
}
