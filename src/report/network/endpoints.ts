import type { VpcEndpoint } from '../../model/observed.js';
import { isOurs } from '../../resources/tags.js';
import { privateDnsText } from '../../resources/vpc-endpoint.js';
import { groupNamed } from '../facts.js';
import { filled, paragraph, type Section, section, table } from '../report.js';
import type { Seen } from './seen.js';

function typeOf(endpoint: VpcEndpoint): string[] {
  const { type } = endpoint;
  return type === 'Interface' ? [type, `private DNS ${privateDnsText(endpoint)}`] : [type];
}

const orNone = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? lines : ['none']);

function stateOf({ state, lastError }: VpcEndpoint): string[] {
  return [state, ...(lastError ? [lastError] : [])];
}

function makerOf({ tags, requesterManaged }: VpcEndpoint, listed: boolean): string {
  if (isOurs(tags)) return 'this action';
  if (requesterManaged) return 'another AWS service';
  return listed ? 'others, adopted' : 'others';
}

function endpointTable(endpoints: readonly VpcEndpoint[], listed: boolean, { observed }: Seen) {
  const head = [
    'Endpoint',
    'Service',
    'Type',
    'State',
    'Subnets or route tables',
    'Security groups',
    'Made by',
  ];
  const rows = endpoints.map((endpoint) => [
    endpoint.id,
    endpoint.serviceName,
    typeOf(endpoint),
    stateOf(endpoint),
    orNone([...endpoint.subnetIds, ...endpoint.routeTableIds]),
    orNone(endpoint.groupIds.map((id) => groupNamed(id, observed.groups))),
    makerOf(endpoint, listed),
  ]);
  return table(head, rows);
}

/** The endpoints that serve the listed services, then the others of the VPC. */
export function endpointSections(seen: Seen): Section[] {
  const { record, observed, vpc } = seen;
  const isListed = ({ id }: VpcEndpoint): boolean => record.endpointIds.includes(id);
  const here = observed.endpoints.filter(({ vpcId }) => vpcId === vpc.id);
  const listed = here.filter(isListed);
  const others = here.filter((endpoint) => !isListed(endpoint));
  const none = here.length === 0 ? [paragraph(`${vpc.id} has no VPC endpoints.`)] : [];
  return filled([
    section('VPC endpoints', listed.length > 0 ? endpointTable(listed, true, seen) : none, {
      worth: 'network',
    }),
    section(
      `${listed.length > 0 ? 'Other' : 'VPC'} endpoints of ${vpc.id}: ${others.length}`,
      endpointTable(others, false, seen),
      {
        collapsed: true,
        worth: 'other-endpoints',
      },
    ),
  ]);
}
