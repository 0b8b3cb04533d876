import type { AwsProblem, Problem } from './problem.js';
import type { ReachReads } from './reach-reads.js';
import type { Reading } from './reading.js';
import type { AttachedPolicy, RoleFacts, RoleUser } from './role.js';
import type { Alias, EventSource, ProvisionedConcurrency } from './versions.js';

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Who the run acts as. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

/** The part of a Lambda function's configuration that places it in a network. */
export interface FunctionNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly ipv6: boolean;
}

/** A Lambda function without its secrets: environment and code address are never read out of the answer. */
export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly runtime: string | undefined;
  /** `Active`, `Pending`, `Inactive`, `Failed` or a later word of AWS's. */
  readonly state: string;
  readonly stateReason: string | undefined;
  readonly stateReasonCode: string | undefined;
  /** `Successful`, `Failed`, `InProgress`. */
  readonly lastUpdateStatus: string;
  readonly lastUpdateReason: string | undefined;
  readonly lastUpdateReasonCode: string | undefined;
  readonly revisionId: string | undefined;
  /** Empty lists when the function is in no VPC. */
  readonly network: FunctionNetwork;
  readonly mountsFileSystem: boolean;
  /** ARN of the queue or topic for events that failed; undefined when there is none. */
  readonly deadLetterTarget: string | undefined;
  /** Whether a KMS key of the customer encrypts the environment; which one is not kept. */
  readonly environmentKey: boolean;
  /** Whether X-Ray's tracing mode is `Active`. */
  readonly activeTracing: boolean;
  /** Name of the log group that Lambda writes; undefined where AWS does not say. */
  readonly logGroup: string | undefined;
  /** True for a replica master of Lambda@Edge. */
  readonly edge: boolean;
  /** ARN of the capacity provider (Lambda Managed Instances) that owns the network; undefined for any other function. */
  readonly capacityProvider: string | undefined;
  /** Whether publishing a version makes a snapshot of it (SnapStart). */
  readonly snapStart: boolean;
  /** False where a list answered the function: ListFunctions leaves out states (API reference, ListFunctions). */
  readonly stateRead: boolean;
}

/** A VPC with every associated address range. */
export interface Vpc {
  readonly id: string;
  readonly name: string | undefined;
  readonly tags: Tags;
  /** The primary one first, the others sorted. */
  readonly cidrs: readonly string[];
  readonly ipv6Cidrs: readonly string[];
  readonly tenancy: string;
  readonly dhcpOptionsId: string;
  readonly ownerId: string;
  /** True where VPC Encryption Control enforces encryption and does not exclude Lambda. */
  readonly encryptionEnforced: boolean;
  /** `InternetGatewayBlockMode` of VPC Block Public Access; undefined where AWS does not say. */
  readonly blockPublicAccess: string | undefined;
}

/** A subnet. */
export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly name: string | undefined;
  readonly tags: Tags;
  /** Zone name, for example `us-east-2a`. */
  readonly zone: string;
  readonly cidr: string;
  readonly ipv6Cidrs: readonly string[];
  readonly freeAddresses: number;
  readonly ownerId: string;
  readonly state: string;
  readonly ipv6Native: boolean;
  readonly outpost: boolean;
  /** `InternetGatewayBlockMode` of VPC Block Public Access; undefined where AWS does not say. */
  readonly blockPublicAccess: string | undefined;
}

/** The two VPC attributes that private DNS needs. */
export interface DnsAttributes {
  readonly support: boolean;
  readonly hostnames: boolean;
}

/** One route: where packets to `destination` go. */
export interface Route {
  /** CIDR or prefix-list id. */
  readonly destination: string;
  /** Id of the target, or `local`. */
  readonly target: string;
  /**
   * `active`, `blackhole`, or another word: AWS lists `filtered` without saying what it means (EC2 API reference,
   * Route), so that whether such a route is in effect is not known.
   */
  readonly state: string;
  /** Whether a virtual private gateway propagated it. */
  readonly propagated: boolean;
}

/** A route table. */
export interface RouteTable {
  readonly id: string;
  readonly name: string | undefined;
  /** The VPC's main table serves every subnet without an association of its own. */
  readonly main: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
}

/** Whom a security-group rule lets in or out. */
export interface Peer {
  readonly kind: 'cidr' | 'group' | 'prefix-list';
  /** CIDR, group id, or prefix-list id. */
  readonly value: string;
}

/** One security-group rule with one peer. */
export interface GroupRule {
  /** `all`, `tcp`, `udp`, `icmp`, `icmpv6` or a protocol number. */
  readonly protocol: string;
  /** Undefined for protocols without ports and for all ports. */
  readonly ports: { readonly from: number; readonly to: number } | undefined;
  readonly peer: Peer;
  readonly description: string;
}

/** A security group with its rules, sorted. */
export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly description: string;
  readonly tags: Tags;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

/** A VPC endpoint. */
export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly type: string;
  /** Lower case: `available`, `pending`, `pendingacceptance`, `deleting`, `deleted`, `failed`, `rejected`, `expired`, `partial`. */
  readonly state: string;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly routeTableIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
  /** Whether private DNS answers in the VPC. */
  readonly privateDns: boolean;
  /**
   * Whether private DNS is on for inbound resolver endpoints alone: the VPC gets the public addresses of the service
   * (S3 User Guide, "Private DNS").
   */
  readonly inboundDnsOnly: boolean;
  /** The names of the service that private DNS answers with the endpoint's addresses; empty where it is off for all. */
  readonly privateNames: readonly string[];
  readonly addressType: 'ipv4' | 'dualstack' | 'ipv6';
  /** Canonical text of its policy; undefined where that allows everything to everyone, as AWS's default does. */
  readonly policy: string | undefined;
  readonly requesterManaged: boolean;
  readonly tags: Tags;
  /** Milliseconds since 1970; 0 when AWS does not say. */
  readonly createdAt: number;
  readonly lastError: string | undefined;
}

/** A service that VPC endpoints can be made for. */
export interface EndpointService {
  /** Full name as AWS lists it. */
  readonly name: string;
  /** `Interface`, `Gateway` and others. */
  readonly types: readonly string[];
  readonly zones: readonly string[];
  readonly privateDns: boolean;
  /** Of interface endpoints; `*.` in front stands for one label. */
  readonly privateNames: readonly string[];
}

/** A managed prefix list. */
export interface PrefixList {
  readonly id: string;
  readonly name: string;
}

/** One entry of a network ACL. */
export interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly allow: boolean;
  readonly protocol: string;
  readonly ports: { readonly from: number; readonly to: number } | undefined;
  readonly cidr: string;
}

/** A network ACL. */
export interface NetworkAcl {
  readonly id: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  readonly entries: readonly AclEntry[];
}

/** A network interface in the VPC. */
export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly type: string;
  readonly description: string;
  readonly groupIds: readonly string[];
  /** Private addresses of both families. */
  readonly addresses: readonly string[];
}

/** What is read of one function and its execution role. A {@link Reading} may have failed; an undefined one was not due. */
export interface FunctionFacts {
  readonly lambda: LambdaFunction;
  readonly policies: Reading<readonly AttachedPolicy[]> | undefined;
  readonly aliases: Reading<readonly Alias[]> | undefined;
  readonly provisioned: Reading<readonly ProvisionedConcurrency[]> | undefined;
  /** Tags of the function. */
  readonly tags: Reading<Tags> | undefined;
  /** Of the execution role; undefined where nothing more was due, or where the role is of another account. */
  readonly role: RoleFacts | undefined;
}

/**
 * What is read once, however many functions a run is about, in the action's own words: lists sorted by id,
 * server defaults normalised. A {@link Reading} may have failed; an undefined one was not due.
 */
export interface ObservedNetwork {
  readonly caller: Caller;
  /** Of the whole region. */
  readonly vpcs: readonly Vpc[];
  /** Of the whole region. */
  readonly subnets: readonly Subnet[];
  /** Of the whole region, deleted ones left out. */
  readonly endpoints: readonly VpcEndpoint[];
  readonly dns: DnsAttributes;
  readonly routeTables: readonly RouteTable[];
  /** Of the VPC, of the one the function leaves, and those the inputs name by id. */
  readonly groups: readonly SecurityGroup[];
  readonly services: readonly EndpointService[] | undefined;
  readonly prefixLists: readonly PrefixList[] | undefined;
  /**
   * Domain name servers of a custom DHCP option set, in its order, `AmazonProvidedDNS` among them; undefined when
   * AWS alone provides the DNS.
   */
  readonly dnsServers: Reading<readonly string[]> | undefined;
  readonly networkAcls: Reading<readonly NetworkAcl[]>;
  readonly interfaces: Reading<readonly NetworkInterface[]> | undefined;
  readonly reach: ReachReads | undefined;
  /** Every function of the account in the region; read only where an execution role may be changed. */
  readonly roleUsers: Reading<readonly RoleUser[]> | undefined;
  /** Of the whole region; read only on dry runs that move a function. */
  readonly eventSources: Reading<readonly EventSource[]> | undefined;
  /** Names of the VPC's private hosted zones; read only where an endpoint that takes over a name is planned and a route leads to another network. */
  readonly hostedZones: Reading<readonly string[]> | undefined;
}

/** One function and the network around it: what the plan for a single function is made from. */
export type Observed = ObservedNetwork & FunctionFacts;

/** Every function of a run and the network around them. */
export interface ObservedFunctions extends ObservedNetwork {
  /** At least one, sorted by name. */
  readonly functions: readonly FunctionFacts[];
}

/** A function of the inputs that the run cannot serve, and why; the others go on. */
export interface LeftOut {
  readonly functionName: string;
  readonly problem: AwsProblem | Problem;
}
