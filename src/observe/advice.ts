import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import type { FunctionFacts } from '../model/observed.js';
import { readAliases } from '../resources/alias.js';
import { readFunction, readRoleUsers } from '../resources/function.js';
import { readHostedZones } from '../resources/hosted-zone.js';
import { readNetworkInterfaces } from '../resources/network-interface.js';
import { WIDTH } from './functions.js';
import { attempt } from './reading.js';

/** Reads who else is in the VPC. */
export function readInterfaces(aws: Aws, vpcId: string) {
  return attempt('ec2:DescribeNetworkInterfaces', '*', readNetworkInterfaces(aws, vpcId));
}

/** Reads who uses which execution role: a policy of a role is one of all of them. */
export function readUsersOfRoles(aws: Aws) {
  return attempt('lambda:ListFunctions', '*', readRoleUsers(aws));
}

/** Reads which names a private hosted zone answers in the VPC. */
export function readZones(aws: Aws, vpcId: string) {
  return attempt('route53:ListHostedZonesByVPC', vpcId, readHostedZones(aws, vpcId));
}

/** Reads which aliases of a function send traffic to published versions. */
export function readAliasesOf(aws: Aws, functionName: string) {
  return attempt('lambda:ListAliases', functionName, readAliases(aws, functionName));
}

/** Reads what is not known yet of one function that is to be moved: its aliases, and its state where a list left it out. */
async function completed(aws: Aws, facts: FunctionFacts): Promise<FunctionFacts> {
  const { lambda } = facts;
  const [aliases, fresh] = await Promise.all([
    facts.aliases ?? readAliasesOf(aws, lambda.name),
    lambda.stateRead ? lambda : readFunction(aws, lambda.name),
  ]);
  return { ...facts, lambda: fresh, aliases };
}

/** Completes the facts of the functions that a plan moves. Throws what reading a function throws. */
export function completeMoved(
  aws: Aws,
  functions: readonly FunctionFacts[],
  moved: ReadonlySet<string>,
): Promise<FunctionFacts[]> {
  return pLimit(WIDTH).map(functions, async (facts) =>
    moved.has(facts.lambda.name) ? completed(aws, facts) : facts,
  );
}
