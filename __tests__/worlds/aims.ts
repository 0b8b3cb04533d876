import type { Draft } from './draft.js';
import { keysOf, someOf } from './draft.js';
import { DATABASE, leadOut, plainGroup } from './past.js';
import { asksName } from './services.js';

/** The line that opens the way to the internet for the managed group. */
export const TO_INTERNET = 'tcp 443 0.0.0.0/0';

/** Whether all subnets that `private` would take lead out alike. */
function isPrivateClear(draft: Draft): boolean {
  const all = [...keysOf(draft.vpc, 'app'), ...keysOf(draft.vpc, 'data')];
  return leadOut(draft, all) || !all.some((key) => leadOut(draft, [key]));
}

/** How the subnets are named: by what is there, and by where the functions are today. */
export function aimAtSubnets(draft: Draft): void {
  const { aims, functions, random, vpc } = draft;
  const app = keysOf(vpc, 'app');
  const [only] = functions;
  const here = functions.some(({ today }) => today?.vpc === vpc.key);
  const ways = [
    ...(['ids', 'ids', 'tag', 'name'] as const),
    ...(isPrivateClear(draft) && !here ? (['private', 'private'] as const) : []),
    ...(only?.today?.vpc === vpc.key && functions.length === 1 ? (['today', 'today'] as const) : []),
  ];
  const how = random.pick(ways);
  const keys = {
    ids: () => someOf(random, app),
    tag: () => app,
    name: () => app,
    private: () => [...app, ...keysOf(vpc, 'data')],
    today: () => [...(only?.today?.subnets ?? [])],
  };
  aims.subnets = { how, keys: keys[how]() };
  // A default VPC of the account has subnets, too; and a function elsewhere is taken for staying there.
  aims.namesVpc =
    how === 'private' || functions.some(({ today }) => today !== undefined && today.vpc !== vpc.key);
  if (!aims.namesVpc && random.chance(0.2)) aims.namesVpc = true;
}

/** Where the endpoints are, who may use them, and what may be done with those of others. */
export function aimAtEndpoints(draft: Draft): void {
  const { aims, random, vpc } = draft;
  const data = keysOf(vpc, 'data');
  if (data.length > 0 && random.chance(0.2)) aims.endpointSubnets = data;
  if (random.chance(0.25)) aims.more['existing-endpoints'] = 'extend';
  if (random.chance(0.3)) aims.more['endpoint-access'] = random.pick(['vpc', 'subnets', 'function']);
  if (random.chance(0.12)) aims.more['private-dns'] = random.pick(['true', 'false']);
}

/** What the function wears and may reach; asked for is only what it will reach. */
export function aimAtPeers(draft: Draft): void {
  const { aims, random } = draft;
  const out = leadOut(draft, aims.subnets.keys);
  if (random.chance(0.35)) aims.groups = random.chance(0.6) ? ['managed'] : ['managed', plainGroup(draft)];
  if (out && random.chance(0.4)) aims.egress.push(TO_INTERNET);
  if (random.chance(0.2)) aims.egress.push('all 10.250.0.0/16');
  aimAtDatabase(draft);
  askForWhatIsReached(draft);
}

function askForWhatIsReached(draft: Draft): void {
  const { aims, functions, random } = draft;
  if (functions.every(({ name }) => leadsOut(draft, name))) {
    if (random.chance(0.5)) aims.reaches.push('tcp 443 internet');
    if (random.chance(0.3)) aims.reaches.push('lambda');
  }
  for (const service of aims.services) {
    // Without private DNS the name that code calls does not lead to the endpoint.
    const isNamed = service.type === 'Gateway' || asksName(draft, service);
    const { word } = service;
    if (isNamed && !word.includes(':') && random.chance(0.2)) aims.reaches.push(word);
  }
}

function aimAtDatabase({ aims, random, vpc }: Draft): void {
  const database = vpc.groups.find(({ key }) => key === DATABASE);
  if (database === undefined || random.chance(0.3)) return;
  aims.egress.push(`tcp 5432 {${DATABASE}}`);
  if (database.ingress.length === 0) aims.grants.push(`peer-ingress:{${DATABASE}}`);
  if (random.chance(0.5)) aims.reaches.push(`tcp 5432 {${DATABASE}}`);
}

/** Subnets that lead to an internet gateway, where somebody wants just that. */
export function aimAtPublicSubnets(draft: Draft): void {
  const { aims, vpc } = draft;
  const keys = keysOf(vpc, 'public');
  if (keys.length === 0) return;
  aims.subnets = { how: 'ids', keys };
  aims.grants.push('public-subnets');
}

/** A policy that restricts what can be done through an endpoint. */
const READ_ONLY = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 'ssm:GetParameter'], Resource: '*' },
  ],
};

/** What has little bearing on the network. */
export function aimAtTheRest(draft: Draft): void {
  const { aims, functions, random, roles, vpc } = draft;
  const attached = functions.every(({ role }) => roles.find(({ key }) => key === role)?.attached);
  if (attached && random.chance(0.4)) aims.more['iam-policy'] = random.pick(['verify', 'none']);
  if (functions.length > 1 || random.chance(0.15)) aims.more['resource-name'] = 'billing';
  if (vpc.ipv6 && random.chance(0.5)) aims.more.ipv6 = 'true';
  if (random.chance(0.06)) aims.more['endpoint-policy'] = JSON.stringify(READ_ONLY);
  const isAlone = vpc.endpoints.every(({ owner }) => owner === 'ours');
  if (isAlone && random.chance(0.1)) aims.more['existing-endpoints'] = 'fail';
  if (random.chance(0.2)) aims.more.tags = 'team=billing\nstage=production';
}

/** The groups a function wears after the run, apart from the managed one. */
export function otherGroups({ aims, functions, vpc }: Draft, name: string): readonly string[] {
  const { today } = functions.find((fn) => fn.name === name) ?? {};
  if (aims.groups !== undefined) return aims.groups.filter((key) => key !== 'managed');
  return today?.vpc === vpc.key ? today.groups : [];
}

/** Whether a function gets to the internet after the run: by a NAT gateway, and by a rule of some group. */
export function leadsOut(draft: Draft, name: string): boolean {
  const { aims } = draft;
  const isOpen = otherGroups(draft, name).length > 0 || aims.egress.includes(TO_INTERNET);
  return isOpen && leadOut(draft, aims.subnets.keys);
}
