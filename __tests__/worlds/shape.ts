import type { Random } from '../network/fuzz/random.js';
import type { AclDraft, SubnetDraft, TableDraft, VpcDraft } from './draft.js';

const BASES = ['10.7', '10.200', '172.20', '192.168', '100.64', '12.25'];

/** How the tables of the function's subnets are shared. */
type Sharing = 'one' | 'each' | 'main';

function emptyVpc(key: string, base: string, ipv6: boolean): VpcDraft {
  return {
    key,
    base,
    ipv6,
    dns: { support: true, hostnames: true },
    tenancy: 'default',
    dnsServers: [],
    shown: {},
    tables: [],
    acls: [],
    subnets: [],
    groups: [],
    endpoints: [],
    interfaces: [],
  };
}

const SIZES = [
  { size: 21, weight: 1 },
  { size: 24, weight: 5 },
  { size: 26, weight: 3 },
  { size: 27, weight: 2 },
];

function addSubnet(vpc: VpcDraft, tier: SubnetDraft['tier'], zone: string, random: Random): SubnetDraft {
  const index = vpc.subnets.length;
  const { size } = random.weighted(SIZES);
  const subnet: SubnetDraft = {
    key: `${vpc.key}-${tier}-${index}`,
    // So far apart that the largest size does not overlap the next.
    cidr: `${vpc.base}.${index * 8}.0/${size}`,
    zone,
    tier,
    table: undefined,
    acl: undefined,
    ipv6: vpc.ipv6,
    shown: {},
    free: undefined,
  };
  vpc.subnets.push(subnet);
  return subnet;
}

function addTable(vpc: VpcDraft, name: string, exit: TableDraft['exit'], isMain = false): TableDraft {
  const table = { key: `${vpc.key}-table-${name}`, isMain, exit };
  vpc.tables.push(table);
  return table;
}

function serve(subnet: SubnetDraft, table: TableDraft): void {
  subnet.table = table.isMain ? undefined : table.key;
}

/** The function's subnets: in one to three zones, now and then two in a zone; all lead out alike, or none does. */
function addAppSubnets(
  vpc: VpcDraft,
  zones: readonly string[],
  exit: TableDraft['exit'],
  random: Random,
): void {
  const sharing = random.pick<Sharing>(['one', 'one', 'each', 'main']);
  const main = addTable(vpc, 'main', sharing === 'main' ? exit : 'none', true);
  const shared = sharing === 'one' ? addTable(vpc, 'app', exit) : main;
  for (const zone of zones) {
    const inZone = random.chance(0.15) ? 2 : 1;
    for (let made = 0; made < inZone; made += 1) {
      const subnet = addSubnet(vpc, 'app', zone, random);
      serve(subnet, sharing === 'each' ? addTable(vpc, `app-${subnet.key}`, exit) : shared);
    }
  }
}

/** Subnets of others: isolated, on a table of their own or on one of the function's. */
function addDataSubnets(vpc: VpcDraft, zones: readonly string[], random: Random): void {
  const [first] = vpc.subnets;
  const table =
    random.chance(0.3) && first?.table !== undefined
      ? vpc.tables.find(({ key }) => key === first.table)
      : undefined;
  const own = table ?? addTable(vpc, 'data', 'none');
  for (const zone of zones) serve(addSubnet(vpc, 'data', zone, random), own);
}

function addAcls(vpc: VpcDraft, random: Random): void {
  const add = (name: string): AclDraft => {
    const acl = { key: `${vpc.key}-acl-${name}`, denies: [] };
    vpc.acls.push(acl);
    return acl;
  };
  const way = random.pick(['default', 'default', 'app', 'each']);
  const shared = way === 'app' ? add('app') : undefined;
  for (const subnet of vpc.subnets) {
    if (way === 'each') subnet.acl = add(subnet.key).key;
    else if (shared && subnet.tier === 'app') subnet.acl = shared.key;
  }
}

/** A VPC of any shape in which a function connects. */
export function vpcOf(random: Random): VpcDraft {
  const vpc = emptyVpc('main', random.pick(BASES), random.chance(0.25));
  const zones = ['a', 'b', 'c'].slice(0, random.between(1, 3));
  const exit = random.chance(0.45) ? 'nat' : 'none';
  addAppSubnets(vpc, zones, exit, random);
  if (random.chance(0.5)) addDataSubnets(vpc, zones, random);
  if (exit === 'nat' || random.chance(0.4)) {
    const table = addTable(vpc, 'public', 'internet');
    for (const zone of zones.slice(0, random.between(1, zones.length))) {
      serve(addSubnet(vpc, 'public', zone, random), table);
    }
  }
  addAcls(vpc, random);
  return vpc;
}

/** Another VPC of the account, in which a function may be today. */
export function otherVpcOf(random: Random): VpcDraft {
  const vpc = emptyVpc('other', '10.99', false);
  addTable(vpc, 'main', 'none', true);
  for (const zone of ['a', 'b'].slice(0, random.between(1, 2))) addSubnet(vpc, 'app', zone, random);
  vpc.groups.push({ key: 'other-legacy', name: 'legacy', ingress: [] });
  return vpc;
}
