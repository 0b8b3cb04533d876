import type { Change } from '../model/plan.js';
import { deletionId } from '../reach/change-ids.js';
import type { SharedTarget } from '../resolve/target.js';
import { deletedEndpoints, type UnwantedEndpoint } from '../resolve/unwanted-endpoints.js';
import { attribute, change } from './change.js';
import { servesAll } from './security-group-rules.js';

function deletion({ endpoint, word }: UnwantedEndpoint, after: readonly string[]): Change {
  const places = endpoint.type === 'Interface' ? endpoint.subnetIds : endpoint.routeTableIds;
  return change({
    id: deletionId(word),
    kind: 'vpc-endpoint',
    action: 'delete',
    label: `${word} (${endpoint.id})`,
    reason: 'no-longer-desired',
    because: `\`endpoints\` does not list ${word} any more, and \`allow\` says to delete ${endpoint.id}.`,
    attributes: [
      attribute('service', endpoint.serviceName, undefined),
      attribute(endpoint.type === 'Interface' ? 'subnets' : 'route tables', places, undefined),
    ],
    disruption:
      endpoint.type === 'Interface' && endpoint.privateDns
        ? 'gives the name of the service back to its public address for every workload in the VPC'
        : undefined,
    calls: [{ action: 'ec2:DeleteVpcEndpoints', input: { VpcEndpointIds: [endpoint.id] } }],
    after,
  });
}

/** Plans the deletion of endpoints of ours that nobody uses and `allow` names, behind everything else. */
export function planDeletions(target: SharedTarget, after: readonly string[]): Change[] {
  if (!servesAll(target)) return [];
  return deletedEndpoints(target).map((one) => deletion(one, after));
}
