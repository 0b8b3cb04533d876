import type { VpcEndpoint } from '../model/observed.js';
import type { AttributeChange, Change } from '../model/plan.js';
import { type EndpointUse, endpointSubnets, missingSubnets } from '../resolve/endpoint-use.js';
import { endpointsFor, type WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { privateDnsText } from '../resources/vpc-endpoint.js';
import { listed } from '../text/words.js';
import { attribute, change, grown } from './change.js';
import { endpointChangeId, tagSpecification, withToken } from './endpoint-parts.js';
import { changedPolicy, hasOtherPolicy, newPolicy, policyInput } from './endpoint-policy.js';
import { extendEndpoint } from './extend-endpoints.js';
import { createGateway, modifyGateway } from './gateway-endpoint.js';
import { type Aspect, isDrift } from './record.js';
import { endpointsGroupId, endpointsGroupText } from './security-groups.js';

/** For services that have both types AWS otherwise demands a gateway endpoint first (domain.md row 76). */
function dnsOptions({ entry }: WantedService) {
  const both = entry?.types.includes('Gateway') === true;
  return both ? { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false } } : {};
}

/** Whether rules of ours lead to endpoints of ours: to those of others they lead by ranges, and one of those may go. */
function ledToOurs({ groups }: SharedTarget): boolean {
  const rules = (groups.managed?.egress ?? []).filter((rule) => purposeOf(rule) === 'endpoints');
  return rules.length === 0 || rules.some(({ peer }) => peer.value === groups.endpointsGroup?.id);
}

function whyCreated(service: WantedService, target: SharedTarget, drifted: boolean): string {
  const { serviceName } = service;
  const standing = endpointsFor(service, target.vpc.id, target.observed.endpoints).map(({ id }) => id);
  const none = `${target.vpc.id} has no interface endpoint for ${serviceName}`;
  if (standing.length === 0) return `${none}${drifted ? ' any more' : ''}.`;
  return `${none} that can be used${drifted ? ' any more' : ''}; ${listed(standing)} cannot.`;
}

function createInterface(service: WantedService, target: SharedTarget): Change {
  const subnetIds = endpointSubnets(service, target, []).map((subnet) => subnet.id);
  const drifted = isDrift(target, 'endpoints') && ledToOurs(target);
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'create',
    label: `${service.word} (${service.serviceName})`,
    reason: drifted ? 'drift' : 'missing',
    because: whyCreated(service, target, drifted),
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

function gapAttributes(endpoint: VpcEndpoint, gap: InterfaceGap, target: SharedTarget): AttributeChange[] {
  const attributes = grown('subnets', endpoint.subnetIds, gap.addSubnets);
  if (gap.addGroup) {
    const groupIds = [...endpoint.groupIds, endpointsGroupText(target)];
    attributes.push(attribute('security groups', endpoint.groupIds, groupIds));
  }
  if (gap.privateDns) attributes.push(attribute('private DNS', privateDnsText(endpoint), 'on'));
  if (gap.policy) attributes.push(changedPolicy(endpoint, target));
  return attributes;
}

function modifyInterface(
  service: WantedService,
  endpoint: VpcEndpoint,
  target: SharedTarget,
): Change | undefined {
  const gap = gapOf(service, endpoint, target);
  const attributes = gapAttributes(endpoint, gap, target);
  if (attributes.length === 0) return undefined;
  const drifted = isDrift(target, ...gapAspects(gap));
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'update',
    label: `${service.word} (${endpoint.id})`,
    reason: drifted ? 'drift' : 'differs',
    because: `Endpoint ${endpoint.id} lacks ${listed(gapWords(gap, endpointsGroupText(target)))}${drifted ? ' that it had' : ''}.`,
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
