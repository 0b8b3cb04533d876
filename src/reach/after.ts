import { type Call, type Id, isRef } from '../aws/call.js';
import { restrictionIn } from '../iam/endpoint-policy.js';
import type {
  FunctionNetwork,
  GroupRule,
  ObservedNetwork,
  SecurityGroup,
  Vpc,
  VpcEndpoint,
} from '../model/observed.js';
import type { Change } from '../model/plan.js';
import { defaultEgress, ruleKey, toRules } from '../resources/security-group-rules.js';
import { privateDnsOf } from '../resources/vpc-endpoint.js';
import { sortedSet } from '../text/words.js';

/** Stands for an id that only applying will tell: the id of the change that makes the thing. */
const known = (id: Id): string => (isRef(id) ? id.ref : id);

type Resolved<T> = T extends { readonly ref: string; readonly field: string }
  ? never
  : T extends readonly (infer U)[]
    ? Resolved<U>[]
    : T extends object
      ? { [K in keyof T]: Resolved<T[K]> }
      : T;

/** An input in which every reference is the id of its change. */
function resolved<T>(value: T): Resolved<T> {
  const text = JSON.stringify(value, (_, inner: unknown) => (isRef(inner) ? known(inner) : inner));
  return JSON.parse(text);
}

function newGroup(id: string, name: string, vpc: Vpc): SecurityGroup {
  return {
    id,
    name,
    vpcId: vpc.id,
    description: '',
    tags: {},
    ingress: [],
    egress: defaultEgress(vpc),
  };
}

type CallOf<A extends Call['action']> = Extract<Call, { action: A }>;

function withEndpoint(
  observed: ObservedNetwork,
  id: string,
  { input }: CallOf<'ec2:CreateVpcEndpoint'>,
): ObservedNetwork {
  const made = resolved(input);
  const endpoint: VpcEndpoint = {
    id,
    vpcId: made.VpcId ?? '',
    serviceName: made.ServiceName ?? '',
    type: made.VpcEndpointType ?? 'Gateway',
    state: 'available',
    subnetIds: sortedSet(made.SubnetIds ?? []),
    groupIds: sortedSet(made.SecurityGroupIds ?? []),
    routeTableIds: sortedSet(made.RouteTableIds ?? []),
    networkInterfaceIds: [],
    ...privateDnsOf(made),
    privateNames: [],
    addressType: 'ipv4',
    policy: restrictionIn(made.PolicyDocument),
    requesterManaged: false,
    tags: {},
    createdAt: 0,
    lastError: undefined,
  };
  return { ...observed, endpoints: [...observed.endpoints, endpoint] };
}

function withModified(
  observed: ObservedNetwork,
  { input }: CallOf<'ec2:ModifyVpcEndpoint'>,
): ObservedNetwork {
  const change = resolved(input);
  const modified = (endpoint: VpcEndpoint): VpcEndpoint => ({
    ...endpoint,
    subnetIds: sortedSet([...endpoint.subnetIds, ...(change.AddSubnetIds ?? [])]),
    groupIds: sortedSet([...endpoint.groupIds, ...(change.AddSecurityGroupIds ?? [])]),
    routeTableIds: sortedSet([...endpoint.routeTableIds, ...(change.AddRouteTableIds ?? [])]),
    ...privateDnsOf(change, endpoint),
    ...(change.PolicyDocument === undefined ? {} : { policy: restrictionIn(change.PolicyDocument) }),
  });
  const endpoints = observed.endpoints.map((endpoint) =>
    endpoint.id === change.VpcEndpointId ? modified(endpoint) : endpoint,
  );
  return { ...observed, endpoints };
}

/** A gateway endpoint takes its routes with it (PrivateLink guide, "Delete a gateway endpoint"). */
function withoutEndpoints(
  observed: ObservedNetwork,
  { input }: CallOf<'ec2:DeleteVpcEndpoints'>,
): ObservedNetwork {
  const gone = resolved(input).VpcEndpointIds ?? [];
  return {
    ...observed,
    endpoints: observed.endpoints.filter(({ id }) => !gone.includes(id)),
    routeTables: observed.routeTables.map((table) => ({
      ...table,
      routes: table.routes.filter(({ target }) => !gone.includes(target)),
    })),
  };
}

type RulesCall = CallOf<
  | 'ec2:AuthorizeSecurityGroupEgress'
  | 'ec2:AuthorizeSecurityGroupIngress'
  | 'ec2:RevokeSecurityGroupEgress'
  | 'ec2:RevokeSecurityGroupIngress'
>;

function withRules(observed: ObservedNetwork, { action, input }: RulesCall): ObservedNetwork {
  const { GroupId, IpPermissions = [] } = resolved(input);
  const rules = IpPermissions.flatMap((permission) => toRules(permission));
  const keys = new Set(rules.map(ruleKey));
  const without = (present: readonly GroupRule[]) => present.filter((rule) => !keys.has(ruleKey(rule)));
  const edited = (group: SecurityGroup): SecurityGroup => {
    if (action === 'ec2:RevokeSecurityGroupEgress') return { ...group, egress: without(group.egress) };
    if (action === 'ec2:RevokeSecurityGroupIngress') return { ...group, ingress: without(group.ingress) };
    return action === 'ec2:AuthorizeSecurityGroupEgress'
      ? { ...group, egress: [...without(group.egress), ...rules] }
      : { ...group, ingress: [...without(group.ingress), ...rules] };
  };
  const groups = observed.groups.map((group) => (group.id === GroupId ? edited(group) : group));
  return { ...observed, groups };
}

function withCall(observed: ObservedNetwork, vpc: Vpc, id: string, call: Call): ObservedNetwork {
  switch (call.action) {
    case 'ec2:CreateSecurityGroup': {
      const group = newGroup(id, resolved(call.input).GroupName ?? '', vpc);
      return { ...observed, groups: [...observed.groups, group] };
    }
    case 'ec2:CreateVpcEndpoint':
      return withEndpoint(observed, id, call);
    case 'ec2:ModifyVpcEndpoint':
      return withModified(observed, call);
    case 'ec2:DeleteVpcEndpoints':
      return withoutEndpoints(observed, call);
    case 'ec2:AuthorizeSecurityGroupEgress':
    case 'ec2:AuthorizeSecurityGroupIngress':
    case 'ec2:RevokeSecurityGroupEgress':
    case 'ec2:RevokeSecurityGroupIngress':
      return withRules(observed, call);
    default:
      return observed;
  }
}

/** An endpoint on its way is waited for. */
function settled(endpoint: VpcEndpoint): VpcEndpoint {
  return endpoint.state === 'pending' ? { ...endpoint, state: 'available' } : endpoint;
}

/**
 * The network as it will be when all changes are done and settled: what a change makes has the change's id.
 * Takes the changes for what they send to AWS, not for what they say. A pure function.
 */
export function networkAfter(
  observed: ObservedNetwork,
  vpc: Vpc,
  changes: readonly Change[],
): ObservedNetwork {
  const start: ObservedNetwork = { ...observed, endpoints: observed.endpoints.map(settled) };
  return changes.reduce(
    (now, { id, calls }) => calls.reduce((then, call) => withCall(then, vpc, id, call), now),
    start,
  );
}

/** The place of a function as its change leaves it; undefined where no change moves it. */
export function placeAfter(functionName: string, changes: readonly Change[]): FunctionNetwork | undefined {
  const calls = changes
    .filter((change) => change.functionName === functionName)
    .flatMap(({ calls }) => calls);
  const move = calls.find((call) => call.action === 'lambda:UpdateFunctionConfiguration');
  const config = move && resolved(move.input).VpcConfig;
  if (config === undefined) return undefined;
  return {
    subnetIds: config.SubnetIds ?? [],
    securityGroupIds: config.SecurityGroupIds ?? [],
    ipv6: config.Ipv6AllowedForDualStack === true,
  };
}
