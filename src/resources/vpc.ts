import type { Vpc as Ec2Vpc } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/call.js';
import type { DnsAttributes, Vpc } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { toTags } from './tags.js';

/** Without an exclusion of Lambda, a VPC that enforces encryption refuses functions (domain.md row 62). */
function isEncryptionEnforced({ EncryptionControl }: Ec2Vpc): boolean {
  const exclusion = EncryptionControl?.ResourceExclusions?.Lambda?.State;
  return EncryptionControl?.Mode === 'enforce' && exclusion !== 'enabled';
}

/** Reads every VPC of the region. */
export async function readVpcs(aws: Aws): Promise<Vpc[]> {
  const pages = await aws.pages('ec2:DescribeVpcs', {});
  const vpcs = pages.flatMap((page) => page.Vpcs ?? []);
  return vpcs
    .map((vpc): Vpc => {
      const tags = toTags(vpc.Tags);
      const associated = (vpc.CidrBlockAssociationSet ?? [])
        .filter((block) => block.CidrBlockState?.State === 'associated')
        .map((block) => block.CidrBlock ?? '');
      return {
        id: vpc.VpcId ?? '',
        name: tags.Name,
        tags,
        cidrs: [...new Set([vpc.CidrBlock ?? '', ...sortedSet(associated)])].filter(Boolean),
        ipv6Cidrs: sortedSet(
          (vpc.Ipv6CidrBlockAssociationSet ?? [])
            .filter((block) => block.Ipv6CidrBlockState?.State === 'associated')
            .map((block) => block.Ipv6CidrBlock ?? ''),
        ),
        tenancy: vpc.InstanceTenancy ?? 'default',
        dhcpOptionsId: vpc.DhcpOptionsId ?? 'default',
        ownerId: vpc.OwnerId ?? '',
        encryptionEnforced: isEncryptionEnforced(vpc),
        blockPublicAccess: vpc.BlockPublicAccessStates?.InternetGatewayBlockMode,
      };
    })
    .sort((one, other) => compareText(one.id, other.id));
}

/** Reads the two DNS attributes of a VPC, which AWS answers one at a time. */
export async function readDnsAttributes(aws: Aws, vpcId: string): Promise<DnsAttributes> {
  const [support, hostnames] = await Promise.all([
    aws.send('ec2:DescribeVpcAttribute', { VpcId: vpcId, Attribute: 'enableDnsSupport' }),
    aws.send('ec2:DescribeVpcAttribute', { VpcId: vpcId, Attribute: 'enableDnsHostnames' }),
  ]);
  return {
    support: support.EnableDnsSupport?.Value === true,
    hostnames: hostnames.EnableDnsHostnames?.Value === true,
  };
}

/** Stands for Amazon's server in a DHCP option set (VPC guide, "DHCP option sets"). */
export const AMAZON_DNS = 'AmazonProvidedDNS';

/**
 * Reads the domain name servers of a DHCP option set that is not AWS's own, in its order.
 * Undefined when it leaves the DNS to AWS alone.
 */
export async function readDnsServers(aws: Aws, dhcpOptionsId: string): Promise<string[] | undefined> {
  const answer = await aws.send('ec2:DescribeDhcpOptions', { DhcpOptionsIds: [dhcpOptionsId] });
  const configurations = answer.DhcpOptions?.flatMap((options) => options.DhcpConfigurations ?? []) ?? [];
  const servers = configurations
    .filter((configuration) => configuration.Key === 'domain-name-servers')
    .flatMap((configuration) => configuration.Values ?? [])
    .map((value) => value.Value ?? '')
    .filter((server) => server !== '');
  return servers.some((server) => server !== AMAZON_DNS) ? servers : undefined;
}
