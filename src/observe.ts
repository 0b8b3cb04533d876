import type { Aws } from './aws/call.js';
import type { Desired } from './model/desired.js';
import type { LeftOut, ObservedFunctions, Vpc } from './model/observed.js';
import type { HourlyPrice, Plan } from './model/plan.js';
import { RunError } from './model/problem.js';
import type { Reading } from './model/reading.js';
import {
  completeMoved,
  isComplete,
  readInterfaces,
  readSources,
  readUsersOfRoles,
  readZones,
} from './observe/advice.js';
import type { AdviceReads } from './observe/advice-reads.js';
import type { FirstWave } from './observe/first-wave.js';
import { isPriceDue, readPrice } from './observe/price.js';
import { readReach } from './observe/reach.js';
import { completeRoles } from './observe/role-advice.js';
import { dueAfterwards } from './observe/role-due.js';
import { withoutRole } from './observe/roles.js';
import { secondWave } from './observe/second-wave.js';
import { takesName } from './plan/effects.js';
import { chooseCommonVpc, vpcOfFunction } from './resolve/vpc.js';
import { leadsElsewhere } from './resources/route-table.js';

/** What a run knows of AWS, the VPC it is about, and the functions it cannot serve. */
export interface Observation {
  readonly observed: ObservedFunctions;
  readonly vpc: Vpc;
  readonly leftOut: readonly LeftOut[];
  /** Of an endpoint-hour; undefined where it was not due. */
  readonly price: Reading<HourlyPrice | undefined> | undefined;
  /** The account's list of functions, where it was read. */
  readonly functionList: FirstWave['functionList'];
}

/** Which reads are made before there is a plan. */
export interface Wanted {
  readonly reads: AdviceReads;
  /** Whether what tells where the functions get to is read although nothing may change. */
  readonly reach: boolean;
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
  { reads, reach: isReachWanted }: Wanted,
): Promise<Observation> {
  const { caller, vpcs, subnets, endpoints, namedGroups, functionList } = first;
  const choice = chooseCommonVpc(desired, first.lambdas, { vpcs, subnets, region: aws.region });
  if ('problems' in choice) throw new RunError(choice.problems);
  const { vpc } = choice;
  const moves = choice.lambdas.some((lambda) => vpcOfFunction(lambda, subnets) !== vpc.id);
  const scope = { desired, vpc, lambdas: choice.lambdas, endpoints, subnets, caller, functionList };
  const advice = reads === 'all' || (reads === 'needed' && moves);
  const second = await secondWave(aws, { ...scope, advice, reads, moves });
  const roleless = withoutRole(choice.lambdas, second.roles);
  const functions = choice.lambdas
    .filter(({ name }) => !roleless.some(({ functionName }) => functionName === name))
    .map((lambda) => ({
      lambda,
      policies: second.roles.get(lambda.roleArn),
      role: second.roleFacts.get(lambda.roleArn),
      ...second.advice,
    }));
  if (functions.length === 0) throw new RunError(roleless.map(({ problem }) => problem));
  const groups = [
    ...new Map([...second.network.groups, ...namedGroups].map((group) => [group.id, group])).values(),
  ];
  const network = { endpoints, ...second.network, groups };
  const isReachDue = isReachWanted || desired.reaches !== undefined;
  const due = { desired, vpcId: vpc.id, lambdas: choice.lambdas, network };
  const reach = isReachDue ? await readReach(aws, due, second.natGateways) : undefined;
  return {
    vpc,
    price: undefined,
    functionList,
    leftOut: [...first.leftOut, ...choice.leftOut, ...roleless],
    observed: {
      caller,
      functions,
      vpcs,
      subnets,
      ...network,
      reach,
      eventSources: undefined,
      hostedZones: undefined,
    },
  };
}

/** What the reads that advise are about. */
export interface AdviceQuestion {
  readonly desired: Desired;
  readonly reads: AdviceReads;
  /** The plan as far as it can be made without them. */
  readonly plan: Pick<Plan, 'changes' | 'cost'>;
  /** Names of the functions that it moves. */
  readonly moved: ReadonlySet<string>;
}

/**
 * Adds what is read only where there is something to do or to advise: who else is in the VPC, what tells where the
 * functions get to, of moved functions the rest, documents of the execution roles and who else has one that is to be
 * changed, a price, and where a name is to be taken over whether a hosted zone has it already. Zones are read only
 * where a route leads to another network: nothing else reaches endpoints of another VPC.
 */
export async function addAdvice(
  aws: Aws,
  seen: Observation,
  { desired, reads, plan, moved }: AdviceQuestion,
): Promise<Observation> {
  const { observed, vpc } = seen;
  const changes = plan.changes.length > 0;
  const advises = reads !== 'none' && changes;
  const question = { desired, reads, caller: observed.caller };
  const lambdas = observed.functions.map(({ lambda }) => lambda);
  const due = { desired, vpcId: vpc.id, lambdas, network: observed };
  const [interfaces, reach, completed, withRoles, roleUsers, eventSources, hostedZones, price] =
    await Promise.all([
      observed.interfaces ?? (advises ? readInterfaces(aws, vpc.id) : undefined),
      observed.reach ?? (changes ? readReach(aws, due, undefined) : undefined),
      completeMoved(aws, observed.functions, moved, reads),
      completeRoles(aws, observed.functions, (facts) => dueAfterwards(question, observed.functions, facts)),
      observed.roleUsers ?? (changesRoles(plan) ? readUsersOfRoles(aws, seen.functionList) : undefined),
      observed.eventSources ?? (areEventSourcesDue(reads, moved) ? readSources(aws) : undefined),
      observed.hostedZones ?? (areZonesDue(seen, plan) ? readZones(aws, vpc.id) : undefined),
      seen.price ?? (isPriceDue(plan, reads) ? readPrice(aws) : undefined),
    ]);
  const functions = completed.map((facts, index) => ({ ...facts, role: withRoles[index]?.role }));
  const more = { interfaces, reach, functions, roleUsers, eventSources, hostedZones };
  return { ...seen, price, observed: { ...observed, ...more } };
}

/** They lead to a warning, which belongs before the decision. */
const areEventSourcesDue = (reads: AdviceReads, moved: ReadonlySet<string>): boolean =>
  reads === 'all' && moved.size > 0;

const changesRoles = ({ changes }: AdviceQuestion['plan']): boolean =>
  changes.some(({ kind }) => kind === 'execution-role');

function areZonesDue({ observed }: Observation, { changes }: AdviceQuestion['plan']): boolean {
  return takesName(changes) && leadsElsewhere(observed.routeTables);
}

/** Whether reading more could tell more about a plan: other changes may need other reads. */
export function isAdviceOpen(seen: Observation, question: Omit<AdviceQuestion, 'desired'>): boolean {
  const { observed, price } = seen;
  const { reads, plan, moved } = question;
  const unread =
    observed.reach === undefined ||
    (reads !== 'none' && observed.interfaces === undefined) ||
    (observed.roleUsers === undefined && changesRoles(plan)) ||
    (observed.eventSources === undefined && areEventSourcesDue(reads, moved)) ||
    (observed.hostedZones === undefined && areZonesDue(seen, plan)) ||
    observed.functions.some((facts) => moved.has(facts.lambda.name) && !isComplete(facts, reads));
  return (plan.changes.length > 0 && unread) || (price === undefined && isPriceDue(plan, reads));
}
