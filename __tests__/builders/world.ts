import type {
  DnsAttributes,
  EndpointService,
  LambdaFunction,
  NetworkInterface,
  Observed,
  PrefixList,
  Route,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../../src/model/observed.js';
import { aclsOr } from './acls.js';
import { catalogue, prefixLists } from './catalogue.js';
import { plainFunction } from './functions.js';
import { ACCOUNT, id, REGION } from './ids.js';
import { rule } from './rules.js';

type Aside = Omit<
  Observed,
  'caller' | 'lambda' | 'vpcs' | 'subnets' | 'endpoints' | 'routeTables' | 'groups'
>;

/** Attributes of the policy AWS made for functions in a VPC. */
export const VPC_POLICY = {
  name: 'AWSLambdaVPCAccessExecutionRole',
  arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
};

/** The network interface of a workload, the first one in the first subnet. */
export function networkInterface(parts: Partial<NetworkInterface> = {}): NetworkInterface {
  const [eni, subnetId] = [id('eni', 1), id('subnet', 1)];
  return { id: eni, subnetId, type: 'interface', description: '', groupIds: [], addresses: [], ...parts };
}

/**
 * An AWS account in words: `world().vpc().privateSubnets(3).function('app-7')`. Each method adds to the
 * VPC made last; ids count up from 1. A world without `vpc()` has none.
 */
export class World {
  readonly region: string;
  private readonly vpcs: Vpc[] = [];
  private readonly subnets: Subnet[] = [];
  private readonly tables: RouteTable[] = [];
  private readonly groups: SecurityGroup[] = [];
  private readonly endpoints: VpcEndpoint[] = [];
  private lambda: LambdaFunction;
  private aside: Aside;

  constructor(region: string) {
    this.region = region;
    this.lambda = plainFunction('app-7', region);
    this.aside = {
      dns: { support: true, hostnames: true },
      services: catalogue(region),
      prefixLists: prefixLists(region),
      dnsServers: undefined,
      policies: { ok: true, value: [] },
      networkAcls: { ok: true, value: [] },
      interfaces: { ok: true, value: [] },
      aliases: { ok: true, value: [] },
      reach: { natGateways: { ok: true, value: [] }, prefixLists: [] },
      roleUsers: undefined,
      eventSources: { ok: true, value: [] },
      hostedZones: undefined,
      provisioned: { ok: true, value: [] },
      tags: { ok: true, value: {} },
      role: undefined,
    };
  }

  /** A VPC 10.<n>.0.0/16 with a main route table that leads nowhere. */
  vpc(parts: Partial<Vpc> = {}): this {
    const number = this.vpcs.length + 1;
    const vpc: Vpc = {
      id: id('vpc', number),
      name: undefined,
      tags: {},
      cidrs: [`10.${number}.0.0/16`],
      ipv6Cidrs: [],
      tenancy: 'default',
      dhcpOptionsId: 'default',
      ownerId: ACCOUNT,
      encryptionEnforced: false,
      blockPublicAccess: undefined,
      ...parts,
    };
    this.vpcs.push(vpc);
    this.table([], undefined, { main: number === 1 });
    return this;
  }

  /** Subnets in zones a, b, c, …, all on one table of their own with a default route to `exit`. */
  privateSubnets(count: number, exit?: string, parts: Partial<Subnet> = {}): this {
    const made = Array.from({ length: count }, (_, index) => this.addSubnet(index, parts));
    return this.table(made, exit);
  }

  /** Subnets whose table leads to an internet gateway. */
  publicSubnets(count: number): this {
    return this.privateSubnets(count, id('igw', 1));
  }

  /** One subnet that is on the VPC's main table. */
  subnet(parts: Partial<Subnet> = {}): this {
    this.addSubnet(0, parts);
    return this;
  }

  /** A route table; the main one of the world's first VPC is made by `vpc()`. */
  table(subnetIds: readonly string[], exit: string | undefined, parts: Partial<RouteTable> = {}): this {
    const local: Route = {
      destination: this.lastVpc().cidrs[0] ?? '',
      target: 'local',
      state: 'active',
      propagated: false,
    };
    const out: Route[] =
      exit === undefined
        ? []
        : [{ destination: '0.0.0.0/0', target: exit, state: 'active', propagated: false }];
    const number = this.tables.length + 1;
    const routes = [...out, local];
    this.tables.push({ id: id('rtb', number), name: undefined, main: false, subnetIds, routes, ...parts });
    return this;
  }

  /** Replaces the world's one function. */
  function(name: string, parts: Partial<LambdaFunction> = {}): this {
    this.lambda = { ...plainFunction(name, this.region), ...parts };
    return this;
  }

  /** Places the function into subnets (all of the world's by default) with these groups. */
  placed(securityGroupIds: readonly string[], subnetIds = this.subnets.map((subnet) => subnet.id)): this {
    this.lambda = { ...this.lambda, network: { ...this.lambda.network, subnetIds, securityGroupIds } };
    return this;
  }

  /** A security group as AWS makes it: no inbound rule, everything outbound. */
  group(name: string, parts: Partial<SecurityGroup> = {}): this {
    this.groups.push({
      id: id('sg', this.groups.length + 1),
      name,
      vpcId: this.lastVpc().id,
      description: name,
      tags: {},
      ingress: [],
      egress: [rule('all 0.0.0.0/0')],
      ...parts,
    });
    return this;
  }

  /** An available interface endpoint with private DNS in all subnets, or a gateway endpoint on all tables. */
  endpoint(word: string, parts: Partial<VpcEndpoint> = {}): this {
    const gateway = parts.type === 'Gateway';
    this.endpoints.push({
      id: id('vpce', this.endpoints.length + 1),
      vpcId: this.lastVpc().id,
      serviceName: `com.amazonaws.${this.region}.${word}`,
      type: 'Interface',
      state: 'available',
      subnetIds: gateway ? [] : this.subnets.map((subnet) => subnet.id),
      groupIds: [],
      routeTableIds: gateway ? this.tables.map((table) => table.id) : [],
      networkInterfaceIds: [],
      privateDns: !gateway,
      inboundDnsOnly: false,
      privateNames: [],
      addressType: 'ipv4',
      policy: undefined,
      requesterManaged: false,
      tags: {},
      createdAt: this.endpoints.length,
      lastError: undefined,
      ...parts,
    });
    return this;
  }

  /** Network interfaces of workloads in the VPC. */
  interfaces(...found: readonly Partial<NetworkInterface>[]): this {
    const subnetId = this.subnets[0]?.id ?? '';
    const value = found.map((parts, index) =>
      networkInterface({ id: id('eni', index + 1), subnetId, ...parts }),
    );
    return this.with({ interfaces: { ok: true, value } });
  }

  /** Sets what was read besides VPCs, subnets, groups, endpoints and the function. */
  with(parts: Partial<Aside>): this {
    this.aside = { ...this.aside, ...parts };
    return this;
  }

  /** Everything as `observe` gives it. */
  observed(): Observed {
    const exits = this.tables.flatMap(({ routes }) => routes.map(({ target }) => target));
    if (exits.includes(id('nat', 1))) this.natGateway();
    return {
      caller: { accountId: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run` },
      lambda: this.lambda,
      vpcs: [...this.vpcs],
      subnets: [...this.subnets],
      endpoints: [...this.endpoints],
      routeTables: [...this.tables],
      groups: [...this.groups],
      ...this.aside,
      networkAcls: aclsOr(this.aside.networkAcls, this.vpcs, this.subnets),
    };
  }

  /** A public subnet with the NAT gateway that tables lead to, in the first VPC; made once, after all the others. */
  private natGateway(): void {
    const subnetId = id('subnet', 0xfff);
    const [vpc] = this.vpcs;
    if (vpc === undefined || this.aside.reach?.natGateways?.ok !== true) return;
    if (this.subnets.some((subnet) => subnet.id === subnetId)) return;
    this.addSubnet(0, { id: subnetId, vpcId: vpc.id, cidr: `${cidrStart(vpc)}.255.0/24` });
    this.table([subnetId], id('igw', 1));
    const nat = { id: id('nat', 1), subnetId, connectivity: 'public' as const, state: 'available' };
    const natGateways = { ok: true as const, value: [...this.aside.reach.natGateways.value, nat] };
    this.aside = { ...this.aside, reach: { ...this.aside.reach, natGateways } };
  }

  private lastVpc(): Vpc {
    const vpc = this.vpcs[this.vpcs.length - 1];
    if (vpc === undefined) throw new Error('the world needs vpc() first');
    return vpc;
  }

  private addSubnet(index: number, parts: Partial<Subnet>): string {
    const number = this.subnets.length + 1;
    const vpc = this.lastVpc();
    this.subnets.push({
      id: id('subnet', number),
      vpcId: vpc.id,
      name: parts.tags?.Name,
      tags: {},
      zone: `${this.region}${'abcd'[index % 4]}`,
      cidr: `${cidrStart(vpc)}.${number}.0/24`,
      ipv6Cidrs: [],
      freeAddresses: 200,
      ownerId: ACCOUNT,
      state: 'available',
      ipv6Native: false,
      outpost: false,
      blockPublicAccess: undefined,
      ...parts,
    });
    return id('subnet', number);
  }
}

const cidrStart = ({ cidrs: [first = '10.0.0.0/16'] }: Vpc): string => first.split('.').slice(0, 2).join('.');

/** A world without anything but a function that is in no VPC. */
export function world(region = REGION): World {
  return new World(region);
}

/** DNS attributes, for {@link World.with}. */
export const dns = (support: boolean, hostnames: boolean): { dns: DnsAttributes } => ({
  dns: { support, hostnames },
});

/** Catalogue and prefix lists with another prefix, as the China partition has them. */
export function servicesOf(
  region: string,
  prefix: string,
): { services: EndpointService[]; prefixLists: PrefixList[] } {
  return { services: catalogue(region, prefix), prefixLists: prefixLists(region, prefix) };
}
