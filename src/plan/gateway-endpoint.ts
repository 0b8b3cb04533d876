import type { VpcEndpoint } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import { uncoveredTables } from '../resolve/endpoint-use.js';
import type { WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { listed } from '../text/words.js';
import { attribute, change, grown } from './change.js';
import { endpointChangeId, tagSpecification, withToken } from './endpoint-parts.js';
import { changedPolicy, hasOtherPolicy, newPolicy, policyInput } from './endpoint-policy.js';
import { isDrift } from './record.js';

/** Plans a gateway endpoint of ours for the route tables that none serves. */
export function createGateway(service: WantedService, target: SharedTarget): Change {
  const tables = uncoveredTables(service, target);
  const drifted = isDrift(target, 'endpoints', 'tables');
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'create',
    label: `${service.word} (${service.serviceName})`,
    reason: drifted ? 'drift' : 'missing',
    because: `No gateway endpoint for ${service.serviceName} serves ${listed(tables)}${drifted ? ' any more' : ''}.`,
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

/** Plans what a gateway endpoint of ours lacks. */
export function modifyGateway(
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
    ...(tables.length > 0 ? (['tables'] as const) : []),
    ...(policy ? (['endpoint-policy'] as const) : []),
  );
  const lacks = [
    ...tables.map((id) => `route table ${id}`),
    ...(policy ? ['the policy of `endpoint-policy`'] : []),
  ];
  return change({
    id: endpointChangeId(service),
    kind: 'vpc-endpoint',
    action: 'update',
    label: `${service.word} (${endpoint.id})`,
    reason: drifted ? 'drift' : 'differs',
    because: `Endpoint ${endpoint.id} lacks ${listed(lacks)}${drifted ? ' that it had' : ''}.`,
    attributes: [
      ...grown('route tables', endpoint.routeTableIds, tables),
      ...(policy ? [changedPolicy(endpoint, target)] : []),
    ],
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
