import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import type { FunctionFacts, LambdaFunction } from '../model/observed.js';
import { type Reading, readOf } from '../model/reading.js';
import type { RoleUser } from '../model/role.js';
import { readAliases } from '../resources/alias.js';
import { readEventSources } from '../resources/event-source.js';
import { readFunction, readFunctionTags, readRoleUsers } from '../resources/function.js';
import { readHostedZones } from '../resources/hosted-zone.js';
import { readNetworkInterfaces } from '../resources/network-interface.js';
import { readProvisionedConcurrency } from '../resources/provisioned-concurrency.js';
import type { AdviceReads } from './advice-reads.js';
import type { FirstWave } from './first-wave.js';
import { WIDTH } from './functions.js';
import { attempt, attemptIf } from './reading.js';

/** Reads who else is in the VPC. */
export function readInterfaces(aws: Aws, vpcId: string) {
  return attempt('ec2:DescribeNetworkInterfaces', '*', readNetworkInterfaces(aws, vpcId));
}

/**
 * Reads who uses which execution role: a policy of a role is one of all of them. Goes on with the list of functions
 * where the run has begun it, and asks no second time where that failed.
 */
export async function readUsersOfRoles(
  aws: Aws,
  list: FirstWave['functionList'],
): Promise<Reading<readonly RoleUser[]>> {
  if (list?.ok === false) return list;
  return attempt('lambda:ListFunctions', '*', readRoleUsers(aws, readOf(list)));
}

/** Reads which event sources go to published versions. */
export function readSources(aws: Aws) {
  return attempt('lambda:ListEventSourceMappings', '*', readEventSources(aws));
}

/** Reads which names a private hosted zone answers in the VPC. */
export function readZones(aws: Aws, vpcId: string) {
  return attempt('route53:ListHostedZonesByVPC', vpcId, readHostedZones(aws, vpcId));
}

/** What is read of a function only where there is something to do, or on a dry run; all but aliases on dry runs alone. */
export type FunctionAdvice = Pick<FunctionFacts, 'aliases' | 'provisioned' | 'tags'>;

/** Of a function that needs no advice. */
export const NO_ADVICE: FunctionAdvice = { aliases: undefined, provisioned: undefined, tags: undefined };

/** Provisioned concurrency is of published versions, which aliases lead to: without aliases it is not asked for. */
async function readVersionAdvice(aws: Aws, name: string): Promise<Omit<FunctionAdvice, 'tags'>> {
  const aliases = await attempt('lambda:ListAliases', name, readAliases(aws, name));
  const due = aliases.ok && aliases.value.length > 0;
  const provisioned = await attemptIf(due, 'lambda:ListProvisionedConcurrencyConfigs', name, () =>
    readProvisionedConcurrency(aws, name),
  );
  return { aliases, provisioned };
}

/**
 * Reads a function's aliases. Where all that advises is read also their provisioned concurrency and the function's
 * tags, which are told before anything is decided: an apply is spared these requests.
 */
export async function readFunctionAdvice(
  aws: Aws,
  { name, arn }: Pick<LambdaFunction, 'name' | 'arn'>,
  reads: AdviceReads,
): Promise<FunctionAdvice> {
  if (reads === 'none') return NO_ADVICE;
  if (reads === 'needed') {
    return { ...NO_ADVICE, aliases: await attempt('lambda:ListAliases', name, readAliases(aws, name)) };
  }
  const [versions, tags] = await Promise.all([
    readVersionAdvice(aws, name),
    attempt('lambda:ListTags', name, readFunctionTags(aws, arn)),
  ]);
  return { ...versions, tags };
}

/** Whether all is known of a function that is to be moved. */
export function isComplete({ lambda, aliases }: FunctionFacts, reads: AdviceReads): boolean {
  return lambda.stateRead && (aliases !== undefined || reads === 'none');
}

/** Reads what is not known yet of one function that is to be moved: its advice, and its state where a list left it out. */
async function completed(aws: Aws, facts: FunctionFacts, reads: AdviceReads): Promise<FunctionFacts> {
  const { lambda } = facts;
  const [advice, fresh] = await Promise.all([
    facts.aliases === undefined ? readFunctionAdvice(aws, lambda, reads) : {},
    lambda.stateRead ? lambda : readFunction(aws, lambda.name),
  ]);
  return { ...facts, ...advice, lambda: fresh };
}

/** Completes the facts of the functions that a plan moves. Throws what reading a function throws. */
export function completeMoved(
  aws: Aws,
  functions: readonly FunctionFacts[],
  moved: ReadonlySet<string>,
  reads: AdviceReads,
): Promise<FunctionFacts[]> {
  return pLimit(WIDTH).map(functions, async (facts) =>
    moved.has(facts.lambda.name) ? completed(aws, facts, reads) : facts,
  );
}
