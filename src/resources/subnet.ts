import type { Aws } from '../aws/call.js';
import type { Subnet } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { toTags } from './tags.js';

/** Reads every subnet of the region. */
export async function readSubnets(aws: Aws): Promise<Subnet[]> {
  const pages = await aws.pages('ec2:DescribeSubnets', {});
  const subnets = pages.flatMap((page) => page.Subnets ?? []);
  return subnets
    .map((subnet): Subnet => {
      const tags = toTags(subnet.Tags);
      return {
        id: subnet.SubnetId ?? '',
        vpcId: subnet.VpcId ?? '',
        name: tags.Name,
        tags,
        zone: subnet.AvailabilityZone ?? '',
        cidr: subnet.CidrBlock ?? '',
        ipv6Cidrs: sortedSet(
          (subnet.Ipv6CidrBlockAssociationSet ?? [])
            .map((block) => block.Ipv6CidrBlock ?? '')
            .filter((block) => block !== ''),
        ),
        freeAddresses: subnet.AvailableIpAddressCount ?? 0,
        ownerId: subnet.OwnerId ?? '',
        state: subnet.State ?? 'available',
        ipv6Native: subnet.Ipv6Native === true,
        outpost: subnet.OutpostArn !== undefined,
        blockPublicAccess: subnet.BlockPublicAccessStates?.InternetGatewayBlockMode,
      };
    })
    .sort((one, other) => compareText(one.id, other.id));
}
