import { randomUUID } from 'node:crypto';
import type { Answer } from '../answers.js';
import type { Context } from '../context.js';
import { AwsRefusal, type Handlers, passesFilter } from '../handler.js';
import { recordsOf, textOf, textsOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { element, renderXml } from '../xml.js';

const knownFilters = ['service-name', 'service-type', 'supported-ip-address-types', 'owner'];

/** The catalogue of endpoint services: moto fails on a filter by name, and knows no restricted zones. */
export const endpointServiceHandlers: Handlers = {
  'ec2:DescribeVpcEndpointServices': { answer: describeServices },
};

async function describeServices(request: AwsRequest, context: Context): Promise<Answer> {
  const all = await context.catalogue(request.region, context.options);
  const names = textsOf(request.input, 'ServiceName');
  const unknown = names.find((name) => !all.some((service) => service.name === name));
  if (unknown !== undefined) throw new AwsRefusal(unknownService(unknown));
  for (const filter of recordsOf(request.input, 'Filter').map((one) => textOf(one, 'Name'))) {
    if (!knownFilters.includes(filter) && !filter.startsWith('tag')) {
      throw new AwsRefusal({ code: 'InvalidFilter', message: `The filter '${filter}' is invalid` });
    }
  }
  const found = all.filter(
    ({ name, types }) =>
      (names.length === 0 || names.includes(name)) &&
      passesFilter(request, 'service-name', name) &&
      types.some((type) => passesFilter(request, 'service-type', type)),
  );
  const body = element('DescribeVpcEndpointServicesResponse', [
    element('requestId', randomUUID()),
    element(
      'serviceNameSet',
      [...new Set(found.map(({ name }) => name))].map((name) => element('item', name)),
    ),
    element(
      'serviceDetailSet',
      found.map((service) => service.element),
    ),
  ]);
  body.attributes = ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';
  return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body: renderXml(body) };
}

/** The error for a service name that nobody offers in the region. */
export function unknownService(name: string) {
  return { code: 'InvalidServiceName', message: `The Vpc Endpoint Service '${name}' does not exist` };
}
