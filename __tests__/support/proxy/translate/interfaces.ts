import { randomUUID } from 'node:crypto';
import type { NetworkInterface, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Context } from '../context.js';
import { type Handlers, passesFilter, withoutFilters } from '../handler.js';
import { endpointMemory } from '../memory.js';
import type { AwsRequest } from '../request.js';
import { childOf, setChild, textAt, type XmlElement } from '../xml.js';

const endpointPrefix = 'VPC Endpoint Interface ';

const natPrefix = 'Interface for NAT Gateway ';

/** How Lambda's interfaces are described; what follows is the function and an id. */
export const lambdaPrefix = 'AWS Lambda VPC ENI-';

/** Filters on what only the proxy knows. */
const ownFilters = ['interface-type', 'requester-managed', 'status'];

/** Interfaces of endpoints and functions, which moto makes wrongly or not at all. */
export const interfaceHandlers: Handlers = {
  'ec2:DescribeNetworkInterfaces': {
    request: async (request, context) => {
      await reconcileInterfaces(context);
      await releaseLingering(context);
      return withoutFilters(request, ownFilters);
    },
    xml: described,
  },
};

/**
 * Makes moto's interfaces those that AWS would have: one per subnet of an interface endpoint, with its groups and
 * the description by which they are told apart; one per subnet and set of groups that functions use. An interface
 * that no function uses any more lingers before it goes, as Lambda leaves them.
 */
export async function reconcileInterfaces(context: Context): Promise<void> {
  const interfaces = await context.state.networkInterfaces();
  await Promise.all([reconcileEndpoints(interfaces, context), reconcileFunctions(interfaces, context)]);
}

async function reconcileEndpoints(interfaces: readonly NetworkInterface[], context: Context): Promise<void> {
  const endpoints = (await context.state.endpoints()).filter(
    ({ VpcEndpointType }) => VpcEndpointType === 'Interface',
  );
  for (const endpoint of endpoints) {
    const own = interfaces.filter((one) => belongsTo(one, endpoint));
    const kept = own.filter(({ SubnetId }) => endpoint.SubnetIds?.includes(SubnetId ?? ''));
    await Promise.all(kept.map((one) => describeAs(one, endpoint, context)));
    const covered = new Set(kept.map(({ SubnetId }) => SubnetId));
    const missing = (endpoint.SubnetIds ?? []).filter((subnet) => !covered.has(subnet));
    const made = await Promise.all(
      missing.map((subnet) => createInterface(subnet, groupsOf(endpoint), nameOf(endpoint), context)),
    );
    await remove(
      own.filter((one) => !kept.includes(one)),
      context,
    );
    const known = endpointMemory(context.memory, endpoint.VpcEndpointId ?? '');
    known.interfaceIds = [...kept.map(({ NetworkInterfaceId }) => NetworkInterfaceId ?? ''), ...made];
  }
  const names = endpoints.map(nameOf);
  await remove(
    interfaces.filter(
      ({ Description = '' }) => Description.startsWith(endpointPrefix) && !names.includes(Description),
    ),
    context,
  );
}

function belongsTo(one: NetworkInterface, endpoint: VpcEndpoint): boolean {
  return (
    one.Description === nameOf(endpoint) ||
    (endpoint.NetworkInterfaceIds ?? []).includes(one.NetworkInterfaceId ?? '')
  );
}

function nameOf({ VpcEndpointId }: VpcEndpoint): string {
  return `${endpointPrefix}${VpcEndpointId}`;
}

function groupsOf({ Groups }: VpcEndpoint): string[] {
  return (Groups ?? []).map(({ GroupId }) => GroupId ?? '').sort();
}

async function describeAs(one: NetworkInterface, endpoint: VpcEndpoint, { state }: Context): Promise<void> {
  const id = one.NetworkInterfaceId;
  const { ec2 } = state.clients;
  const groups = groupsOf(endpoint);
  const current = (one.Groups ?? []).map(({ GroupId }) => GroupId ?? '').sort();
  const description = nameOf(endpoint);
  if (one.Description === description && current.join() === groups.join()) return;
  await ec2.modifyNetworkInterfaceAttribute({
    NetworkInterfaceId: id,
    Groups: groups,
    Description: { Value: description },
  });
}

async function reconcileFunctions(interfaces: readonly NetworkInterface[], context: Context): Promise<void> {
  const wanted = new Map<string, { subnet: string; groups: string[]; functionName: string }>();
  for (const { FunctionName, VpcConfig } of await context.state.functions()) {
    const groups = [...(VpcConfig?.SecurityGroupIds ?? [])].sort();
    for (const subnet of VpcConfig?.SubnetIds ?? []) {
      wanted.set(pairKey(subnet, groups), { subnet, groups, functionName: FunctionName ?? '' });
    }
  }
  for (const one of interfaces.filter(isLambdas)) {
    const key = pairKey(
      one.SubnetId ?? '',
      (one.Groups ?? []).map(({ GroupId }) => GroupId ?? ''),
    );
    const id = one.NetworkInterfaceId ?? '';
    if (wanted.delete(key)) context.memory.lingering.delete(id);
    else if (!context.memory.lingering.has(id))
      context.memory.lingering.set(id, context.options.lingeringInterfacePolls);
  }
  await Promise.all(
    [...wanted.values()].map(({ subnet, groups, functionName }) =>
      createInterface(subnet, groups, `${lambdaPrefix}${functionName}-${randomUUID()}`, context),
    ),
  );
}

function pairKey(subnet: string, groups: readonly string[]): string {
  return `${subnet} ${groups.toSorted().join(' ')}`;
}

function isLambdas({ Description = '' }: NetworkInterface): boolean {
  return Description.startsWith(lambdaPrefix);
}

async function createInterface(
  subnet: string,
  groups: string[],
  description: string,
  { state }: Context,
): Promise<string> {
  const input = { SubnetId: subnet, Groups: groups, Description: description };
  const { NetworkInterface } = await state.clients.ec2.createNetworkInterface(input);
  return NetworkInterface?.NetworkInterfaceId ?? '';
}

async function remove(interfaces: readonly NetworkInterface[], { state }: Context): Promise<void> {
  for (const { NetworkInterfaceId } of interfaces) {
    await state.clients.ec2.deleteNetworkInterface({ NetworkInterfaceId }).catch(() => undefined);
  }
}

/** An interface left by Lambda that has shown in enough answers goes before the next one. */
export async function releaseLingering({ memory, state }: Context): Promise<void> {
  for (const [id, polls] of memory.lingering) {
    if (polls > 0) memory.lingering.set(id, polls - 1);
    else {
      memory.lingering.delete(id);
      await state.clients.ec2.deleteNetworkInterface({ NetworkInterfaceId: id }).catch(() => undefined);
    }
  }
}

/**
 * moto knows no types of interfaces, and no description of a NAT gateway's
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html, `interfaceType`).
 */
async function described(root: XmlElement, request: AwsRequest, { state }: Context): Promise<void> {
  const shown = childOf(root, 'networkInterfaceSet');
  if (shown === undefined) return;
  const gateways = await state.natInterfaces();
  for (const one of shown.children) {
    const gateway = gateways.get(textAt(one, 'networkInterfaceId'));
    if (gateway !== undefined) setChild(one, 'description', `${natPrefix}${gateway}`);
  }
  for (const one of shown.children) {
    const type = typeOf(textAt(one, 'description'));
    if (type === 'interface') continue;
    setChild(one, 'interfaceType', type);
    setChild(one, 'requesterManaged', 'true');
    setChild(one, 'status', 'in-use');
  }
  shown.children = shown.children.filter(
    (one) =>
      passesFilter(request, 'interface-type', textAt(one, 'interfaceType')) &&
      passesFilter(request, 'requester-managed', textAt(one, 'requesterManaged')) &&
      passesFilter(request, 'status', textAt(one, 'status')),
  );
}

function typeOf(description: string): string {
  if (description.startsWith(natPrefix)) return 'nat_gateway';
  if (description.startsWith(endpointPrefix)) return 'vpc_endpoint';
  return description.startsWith(lambdaPrefix) ? 'lambda' : 'interface';
}
