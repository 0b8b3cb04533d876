import type { Subnet } from '@aws-sdk/client-ec2';
import type { Context } from '../context.js';
import { textOf, textsOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import {
  endpointOf,
  invalidParameter,
  pages,
  type Row,
  repeatedIn,
  servicesNamed,
  type Verdict,
} from './row.js';

const both = ['ec2:CreateVpcEndpoint', 'ec2:ModifyVpcEndpoint'];

/** Whether an interface endpoint can stand in those subnets with those groups, at creation and at a change. */
export const endpointNetworkRows: readonly Row[] = [
  {
    id: 'endpoint-subnet-unknown',
    actions: both,
    row: 37,
    docs: pages.ec2Errors,
    wording: 'seen',
    refuse: judge(({ added, subnets }) => {
      const missing = added.find((id) => !subnets.some(({ SubnetId }) => SubnetId === id));
      if (missing === undefined) return undefined;
      return { code: 'InvalidSubnetID.NotFound', message: `The subnet ID '${missing}' does not exist` };
    }),
  },
  {
    id: 'endpoint-subnet-of-other-vpc',
    actions: both,
    row: 38,
    docs: pages.interfaceEndpoints,
    wording: 'unverified',
    refuse: judge(({ vpcId, subnets }) => {
      const other = subnets.find(({ VpcId }) => VpcId !== vpcId);
      return other && invalidParameter(`Subnet ${other.SubnetId} does not belong to VPC ${vpcId}.`);
    }),
  },
  {
    id: 'subnets-in-same-zone',
    actions: both,
    row: 40,
    docs: pages.interfaceEndpoints,
    wording: 'seen',
    refuse: judge(sameZone),
  },
  {
    id: 'zone-not-supported',
    actions: both,
    row: 71,
    docs: pages.interfaceEndpoints,
    wording: 'seen',
    refuse: judge(({ service, zones, subnets }) => {
      const bad = subnets.find(({ AvailabilityZone = '' }) => !zones.includes(AvailabilityZone));
      const reason = 'does not support the availability zone of the subnet:';
      return bad && invalidParameter(`The VPC endpoint service ${service} ${reason} ${bad.SubnetId}.`);
    }),
  },
  {
    id: 'no-free-addresses',
    actions: both,
    row: 41,
    docs: pages.ec2Errors,
    wording: 'unverified',
    refuse: judge(({ added, subnets }) => {
      const full = subnets.find(
        ({ SubnetId = '', AvailableIpAddressCount = 0 }) =>
          added.includes(SubnetId) && AvailableIpAddressCount < 1,
      );
      const message = `There are not enough free addresses in subnet '${full?.SubnetId}' to satisfy the request.`;
      return full && { code: 'InsufficientFreeAddressesInSubnet', message };
    }),
  },
  {
    id: 'endpoint-group',
    actions: both,
    row: 38,
    docs: pages.interfaceEndpoints,
    wording: 'seen',
    refuse: groupsOf,
  },
  {
    id: 'groups-per-interface',
    actions: both,
    row: 43,
    docs: pages.vpcQuotas,
    wording: 'seen',
    refuse: async (request, context) => {
      const endpoint = await endpointOf(request, context);
      const removed = textsOf(request.input, 'RemoveSecurityGroupId');
      const kept = (endpoint?.groupIds ?? []).filter((id) => !removed.includes(id));
      const given = ['SecurityGroupId', 'AddSecurityGroupId'].flatMap((name) => textsOf(request.input, name));
      const message = 'The maximum number of security groups per interface has been reached.';
      if (new Set([...kept, ...given]).size <= 5) return undefined;
      return { code: 'SecurityGroupsPerInterfaceLimitExceeded', message };
    },
  },
  {
    id: 'last-endpoint-group',
    actions: ['ec2:ModifyVpcEndpoint'],
    row: 51,
    docs: pages.modifyEndpoint,
    wording: 'seen',
    refuse: withoutGroups,
  },
  {
    id: 'requester-managed-endpoint',
    actions: ['ec2:ModifyVpcEndpoint'],
    row: 85,
    docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html',
    wording: 'unverified',
    refuse: async (request, context) => {
      const endpoint = await endpointOf(request, context);
      if (!endpoint?.requesterManaged) return undefined;
      const message = `You do not have permission to change the requester-managed endpoint ${endpoint.id}.`;
      return { code: 'OperationNotPermitted', message };
    },
  },
];

/** Where an interface endpoint would stand after the call. */
interface Place {
  readonly service: string;
  readonly vpcId: string;
  readonly zones: readonly string[];
  /** Subnet ids that the call adds. */
  readonly added: readonly string[];
  /** All its subnets that exist, those added last. */
  readonly subnets: readonly Subnet[];
}

function judge(verdict: (place: Place) => Verdict): Row['refuse'] {
  return async (request, context) => {
    const place = await placeOf(request, context);
    return place && verdict(place);
  };
}

async function placeOf(request: AwsRequest, context: Context): Promise<Place | undefined> {
  const { input, region, action } = request;
  const creates = action === 'ec2:CreateVpcEndpoint';
  if (creates && textOf(input, 'VpcEndpointType') !== 'Interface') return undefined;
  const endpoint = creates ? undefined : await endpointOf(request, context);
  if (!creates && endpoint?.type !== 'Interface') return undefined;
  const added = textsOf(input, creates ? 'SubnetId' : 'AddSubnetId');
  const removed = textsOf(input, 'RemoveSubnetId');
  const before = (endpoint?.subnetIds ?? []).filter((id) => !removed.includes(id) && !added.includes(id));
  const found = await context.state.subnets([...before, ...added]);
  const service = endpoint?.service ?? textOf(input, 'ServiceName');
  const services = await servicesNamed(service, region, context);
  return {
    service,
    vpcId: endpoint?.vpcId ?? textOf(input, 'VpcId'),
    zones: services.filter(({ types }) => types.includes('Interface')).flatMap(({ zones }) => zones),
    added: added.filter((id) => !endpoint?.subnetIds.includes(id)),
    subnets: [...before, ...added].flatMap((id) => found.filter(({ SubnetId }) => SubnetId === id)),
  };
}

function sameZone({ subnets }: Place): Verdict {
  const [zone] = repeatedIn(subnets.map(({ AvailabilityZone = '' }) => AvailabilityZone));
  if (zone === undefined) return undefined;
  const second = subnets.findLast(({ AvailabilityZone }) => AvailabilityZone === zone)?.SubnetId;
  const found = `Found another VPC endpoint subnet in the availability zone of ${second}.`;
  const rule =
    'VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.';
  return { code: 'DuplicateSubnetsInSameZone', message: `${found} ${rule}` };
}

async function groupsOf(request: AwsRequest, context: Context): Promise<Verdict> {
  const { input, action } = request;
  const creates = action === 'ec2:CreateVpcEndpoint';
  const ids = textsOf(input, creates ? 'SecurityGroupId' : 'AddSecurityGroupId');
  if (ids.length === 0) return undefined;
  const endpoint = creates ? undefined : await endpointOf(request, context);
  const vpcId = endpoint?.vpcId ?? textOf(input, 'VpcId');
  const groups = await context.state.securityGroups(ids);
  const missing = ids.find((id) => !groups.some(({ GroupId }) => GroupId === id));
  if (missing)
    return { code: 'InvalidGroup.NotFound', message: `The security group '${missing}' does not exist` };
  const other = groups.find(({ VpcId }) => VpcId !== vpcId)?.GroupId;
  const subnet = endpoint?.subnetIds[0] ?? textsOf(input, 'SubnetId')[0] ?? '';
  return other
    ? invalidParameter(`Security group ${other} and subnet ${subnet} belong to different networks.`)
    : undefined;
}

async function withoutGroups(request: AwsRequest, context: Context): Promise<Verdict> {
  const removed = textsOf(request.input, 'RemoveSecurityGroupId');
  const endpoint = removed.length > 0 ? await endpointOf(request, context) : undefined;
  if (endpoint?.type !== 'Interface') return undefined;
  const left = [...endpoint.groupIds, ...textsOf(request.input, 'AddSecurityGroupId')].filter(
    (id) => !removed.includes(id),
  );
  if (left.length > 0) return undefined;
  return invalidParameter('An Interface VPC Endpoint must always have at least one Security Group.');
}
