import type { Aws } from '../aws/call.js';
import type { EndpointService } from '../model/observed.js';

/**
 * Reads the services of the region that endpoints can be made for. The whole list is read, because
 * service names have different prefixes per partition, region and service (domain.md row 73).
 */
export async function readEndpointServices(aws: Aws): Promise<EndpointService[]> {
  const pages = await aws.pages('ec2:DescribeVpcEndpointServices', {});
  const details = pages.flatMap((page) => page.ServiceDetails ?? []);
  const byName = new Map<string, EndpointService>();
  for (const detail of details) {
    const name = detail.ServiceName ?? '';
    const known = byName.get(name);
    byName.set(name, {
      name,
      types: [...(known?.types ?? []), ...(detail.ServiceType ?? []).map((type) => type.ServiceType ?? '')],
      zones: [...new Set([...(known?.zones ?? []), ...(detail.AvailabilityZones ?? [])])].sort(),
      privateDns:
        known?.privateDns === true ||
        detail.PrivateDnsName !== undefined ||
        (detail.PrivateDnsNames ?? []).length > 0,
    });
  }
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name));
}
