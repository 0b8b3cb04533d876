import type { Aws } from '../aws/call.js';
import type { AclEntry, NetworkAcl } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { protocolName } from './security-group-rules.js';

/** Reads the network ACLs of a VPC, entries in the order AWS judges them: by direction, then number. */
export async function readNetworkAcls(aws: Aws, vpcId: string): Promise<NetworkAcl[]> {
  const pages = await aws.pages('ec2:DescribeNetworkAcls', {
    Filters: [{ Name: 'vpc-id', Values: [vpcId] }],
  });
  const acls = pages.flatMap((page) => page.NetworkAcls ?? []);
  return acls
    .map((acl): NetworkAcl => {
      const entries = (acl.Entries ?? []).map(
        (entry): AclEntry => ({
          number: entry.RuleNumber ?? 0,
          egress: entry.Egress === true,
          allow: entry.RuleAction === 'allow',
          protocol: protocolName(entry.Protocol ?? '-1'),
          ports:
            entry.PortRange?.From === undefined
              ? undefined
              : { from: entry.PortRange.From, to: entry.PortRange.To ?? entry.PortRange.From },
          cidr: entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '',
        }),
      );
      return {
        id: acl.NetworkAclId ?? '',
        isDefault: acl.IsDefault === true,
        subnetIds: sortedSet((acl.Associations ?? []).map((association) => association.SubnetId ?? '')),
        entries: entries.sort(
          (one, other) => Number(one.egress) - Number(other.egress) || one.number - other.number,
        ),
      };
    })
    .sort((one, other) => compareText(one.id, other.id));
}
