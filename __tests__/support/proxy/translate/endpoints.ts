import type { Context } from '../context.js';
import { AwsRefusal, type Handlers, passesFilter, withEc2Input, withoutFilters } from '../handler.js';
import { canonical, type Input, recordOf, textOf, textsOf } from '../input.js';
import { type EndpointMemory, endpointMemory } from '../memory.js';
import type { AwsRequest } from '../request.js';
import { childOf, element, itemsOf, removeChild, setChild, textAt, type XmlElement } from '../xml.js';
import { reconcileInterfaces } from './interfaces.js';

const ownFilters = ['vpc-endpoint-id', 'vpc-endpoint-state', 'ip-address-type'];

/** Endpoints: states that move, attributes and side effects that moto lacks, client tokens. */
export const endpointHandlers: Handlers = {
  'ec2:CreateVpcEndpoint': { request: completed, xml: created },
  'ec2:DescribeVpcEndpoints': { request: (request) => withoutFilters(request, ownFilters), xml: described },
  'ec2:ModifyVpcEndpoint': { request: withResetPolicy, xml: modified },
  'ec2:DeleteVpcEndpoints': { xml: deleted },
};

/** The parameters that decide whether a client token is used for the same request again. */
export function parametersOf({ ClientToken: _, ...input }: Input): string {
  return canonical(input);
}

/** AWS makes a gateway endpoint when no type is given, and uses the VPC's default group when no group is. */
async function completed(request: AwsRequest, { state }: Context): Promise<AwsRequest> {
  const input: Record<string, Input[string]> = { ...request.input };
  input.VpcEndpointType = textOf(request.input, 'VpcEndpointType') || 'Gateway';
  const isInterface = input.VpcEndpointType === 'Interface';
  if (isInterface && textsOf(input, 'SecurityGroupId').length === 0) {
    const groups = await state.securityGroupsOfVpc(textOf(input, 'VpcId'));
    const ids = groups.filter(({ GroupName }) => GroupName === 'default').map(({ GroupId }) => GroupId ?? '');
    input.SecurityGroupId = ids;
  }
  if (!isInterface) input.PrivateDnsEnabled = 'false';
  return withEc2Input(request, input);
}

async function created(root: XmlElement, request: AwsRequest, context: Context): Promise<void> {
  const { memory, options } = context;
  const endpoint = childOf(root, 'vpcEndpoint') ?? element('vpcEndpoint');
  const id = textAt(endpoint, 'vpcEndpointId');
  const isInterface = textAt(endpoint, 'vpcEndpointType') === 'Interface';
  const { endpointFailure: failure } = options;
  const fails =
    failure &&
    (failure.serviceName ?? textOf(request.input, 'ServiceName')) === textOf(request.input, 'ServiceName');
  memory.endpoints.set(id, {
    pendingPolls: isInterface ? options.endpointPendingPolls : 0,
    ipAddressType: textOf(request.input, 'IpAddressType') || 'ipv4',
    privateDnsOnlyInbound: onlyInbound(request.input),
    ...(fails && { failure: { code: failure.code, message: failure.message } }),
  });
  await decorate(endpoint, request.region, context);
  const token = textOf(request.input, 'ClientToken');
  if (token !== '') setChild(root, 'clientToken', token);
}

async function described(root: XmlElement, request: AwsRequest, context: Context): Promise<void> {
  const shown = childOf(root, 'vpcEndpointSet') ?? element('vpcEndpointSet');
  const kept: XmlElement[] = [];
  for (const endpoint of shown.children) {
    const known = context.memory.endpoints.get(textAt(endpoint, 'vpcEndpointId'));
    await decorate(endpoint, request.region, context);
    const gone = textAt(endpoint, 'state') === 'deleted';
    if (known) advance(known);
    if (!gone && passes(endpoint, request)) kept.push(endpoint);
  }
  const missing = textsOf(request.input, 'VpcEndpointId').find(
    (id) => !kept.some((one) => textAt(one, 'vpcEndpointId') === id),
  );
  if (missing !== undefined && !('Filter' in request.input)) {
    throw new AwsRefusal(endpointNotFound(missing));
  }
  shown.children = kept;
}

function passes(endpoint: XmlElement, request: AwsRequest): boolean {
  const of: Record<string, string> = {
    'vpc-endpoint-id': textAt(endpoint, 'vpcEndpointId'),
    'vpc-endpoint-state': textAt(endpoint, 'state'),
    'ip-address-type': textAt(endpoint, 'ipAddressType'),
  };
  return ownFilters.every((name) => passesFilter(request, name, of[name] ?? ''));
}

/** One more answer has shown the endpoint. */
function advance(known: EndpointMemory): void {
  if (known.deletingPolls !== undefined) known.deletingPolls -= 1;
  else if (known.pendingPolls > 0) known.pendingPolls -= 1;
}

/** What the answer says, as AWS would say it now. */
async function decorate(endpoint: XmlElement, region: string, context: Context): Promise<void> {
  const known = context.memory.endpoints.get(textAt(endpoint, 'vpcEndpointId'));
  const isInterface = textAt(endpoint, 'vpcEndpointType') === 'Interface';
  setChild(endpoint, 'state', stateOf(known, textAt(endpoint, 'state')));
  if (known?.failure && known.pendingPolls === 0) {
    setChild(endpoint, 'lastError', [
      element('message', known.failure.message),
      element('code', known.failure.code),
    ]);
  }
  setChild(endpoint, 'requesterManaged', String(known?.requesterManaged ?? false));
  if (known?.privateDnsEnabled !== undefined)
    setChild(endpoint, 'privateDnsEnabled', String(known.privateDnsEnabled));
  if (known?.interfaceIds)
    setChild(
      endpoint,
      'networkInterfaceIdSet',
      known.interfaceIds.map((id) => element('item', id)),
    );
  if (!isInterface) {
    setChild(endpoint, 'privateDnsEnabled', 'false');
    removeChild(endpoint, 'dnsEntrySet');
    return;
  }
  const ipAddressType = known?.ipAddressType ?? 'ipv4';
  setChild(endpoint, 'ipAddressType', ipAddressType);
  setChild(endpoint, 'dnsOptions', [
    element('dnsRecordIpType', ipAddressType),
    ...(known?.privateDnsOnlyInbound === undefined
      ? []
      : [element('privateDnsOnlyForInboundResolverEndpoint', String(known.privateDnsOnlyInbound))]),
  ]);
  await addPrivateName(endpoint, region, context);
}

function stateOf(known: EndpointMemory | undefined, stored: string): string {
  if (known?.deletingPolls !== undefined) return known.deletingPolls > 0 ? 'deleting' : 'deleted';
  if (known === undefined || stored === 'deleted') return stored;
  if (known.heldState !== undefined) return known.heldState;
  if (known.pendingPolls > 0) return 'pending';
  return known.failure ? 'failed' : stored;
}

/** An available endpoint with private DNS lists the service's own name beside those of the endpoint. */
async function addPrivateName(endpoint: XmlElement, region: string, context: Context): Promise<void> {
  if (textAt(endpoint, 'privateDnsEnabled') !== 'true' || textAt(endpoint, 'state') !== 'available') return;
  const services = await context.catalogue(region, context.options);
  const names = services
    .filter(({ name, types }) => name === textAt(endpoint, 'serviceName') && types.includes('Interface'))
    .flatMap(({ privateDnsNames }) => privateDnsNames);
  const entries = names.map((name) =>
    element('item', [element('dnsName', name), element('hostedZoneId', 'ZPRIVATEEXAMPLE')]),
  );
  setChild(endpoint, 'dnsEntrySet', [...itemsOf(endpoint, 'dnsEntrySet'), ...entries]);
}

/** Only services of both types have this option; the others leave it out. */
function onlyInbound(input: Input): boolean | undefined {
  const given = textOf(recordOf(input, 'DnsOptions'), 'PrivateDnsOnlyForInboundResolverEndpoint');
  return given === '' ? undefined : given === 'true';
}

/** moto ignores ResetPolicy; its default policy allows everything, as AWS's does. */
function withResetPolicy(request: AwsRequest): AwsRequest {
  if (textOf(request.input, 'ResetPolicy') !== 'true') return request;
  const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
  const policy = { Version: '2008-10-17', Statement: [statement] };
  return withEc2Input(request, { ...request.input, PolicyDocument: JSON.stringify(policy) });
}

async function modified(_root: XmlElement, { input }: AwsRequest, context: Context): Promise<void> {
  const id = textOf(input, 'VpcEndpointId');
  const known = endpointMemory(context.memory, id);
  known.privateDnsOnlyInbound = onlyInbound(input) ?? known.privateDnsOnlyInbound;
  const privateDns = textOf(input, 'PrivateDnsEnabled');
  if (privateDns !== '') known.privateDnsEnabled = privateDns === 'true';
  const ipAddressType = textOf(input, 'IpAddressType');
  if (ipAddressType !== '') known.ipAddressType = ipAddressType;
  await moveRoutes(id, input, context);
  await reconcileInterfaces(context);
}

/** moto changes a gateway endpoint's list of route tables but not their routes. */
async function moveRoutes(id: string, input: Input, { state }: Context): Promise<void> {
  const added = textsOf(input, 'AddRouteTableId');
  const removed = textsOf(input, 'RemoveRouteTableId');
  if (added.length + removed.length === 0) return;
  const { ec2 } = state.clients;
  const service = (await state.endpoints()).find(({ VpcEndpointId }) => VpcEndpointId === id)?.ServiceName;
  const lists = await state.managedPrefixLists();
  const prefixList = lists.find(({ PrefixListName }) => PrefixListName === service)?.PrefixListId ?? '';
  for (const RouteTableId of added) {
    await ec2.createRoute({ RouteTableId, DestinationPrefixListId: prefixList, GatewayId: id });
  }
  for (const RouteTableId of removed) {
    await ec2.deleteRoute({ RouteTableId, DestinationPrefixListId: prefixList }).catch(() => undefined);
  }
}

async function deleted(root: XmlElement, { input }: AwsRequest, context: Context): Promise<void> {
  const { memory, options, state } = context;
  const stored = (await state.clients.ec2.describeVpcEndpoints({})).VpcEndpoints ?? [];
  const unsuccessful: XmlElement[] = [];
  for (const id of textsOf(input, 'VpcEndpointId')) {
    const known = memory.endpoints.get(id) ?? { pendingPolls: 0 };
    const exists =
      stored.some(({ VpcEndpointId }) => VpcEndpointId === id) && known.deletingPolls === undefined;
    if (exists && known.requesterManaged) unsuccessful.push(failedItem(id, requesterManaged(id)));
    else if (exists) memory.endpoints.set(id, { ...known, deletingPolls: options.endpointDeletingPolls });
    else unsuccessful.push(failedItem(id, endpointNotFound(id)));
  }
  setChild(root, 'unsuccessful', unsuccessful);
  await reconcileInterfaces(context);
}

/** AWS answers a deletion with success and lists what it could not delete (domain.md row 90). */
function failedItem(id: string, { code, message }: { code: string; message: string }): XmlElement {
  const error = element('error', [element('code', code), element('message', message)]);
  return element('item', [error, element('resourceId', id)]);
}

/** Endpoints that a service of AWS's manages are deleted by it alone (domain.md row 85). */
function requesterManaged(id: string) {
  return { code: 'OperationNotPermitted', message: `The endpoint ${id} is managed by an AWS service.` };
}

/** The error for an endpoint id that AWS does not know (any more). */
export function endpointNotFound(id: string) {
  return { code: 'InvalidVpcEndpointId.NotFound', message: `The Vpc Endpoint Id '${id}' does not exist` };
}
