import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { AwsError } from '../answers.js';
import type { EndpointService } from '../catalogue.js';
import type { Context } from '../context.js';
import { textOf } from '../input.js';
import type { AwsRequest } from '../request.js';

/** What a row decides: the error that AWS gives, or undefined where it has no objection. */
export type Verdict = AwsError | undefined;

/** One thing that AWS refuses and moto accepts. */
export interface Row {
  /** For `refusals: { except: [id] }`, and for tests. */
  readonly id: string;
  /** The calls it judges; `ec2:*` for all of a service. */
  readonly actions: readonly string[];
  /** Number of the row of the failure catalogue that it stands for; 0 where the catalogue has none. */
  readonly row: number;
  /** The page of the AWS documentation that states the rule. */
  readonly docs: string;
  /** `seen`: users report this text. `unverified`: code or text is a plausible guess; assert on neither. */
  readonly wording: 'seen' | 'unverified';
  readonly refuse: (request: AwsRequest, context: Context) => Promise<Verdict> | Verdict;
}

const guide = 'https://docs.aws.amazon.com';

/** Pages that several rows cite. */
export const pages = {
  createEndpoint: `${guide}/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html`,
  modifyEndpoint: `${guide}/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html`,
  interfaceEndpoints: `${guide}/vpc/latest/privatelink/create-interface-endpoint.html`,
  gatewayEndpoints: `${guide}/vpc/latest/privatelink/gateway-endpoints.html`,
  privatelinkQuotas: `${guide}/vpc/latest/privatelink/vpc-limits-endpoints.html`,
  groups: `${guide}/vpc/latest/userguide/security-groups.html`,
  createGroup: `${guide}/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html`,
  authorize: `${guide}/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html`,
  vpcQuotas: `${guide}/vpc/latest/userguide/amazon-vpc-limits.html`,
  tags: `${guide}/AWSEC2/latest/UserGuide/Using_Tags.html`,
  ec2Errors: `${guide}/AWSEC2/latest/APIReference/errors-overview.html`,
  updateFunction: `${guide}/lambda/latest/api/API_UpdateFunctionConfiguration.html`,
  functionVpc: `${guide}/lambda/latest/dg/configuration-vpc.html`,
  runtimes: `${guide}/lambda/latest/dg/lambda-runtimes.html`,
  assumeRole: `${guide}/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html`,
  stsErrors: `${guide}/STS/latest/APIReference/CommonErrors.html`,
  iamQuotas: `${guide}/IAM/latest/UserGuide/reference_iam-quotas.html`,
} as const;

/** `InvalidParameter`, the code of most objections to an endpoint. */
export function invalidParameter(message: string): AwsError {
  return { code: 'InvalidParameter', message };
}

/** `InvalidParameterValue`, the code of most objections to names and tags. */
export function invalidValue(message: string): AwsError {
  return { code: 'InvalidParameterValue', message };
}

/** The elements that occur more than once, each once. */
export function repeatedIn(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** An endpoint as AWS would see it now: moto's, with what the proxy remembers. */
export interface LiveEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly service: string;
  readonly type: string;
  readonly privateDns: boolean;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly routeTableIds: readonly string[];
  readonly requesterManaged: boolean;
}

/** Endpoints that still hold their names and routes: those that are being deleted too. */
export async function liveEndpoints({ memory, state }: Context): Promise<LiveEndpoint[]> {
  const all = await state.everyEndpoint();
  const live = all.filter(({ VpcEndpointId = '', State }) => {
    const polls = memory.endpoints.get(VpcEndpointId)?.deletingPolls;
    return polls === undefined ? String(State) !== 'deleted' : polls > 0;
  });
  return live.map((endpoint) => {
    const known = memory.endpoints.get(endpoint.VpcEndpointId ?? '');
    const privateDns = known?.privateDnsEnabled ?? endpoint.PrivateDnsEnabled ?? false;
    return { ...plain(endpoint), privateDns, requesterManaged: known?.requesterManaged ?? false };
  });
}

function plain(endpoint: VpcEndpoint): Omit<LiveEndpoint, 'privateDns' | 'requesterManaged'> {
  return {
    id: endpoint.VpcEndpointId ?? '',
    vpcId: endpoint.VpcId ?? '',
    service: endpoint.ServiceName ?? '',
    type: endpoint.VpcEndpointType ?? 'Gateway',
    subnetIds: endpoint.SubnetIds ?? [],
    groupIds: (endpoint.Groups ?? []).map(({ GroupId }) => GroupId ?? ''),
    routeTableIds: endpoint.RouteTableIds ?? [],
  };
}

/** The entries of the catalogue with that name. */
export async function servicesNamed(
  name: string,
  region: string,
  context: Context,
): Promise<EndpointService[]> {
  return (await context.catalogue(region, context.options)).filter((service) => service.name === name);
}

/** The endpoint that ModifyVpcEndpoint is about; moto objects where there is none. */
export async function endpointOf(request: AwsRequest, context: Context): Promise<LiveEndpoint | undefined> {
  const id = textOf(request.input, 'VpcEndpointId');
  return (await liveEndpoints(context)).find((endpoint) => endpoint.id === id);
}
