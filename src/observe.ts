import type { Aws } from './aws/call.js';
import { classify } from './aws/errors.js';
import { roleNameOf } from './aws/partitions.js';
import type { Desired } from './model/desired.js';
import type {
  Caller,
  LambdaFunction,
  Observed,
  Reading,
  Subnet,
  Vpc,
  VpcEndpoint,
} from './model/observed.js';
import { type AwsProblem, type Problem, RunError } from './model/problem.js';
import { accountProblems } from './resolve/account.js';
import { picks } from './resolve/match.js';
import { isCatalogueDue, typeOf } from './resolve/services.js';
import { chooseVpc, vpcOfFunction } from './resolve/vpc.js';
import { readAliases } from './resources/alias.js';
import { readCaller } from './resources/caller.js';
import { isOwnRole, readAttachedPolicies } from './resources/execution-role.js';
import { readFunction } from './resources/function.js';
import { readNetworkAcls } from './resources/network-acl.js';
import { readNetworkInterfaces } from './resources/network-interface.js';
import { readPrefixLists } from './resources/prefix-list.js';
import { readRouteTables } from './resources/route-table.js';
import { readSecurityGroups, readSecurityGroupsById } from './resources/security-group.js';
import { readSubnets } from './resources/subnet.js';
import { readDnsAttributes, readDnsServers, readVpcs } from './resources/vpc.js';
import { readVpcEndpoints } from './resources/vpc-endpoint.js';
import { readEndpointServices } from './resources/vpc-endpoint-service.js';

/** What a run knows of AWS, and the VPC it is about. */
export interface Observation {
  readonly observed: Observed;
  readonly vpc: Vpc;
}

async function attempt<T>(action: string, resource: string, read: Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await read };
  } catch (error) {
    return { ok: false, problem: classify(error, action, resource) };
  }
}

/** Unwraps readings that a run cannot do without; throws all their problems at once. */
function required<T extends Record<string, Reading<unknown>>>(
  readings: T,
  more: readonly Problem[] = [],
): { [K in keyof T]: T[K] extends Reading<infer V> ? V : never } {
  const problems: Problem[] = Object.values(readings).flatMap((reading) =>
    reading.ok ? [] : [reading.problem],
  );
  const distinct = [...new Map([...more, ...problems].map((problem) => [problem.message, problem])).values()];
  if (distinct.length > 0) throw new RunError(distinct);
  const values = Object.entries(readings).map(([key, reading]) => [
    key,
    reading.ok ? reading.value : undefined,
  ]);
  return Object.fromEntries(values);
}

function functionNotFound(
  problem: AwsProblem,
  name: string,
  region: string,
  accountId: string | undefined,
): AwsProblem {
  if (problem.kind !== 'not-found') return problem;
  const where = accountId ? `account ${accountId}, region ${region}` : `region ${region}`;
  return {
    ...problem,
    code: 'function-not-found',
    message: `There is no function ${name} in ${where}.`,
    remedy: 'Check the name, and that aws-region and the credentials are those of the function.',
  };
}

function namedGroupIds(desired: Desired): string[] {
  const own = (desired.securityGroups ?? []).flatMap((selector) =>
    selector.kind === 'id' ? [selector.id] : [],
  );
  const peers = (desired.egress ?? []).flatMap(({ peer }) =>
    peer.kind === 'group' && !peer.value.includes('/') ? [peer.value] : [],
  );
  return [...new Set([...own, ...peers])].sort();
}

/** First wave: what can be read without knowing anything but the inputs. */
async function firstWave(aws: Aws, desired: Desired) {
  const { functionName } = desired;
  const groupIds = namedGroupIds(desired);
  const [caller, lambda, vpcs, subnets, endpoints, namedGroups] = await Promise.all([
    attempt('sts:GetCallerIdentity', '*', readCaller(aws)),
    attempt(
      'lambda:GetFunctionConfiguration',
      functionName,
      readFunction(aws, desired.functionArn ?? functionName),
    ),
    attempt('ec2:DescribeVpcs', '*', readVpcs(aws)),
    attempt('ec2:DescribeSubnets', '*', readSubnets(aws)),
    attempt('ec2:DescribeVpcEndpoints', '*', readVpcEndpoints(aws)),
    attempt(
      'ec2:DescribeSecurityGroups',
      '*',
      groupIds.length > 0 ? readSecurityGroupsById(aws, groupIds) : Promise.resolve([]),
    ),
  ]);
  const accountId = caller.ok ? caller.value.accountId : undefined;
  const found: Reading<LambdaFunction> = lambda.ok
    ? lambda
    : { ok: false, problem: functionNotFound(lambda.problem, functionName, aws.region, accountId) };
  const known = lambda.ok ? lambda.value : undefined;
  const wrongAccount = caller.ok ? accountProblems(caller.value, known, desired.allowedAccountIds) : [];
  return required({ caller, lambda: found, vpcs, subnets, endpoints, namedGroups }, wrongAccount);
}

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

const orUndefined = <T>(due: boolean, read: () => Promise<T>): Promise<T | undefined> =>
  due ? read() : Promise.resolve(undefined);

interface SecondWave {
  readonly desired: Desired;
  readonly vpc: Vpc;
  readonly lambda: LambdaFunction;
  readonly endpoints: readonly VpcEndpoint[];
  readonly subnets: readonly Subnet[];
  readonly advice: boolean;
  readonly caller: Caller;
}

/** Advice: what is needed only where something is to be done or to be told. */
async function readAdvice(aws: Aws, vpcId: string, functionName: string) {
  const [interfaces, aliases] = await Promise.all([
    attempt('ec2:DescribeNetworkInterfaces', '*', readNetworkInterfaces(aws, vpcId)),
    attempt('lambda:ListAliases', functionName, readAliases(aws, functionName)),
  ]);
  return { interfaces, aliases };
}

/** Second wave: what belongs to the VPC and the execution role. */
async function secondWave(aws: Aws, scope: SecondWave) {
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
      attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, vpc.id)),
      attempt(
        'ec2:DescribeVpcEndpointServices',
        '*',
        orUndefined(catalogue, () => readEndpointServices(aws)),
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

/**
 * Reads everything a plan needs in two parallel waves. Throws a {@link RunError} with every problem when
 * something indispensable is missing, denied or of another account.
 */
export async function observe(aws: Aws, desired: Desired, adviceAlways: boolean): Promise<Observation> {
  const first = await firstWave(aws, desired);
  const { caller, lambda, vpcs, subnets, endpoints, namedGroups } = first;
  const choice = chooseVpc(desired, { lambda, vpcs, subnets, region: aws.region });
  if ('problem' in choice) throw new RunError([choice.problem]);
  const { vpc } = choice;
  const advice = adviceAlways || vpcOfFunction(lambda, subnets) !== vpc.id;
  const {
    groups,
    role: _exists,
    ...second
  } = await secondWave(aws, { desired, vpc, lambda, endpoints, subnets, advice, caller });
  const allGroups = [...new Map([...groups, ...namedGroups].map((group) => [group.id, group])).values()];
  return { vpc, observed: { caller, lambda, vpcs, subnets, endpoints, groups: allGroups, ...second } };
}

/** Adds the advice reads to an observation that was made without them. */
export async function addAdvice(aws: Aws, { observed, vpc }: Observation): Promise<Observation> {
  if (observed.interfaces !== undefined && observed.aliases !== undefined) return { observed, vpc };
  return { vpc, observed: { ...observed, ...(await readAdvice(aws, vpc.id, observed.lambda.name)) } };
}

/**
 * Reads again, in one wave, what a run may have changed: groups, endpoints, policies, and the function
 * unless its last look while waiting is given.
 */
export async function observeAgain(
  aws: Aws,
  { observed, vpc }: Observation,
  lambda: LambdaFunction | undefined,
): Promise<Observation> {
  const name = observed.lambda.name;
  const roleName = roleNameOf(observed.lambda.roleArn);
  const [groups, endpoints, policies, fn] = await Promise.all([
    attempt('ec2:DescribeSecurityGroups', '*', readSecurityGroups(aws, vpc.id)),
    attempt('ec2:DescribeVpcEndpoints', '*', readVpcEndpoints(aws)),
    attempt(
      'iam:ListAttachedRolePolicies',
      roleName,
      orUndefined(observed.policies !== undefined, () => readAttachedPolicies(aws, roleName)),
    ),
    attempt(
      'lambda:GetFunctionConfiguration',
      name,
      lambda ? Promise.resolve(lambda) : readFunction(aws, name),
    ),
  ]);
  const read = required({ groups, endpoints, lambda: fn });
  const others = observed.groups.filter((group) => group.vpcId !== vpc.id);
  return {
    vpc,
    observed: {
      ...observed,
      groups: [...read.groups, ...others],
      endpoints: read.endpoints,
      lambda: read.lambda,
      policies: policies.ok && policies.value === undefined ? undefined : (policies as Observed['policies']),
    },
  };
}
