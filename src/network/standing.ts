import { compareText } from '../text/order.js';
import type { EndpointInterface, InterfaceEndpoint, Network, NetworkInterface } from './network.js';
import { parseRange, type Range } from './range.js';
import type { Family } from './verdict.js';

/** An interface that stands in a subnet and may be reached, an endpoint's or any other. */
export interface Standing {
  readonly interfaceId: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  /** Every known address. */
  readonly addresses: readonly Range[];
  /** Undefined for an interface that is not of an endpoint. */
  readonly endpoint: InterfaceEndpoint | undefined;
}

/** Every described interface, by id. */
export function standingsOf(network: Network): readonly Standing[] {
  const own = (network.interfaces ?? []).map(ofInterface);
  const endpoints = network.endpoints.flatMap((endpoint) =>
    endpoint.kind === 'interface' ? endpoint.interfaces.map((at) => ofEndpoint(endpoint, at)) : [],
  );
  return [...own, ...endpoints].sort((a, b) => compareText(a.interfaceId, b.interfaceId));
}

function ofInterface({ id, subnetId, groupIds, addresses }: NetworkInterface): Standing {
  return {
    interfaceId: id,
    subnetId,
    groupIds,
    addresses: addresses.flatMap((address) => parseRange(address) ?? []),
    endpoint: undefined,
  };
}

function ofEndpoint(endpoint: InterfaceEndpoint, { id, subnetId, ipv4, ipv6 }: EndpointInterface): Standing {
  const addresses = [ipv4, ipv6].flatMap((address) => (address === undefined ? [] : [address]));
  return {
    interfaceId: id,
    subnetId,
    groupIds: endpoint.groupIds,
    addresses: addresses.flatMap((address) => parseRange(address) ?? []),
    endpoint,
  };
}

/** Whether an endpoint has addresses of the family. */
export function speaksFamily({ addressType }: InterfaceEndpoint, family: Family): boolean {
  return addressType === 'dualstack' || addressType === family;
}

/** The address that an interface is reached at; `anywhere` where it may be any of its subnet. */
export function addressOf(standing: Standing, family: Family): Range | 'anywhere' | undefined {
  const known = standing.addresses.find((address) => address.family === family);
  if (known !== undefined) return known;
  return standing.endpoint !== undefined && speaksFamily(standing.endpoint, family) ? 'anywhere' : undefined;
}
