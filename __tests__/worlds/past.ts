import type { Random } from '../network/fuzz/random.js';
import type { Draft, FunctionDraft, RoleDraft, VpcDraft } from './draft.js';
import { cidrOf, keysOf, someOf, subnetOf, tableOf } from './draft.js';

/** The key of the group that a function of this VPC wears before the run. */
const LEGACY = 'main-legacy';

/** The key of the group of a database. */
export const DATABASE = 'main-database';

/** A role that Lambda alone may assume and use. */
const plainRole = (key: string, path: string, attached: boolean): RoleDraft => ({
  key,
  path,
  attached,
  trusts: ['lambda.amazonaws.com'],
  refuses: undefined,
  policies: 0,
});

function addRole(draft: Draft): RoleDraft {
  const { random, roles } = draft;
  const path = random.pick(['/', '/', '/teams/billing/']);
  const role = plainRole(`role-${roles.length}`, path, random.chance(0.5));
  roles.push(role);
  return role;
}

/** A place of a function in this VPC: some of the application's subnets and a group with AWS's default egress. */
function placeHere({ random, vpc }: Draft): NonNullable<FunctionDraft['today']> {
  if (!vpc.groups.some(({ key }) => key === LEGACY)) {
    vpc.groups.push({ key: LEGACY, name: 'legacy', ingress: [] });
  }
  return { vpc: vpc.key, subnets: someOf(random, keysOf(vpc, 'app')), groups: [LEGACY] };
}

function placeElsewhere({ other }: Draft): FunctionDraft['today'] {
  return other && { vpc: other.key, subnets: keysOf(other, 'app'), groups: ['other-legacy'] };
}

const FILE_SYSTEM = {
  Arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0',
  LocalMountPath: '/mnt/data',
};

/** One function or several, with roles of their own or a shared one, in no VPC, in this one or in another. */
export function addFunctions(draft: Draft): void {
  const { random, functions } = draft;
  const count = random.weighted([
    { count: 1, weight: 8 },
    { count: 2, weight: 2 },
    { count: 3, weight: 1 },
  ]).count;
  const shared = random.chance(0.3) ? addRole(draft) : undefined;
  for (let index = 0; index < count; index += 1) {
    const where = random.pick(['none', 'none', 'none', 'here', 'elsewhere']);
    const today =
      where === 'here' ? placeHere(draft) : where === 'elsewhere' ? placeElsewhere(draft) : undefined;
    const role = shared ?? addRole(draft);
    // Lambda makes no interface for a role without the permission.
    if (today !== undefined) role.attached = true;
    const members = random.chance(0.1) ? { FileSystemConfigs: [FILE_SYSTEM] } : {};
    functions.push({ name: `app-${index + 1}`, role: role.key, today, members });
  }
}

/** Others' functions: one that has the role of the run's, one that is in the VPC. */
export function addNeighbours(draft: Draft): void {
  const { functions, neighbours, random, vpc } = draft;
  if (random.chance(0.15)) {
    const role = random.pick(functions).role;
    neighbours.push({ name: 'report', role, today: undefined, members: {} });
  }
  if (random.chance(0.2)) {
    const key = `${vpc.key}-jobs`;
    vpc.groups.push({ key, name: 'jobs', ingress: [] });
    const today = { vpc: vpc.key, subnets: someOf(random, keysOf(vpc, 'app')), groups: [key] };
    const role = plainRole(`role-${draft.roles.length}`, '/', true);
    draft.roles.push(role);
    neighbours.push({ name: 'jobs', role: role.key, today, members: {} });
  }
}

/** Others' interfaces, a database that admits the VPC among them, and DNS servers of their own. */
export function addOthers({ random, vpc }: Draft): void {
  const places = vpc.subnets.filter(({ tier }) => tier !== 'public').map(({ key }) => key);
  if (random.chance(0.35)) {
    const ingress = random.chance(0.75) ? [{ port: 5432, cidr: cidrOf(vpc) }] : [];
    vpc.groups.push({ key: DATABASE, name: 'database', ingress });
    vpc.interfaces.push({ key: 'database-interface', subnet: random.pick(places), groups: [DATABASE] });
  }
  for (let index = random.chance(0.3) ? random.between(1, 3) : 0; index > 0; index -= 1) {
    vpc.interfaces.push({ key: `workload-${index}`, subnet: random.pick(places), groups: [] });
  }
  if (random.chance(0.1)) addNameServer(vpc, random);
}

/** A server that answers for the names of the VPC, and asks nobody knows whom. */
function addNameServer(vpc: VpcDraft, random: Random): void {
  const [first] = vpc.subnets;
  if (first === undefined) return;
  const address = first.cidr.replace(/\.0\/\d+$/, '.12');
  const key = `${vpc.key}-resolver`;
  vpc.groups.push({ key, name: 'resolver', ingress: [{ protocol: 'udp', port: 53, cidr: cidrOf(vpc) }] });
  vpc.interfaces.push({ key: 'resolver-interface', subnet: first.key, groups: [key], address });
  vpc.dnsServers = random.pick([[address], [address, 'AmazonProvidedDNS']]);
}

/** A group of others without inbound rules, made where there is none. */
export function plainGroup({ vpc }: Draft): string {
  const key = `${vpc.key}-plain`;
  if (!vpc.groups.some((group) => group.key === key)) vpc.groups.push({ key, name: 'plain', ingress: [] });
  return key;
}

/** Whether every subnet leads to the internet by a NAT gateway. */
export function leadOut(draft: Draft, keys: readonly string[]): boolean {
  return keys.every((key) => tableOf(draft.vpc, subnetOf(draft, key)).exit === 'nat');
}
