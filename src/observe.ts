import pLimit from 'p-limit';
import type { Aws } from './aws/call.js';
import type { Desired } from './model/desired.js';
import type { FunctionFacts, LambdaFunction, LeftOut, ObservedFunctions, Vpc } from './model/observed.js';
import { RunError } from './model/problem.js';
import { completeMoved, readInterfaces, readUsersOfRoles, readZones } from './observe/advice.js';
import type { FirstWave } from './observe/first-wave.js';
import { WIDTH } from './observe/functions.js';
import { readReach } from './observe/reach.js';
import { attempt, required } from './observe/reading.js';
import { readRoles, withoutRole } from './observe/roles.js';
import { secondWave } from './observe/second-wave.js';
import { chooseCommonVpc, vpcOfFunction } from './resolve/vpc.js';
import { readFunction } from './resources/function.js';
import { leadsElsewhere } from './resources/route-table.js';
import { readSecurityGroups } from './resources/security-group.js';
import { readVpcEndpoints } from './resources/vpc-endpoint.js';

/** What a run knows of AWS, the VPC it is about, and the functions it cannot serve. */
export interface Observation {
  readonly observed: ObservedFunctions;
  readonly vpc: Vpc;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Reads everything a plan needs in a second parallel wave after the first, and a third where routes or rules lead
 * on. Throws a {@link RunError} with every problem when
 * something indispensable is missing, denied or of another account, or when no function is left.
 */
export async function observe(
  aws: Aws,
  desired: Desired,
  first: FirstWave,
  isDryRun: boolean,
): Promise<Observation> {
  const { caller, vpcs, subnets, endpoints, namedGroups } = first;
  const choice = chooseCommonVpc(desired, first.lambdas, { vpcs, subnets, region: aws.region });
  if ('problems' in choice) throw new RunError(choice.problems);
  const { vpc } = choice;
  const moves = choice.lambdas.some((lambda) => vpcOfFunction(lambda, subnets) !== vpc.id);
  const scope = { desired, vpc, lambdas: choice.lambdas, endpoints, subnets, caller };
  const second = await secondWave(aws, { ...scope, advice: isDryRun || moves, moves, isDryRun });
  const roleless = withoutRole(choice.lambdas, second.roles);
  const functions = choice.lambdas
    .filter(({ name }) => !roleless.some(({ functionName }) => functionName === name))
    .map((lambda) => ({ lambda, policies: second.roles.get(lambda.roleArn), ...second.advice }));
  if (functions.length === 0) throw new RunError(roleless.map(({ problem }) => problem));
  const groups = [
    ...new Map([...second.network.groups, ...namedGroups].map((group) => [group.id, group])).values(),
  ];
  const network = { endpoints, ...second.network, groups };
  const isReachDue = isDryRun || desired.reaches !== undefined;
  const due = { desired, vpcId: vpc.id, lambdas: choice.lambdas, network };
  const reach = isReachDue ? await readReach(aws, due, second.natGateways) : undefined;
  return {
    vpc,
    leftOut: [...first.leftOut, ...choice.leftOut, ...roleless],
    observed: { caller, functions, vpcs, subnets, ...network, reach, hostedZones: undefined },
  };
}

/** What a plan touches, which decides what else is read. */
export interface Planned {
  /** Names of the functions that it moves. */
  readonly moved: ReadonlySet<string>;
  /** Whether it changes an execution role. */
  readonly roles: boolean;
  /** Whether it makes an endpoint that takes over the name of a service. */
  readonly names: boolean;
}

/**
 * Adds what is read only where there is something to do: who else is in the VPC, what tells where the functions get
 * to, of moved functions the rest, who else has a role that is to be changed, and where a name is to be taken over
 * whether a hosted zone has it already. Zones are read only where a route leads to another network: nothing else
 * reaches endpoints of another VPC.
 */
export async function addAdvice(
  aws: Aws,
  seen: Observation,
  desired: Desired,
  planned: Planned,
  isDryRun: boolean,
): Promise<Observation> {
  const { observed, vpc } = seen;
  const lambdas = observed.functions.map(({ lambda }) => lambda);
  const due = { desired, vpcId: vpc.id, lambdas, network: observed };
  const [interfaces, reach, functions, roleUsers, hostedZones] = await Promise.all([
    observed.interfaces ?? readInterfaces(aws, vpc.id),
    observed.reach ?? readReach(aws, due, undefined),
    completeMoved(aws, observed.functions, planned.moved, isDryRun),
    observed.roleUsers ?? (planned.roles ? readUsersOfRoles(aws) : undefined),
    planned.names && leadsElsewhere(observed.routeTables) ? readZones(aws, vpc.id) : undefined,
  ]);
  return { ...seen, observed: { ...observed, interfaces, reach, functions, roleUsers, hostedZones } };
}

/** What a run may have changed. */
export interface Touched {
  /** The functions it moved, as they were last read while waiting; undefined where they have to be read. */
  readonly lambdas: ReadonlyMap<string, LambdaFunction | undefined>;
  /** Whether policies were attached. */
  readonly roles: boolean;
}

async function readTouched(aws: Aws, facts: FunctionFacts, { lambdas }: Touched): Promise<FunctionFacts> {
  const { name } = facts.lambda;
  if (!lambdas.has(name)) return facts;
  return { ...facts, lambda: lambdas.get(name) ?? (await readFunction(aws, name)) };
}

/** Reads again, in one wave, what a run may have changed: groups, endpoints, policies and moved functions. */
export async function observeAgain(aws: Aws, seen: Observation, touched: Touched): Promise<Observation> {
  const { observed, vpc } = seen;
  const limit = pLimit(WIDTH);
  const lambdas = observed.functions.map(({ lambda }) => lambda);
  const [groups, endpoints, roles, functions] = await Promise.all([
    attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, vpc.id)),
    attempt('ec2:DescribeVpcEndpoints', '*', readVpcEndpoints(aws)),
    touched.roles ? readRoles(aws, lambdas, observed.caller) : undefined,
    attempt(
      'lambda:GetFunctionConfiguration',
      '*',
      limit.map(observed.functions, (facts) => readTouched(aws, facts, touched)),
    ),
  ]);
  const read = required({ groups, endpoints, functions });
  const others = observed.groups.filter((group) => group.vpcId !== vpc.id);
  return {
    ...seen,
    observed: {
      ...observed,
      groups: [...read.groups, ...others],
      endpoints: read.endpoints,
      functions: read.functions.map((facts) => ({
        ...facts,
        policies: roles === undefined ? facts.policies : roles.get(facts.lambda.roleArn),
      })),
    },
  };
}
