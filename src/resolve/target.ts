import type { Desired, Identity, ServiceWish } from '../model/desired.js';
import type {
  LambdaFunction,
  Observed,
  ObservedNetwork,
  RouteTable,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { readOf } from '../model/reading.js';
import { routeTableOf } from '../resources/route-table.js';
import { isShared, userTag } from '../resources/tags.js';
import { isLiving } from '../resources/vpc-endpoint.js';
import { compareText } from '../text/order.js';
import { chooseGroups, type GroupChoice } from './groups.js';
import { autoChoice } from './needed.js';
import { allowsDeletion, chooseService, type WantedService } from './services.js';
import { chooseSubnets, type SubnetFacts } from './subnets.js';
import { type User, usersOf } from './users.js';
import { vpcOfFunction } from './vpc.js';

/** What the functions of a run share of what is desired, found in what exists. */
export interface SharedTarget {
  readonly desired: Desired;
  readonly observed: ObservedNetwork;
  /** The functions it is for; at least one. */
  readonly lambdas: readonly LambdaFunction[];
  readonly identity: Identity;
  readonly region: string;
  readonly vpc: Vpc;
  /** The functions' subnets as they should be. */
  readonly subnets: readonly Subnet[];
  readonly groups: GroupChoice;
  readonly services: readonly WantedService[];
  /** The subnets interface endpoints may be put in. */
  readonly endpointSubnets: readonly Subnet[];
  /** Tables that route the functions' subnets. */
  readonly routeTables: readonly RouteTable[];
  readonly user: User;
  /** What was asked for and cannot be found, or is not one's own. */
  readonly problems: readonly Problem[];
}

/** What is desired of one function, found in what exists: its plan is the difference of this and {@link Observed}. */
export interface Target extends SharedTarget {
  readonly observed: Observed;
  /** The functions of the plan that have the same execution role, this one among them. */
  readonly sameRole: readonly LambdaFunction[];
  /** The VPC the function is in today. */
  readonly currentVpcId: string | undefined;
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
    interfaces: readOf(interfaces),
  };
}

/** Services of living endpoints of ours that the user is recorded on, and that are not to be deleted. */
function usedServices(
  desired: Desired,
  { hash }: User,
  endpoints: readonly VpcEndpoint[],
  region: string,
): ServiceWish[] {
  return endpoints
    .filter(({ tags }) => isShared(tags) && tags[userTag(hash)] !== undefined)
    .filter((endpoint) => isLiving(endpoint) && !allowsDeletion(desired, endpoint, region))
    .flatMap(({ serviceName: service, type }) =>
      type === 'Interface' || type === 'Gateway' ? [{ service, type, text: service }] : [],
    );
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
  const users = usersOf(desired, observed, identity.owner);
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
  const groups = chooseGroups(desired, observed, vpc, identity, currentVpcId === vpc.id, users);
  const inUse = usedServices(
    desired,
    users.self,
    endpoints.filter(({ vpcId }) => vpcId === vpc.id),
    region,
  );
  const auto = autoChoice({ desired, observed, subnets, region, inUse });
  const choices = [...(desired.endpoints ?? []), ...auto.wishes].map((wish) =>
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
    lambdas: [lambda],
    sameRole: [lambda],
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
    user: users.self,
    problems: [
      ...(own?.problems ?? []),
      ...(forEndpoints?.problems ?? []),
      ...groups.problems,
      ...auto.problems,
      ...choices.flatMap((choice) => ('problem' in choice ? [choice.problem] : [])),
    ],
  };
}
