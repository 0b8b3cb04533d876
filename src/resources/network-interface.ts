import type { NetworkInterface as Ec2Interface } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/call.js';
import type { NetworkInterface } from '../model/observed.js';
import { compareText } from '../text/order.js';

function addressesOf({ Ipv6Addresses, PrivateIpAddress, PrivateIpAddresses }: Ec2Interface): string[] {
  const all = [
    PrivateIpAddress,
    ...(PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress),
    ...(Ipv6Addresses ?? []).map((address) => address.Ipv6Address),
  ];
  return [...new Set(all.filter((address) => address !== undefined))];
}

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
        addresses: addressesOf(found),
      }),
    )
    .sort((one, other) => compareText(one.id, other.id));
}
