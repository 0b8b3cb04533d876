import type { Aws } from '../aws/call.js';
import { roleNameOf } from '../aws/partitions.js';
import type { Desired, ServiceWish } from '../model/desired.js';
import type {
  Caller,
  EndpointService,
  LambdaFunction,
  Observed,
  Reading,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../model/observed.js';
import { picks } from '../resolve/match.js';
import { allNamed, candidateNames, isCatalogueDue, typeOf } from '../resolve/services.js';
import { vpcOfFunction } from '../resolve/vpc.js';
import { readAliases } from '../resources/alias.js';
import { isOwnRole, readAttachedPolicies } from '../resources/execution-role.js';
import { readNetworkAcls } from '../resources/network-acl.js';
import { readNetworkInterfaces } from '../resources/network-interface.js';
import { readPrefixLists } from '../resources/prefix-list.js';
import { readRouteTables } from '../resources/route-table.js';
import { readSecurityGroups } from '../resources/security-group.js';
import { readDnsAttributes, readDnsServers } from '../resources/vpc.js';
import { readEndpointServices } from '../resources/vpc-endpoint-service.js';

import { sortedSet } from '../text/words.js';
import { attempt, orUndefined, required } from './reading.js';

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
  const gateways = (desired.endpoints ?? []).some((wish) => typeOf(wish, region) === 'Gateway');
  return gateways || (desired.egress ?? []).some((line) => line.peer.kind === 'service');
}

function readServices(aws: Aws, wishes: readonly ServiceWish[]) {
  const enough = (found: readonly EndpointService[]) => allNamed(wishes, found, aws.region);
  return readEndpointServices(aws, candidateNames(wishes, aws.region), enough);
}

/** What the second wave is about. */
export interface SecondWave {
  readonly desired: Desired;
  readonly vpc: Vpc;
  readonly lambda: LambdaFunction;
  readonly endpoints: readonly VpcEndpoint[];
  readonly subnets: readonly Subnet[];
  readonly advice: boolean;
  readonly caller: Caller;
}

/** Advice: what is needed only where something is to be done or to be told. */
export async function readAdvice(aws: Aws, vpcId: string, functionName: string) {
  const [interfaces, aliases] = await Promise.all([
    attempt('ec2:DescribeNetworkInterfaces', '*', readNetworkInterfaces(aws, vpcId)),
    attempt('lambda:ListAliases', functionName, readAliases(aws, functionName)),
  ]);
  return { interfaces, aliases };
}

/** The VPCs whose groups are read: the run's, and the one that the function leaves. */
function groupVpcs({ vpc, lambda, subnets }: SecondWave): string[] {
  return sortedSet([vpc.id, vpcOfFunction(lambda, subnets) ?? vpc.id]);
}

/** Second wave: what belongs to the VPC and the execution role. */
export async function secondWave(aws: Aws, scope: SecondWave) {
  const { desired, vpc, lambda, endpoints, subnets } = scope;
  const zones = wantedZones(desired, vpc, lambda, subnets);
  // A role of that name in this account would be another one.
  const rolesDue = desired.iamPolicy !== 'none' && isOwnRole({ lambda, caller: scope.caller });
  const facts = { vpcId: vpc.id, region: aws.region, endpoints, subnets, zones };
  const catalogue = isCatalogueDue(desired, facts);
  const roleName = roleNameOf(lambda.roleArn);
  const isPrivate = desired.subnets?.some((selector) => selector.kind === 'private') ?? false;
  const [dns, routeTables, groups, services, prefixLists, networkAcls, policies, dnsServers, advice] =
    await Promise.all([
      attempt('ec2:DescribeVpcAttribute', vpc.id, readDnsAttributes(aws, vpc.id)),
      attempt('ec2:DescribeRouteTables', '*', readRouteTables(aws, vpc.id)),
      attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, ...groupVpcs(scope))),
      attempt(
        'ec2:DescribeVpcEndpointServices',
        '*',
        orUndefined(catalogue, () => readServices(aws, desired.endpoints ?? [])),
      ),
      attempt(
        'ec2:DescribeManagedPrefixLists',
        '*',
        orUndefined(prefixListsDue(desired, aws.region), () => readPrefixLists(aws)),
      ),
      attempt('ec2:DescribeNetworkAcls', '*', readNetworkAcls(aws, vpc.id)),
      attempt(
        'iam:ListAttachedRolePolicies',
        roleName,
        orUndefined(rolesDue, () => readAttachedPolicies(aws, roleName)),
      ),
      attempt(
        'ec2:DescribeDhcpOptions',
        vpc.dhcpOptionsId,
        orUndefined(vpc.dhcpOptionsId !== 'default', () => readDnsServers(aws, vpc.dhcpOptionsId)),
      ),
      scope.advice || isPrivate
        ? readAdvice(aws, vpc.id, lambda.name)
        : { interfaces: undefined, aliases: undefined },
    ]);
  return {
    ...required({
      dns,
      routeTables,
      groups,
      services,
      prefixLists,
      role: roleExists(policies, roleName, lambda.name),
    }),
    networkAcls,
    policies: policies.ok && policies.value === undefined ? undefined : (policies as Observed['policies']),
    dnsServers:
      dnsServers.ok && dnsServers.value === undefined ? undefined : (dnsServers as Observed['dnsServers']),
    ...advice,
  };
}

/** A missing role stops the run; a role that may not be read only makes a finding. */
function roleExists(policies: Reading<unknown>, roleName: string, functionName: string): Reading<true> {
  if (policies.ok || policies.problem.kind !== 'not-found') return { ok: true, value: true };
  const message = `Execution role ${roleName} of function ${functionName} does not exist.`;
  const remedy = 'Make the role, or set another one on the function.';
  return { ok: false, problem: { ...policies.problem, code: 'role-not-found', message, remedy } };
}
