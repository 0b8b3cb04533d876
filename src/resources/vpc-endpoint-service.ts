import type { ServiceDetail } from '@aws-sdk/client-ec2';
import type { Aws } from '../aws/call.js';
import { classify } from '../aws/errors.js';
import type { EndpointService } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';

/** A service that is offered in two types may have names of one only. */
function privateNamesOf({ PrivateDnsName, PrivateDnsNames }: ServiceDetail): string[] {
  const all = [PrivateDnsName, ...(PrivateDnsNames ?? []).map((name) => name.PrivateDnsName)];
  return all.filter((name) => name !== undefined);
}

function toServices(details: readonly ServiceDetail[]): EndpointService[] {
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
      privateNames: sortedSet([...(known?.privateNames ?? []), ...privateNamesOf(detail)]),
    });
  }
  return [...byName.values()].sort((one, other) => compareText(one.name, other.name));
}

async function readAll(aws: Aws): Promise<EndpointService[]> {
  const pages = await aws.pages('ec2:DescribeVpcEndpointServices', {});
  return toServices(pages.flatMap((page) => page.ServiceDetails ?? []));
}

/**
 * Reads the services of the region that have one of these names, or all of them without names. Where that is not
 * `enough`, or the filter is not understood, the whole catalogue is read, so that a message can say what there is
 * instead.
 */
export async function readEndpointServices(
  aws: Aws,
  names: readonly string[],
  enough: (found: readonly EndpointService[]) => boolean,
): Promise<EndpointService[]> {
  if (names.length === 0) return readAll(aws);
  try {
    const Filters = [{ Name: 'service-name', Values: [...names] }];
    const pages = await aws.pages('ec2:DescribeVpcEndpointServices', { Filters });
    const found = toServices(pages.flatMap((page) => page.ServiceDetails ?? []));
    if (enough(found)) return found;
  } catch (error) {
    const { kind } = classify(error, 'ec2:DescribeVpcEndpointServices', '*');
    if (kind !== 'unknown' && kind !== 'invalid') throw error;
  }
  return readAll(aws);
}
