import type { VpcEndpoint as Ec2Endpoint } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/call.js';
import { restrictionIn } from '../iam/endpoint-policy.js';
import type { VpcEndpoint } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { toTags } from './tags.js';

/** Names in the answer that the service has for everyone; those of the endpoint itself begin with its id. */
function privateNamesOf({ DnsEntries, PrivateDnsEnabled, VpcEndpointId }: Ec2Endpoint): string[] {
  if (PrivateDnsEnabled !== true) return [];
  const names = (DnsEntries ?? []).map(({ DnsName }) => DnsName ?? '');
  return sortedSet(names.filter((name) => name !== '' && !name.includes(VpcEndpointId ?? '')));
}

function addressTypeOf(type: string | undefined): VpcEndpoint['addressType'] {
  return type === 'dualstack' || type === 'ipv6' ? type : 'ipv4';
}

/** What AWS answers, and takes, about the private DNS of an endpoint. */
export interface DnsSettings {
  readonly PrivateDnsEnabled?: boolean | undefined;
  readonly DnsOptions?:
    | { readonly PrivateDnsOnlyForInboundResolverEndpoint?: boolean | undefined }
    | undefined;
}

type PrivateDns = Pick<VpcEndpoint, 'privateDns' | 'inboundDnsOnly'>;

/** For whom private DNS answers; what the settings do not speak of stays as `before`, which is off by default. */
export function privateDnsOf(
  { PrivateDnsEnabled, DnsOptions }: DnsSettings,
  before: PrivateDns = { privateDns: false, inboundDnsOnly: false },
): PrivateDns {
  const isOn = PrivateDnsEnabled ?? (before.privateDns || before.inboundDnsOnly);
  const isInboundOnly = DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? before.inboundDnsOnly;
  return { privateDns: isOn && !isInboundOnly, inboundDnsOnly: isOn && isInboundOnly };
}

/** Converts AWS's answer; states are lower-cased, because AWS's documentation and answers differ in case. */
export function toVpcEndpoint(endpoint: Ec2Endpoint): VpcEndpoint {
  return {
    id: endpoint.VpcEndpointId ?? '',
    vpcId: endpoint.VpcId ?? '',
    serviceName: endpoint.ServiceName ?? '',
    type: endpoint.VpcEndpointType ?? 'Gateway',
    state: (endpoint.State ?? '').toLowerCase(),
    subnetIds: sortedSet(endpoint.SubnetIds ?? []),
    groupIds: sortedSet((endpoint.Groups ?? []).map((group) => group.GroupId ?? '')),
    routeTableIds: sortedSet(endpoint.RouteTableIds ?? []),
    networkInterfaceIds: sortedSet(endpoint.NetworkInterfaceIds ?? []),
    ...privateDnsOf(endpoint),
    privateNames: privateNamesOf(endpoint),
    addressType: addressTypeOf(endpoint.IpAddressType),
    policy: restrictionIn(endpoint.PolicyDocument),
    requesterManaged: endpoint.RequesterManaged === true,
    tags: toTags(endpoint.Tags),
    createdAt: endpoint.CreationTimestamp?.getTime() ?? 0,
    lastError: endpoint.LastError?.Message ?? endpoint.FailureReason,
  };
}

const living = (endpoints: readonly Ec2Endpoint[]): VpcEndpoint[] =>
  endpoints
    .map(toVpcEndpoint)
    .filter((endpoint) => endpoint.state !== 'deleted')
    .sort((one, other) => compareText(one.id, other.id));

/** Reads every VPC endpoint of the region that is not deleted. */
export async function readVpcEndpoints(aws: Aws): Promise<VpcEndpoint[]> {
  const pages = await aws.pages('ec2:DescribeVpcEndpoints', {});
  return living(pages.flatMap((page) => page.VpcEndpoints ?? []));
}

/** Reads the endpoints with these ids in one request; an id that AWS does not know fails the whole of it. */
export async function readVpcEndpointsById(aws: Aws, ids: readonly string[]): Promise<VpcEndpoint[]> {
  const answer = await aws.send('ec2:DescribeVpcEndpoints', { VpcEndpointIds: [...ids] });
  return (answer.VpcEndpoints ?? []).map(toVpcEndpoint);
}

/** States in which an endpoint serves, or soon will. */
export function isLiving(endpoint: VpcEndpoint): boolean {
  return ['available', 'pending', 'pendingacceptance', 'partial'].includes(endpoint.state);
}

/** Whether an endpoint holds the private name of its service, for the VPC or for inbound resolver endpoints alone. */
export function holdsPrivateName({ privateDns, inboundDnsOnly }: VpcEndpoint): boolean {
  return privateDns || inboundDnsOnly;
}

/** For whom private DNS of an endpoint answers, in a word or two. */
export function privateDnsText({ privateDns, inboundDnsOnly }: VpcEndpoint): string {
  if (inboundDnsOnly) return 'on for inbound resolver endpoints alone';
  return privateDns ? 'on' : 'off';
}
