import { roleNameOf } from '../aws/partitions.js';
import type { FunctionFacts } from '../iam/callers.js';
import { type NeededServices, neededServices, type ServiceNeed } from '../iam/needed-services.js';
import type { Desired, ServiceWish } from '../model/desired.js';
import type {
  EndpointService,
  GroupRule,
  LambdaFunction,
  Observed,
  RouteTable,
  SecurityGroup,
  Subnet,
} from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { admitsTraffic, https, type TrafficRule } from '../network/traffic.js';
import { routeTableOf, wayOut } from '../resources/route-table.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { allowsRemoval } from './groups.js';
import { isOwnPolicyName, rolePolicies } from './role-policies.js';
import { names } from './services.js';

function factsOf(lambda: LambdaFunction): FunctionFacts {
  return {
    deliveries: lambda.deadLetterTarget === undefined ? [] : [lambda.deadLetterTarget],
    eventSources: undefined,
    mountsFileSystem: lambda.mountsFileSystem,
    environmentKey: lambda.environmentKey,
    activeTracing: lambda.activeTracing,
    logGroup: lambda.logGroup,
  };
}

/** Which services a function needs, by its role and its configuration; undefined where the role's documents were not read. */
export function neededOf(
  observed: Pick<Observed, 'lambda' | 'role' | 'policies'>,
): NeededServices | undefined {
  // What this action puts there is for Lambda, even where somebody changed it.
  const policies = rolePolicies(observed)?.filter(({ name }) => !isOwnPolicyName(name));
  return policies && neededServices(policies, factsOf(observed.lambda));
}

/** What tells how calls leave the VPC. */
export type WayFacts = Pick<AutoFacts, 'desired' | 'observed' | 'subnets'>;

/** What `auto` is decided by. */
export interface AutoFacts {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly subnets: readonly Subnet[];
  readonly region: string;
  /** Services of endpoints of ours that the function is recorded on: they are not lost because a policy grew. */
  readonly inUse: readonly ServiceWish[];
}

/** The wishes that the word `auto` stands for, or why they cannot be told. */
export interface AutoChoice {
  readonly wishes: readonly ServiceWish[];
  readonly problems: readonly Problem[];
}

/** Target of a default route that all of the subnets have; undefined where one of them has none. */
export function commonWayOut(
  subnets: readonly Subnet[],
  tables: readonly RouteTable[],
  ipv6: boolean,
): string | undefined {
  const ways = subnets.map(({ id }) => wayOut(routeTableOf(id, tables), ipv6));
  return ways.every((way) => way !== undefined) ? ways[0] : undefined;
}

/** Whether a line of `egress`, or a rule, lets HTTPS out to everywhere. */
const letsOut = (rule: TrafficRule & { readonly peer: { readonly value: string } }): boolean =>
  rule.peer.value === '0.0.0.0/0' && admitsTraffic(rule, https);

/** Whether the managed group, or another one that the function keeps, lets HTTPS out to everywhere. */
function letsOutEverywhere({ desired, observed }: WayFacts): boolean {
  if ((desired.egress ?? []).some(letsOut)) return true;
  const named = (desired.securityGroups ?? []).flatMap((selector) =>
    selector.kind === 'id' ? [selector.id] : selector.kind === 'name' ? [selector.name] : [],
  );
  const kept = desired.securityGroups === undefined ? observed.lambda.network.securityGroupIds : named;
  // What `allow` says to remove from the managed group does not stay.
  const isRemoved = (rule: GroupRule, group: SecurityGroup): boolean =>
    purposeOf(rule) === undefined && allowsRemoval(desired, group);
  return observed.groups
    .filter(({ id, name }) => kept.includes(id) || kept.includes(name))
    .some((group) => group.egress.some((rule) => letsOut(rule) && !isRemoved(rule, group)));
}

/** Whether calls leave by a NAT gateway or another way out of the VPC. */
export function leavesVpc(facts: WayFacts): string | undefined {
  const way = commonWayOut(facts.subnets, facts.observed.routeTables, false);
  return way !== undefined && letsOutEverywhere(facts) ? way : undefined;
}

/** Whether an endpoint can be made for a service: as the region's whole catalogue says, or as far as is known without it. */
export function hasEndpoint(
  need: Pick<ServiceNeed, 'word' | 'endpoint'>,
  catalogue: readonly EndpointService[] | undefined,
  region: string,
): boolean {
  const wish = { service: need.word, type: undefined, text: need.word };
  return catalogue === undefined
    ? need.endpoint !== 'none'
    : catalogue.some(({ name }) => names(wish, name, region));
}

/**
 * The services that `endpoints: auto` stands for: those that are needed, have no way out of the VPC, and have an
 * endpoint in the region. Empty without the word.
 */
export function autoChoice(facts: AutoFacts): AutoChoice {
  const { desired, observed, region } = facts;
  if (!desired.autoEndpoints) return { wishes: [], problems: [] };
  const { role } = observed;
  // Before the documents were due there is nothing to say yet.
  if (role?.documents === undefined) return { wishes: [], problems: [] };
  const needed = neededOf(observed);
  if (needed === undefined) return { wishes: [], problems: [unreadable(observed)] };
  if (leavesVpc(facts) !== undefined) return { wishes: [], problems: [] };
  const asked = (desired.endpoints ?? []).map(({ service }) => service);
  const isInUse = (word: string): boolean =>
    facts.inUse.some(({ service }) => names({ service: word, type: undefined, text: word }, service, region));
  // Where a policy allows more than it names, what is used may be called.
  const kept = needed.open.length > 0 ? facts.inUse : [];
  const wishes = needed.services
    .filter((need) => need.grade === 'needed' || (need.grade === 'maybe' && isInUse(need.word)))
    // Of one with a caution, an endpoint and HTTPS alone do not make a way.
    .filter(({ word, caution }) => !asked.includes(word) && caution === undefined)
    .filter((need) => hasEndpoint(need, observed.services, region))
    .map(({ word }) => ({ service: word, type: undefined, text: word }));
  return { wishes: [...wishes, ...kept], problems: [] };
}

function unreadable({ lambda, role, policies }: Observed): Problem {
  const readings = [role?.documents, policies];
  const failed = readings.find((reading) => reading?.ok === false);
  const problem = failed?.ok === false ? failed.problem : undefined;
  const name = roleNameOf(lambda.roleArn);
  return {
    code: 'needed-services-unknown',
    message:
      `Which services \`endpoints: auto\` stands for is not known: the policies of role ${name} could not be read. ${problem?.message ?? ''}`.trim(),
    remedy: problem?.remedy ?? 'List the services in `endpoints`.',
  };
}
