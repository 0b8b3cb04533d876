import type { Answer } from './answers.js';
import { formOfInput, type Input } from './input.js';
import type { ProxyOptions } from './options.js';
import type { AwsRequest } from './request.js';
import { childOf, element, itemsOf, parseXml, setChild, textAt, type XmlElement } from './xml.js';

/** One entry of DescribeVpcEndpointServices. A service offered in two types has two. */
export interface EndpointService {
  readonly name: string;
  /** `Interface`, `Gateway`, `GatewayLoadBalancer`. */
  readonly types: readonly string[];
  readonly zones: readonly string[];
  readonly privateDnsNames: readonly string[];
  /** The entry as the answer shows it. */
  readonly element: XmlElement;
}

/** All services of a region, as the options let them be. */
export type Catalogue = (region: string, options: ProxyOptions) => Promise<EndpointService[]>;

/** Asks moto once per region, for its catalogue is built in; reads it again where the options have changed. */
export function makeCatalogue(forward: (request: AwsRequest) => Promise<Answer>): Catalogue {
  const bodies = new Map<string, Promise<string>>();
  const known = new Map<string, { options: ProxyOptions; services: EndpointService[] }>();
  return async (region, options) => {
    const read = known.get(region);
    if (read && sameServices(read.options, options)) return read.services;
    const body = bodies.get(region) ?? ec2Answer(forward, region, 'DescribeVpcEndpointServices', {});
    bodies.set(region, body);
    const entries = itemsOf(parseXml(await body), 'serviceDetailSet');
    const services = entries.map((entry) => serviceOf(entry, options));
    known.set(region, { options, services });
    return services;
  };
}

function sameServices(one: ProxyOptions, two: ProxyOptions): boolean {
  return (
    one.serviceZones === two.serviceZones && one.servicesWithoutPrivateDns === two.servicesWithoutPrivateDns
  );
}

/** The XML of moto's answer to an EC2 call of the proxy's own. */
export async function ec2Answer(
  forward: (request: AwsRequest) => Promise<Answer>,
  region: string,
  operation: string,
  input: Input,
): Promise<string> {
  const scope = `AKIAIOSFODNN7EXAMPLE/20260101/${region}/ec2/aws4_request`;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const body = formOfInput(operation, '2016-11-15', input);
  const call = { service: 'ec2', action: `ec2:${operation}`, input, region, invocationId: '' } as const;
  const answer = await forward({ ...call, method: 'POST', path: '/', headers, body });
  if (answer.status !== 200)
    throw new Error(`moto answered ${operation} with ${answer.status}: ${answer.body}`);
  return answer.body;
}

function serviceOf(entry: XmlElement, options: ProxyOptions): EndpointService {
  const name = textAt(entry, 'serviceName');
  const zones = options.serviceZones[name];
  if (zones)
    setChild(
      entry,
      'availabilityZoneSet',
      zones.map((zone) => element('item', zone)),
    );
  if (options.servicesWithoutPrivateDns.includes(name)) {
    entry.children = entry.children.filter((child) => !child.name.startsWith('privateDnsName'));
  }
  return {
    name,
    types: itemsOf(entry, 'serviceType').map((type) => textAt(type, 'serviceType')),
    zones: itemsOf(entry, 'availabilityZoneSet').map((zone) => zone.text),
    privateDnsNames: childOf(entry, 'privateDnsNameSet')
      ? itemsOf(entry, 'privateDnsNameSet').map((one) => textAt(one, 'privateDnsName'))
      : [],
    element: entry,
  };
}
