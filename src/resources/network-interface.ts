import type { Aws } from '../aws/call.js';
import type { NetworkInterface } from '../model/observed.js';
import { compareText } from '../text/order.js';

/** Reads the network interfaces of a VPC. */
export async function readNetworkInterfaces(aws: Aws, vpcId: string): Promise<NetworkInterface[]> {
  const pages = await aws.pages('ec2:DescribeNetworkInterfaces', {
    Filters: [{ Name: 'vpc-id', Values: [vpcId] }],
  });
  const interfaces = pages.flatMap((page) => page.NetworkInterfaces ?? []);
  return interfaces
    .map(
      (found): NetworkInterface => ({
        id: found.NetworkInterfaceId ?? '',
        subnetId: found.SubnetId ?? '',
        type: found.InterfaceType ?? 'interface',
        description: found.Description ?? '',
        groupIds: (found.Groups ?? []).map((group) => group.GroupId ?? '').sort(),
      }),
    )
    .sort((one, other) => compareText(one.id, other.id));
}
