import type { Aws } from '../aws/call.js';
import { sortedSet } from '../text/words.js';

/**
 * Reads the names of the private hosted zones that a VPC is associated with, whoever owns them, without the dot at
 * their end. Those that an AWS service made for itself are left out (API reference, ListHostedZonesByVPC).
 */
export async function readHostedZones(aws: Aws, vpcId: string): Promise<string[]> {
  const VPCRegion = aws.region as 'us-east-1';
  const pages = await aws.pages('route53:ListHostedZonesByVPC', { VPCId: vpcId, VPCRegion });
  const zones = pages.flatMap((page) => page.HostedZoneSummaries ?? []);
  const own = zones.filter(({ Owner }) => Owner?.OwningService === undefined);
  return sortedSet(own.map(({ Name = '' }) => Name.replace(/\.$/, '').toLowerCase()));
}
