import type { KnownCall } from '../../src/apply/adopt.js';
import { knownCall } from '../../src/apply/send.js';
import { isRef } from '../../src/aws/call.js';
import { restrictionIn } from '../../src/iam/endpoint-policy.js';
import type { GroupRule, Observed, SecurityGroup, VpcEndpoint } from '../../src/model/observed.js';
import type { Plan } from '../../src/model/plan.js';
import { ruleKey, toRules } from '../../src/resources/security-group-rules.js';
import { toTags } from '../../src/resources/tags.js';
import { sortedSet, without } from '../../src/text/words.js';
import { id } from './ids.js';
import { rule } from './rules.js';

interface Step {
  readonly observed: Observed;
  readonly ids: Readonly<Record<string, string>>;
}

const sorted = (rules: readonly GroupRule[]): GroupRule[] =>
  [...rules].sort((one, other) => ruleKey(one).localeCompare(ruleKey(other)));

function editGroup(
  observed: Observed,
  groupId: string | undefined,
  edit: (group: SecurityGroup) => SecurityGroup,
): Step {
  const found = observed.groups.some((group) => group.id === groupId);
  if (!found) throw new Error(`InvalidGroup.NotFound: ${groupId}`);
  const groups = observed.groups.map((group) => (group.id === groupId ? edit(group) : group));
  return { observed: { ...observed, groups }, ids: {} };
}

function editEndpoint(
  observed: Observed,
  endpointId: string | undefined,
  edit: (endpoint: VpcEndpoint) => VpcEndpoint,
): Step {
  const endpoints = observed.endpoints.map((endpoint) =>
    endpoint.id === endpointId ? edit(endpoint) : endpoint,
  );
  return { observed: { ...observed, endpoints }, ids: {} };
}

function createGroup(
  observed: Observed,
  input: Extract<KnownCall, { action: 'ec2:CreateSecurityGroup' }>['input'],
): Step {
  const GroupId = id('sg', 0xa000 + observed.groups.length);
  const vpc = observed.vpcs.find((candidate) => candidate.id === input.VpcId);
  const group: SecurityGroup = {
    id: GroupId,
    name: input.GroupName ?? '',
    vpcId: input.VpcId ?? '',
    description: input.Description ?? '',
    tags: toTags(input.TagSpecifications?.[0]?.Tags),
    ingress: [],
    egress: [rule('all 0.0.0.0/0'), ...(vpc && vpc.ipv6Cidrs.length > 0 ? [rule('all ::/0')] : [])],
  };
  return { observed: { ...observed, groups: [...observed.groups, group] }, ids: { GroupId } };
}

function createEndpoint(
  observed: Observed,
  input: Extract<KnownCall, { action: 'ec2:CreateVpcEndpoint' }>['input'],
): Step {
  const rival = observed.endpoints.find(
    (endpoint) =>
      endpoint.vpcId === input.VpcId && endpoint.serviceName === input.ServiceName && endpoint.privateDns,
  );
  if (rival && input.PrivateDnsEnabled) throw new Error(`conflicting DNS domain: ${rival.id}`);
  const VpcEndpointId = id('vpce', 0xa000 + observed.endpoints.length);
  const endpoint: VpcEndpoint = {
    id: VpcEndpointId,
    vpcId: input.VpcId ?? '',
    serviceName: input.ServiceName ?? '',
    type: input.VpcEndpointType ?? 'Gateway',
    state: 'available',
    subnetIds: sortedSet(input.SubnetIds ?? []),
    groupIds: sortedSet(input.SecurityGroupIds ?? []),
    routeTableIds: sortedSet(input.RouteTableIds ?? []),
    networkInterfaceIds: [],
    privateDns: input.PrivateDnsEnabled === true,
    inboundDnsOnly: false,
    privateNames: [],
    addressType: 'ipv4',
    policy: restrictionIn(input.PolicyDocument),
    requesterManaged: false,
    tags: toTags(input.TagSpecifications?.[0]?.Tags),
    createdAt: 1_000 + observed.endpoints.length,
    lastError: undefined,
  };
  return { observed: { ...observed, endpoints: [...observed.endpoints, endpoint] }, ids: { VpcEndpointId } };
}

function namesAfter(
  endpoint: VpcEndpoint,
  { PrivateDnsEnabled, DnsOptions }: KnownCall<'ec2:ModifyVpcEndpoint'>['input'],
): Pick<VpcEndpoint, 'privateDns' | 'inboundDnsOnly'> {
  const inboundDnsOnly = DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? endpoint.inboundDnsOnly;
  return { inboundDnsOnly, privateDns: (PrivateDnsEnabled ?? endpoint.privateDns) && !inboundDnsOnly };
}

type RulesAction =
  | 'ec2:AuthorizeSecurityGroupEgress'
  | 'ec2:AuthorizeSecurityGroupIngress'
  | 'ec2:RevokeSecurityGroupEgress'
  | 'ec2:RevokeSecurityGroupIngress';

function editRules(observed: Observed, call: KnownCall<RulesAction>): Step {
  const rules = (call.input.IpPermissions ?? []).flatMap((permission) => toRules(permission));
  const keys = rules.map(ruleKey);
  const side = call.action.endsWith('Ingress') ? 'ingress' : 'egress';
  return editGroup(observed, call.input.GroupId, (group) => {
    const present = group[side].map(ruleKey);
    if (call.action.includes('Revoke')) {
      const unknown = without(keys, present);
      if (unknown.length > 0) throw new Error(`InvalidPermission.NotFound: ${unknown.join(', ')}`);
      return { ...group, [side]: group[side].filter((known) => !keys.includes(ruleKey(known))) };
    }
    const twice = keys.filter((key) => present.includes(key));
    if (twice.length > 0) throw new Error(`InvalidPermission.Duplicate: ${twice.join(', ')}`);
    return { ...group, [side]: sorted([...group[side], ...rules]) };
  });
}

function tagged(observed: Observed, ids: readonly string[], tags: Readonly<Record<string, string>>): Step {
  const add = <T extends SecurityGroup | VpcEndpoint>(thing: T): T =>
    ids.includes(thing.id) ? { ...thing, tags: { ...thing.tags, ...tags } } : thing;
  return {
    observed: { ...observed, groups: observed.groups.map(add), endpoints: observed.endpoints.map(add) },
    ids: {},
  };
}

function attached(observed: Observed, arn: string): Step {
  const present = observed.policies?.ok ? observed.policies.value : [];
  const value = [...present, { name: arn.split('/').pop() ?? '', arn }];
  return { observed: { ...observed, policies: { ok: true, value } }, ids: {} };
}

function put(observed: Observed, name: string, text: string): Step {
  const { role } = observed;
  if (role?.own?.ok !== true) throw new Error('the inline policies were not read');
  const own = { ok: true as const, value: new Map([...role.own.value, [name, text]]) };
  return { observed: { ...observed, role: { ...role, own } }, ids: {} };
}

function step(observed: Observed, call: KnownCall): Step {
  switch (call.action) {
    case 'ec2:CreateSecurityGroup':
      return createGroup(observed, call.input);
    case 'ec2:CreateVpcEndpoint':
      return createEndpoint(observed, call.input);
    case 'ec2:AuthorizeSecurityGroupEgress':
    case 'ec2:AuthorizeSecurityGroupIngress':
    case 'ec2:RevokeSecurityGroupEgress':
    case 'ec2:RevokeSecurityGroupIngress':
      return editRules(observed, call);
    case 'ec2:ModifyVpcEndpoint':
      return editEndpoint(observed, call.input.VpcEndpointId, (endpoint) => ({
        ...endpoint,
        subnetIds: sortedSet([...endpoint.subnetIds, ...(call.input.AddSubnetIds ?? [])]),
        groupIds: sortedSet([...endpoint.groupIds, ...(call.input.AddSecurityGroupIds ?? [])]),
        routeTableIds: sortedSet([...endpoint.routeTableIds, ...(call.input.AddRouteTableIds ?? [])]),
        ...namesAfter(endpoint, call.input),
        policy:
          call.input.PolicyDocument === undefined
            ? endpoint.policy
            : restrictionIn(call.input.PolicyDocument),
      }));
    case 'ec2:DeleteVpcEndpoints':
      return {
        observed: {
          ...observed,
          endpoints: observed.endpoints.filter(({ id: one }) => !call.input.VpcEndpointIds?.includes(one)),
        },
        ids: {},
      };
    case 'ec2:CreateTags':
      return tagged(observed, call.input.Resources ?? [], toTags(call.input.Tags));
    case 'iam:AttachRolePolicy':
      return attached(observed, call.input.PolicyArn ?? '');
    case 'iam:PutRolePolicy':
      return put(observed, call.input.PolicyName ?? '', call.input.PolicyDocument ?? '');
    case 'lambda:UpdateFunctionConfiguration': {
      const {
        SubnetIds = [],
        SecurityGroupIds = [],
        Ipv6AllowedForDualStack: ipv6 = false,
      } = call.input.VpcConfig ?? {};
      if ((SubnetIds.length === 0) !== (SecurityGroupIds.length === 0))
        throw new Error('SubnetIds and SecurityIds must coexist');
      const network = {
        subnetIds: sortedSet(SubnetIds),
        securityGroupIds: sortedSet(SecurityGroupIds),
        ipv6,
      };
      return {
        observed: { ...observed, lambda: { ...observed.lambda, network, revisionId: 'revision-2' } },
        ids: {},
      };
    }
    default:
      throw new Error(`a plan should not call ${call.action}`);
  }
}

/** Carries out a plan on what was observed, as AWS would, refusing what AWS refuses. */
export function applied(plan: Plan, before: Observed): Observed {
  const ids = new Map<string, Readonly<Record<string, string>>>();
  const lookUp = (ref: string, field: string): string => {
    const value = ids.get(ref)?.[field];
    if (value === undefined) throw new Error(`${field} of ${ref} is not known yet`);
    return value;
  };
  return plan.changes.reduce((observed, change) => {
    let now = observed;
    for (const call of change.calls) {
      const next = step(now, knownCall(call, lookUp));
      now = next.observed;
      ids.set(change.id, { ...ids.get(change.id), ...next.ids });
    }
    return now;
  }, before);
}

/** Whether a value still holds a reference. */
export function holdsRef(value: unknown): boolean {
  if (isRef(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsRef);
}
