import type { VpcEndpoint } from '../model/observed.js';
import type { AttributeChange, Change } from '../model/plan.js';
import type { Addition, EndpointUse } from '../resolve/endpoint-use.js';
import type { SharedTarget } from '../resolve/target.js';
import { listed } from '../text/words.js';
import { change, grown } from './change.js';
import { endpointsGroupId, endpointsGroupText } from './security-groups.js';

function attributesOf(endpoint: VpcEndpoint, addition: Addition, groupName: string): AttributeChange[] {
  const { subnetIds, group, routeTableIds } = addition;
  return [
    ...grown('subnets', endpoint.subnetIds, subnetIds),
    ...grown('security groups', endpoint.groupIds, group ? [groupName] : []),
    ...grown('route tables', endpoint.routeTableIds, routeTableIds),
  ];
}

/** Plans what `existing-endpoints: extend` adds to an endpoint of somebody else; nothing is ever taken from it. */
export function extendEndpoint(
  { service, endpoint, addition }: Extract<EndpointUse, { how: 'adopted' }>,
  target: SharedTarget,
  id: string,
): Change | undefined {
  if (addition === undefined) return undefined;
  const { subnetIds, group, routeTableIds } = addition;
  const lacks = [
    ...subnetIds.map((one) => `subnet ${one}`),
    ...(group ? [`a security group that admits ${target.user.name}`] : []),
    ...routeTableIds.map((one) => `route table ${one}`),
  ];
  return change({
    id,
    kind: 'vpc-endpoint',
    action: 'update',
    label: `${service.word} (${endpoint.id})`,
    reason: 'missing',
    because: `Endpoint ${endpoint.id} of somebody else lacks ${listed(lacks)}, and \`existing-endpoints: extend\` says to add ${lacks.length === 1 ? 'it' : 'them'}.`,
    attributes: attributesOf(endpoint, addition, endpointsGroupText(target)),
    disruption: `adds to ${endpoint.id}, which this action did not make`,
    calls: [
      {
        action: 'ec2:ModifyVpcEndpoint',
        input: {
          VpcEndpointId: endpoint.id,
          ...(subnetIds.length > 0 ? { AddSubnetIds: [...subnetIds] } : {}),
          ...(group ? { AddSecurityGroupIds: [endpointsGroupId(target)] } : {}),
          ...(routeTableIds.length > 0 ? { AddRouteTableIds: [...routeTableIds] } : {}),
        },
      },
    ],
    settle: { kind: 'vpc-endpoint', id: endpoint.id },
  });
}
