import type { Draft, EndpointDraft, ServiceAim } from './draft.js';
import { cidrOf, keysOf, someOf, subnetOf, tableOf, tablesOfAim, zonesOf } from './draft.js';

const INTERFACES = ['logs', 'ssm', 'kms', 'sqs', 'secretsmanager', 'sts', 'monitoring', 'events', 'sns'];
const GATEWAYS = ['s3', 'dynamodb'];

/** The group of others that admits the whole VPC, made where there is none. */
function openGroup({ vpc }: Draft): string {
  const key = `${vpc.key}-guard`;
  if (!vpc.groups.some((group) => group.key === key)) {
    vpc.groups.push({ key, name: 'guard', ingress: [{ port: 443, cidr: cidrOf(vpc) }] });
  }
  return key;
}

/** The group that this action makes for the endpoints of a VPC, as an earlier run left it. */
export function endpointsGroup({ vpc }: Draft): string {
  const key = `${vpc.key}-endpoints`;
  if (!vpc.groups.some((group) => group.key === key)) {
    const ingress = [{ port: 443, cidr: cidrOf(vpc) }];
    vpc.groups.push({ key, name: 'vpc-lambda-action-endpoints', ingress, isEndpoints: true });
  }
  return key;
}

/** One subnet in each zone, the first of the given order. */
function onePerZone(draft: Draft, keys: readonly string[]): string[] {
  return zonesOf(draft, keys).map((zone) => keys.find((key) => subnetOf(draft, key).zone === zone) ?? '');
}

/** An interface endpoint that stands in the VPC. */
export function interfaceEndpoint(
  draft: Draft,
  word: string,
  owner: EndpointDraft['owner'],
  more: Partial<EndpointDraft> = {},
): EndpointDraft {
  const { aims, random, vpc } = draft;
  const places = onePerZone(draft, aims.endpointSubnets ?? aims.subnets.keys);
  const endpoint: EndpointDraft = {
    key: `${vpc.key}-${word.replace(':', '-')}-${owner}`,
    word,
    type: 'Interface',
    owner,
    subnets: someOf(random, places),
    groups: [owner === 'ours' ? endpointsGroup(draft) : openGroup(draft)],
    tables: [],
    privateDns: true,
    state: undefined,
    ...more,
  };
  vpc.endpoints.push(endpoint);
  return endpoint;
}

/** What stands already for an interface service, and what is left to do. */
function standInterface(draft: Draft, word: string): ServiceAim['role'] {
  const way = draft.random.pick(['none', 'none', 'none', 'ours', 'others', 'nameless', 'managed']);
  if (way === 'ours' || way === 'others') {
    interfaceEndpoint(draft, word, way);
    return 'served';
  }
  // Neither owns the private name, so that neither serves nor is in the way.
  if (way === 'nameless') interfaceEndpoint(draft, word, 'others', { privateDns: false });
  if (way === 'managed') interfaceEndpoint(draft, word, 'service', { privateDns: false });
  return 'create';
}

function gatewayEndpoint(
  { vpc }: Draft,
  word: string,
  owner: 'ours' | 'others',
  tables: readonly string[],
): void {
  const key = `${vpc.key}-${word}-${owner}`;
  const gateway = { key, word, owner, tables, subnets: [], groups: [], privateDns: false, state: undefined };
  vpc.endpoints.push({ ...gateway, type: 'Gateway' });
}

/** What stands already for a gateway service: on all of the function's tables, on some, or on those of others. */
function standGateway(draft: Draft, word: string): ServiceAim['role'] {
  const { random, vpc, aims } = draft;
  const own = tablesOfAim(draft);
  const others = keysOf(vpc, 'data')
    .map((key) => tableOf(vpc, subnetOf(draft, key)).key)
    .filter((key) => !own.includes(key));
  const way = random.pick(['none', 'none', 'ours', 'others', 'others-some', 'elsewhere']);
  if (way === 'ours') {
    const tables = someOf(random, own);
    gatewayEndpoint(draft, word, 'ours', tables);
    return tables.length === own.length ? 'served' : 'routes';
  }
  if (way === 'others') {
    gatewayEndpoint(draft, word, 'others', own);
    return 'served';
  }
  const some = way === 'others-some' && own.length > 1 ? own.slice(0, 1) : [];
  const tables = way === 'elsewhere' ? [...new Set(others)] : some;
  if (tables.length === 0) return 'create';
  gatewayEndpoint(draft, word, 'others', tables);
  return aims.more['existing-endpoints'] === 'extend' ? 'routes' : 'create';
}

/** Chooses the services the function needs, and what stands for them already. */
export function addServices(draft: Draft): void {
  const { random, aims } = draft;
  const count = random.weighted([
    { count: 0, weight: 1 },
    { count: 1, weight: 4 },
    { count: 2, weight: 4 },
    { count: 4, weight: 1 },
  ]).count;
  for (const word of someOf(random, INTERFACES, INTERFACES.length).slice(0, count)) {
    aims.services.push({ word, type: 'Interface', role: standInterface(draft, word) });
  }
  for (const word of GATEWAYS) {
    if (random.chance(0.3)) aims.services.push({ word, type: 'Gateway', role: standGateway(draft, word) });
  }
  if (random.chance(0.06)) aims.services.push({ word: 's3:interface', type: 'Interface', role: 'create' });
  if (random.chance(0.06)) {
    aims.services.push({ word: 'execute-api', type: 'Interface', role: 'create' });
  }
}

/** The interface services that the run makes an endpoint for. */
export function createdInterfaces({ aims }: Draft): ServiceAim[] {
  return aims.services.filter(({ type, role }) => type === 'Interface' && role === 'create');
}

/** Whether the run asks for the private name of a service: by default not for execute-api. */
export function asksName({ aims }: Draft, { word, type }: ServiceAim): boolean {
  if (type !== 'Interface') return false;
  const given = aims.more['private-dns'];
  return given === undefined ? word !== 'execute-api' : given === 'true';
}
