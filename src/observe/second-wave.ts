import type { Aws } from '../aws/call.js';
import type { Desired, ServiceWish } from '../model/desired.js';
import type { Caller, EndpointService, LambdaFunction, Subnet, Vpc, VpcEndpoint } from '../model/observed.js';
import { picks } from '../resolve/match.js';
import { putsPolicies } from '../resolve/role-policies.js';
import { allNamed, candidateNames, isCatalogueDue, names, typeOf } from '../resolve/services.js';
import { vpcOfFunction } from '../resolve/vpc.js';
import { readNetworkAcls } from '../resources/network-acl.js';
import { readPrefixLists } from '../resources/prefix-list.js';
import { readRouteTables } from '../resources/route-table.js';
import { readSecurityGroups } from '../resources/security-group.js';
import { readDnsAttributes, readDnsServers } from '../resources/vpc.js';
import { readEndpointServices } from '../resources/vpc-endpoint-service.js';
import { sortedSet } from '../text/words.js';
import { NO_ADVICE, readFunctionAdvice, readInterfaces, readUsersOfRoles } from './advice.js';
import type { AdviceReads } from './advice-reads.js';
import type { FirstWave } from './first-wave.js';
import { readNats } from './reach.js';
import { attempt, attemptIf, present, required } from './reading.js';
import { startRoles } from './role-advice.js';
import { dueAtOnce, readableRoles } from './role-due.js';
import { type RolePolicies, readRoles } from './roles.js';

/** The zones interface endpoints are wanted in, as far as the first wave tells. */
function wantedZones(desired: Desired, vpc: Vpc, lambda: LambdaFunction, subnets: readonly Subnet[]) {
  const selectors = desired.endpointSubnets ?? desired.subnets;
  const here = subnets.filter((subnet) => subnet.vpcId === vpc.id);
  const today = here.filter((subnet) => lambda.network.subnetIds.includes(subnet.id));
  const isPrivate = selectors?.some((selector) => selector.kind === 'private');
  if (isPrivate && today.length === 0) return undefined;
  const listed = selectors && !isPrivate;
  const chosen = listed
    ? here.filter((subnet) => selectors.some((selector) => picks(selector, subnet)))
    : today;
  return chosen.map((subnet) => subnet.zone);
}

function prefixListsDue(desired: Desired, region: string): boolean {
  if (desired.autoEndpoints) return true;
  const gateways = (desired.endpoints ?? []).some((wish) => typeOf(wish, region) === 'Gateway');
  return gateways || (desired.egress ?? []).some((line) => line.peer.kind === 'service');
}

/** Services that `reaches` names, as wishes of which nothing is asked. */
export function askedServices({ reaches = [] }: Desired): ServiceWish[] {
  return reaches.flatMap(({ to, text }) =>
    to.kind === 'service' ? [{ service: to.value, type: undefined, text }] : [],
  );
}

/** Which services `auto` will choose is not known yet, so it is the whole catalogue then. */
function readServices(aws: Aws, desired: Desired) {
  const { endpoints: wishes = [], autoEndpoints } = desired;
  if (autoEndpoints) return readEndpointServices(aws, [], () => true);
  const enough = (found: readonly EndpointService[]) => allNamed(wishes, found, aws.region);
  const all = [...wishes, ...askedServices(desired)];
  return readEndpointServices(aws, candidateNames(all, aws.region), enough);
}

/** Whether `reaches` names a service whose DNS name no endpoint of the VPC tells. */
function isNameDue(desired: Desired, vpc: Vpc, endpoints: readonly VpcEndpoint[], region: string): boolean {
  const here = endpoints.filter(({ vpcId, type }) => vpcId === vpc.id && type === 'Interface');
  return askedServices(desired).some(
    (wish) => !here.some(({ serviceName }) => names(wish, serviceName, region)),
  );
}

/** Whether `reaches` asks for something that an interface tells the place of. */
function asksForPlaces({ reaches = [] }: Desired): boolean {
  return reaches.some(({ to }) => to.kind === 'group' || to.kind === 'cidr');
}

/** What the second wave is about. */
export interface SecondWave {
  readonly desired: Desired;
  readonly vpc: Vpc;
  readonly lambdas: readonly LambdaFunction[];
  readonly endpoints: readonly VpcEndpoint[];
  readonly subnets: readonly Subnet[];
  /** Whether what only advises is read at once. */
  readonly advice: boolean;
  readonly reads: AdviceReads;
  /** Whether a function is moved into the VPC, so that its role may lack the policy and the plan is not empty. */
  readonly moves: boolean;
  readonly caller: Caller;
  readonly functionList: FirstWave['functionList'];
}

/** Zones of all functions; undefined where those of one are not known yet. */
function zonesOfAll({ desired, vpc, lambdas, subnets }: SecondWave): string[] | undefined {
  const zones = lambdas.map((lambda) => wantedZones(desired, vpc, lambda, subnets));
  return zones.includes(undefined) ? undefined : zones.flatMap((some) => some ?? []);
}

/** The VPCs whose groups are read: the run's, and those that functions leave. */
function groupVpcs({ vpc, lambdas, subnets }: SecondWave): string[] {
  const today = lambdas.map((lambda) => vpcOfFunction(lambda, subnets));
  return sortedSet([vpc.id, ...today.filter((id) => id !== undefined)]);
}

/** Whether the policies of the roles say something: what to change, or which services the code calls. */
function arePoliciesDue({ desired, reads }: SecondWave): boolean {
  return desired.iamPolicy !== 'none' || desired.autoEndpoints || reads === 'all';
}

/** Second wave: what belongs to the VPC and the execution roles. */
export async function secondWave(aws: Aws, scope: SecondWave) {
  const { desired, vpc, lambdas, endpoints, subnets, caller } = scope;
  const facts = { vpcId: vpc.id, region: aws.region, endpoints, subnets, zones: zonesOfAll(scope) };
  const isPrivate = desired.subnets?.some((selector) => selector.kind === 'private') ?? false;
  const isServiceDue = isCatalogueDue(desired, facts) || isNameDue(desired, vpc, endpoints, aws.region);
  const [only] = lambdas;
  const advised = scope.advice && lambdas.length === 1 ? only : undefined;
  const [
    dns,
    routeTables,
    groups,
    services,
    prefixLists,
    networkAcls,
    natGateways,
    dnsServers,
    interfaces,
    roles,
    roleFacts,
    advice,
    roleUsers,
  ] = await Promise.all([
    attempt('ec2:DescribeVpcAttribute', vpc.id, readDnsAttributes(aws, vpc.id)),
    attempt('ec2:DescribeRouteTables', '*', readRouteTables(aws, vpc.id)),
    attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, ...groupVpcs(scope))),
    attemptIf(isServiceDue, 'ec2:DescribeVpcEndpointServices', '*', () => readServices(aws, desired)),
    attemptIf(prefixListsDue(desired, aws.region), 'ec2:DescribeManagedPrefixLists', '*', () =>
      readPrefixLists(aws),
    ),
    attempt('ec2:DescribeNetworkAcls', '*', readNetworkAcls(aws, vpc.id)),
    scope.desired.reaches ? readNats(aws, vpc.id) : undefined,
    attemptIf(vpc.dhcpOptionsId !== 'default', 'ec2:DescribeDhcpOptions', vpc.dhcpOptionsId, () =>
      readDnsServers(aws, vpc.dhcpOptionsId),
    ),
    scope.advice || isPrivate || asksForPlaces(desired) ? readInterfaces(aws, vpc.id) : undefined,
    arePoliciesDue(scope) ? readRoles(aws, lambdas, caller) : (new Map() satisfies RolePolicies),
    startRoles(aws, readableRoles(lambdas, caller), (roleArn) =>
      dueAtOnce(scope, lambdas, roleArn, scope.moves),
    ),
    // Of several functions this is read only once a plan moves them: a request each, on a dry run two or three.
    advised ? readFunctionAdvice(aws, advised, scope.reads) : NO_ADVICE,
    scope.moves && putsPolicies(desired) ? readUsersOfRoles(aws, scope.functionList) : undefined,
  ]);
  const network = required({ dns, routeTables, groups, services, prefixLists });
  return {
    natGateways,
    network: { ...network, networkAcls, dnsServers: present(dnsServers), interfaces, roleUsers },
    roles,
    roleFacts,
    advice,
  };
}
