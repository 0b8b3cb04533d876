import type { Context } from '../context.js';
import { textOf, textsOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { unknownService } from '../translate/endpoint-services.js';
import { parametersOf } from '../translate/endpoints.js';
import { invalidParameter, liveEndpoints, pages, type Row, servicesNamed, type Verdict } from './row.js';

const create = ['ec2:CreateVpcEndpoint'];

/** Whether an endpoint of that type for that service can be made at all. */
export const endpointServiceRows: readonly Row[] = [
  {
    id: 'client-token-reused',
    actions: create,
    row: 87,
    docs: 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html',
    wording: 'unverified',
    refuse: tokenReused,
  },
  {
    id: 'unknown-service',
    actions: create,
    row: 73,
    docs: pages.createEndpoint,
    wording: 'seen',
    refuse: unknown,
  },
  {
    id: 'service-type',
    actions: create,
    row: 77,
    docs: pages.createEndpoint,
    wording: 'seen',
    refuse: wrongType,
  },
  {
    id: 'type-parameters',
    actions: create,
    row: 77,
    docs: pages.createEndpoint,
    wording: 'seen',
    refuse: wrongParameters,
  },
  {
    id: 'endpoint-policy-json',
    actions: [...create, 'ec2:ModifyVpcEndpoint'],
    row: 88,
    docs: pages.ec2Errors,
    wording: 'seen',
    refuse: brokenPolicy,
  },
  {
    id: 'endpoint-policy-size',
    actions: [...create, 'ec2:ModifyVpcEndpoint'],
    row: 86,
    docs: pages.privatelinkQuotas,
    wording: 'unverified',
    refuse: ({ input }) => {
      const { length } = textOf(input, 'PolicyDocument');
      const message = `The policy document has ${length} characters; at most 20480 are allowed.`;
      return length > 20_480 ? { code: 'PolicySizeExceeded', message } : undefined;
    },
  },
  {
    id: 'interface-endpoints-per-vpc',
    actions: create,
    row: 86,
    docs: pages.privatelinkQuotas,
    wording: 'unverified',
    refuse: tooMany,
  },
  {
    id: 'gateway-endpoints-per-region',
    actions: create,
    row: 86,
    docs: pages.privatelinkQuotas,
    wording: 'unverified',
    refuse: tooManyGateways,
  },
];

function tokenReused({ input }: AwsRequest, { memory }: Context): Verdict {
  const known = memory.tokens.get(textOf(input, 'ClientToken'));
  if (known === undefined || known.parameters === parametersOf(input)) return undefined;
  const message = 'The client token was used with other parameters; use a new token for a new request.';
  return { code: 'IdempotentParameterMismatch', message };
}

async function unknown({ input, region }: AwsRequest, context: Context): Promise<Verdict> {
  const name = textOf(input, 'ServiceName');
  return (await servicesNamed(name, region, context)).length > 0 ? undefined : unknownService(name);
}

/** Gateway is the default type. */
function typeOf({ input }: AwsRequest): string {
  return textOf(input, 'VpcEndpointType') || 'Gateway';
}

async function wrongType(request: AwsRequest, context: Context): Promise<Verdict> {
  const services = await servicesNamed(textOf(request.input, 'ServiceName'), request.region, context);
  const types = services.flatMap((service) => service.types);
  const type = typeOf(request);
  if (types.length === 0 || types.includes(type)) return undefined;
  return invalidParameter(
    `Endpoint type (${type}) does not match available service types ([${types.join(', ')}]).`,
  );
}

function wrongParameters(request: AwsRequest): Verdict {
  const has = (name: string): boolean => textsOf(request.input, name).length > 0;
  if (typeOf(request) === 'Interface') {
    return has('RouteTableId')
      ? invalidParameter('Route table IDs are only supported for Gateway type VPC Endpoint.')
      : undefined;
  }
  if (has('SubnetId')) {
    const types = 'Interface and GatewayLoadBalancer type VPC Endpoints';
    return invalidParameter(`Subnet IDs are only supported for ${types}.`);
  }
  if (has('SecurityGroupId')) {
    return invalidParameter('Security group IDs are only supported for Interface type VPC Endpoint.');
  }
  return undefined;
}

function brokenPolicy({ input }: AwsRequest): Verdict {
  const policy = textOf(input, 'PolicyDocument');
  try {
    if (policy === '' || 'Statement' in JSON.parse(policy)) return undefined;
  } catch {
    // Falls through: no JSON at all.
  }
  const message = 'The specified policy document is not a valid JSON policy document.';
  return { code: 'InvalidPolicyDocument', message };
}

async function tooMany(request: AwsRequest, context: Context): Promise<Verdict> {
  if (typeOf(request) !== 'Interface') return undefined;
  const vpcId = textOf(request.input, 'VpcId');
  const there = (await liveEndpoints(context)).filter(
    (one) => one.vpcId === vpcId && one.type === 'Interface',
  );
  const message = 'The maximum number of interface VPC endpoints per VPC (50) has been reached.';
  return there.length < 50 ? undefined : { code: 'VpcEndpointLimitExceeded', message };
}

async function tooManyGateways(request: AwsRequest, context: Context): Promise<Verdict> {
  if (typeOf(request) !== 'Gateway') return undefined;
  const there = (await liveEndpoints(context)).filter(({ type }) => type === 'Gateway');
  const message = 'The maximum number of gateway VPC endpoints per Region (20) has been reached.';
  return there.length < 20 ? undefined : { code: 'VpcEndpointLimitExceeded', message };
}
