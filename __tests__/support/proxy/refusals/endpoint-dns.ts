import type { Context } from '../context.js';
import { recordOf, textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import {
  endpointOf,
  invalidParameter,
  liveEndpoints,
  pages,
  type Row,
  servicesNamed,
  type Verdict,
} from './row.js';

const both = ['ec2:CreateVpcEndpoint', 'ec2:ModifyVpcEndpoint'];

/** Whether an interface endpoint may take over its service's name in the VPC. */
export const endpointDnsRows: readonly Row[] = [
  {
    id: 'service-without-private-dns',
    actions: both,
    row: 70,
    docs: pages.interfaceEndpoints,
    wording: 'seen',
    refuse: judge(({ service, names }) => {
      const reason = `because the service ${service} does not provide a private DNS name.`;
      return names.length > 0 ? undefined : invalidParameter(`Private DNS can't be enabled ${reason}`);
    }),
  },
  {
    id: 'vpc-dns-attributes',
    actions: both,
    row: 69,
    docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html',
    wording: 'seen',
    refuse: judge(async ({ vpcId }, { state }) => {
      if (!(await state.vpcExists(vpcId)) || (await state.vpcResolvesPrivateNames(vpcId))) return undefined;
      const needs = 'both enableDnsSupport and enableDnsHostnames VPC attributes set to true';
      return invalidParameter(`Enabling private DNS requires ${needs} for ${vpcId}`);
    }),
  },
  {
    id: 'private-dns-conflict',
    actions: both,
    row: 66,
    docs: pages.interfaceEndpoints,
    wording: 'seen',
    refuse: judge(conflict),
  },
  {
    id: 'inbound-only-private-dns',
    actions: ['ec2:CreateVpcEndpoint'],
    row: 76,
    docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html',
    wording: 'seen',
    refuse: withoutGateway,
  },
];

/** An interface endpoint that asks for private DNS. */
interface Claim {
  /** '' for one that does not exist yet. */
  readonly id: string;
  readonly vpcId: string;
  readonly service: string;
  readonly names: readonly string[];
  readonly region: string;
}

function judge(verdict: (claim: Claim, context: Context) => Verdict | Promise<Verdict>): Row['refuse'] {
  return async (request, context) => {
    const claim = await claimOf(request, context);
    return claim && verdict(claim, context);
  };
}

/** Private DNS is on by default for a new interface endpoint. */
async function claimOf(request: AwsRequest, context: Context): Promise<Claim | undefined> {
  const { input, region, action } = request;
  const asked = textOf(input, 'PrivateDnsEnabled');
  if (action === 'ec2:CreateVpcEndpoint') {
    if (textOf(input, 'VpcEndpointType') !== 'Interface' || asked === 'false') return undefined;
    const service = textOf(input, 'ServiceName');
    return {
      id: '',
      vpcId: textOf(input, 'VpcId'),
      service,
      names: await namesOf(service, region, context),
      region,
    };
  }
  const endpoint = asked === 'true' ? await endpointOf(request, context) : undefined;
  if (endpoint?.type !== 'Interface') return undefined;
  const { id, vpcId, service } = endpoint;
  return { id, vpcId, service, names: await namesOf(service, region, context), region };
}

async function namesOf(service: string, region: string, context: Context): Promise<string[]> {
  const entries = await servicesNamed(service, region, context);
  return entries
    .filter(({ types }) => types.includes('Interface'))
    .flatMap(({ privateDnsNames }) => privateDnsNames);
}

/** An endpoint that is being deleted still holds its name. */
async function conflict({ id, vpcId, names, region }: Claim, context: Context): Promise<Verdict> {
  const others = (await liveEndpoints(context)).filter(
    (one) => one.vpcId === vpcId && one.id !== id && one.type === 'Interface' && one.privateDns,
  );
  for (const other of others) {
    const taken = await namesOf(other.service, region, context);
    const name = names.find((one) => taken.includes(one));
    if (name === undefined) continue;
    const reason = `there is already a conflicting DNS domain for ${name} in the VPC ${vpcId}`;
    return invalidParameter(`private-dns-enabled cannot be set because ${reason}`);
  }
  return undefined;
}

/** Where a service has both types, private DNS serves inbound resolvers only unless told otherwise. */
async function withoutGateway(request: AwsRequest, context: Context): Promise<Verdict> {
  const claim = await claimOf(request, context);
  if (claim === undefined) return undefined;
  const { vpcId, service, region } = claim;
  const types = (await servicesNamed(service, region, context)).flatMap((entry) => entry.types);
  const option = 'PrivateDnsOnlyForInboundResolverEndpoint';
  if (!types.includes('Gateway') || textOf(recordOf(request.input, 'DnsOptions'), option) === 'false')
    return undefined;
  const gateways = (await liveEndpoints(context)).filter(
    (one) => one.type === 'Gateway' && one.service === service,
  );
  if (gateways.some((one) => one.vpcId === vpcId)) return undefined;
  return invalidParameter(
    `To set ${option} to true, the VPC ${vpcId} must have a Gateway endpoint for the service.`,
  );
}
