import { createHash } from 'node:crypto';
import type { Desired, Identity } from '../model/desired.js';
import type { Observed, RouteTable, Subnet, Vpc } from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { routeTableOf } from '../resources/route-table.js';
import { compareText } from '../text/order.js';
import { chooseGroups, type GroupChoice } from './groups.js';
import { chooseService, type WantedService } from './services.js';
import { chooseSubnets, type SubnetFacts } from './subnets.js';
import { vpcOfFunction } from './vpc.js';

/** What is desired, found in what exists: the plan is the difference of this and {@link Observed}. */
export interface Target {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly identity: Identity;
  readonly region: string;
  readonly vpc: Vpc;
  /** The VPC the function is in today. */
  readonly currentVpcId: string | undefined;
  /** The function's subnets as they should be. */
  readonly subnets: readonly Subnet[];
  readonly groups: GroupChoice;
  readonly services: readonly WantedService[];
  /** The subnets interface endpoints may be put in. */
  readonly endpointSubnets: readonly Subnet[];
  /** Tables that route the function's subnets. */
  readonly routeTables: readonly RouteTable[];
  /** Short hash of the function's ARN, by which it records itself on shared things. */
  readonly userHash: string;
  /** What was asked for and cannot be found, or is not one's own. */
  readonly problems: readonly Problem[];
}

/** Hex SHA-256 of a text, cut to a length. */
export function shortHash(text: string, length = 8): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

function subnetFacts(
  observed: Observed,
  vpc: Vpc,
  input: SubnetFacts['input'],
  currentIds: readonly string[],
): SubnetFacts {
  const { subnets, routeTables, caller, interfaces } = observed;
  return {
    input,
    vpc,
    subnets,
    routeTables,
    accountId: caller.accountId,
    currentIds,
    interfaces: interfaces?.ok ? interfaces.value : undefined,
  };
}

/** Finds what the inputs name in what was observed; never throws, collects every problem. */
export function resolveTarget(
  desired: Desired,
  observed: Observed,
  vpc: Vpc,
  identity: Identity,
  region: string,
): Target {
  const { lambda, subnets: all, routeTables, endpoints, services: catalogue } = observed;
  const currentVpcId = vpcOfFunction(lambda, all);
  const userHash = shortHash(lambda.arn);
  const today = all.filter(
    (subnet) => lambda.network.subnetIds.includes(subnet.id) && subnet.vpcId === vpc.id,
  );
  const todayIds = today.map((subnet) => subnet.id);
  const own =
    desired.subnets && chooseSubnets(desired.subnets, subnetFacts(observed, vpc, 'subnets', todayIds));
  const subnets = own?.subnets ?? today;
  const forEndpoints =
    desired.endpointSubnets &&
    chooseSubnets(desired.endpointSubnets, subnetFacts(observed, vpc, 'endpoint-subnets', []));
  const groups = chooseGroups(desired, observed, vpc, identity, currentVpcId === vpc.id, userHash);
  const choices = (desired.endpoints ?? []).map((wish) =>
    chooseService(wish, desired, { vpcId: vpc.id, region, endpoints, catalogue }),
  );
  const services = choices
    .flatMap((choice) => ('service' in choice ? [choice.service] : []))
    .sort((one, other) => compareText(one.word, other.word));
  const tables = subnets
    .map((subnet) => routeTableOf(subnet.id, routeTables))
    .filter((table) => table !== undefined);
  return {
    desired,
    observed,
    identity,
    region,
    vpc,
    currentVpcId,
    subnets,
    groups,
    services: [
      ...new Map(services.map((service) => [`${service.serviceName} ${service.type}`, service])).values(),
    ],
    endpointSubnets: forEndpoints?.subnets ?? subnets,
    routeTables: [...new Map(tables.map((table) => [table.id, table])).values()],
    userHash,
    problems: [
      ...(own?.problems ?? []),
      ...(forEndpoints?.problems ?? []),
      ...groups.problems,
      ...choices.flatMap((choice) => ('problem' in choice ? [choice.problem] : [])),
    ],
  };
}
