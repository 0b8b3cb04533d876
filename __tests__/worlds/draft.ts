import type { Random } from '../network/fuzz/random.js';
import type { Input, InputValue } from '../support/proxy/input.js';
import type { ProxyOptions } from '../support/proxy/options.js';

/*
 * A world before it is built. Its parts have keys; `{key}` in an input or in the subject of an expectation stands for
 * the id that the emulator gives the part.
 */

/** A subnet. What an `app` subnet is for is the function; a `data` subnet holds others, a `public` one NAT gateways. */
export interface SubnetDraft {
  readonly key: string;
  readonly cidr: string;
  /** Letter of the zone. */
  readonly zone: string;
  readonly tier: 'app' | 'data' | 'public';
  /** Key of its route table; undefined for the main one. */
  table: string | undefined;
  /** Key of its network ACL; undefined for the default one. */
  acl: string | undefined;
  ipv6: boolean;
  /** Members that moto does not keep. */
  shown: Record<string, InputValue>;
  /** Addresses left free; undefined where nobody fills it. */
  free: number | undefined;
}

/** A route table, by where its default route goes. */
export interface TableDraft {
  readonly key: string;
  readonly isMain: boolean;
  readonly exit: 'none' | 'nat' | 'internet';
}

/** A network ACL that admits all traffic inside, and HTTPS outwards; what it denies comes first. */
export interface AclDraft {
  readonly key: string;
  readonly denies: { readonly egress: boolean; readonly port: number; readonly cidr: string }[];
}

/** A security group with AWS's default egress. */
export interface GroupDraft {
  readonly key: string;
  readonly name: string;
  readonly ingress: readonly { readonly protocol?: 'udp'; readonly port: number; readonly cidr: string }[];
  /** Whether it is the one that this action makes for the endpoints of a VPC. */
  readonly isEndpoints?: boolean;
}

/** An endpoint that stands. */
export interface EndpointDraft {
  readonly key: string;
  readonly word: string;
  readonly type: 'Interface' | 'Gateway';
  /** `service`: of an AWS service, which manages it. */
  readonly owner: 'ours' | 'others' | 'service';
  readonly subnets: readonly string[];
  groups: readonly string[];
  readonly tables: readonly string[];
  readonly privateDns: boolean;
  /** The state it stays in; undefined for `available`. */
  state: string | undefined;
}

/** The interface of another workload; it gets any address of its subnet where none is given. */
export interface InterfaceDraft {
  readonly key: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly address?: string;
}

/** A VPC with all that is in it. */
export interface VpcDraft {
  readonly key: string;
  /** The first two numbers of its addresses. */
  readonly base: string;
  readonly ipv6: boolean;
  readonly dns: { support: boolean; hostnames: boolean };
  tenancy: 'default' | 'dedicated';
  /** Empty where Amazon's server answers. */
  dnsServers: readonly string[];
  shown: Input;
  readonly tables: TableDraft[];
  readonly acls: AclDraft[];
  readonly subnets: SubnetDraft[];
  readonly groups: GroupDraft[];
  readonly endpoints: EndpointDraft[];
  /** Other workloads' interfaces. */
  readonly interfaces: InterfaceDraft[];
}

/** An execution role. */
export interface RoleDraft {
  readonly key: string;
  path: string;
  /** Whether AWS's policy for functions in a VPC is attached. */
  attached: boolean;
  /** Services that may assume it. */
  trusts: readonly string[];
  /** What keeps Lambda from making interfaces, whatever is attached. */
  refuses: 'statement' | 'boundary' | undefined;
  /** How many managed policies of the account are attached. */
  policies: number;
}

/** A function. */
export interface FunctionDraft {
  readonly name: string;
  readonly role: string;
  /** Where it is before the run; undefined for no VPC. */
  readonly today:
    | { readonly vpc: string; readonly subnets: readonly string[]; readonly groups: readonly string[] }
    | undefined;
  /** Members of its configuration that moto does not keep. */
  readonly members: Record<string, InputValue>;
}

/** An entry of `endpoints`. */
export interface ServiceAim {
  /** As consents name it. */
  readonly word: string;
  readonly type: 'Interface' | 'Gateway';
  /** Whether the run makes an endpoint for it, adds routes to one, or finds it served. */
  role: 'create' | 'routes' | 'served';
}

/** What the workflow step asks for. */
export interface Aims {
  subnets: { how: 'ids' | 'tag' | 'name' | 'private' | 'today'; keys: readonly string[] };
  /** Keys of subnets of the endpoints; undefined where they are the function's. */
  endpointSubnets: readonly string[] | undefined;
  services: ServiceAim[];
  /** Keys of groups, and `managed`; undefined where today's are kept. */
  groups: readonly string[] | undefined;
  readonly egress: string[];
  readonly reaches: string[];
  namesVpc: boolean;
  /** Lines of `allow` that let the run do what it otherwise would not. */
  readonly grants: string[];
  /** Inputs that nothing else depends on. */
  readonly more: Record<string, string>;
}

/** A finding that must block. */
export interface Expectation {
  readonly code: string;
  readonly subject: string;
  /** Undefined where it is about what all functions of the run share. */
  readonly functionName?: string;
}

/** A world in the making. */
export interface Draft {
  readonly random: Random;
  readonly vpc: VpcDraft;
  readonly other: VpcDraft | undefined;
  readonly roles: RoleDraft[];
  /** Those of the run. */
  readonly functions: FunctionDraft[];
  /** Those of others, all in no VPC or in this one. */
  readonly neighbours: FunctionDraft[];
  readonly aims: Aims;
  options: Partial<ProxyOptions>;
  /** Consents that are needed and not given, as lines of `allow`. */
  readonly withheld: string[];
  readonly expected: Expectation[];
  /** Names of the defects. */
  readonly injected: string[];
}

/** The range of a VPC. */
export const cidrOf = ({ base }: VpcDraft): string => `${base}.0.0/16`;

/** The subnet of a key. */
export function subnetOf({ vpc }: Draft, key: string): SubnetDraft {
  const found = vpc.subnets.find((subnet) => subnet.key === key);
  if (found === undefined) throw new Error(`there is no subnet ${key}`);
  return found;
}

/** The keys of the subnets of a tier. */
export function keysOf({ subnets }: VpcDraft, tier: SubnetDraft['tier']): string[] {
  return subnets.filter((subnet) => subnet.tier === tier).map(({ key }) => key);
}

/** The zones of subnets, each once. */
export function zonesOf(draft: Draft, keys: readonly string[]): string[] {
  return [...new Set(keys.map((key) => subnetOf(draft, key).zone))];
}

/** The table that serves a subnet. */
export function tableOf({ tables }: VpcDraft, { table }: SubnetDraft): TableDraft {
  const found = tables.find(({ key, isMain }) => (table === undefined ? isMain : key === table));
  if (found === undefined) throw new Error(`there is no table ${table}`);
  return found;
}

/** The keys of the tables of the function's subnets, each once. */
export function tablesOfAim(draft: Draft): string[] {
  const tables = draft.aims.subnets.keys.map((key) => tableOf(draft.vpc, subnetOf(draft, key)).key);
  return [...new Set(tables)];
}

/** Values in another order, or fewer of them, but at least as many as said. */
export function someOf<T>(random: Random, values: readonly T[], least = 1): T[] {
  const shuffled = values.map((value) => ({ value, at: random.between(0, 1_000_000) }));
  shuffled.sort((one, other) => one.at - other.at);
  return shuffled.slice(0, random.between(least, values.length)).map(({ value }) => value);
}
