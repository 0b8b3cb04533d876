import type { Call, Input, Later } from '../aws/call.js';
import type { VpcEndpoint } from '../model/observed.js';
import type { AttributeChange, Change } from '../model/plan.js';
import {
  type EndpointUse,
  endpointSubnets,
  missingSubnets,
  uncoveredTables,
} from '../resolve/endpoint-use.js';
import { ENDPOINTS_GROUP } from '../resolve/groups.js';
import type { WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { shortHash } from '../resolve/users.js';
import { fromTags } from '../resources/tags.js';
import { listed, sortedSet } from '../text/words.js';
import { attribute, change } from './change.js';
import { hasOtherPolicy, policyInput, policyText, wantedPolicyText } from './endpoint-policy.js';
import { extendEndpoint } from './extend-endpoints.js';
import { type Aspect, isDrift } from './record.js';
import { endpointsGroupId, sharedTags } from './security-groups.js';

/** Address of the change to a service's endpoint. */
export function endpointChangeId(service: WantedService): string {
  return `vpc-endpoint/${service.word}`;
}

/**
 * AWS makes one endpoint for all requests with one token, and refuses the token with other parameters
 * (EC2 API, "Ensuring idempotency"): so it is a hash of all of them, equal across the retries of a run.
 * At most 64 characters.
 */
function withToken(target: SharedTarget, input: Later<Input<'ec2:CreateVpcEndpoint'>>): Call {
  const { identity, observed, region } = target;
  const facts = [observed.caller.accountId, region, identity.runId, JSON.stringify(input)];
  return {
    action: 'ec2:CreateVpcEndpoint',
    input: { ...input, ClientToken: shortHash(facts.join('\n'), 64) },
  };
}

function tagSpecification(target: SharedTarget, service: WantedService) {
  const tags = { Name: `vpc-lambda-action-${service.word}`, ...sharedTags(target) };
  return [{ ResourceType: 'vpc-endpoint' as const, Tags: fromTags(tags) }];
}

/** For services that have both types AWS otherwise demands a gateway endpoint first (domain.md row 76). */
function dnsOptions({ entry }: WantedService) {
  const both = entry?.types.includes('Gateway') === true;
  return both ? { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } } : {};
}

function createInterface(service: WantedService, target: SharedTarget): Change {
  const subnetIds = endpointSubnets(service, target, []).map((subnet) => subnet.id);
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'create',
    label: `${service.word} (${service.serviceName})`,
    reason: isDrift(target, 'endpoints') ? 'drift' : 'missing',
    because: `${target.vpc.id} has no interface endpoint for ${service.serviceName}.`,
    attributes: [
      attribute('type', undefined, 'Interface'),
      attribute('subnets', undefined, [...subnetIds].sort()),
      attribute('private DNS', undefined, service.privateDns ? 'on' : 'off'),
      ...newPolicy(target),
    ],
    calls: [
      withToken(target, {
        VpcEndpointType: 'Interface',
        VpcId: target.vpc.id,
        ServiceName: service.serviceName,
        SubnetIds: subnetIds,
        SecurityGroupIds: [endpointsGroupId(target)],
        PrivateDnsEnabled: service.privateDns,
        ...(service.privateDns ? dnsOptions(service) : {}),
        ...policyInput(target),
        TagSpecifications: tagSpecification(target, service),
      }),
    ],
    settle: { kind: 'vpc-endpoint', id: { ref: endpointChangeId(service), field: 'VpcEndpointId' } },
  });
}

interface InterfaceGap {
  readonly addSubnets: readonly string[];
  readonly addGroup: boolean;
  readonly privateDns: boolean;
  readonly policy: boolean;
}

function gapOf(service: WantedService, endpoint: VpcEndpoint, target: SharedTarget): InterfaceGap {
  const groupId = endpointsGroupId(target);
  return {
    addSubnets: missingSubnets(service, endpoint, target),
    addGroup: typeof groupId !== 'string' || !endpoint.groupIds.includes(groupId),
    privateDns: service.privateDns && !endpoint.privateDns,
    policy: hasOtherPolicy(endpoint, target),
  };
}

/** The policy of an endpoint that is to be made, where the inputs say one. */
function newPolicy(target: SharedTarget): AttributeChange[] {
  return target.desired.endpointPolicy === undefined
    ? []
    : [attribute('policy', undefined, wantedPolicyText(target))];
}

const changedPolicy = ({ policy }: VpcEndpoint, target: SharedTarget): AttributeChange =>
  attribute('policy', policyText(policy), wantedPolicyText(target));

function gapAttributes(endpoint: VpcEndpoint, gap: InterfaceGap, target: SharedTarget): AttributeChange[] {
  const groupName = target.groups.endpointsGroup?.id ?? ENDPOINTS_GROUP;
  const attributes: AttributeChange[] = [];
  if (gap.addSubnets.length > 0) {
    attributes.push(
      attribute('subnets', endpoint.subnetIds, sortedSet([...endpoint.subnetIds, ...gap.addSubnets])),
    );
  }
  if (gap.addGroup) {
    attributes.push(attribute('security groups', endpoint.groupIds, [...endpoint.groupIds, groupName]));
  }
  if (gap.privateDns) attributes.push(attribute('private DNS', 'off', 'on'));
  if (gap.policy) attributes.push(changedPolicy(endpoint, target));
  return attributes;
}

function modifyInterface(
  service: WantedService,
  endpoint: VpcEndpoint,
  target: SharedTarget,
): Change | undefined {
  const gap = gapOf(service, endpoint, target);
  const groupName = target.groups.endpointsGroup?.id ?? ENDPOINTS_GROUP;
  const attributes = gapAttributes(endpoint, gap, target);
  if (attributes.length === 0) return undefined;
  const drifted = isDrift(target, ...gapAspects(gap));
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'update',
    label: `${service.word} (${endpoint.id})`,
    reason: drifted ? 'drift' : 'differs',
    because: `Endpoint ${endpoint.id} lacks ${listed(gapWords(gap, groupName))}${drifted ? ' that it had' : ''}.`,
    attributes,
    calls: [
      {
        action: 'ec2:ModifyVpcEndpoint',
        input: {
          VpcEndpointId: endpoint.id,
          ...(gap.addSubnets.length > 0 ? { AddSubnetIds: [...gap.addSubnets] } : {}),
          ...(gap.addGroup ? { AddSecurityGroupIds: [endpointsGroupId(target)] } : {}),
          ...(gap.privateDns ? { PrivateDnsEnabled: true, ...dnsOptions(service) } : {}),
          ...(gap.policy ? policyInput(target) : {}),
        },
      },
    ],
    settle: { kind: 'vpc-endpoint', id: endpoint.id },
  });
}

/** What must be wanted as before for a gap to be drift. */
function gapAspects({ addSubnets, policy }: InterfaceGap): Aspect[] {
  return [
    'endpoints',
    ...(addSubnets.length > 0 ? (['zones'] as const) : []),
    ...(policy ? (['endpoint-policy'] as const) : []),
  ];
}

function gapWords(gap: InterfaceGap, groupName: string): string[] {
  return [
    ...gap.addSubnets.map((id) => `subnet ${id}`),
    ...(gap.addGroup ? [`security group ${groupName}`] : []),
    ...(gap.privateDns ? ['private DNS'] : []),
    ...(gap.policy ? ['the policy of `endpoint-policy`'] : []),
  ];
}

function createGateway(service: WantedService, target: SharedTarget): Change {
  const tables = uncoveredTables(service, target);
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'create',
    label: `${service.word} (${service.serviceName})`,
    reason: isDrift(target, 'endpoints') ? 'drift' : 'missing',
    because: `No gateway endpoint for ${service.serviceName} serves ${listed(tables)}.`,
    attributes: [
      attribute('type', undefined, 'Gateway'),
      attribute('route tables', undefined, tables),
      ...newPolicy(target),
    ],
    calls: [
      withToken(target, {
        VpcEndpointType: 'Gateway',
        VpcId: target.vpc.id,
        ServiceName: service.serviceName,
        RouteTableIds: tables,
        ...policyInput(target),
        TagSpecifications: tagSpecification(target, service),
      }),
    ],
    settle: { kind: 'vpc-endpoint', id: { ref: endpointChangeId(service), field: 'VpcEndpointId' } },
  });
}

function modifyGateway(
  service: WantedService,
  endpoint: VpcEndpoint,
  target: SharedTarget,
): Change | undefined {
  const tables = uncoveredTables(service, target);
  const policy = hasOtherPolicy(endpoint, target);
  if (tables.length === 0 && !policy) return undefined;
  const drifted = isDrift(
    target,
    'endpoints',
    ...(tables.length > 0 ? (['subnets'] as const) : []),
    ...(policy ? (['endpoint-policy'] as const) : []),
  );
  const lacks = [
    ...tables.map((id) => `route table ${id}`),
    ...(policy ? ['the policy of `endpoint-policy`'] : []),
  ];
  const grown = attribute(
    'route tables',
    endpoint.routeTableIds,
    sortedSet([...endpoint.routeTableIds, ...tables]),
  );
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'update',
    label: `${service.word} (${endpoint.id})`,
    reason: drifted ? 'drift' : 'differs',
    because: `Endpoint ${endpoint.id} lacks ${listed(lacks)}${drifted ? ' that it had' : ''}.`,
    attributes: [...(tables.length > 0 ? [grown] : []), ...(policy ? [changedPolicy(endpoint, target)] : [])],
    calls: [
      {
        action: 'ec2:ModifyVpcEndpoint',
        input: {
          VpcEndpointId: endpoint.id,
          ...(tables.length > 0 ? { AddRouteTableIds: tables } : {}),
          ...(policy ? policyInput(target) : {}),
        },
      },
    ],
    settle: { kind: 'vpc-endpoint', id: endpoint.id },
  });
}

function planUse(use: EndpointUse, target: SharedTarget): Change | undefined {
  const { service } = use;
  if (use.how === 'create') {
    return service.type === 'Interface' ? createInterface(service, target) : createGateway(service, target);
  }
  if (use.how === 'adopted') return extendEndpoint(use, target, endpointChangeId(service));
  if (use.how !== 'ours') return undefined;
  return service.type === 'Interface'
    ? modifyInterface(service, use.endpoint, target)
    : modifyGateway(service, use.endpoint, target);
}

/** Plans the endpoints to make and to add to; nothing is ever taken from a shared endpoint. */
export function planEndpoints(target: SharedTarget, uses: readonly EndpointUse[]): Change[] {
  return uses.map((use) => planUse(use, target)).filter((planned) => planned !== undefined);
}
