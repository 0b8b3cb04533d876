import type { Aws } from '../aws/call.js';
import type { NatGateway } from '../model/reach-reads.js';
import { compareText } from '../text/order.js';

/** Reads the NAT gateways of a VPC; deleted ones stay listed for a while. */
export async function readNatGateways(aws: Aws, vpcId: string): Promise<NatGateway[]> {
  const pages = await aws.pages('ec2:DescribeNatGateways', {
    Filter: [{ Name: 'vpc-id', Values: [vpcId] }],
  });
  return pages
    .flatMap((page) => page.NatGateways ?? [])
    .map(
      (found): NatGateway => ({
        id: found.NatGatewayId ?? '',
        subnetId: found.SubnetId === '' ? undefined : found.SubnetId,
        connectivity: found.ConnectivityType === 'private' ? 'private' : 'public',
        state: (found.State ?? '').toLowerCase(),
      }),
    )
    .sort((one, other) => compareText(one.id, other.id));
}
