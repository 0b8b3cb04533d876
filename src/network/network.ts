/**
 * The description of a network that reachability is judged on: plain data, in AWS's words, without AWS's types.
 *
 * What is referred to by id but not described is out of sight, and makes a judgement that depends on it unknown.
 * Ids are unique within their kind. CIDRs and addresses are text as AWS writes them, of either family.
 * What each field means for a packet is said in docs/reach.md.
 */
export interface Network {
  /** For example `us-east-2`. */
  readonly region: string;
  readonly vpc: VpcNetwork;
  /** Every subnet of the VPC. */
  readonly subnets: readonly SubnetNetwork[];
  readonly routeTables: readonly RouteTable[];
  readonly natGateways: readonly NatGateway[];
  readonly prefixLists: readonly PrefixList[];
  readonly acls: readonly NetworkAcl[];
  readonly groups: readonly SecurityGroup[];
  readonly endpoints: readonly VpcEndpoint[];
  /** Network interfaces of the VPC, those of interface endpoints left out; undefined when they were not read. */
  readonly interfaces: readonly NetworkInterface[] | undefined;
}

/**
 * What VPC Block Public Access refuses (vpc/latest/userguide/security-vpc-bpa.html), exclusions considered; `other` is
 * what AWS may add.
 */
export type BlockPublicAccess = 'off' | 'block-bidirectional' | 'block-ingress' | 'other';

/** A VPC. */
export interface VpcNetwork {
  readonly id: string;
  /** Every associated IPv4 range, the primary one first. */
  readonly cidrs: readonly string[];
  readonly ipv6Cidrs: readonly string[];
  /** The attribute `enableDnsSupport`. */
  readonly dnsSupport: boolean;
  /** The attribute `enableDnsHostnames`. */
  readonly dnsHostnames: boolean;
  /** `domain-name-servers` of the DHCP option set, in order; `AmazonProvidedDNS` stands for Amazon's server. */
  readonly dnsServers: readonly string[];
  /** The mode of every subnet that has none of its own. */
  readonly blockPublicAccess: BlockPublicAccess;
}

/** A subnet. */
export interface SubnetNetwork {
  readonly id: string;
  /** Zone name, for example `us-east-2a`. */
  readonly zone: string;
  /** Undefined in a subnet that has IPv6 alone. */
  readonly cidr: string | undefined;
  readonly ipv6Cidr: string | undefined;
  readonly aclId: string;
  /** The table associated with the subnet; undefined where the VPC's main table serves it. */
  readonly routeTableId: string | undefined;
  /** `InternetGatewayBlockMode` of the subnet; undefined where the VPC's mode holds. */
  readonly blockPublicAccess: BlockPublicAccess | undefined;
}

/** A route table; the local routes are among its routes. */
export interface RouteTable {
  readonly id: string;
  /** Whether it serves the subnets without a table of their own; at most one table does. */
  readonly main: boolean;
  readonly routes: readonly Route[];
}

/** One route. */
export interface Route {
  /** CIDR or prefix-list id (`pl-…`). */
  readonly destination: string;
  readonly target: RouteTarget;
  /** `State` of the route: a blackhole drops what it matches; whether another one is in effect is not known. */
  readonly state: 'active' | 'blackhole' | 'other';
  /** Whether a virtual private gateway propagated it; any other route is static. */
  readonly propagated: boolean;
}

/**
 * Where a route leads. `network-interface` is an appliance or a NAT instance, `gateway-load-balancer-endpoint` a
 * firewall or an inspection service; `other` is what AWS may add.
 */
export type RouteTargetKind =
  | 'local'
  | 'nat-gateway'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'gateway-endpoint'
  | 'vpc-peering'
  | 'transit-gateway'
  | 'virtual-private-gateway'
  | 'network-interface'
  | 'gateway-load-balancer-endpoint'
  | 'other';

/** A route's target. */
export interface RouteTarget {
  readonly kind: RouteTargetKind;
  /** `local` for the local target. */
  readonly id: string;
}

/** A NAT gateway. */
export interface NatGateway {
  readonly id: string;
  /** Undefined for a regional NAT gateway, which lies in no subnet. */
  readonly subnetId: string | undefined;
  readonly connectivity: 'public' | 'private';
  /** Lower case: `available`, `pending`, `failed`, `deleting`, `deleted`. */
  readonly state: string;
}

/** A managed prefix list, AWS's or the customer's. */
export interface PrefixList {
  readonly id: string;
  /** Both families. */
  readonly cidrs: readonly string[];
  /** DNS names whose public addresses the list holds; `*.` in front stands for one or more labels. */
  readonly names: readonly string[];
}

/** IP protocol of a rule or entry: `all`, `tcp`, `udp`, `icmp`, `icmpv6`, or a number in decimal. */
export type RuleProtocol = string;

/** Both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** A network ACL. */
export interface NetworkAcl {
  readonly id: string;
  /** In any order. */
  readonly entries: readonly AclEntry[];
}

/** One entry of a network ACL, without ICMP types. */
export interface AclEntry {
  /** 1 to 32766; AWS lists the entry `*` as 32767 (IPv4) and 32768 (IPv6), and it may be left out. */
  readonly number: number;
  readonly egress: boolean;
  readonly allow: boolean;
  readonly protocol: RuleProtocol;
  /** Destination ports; undefined for all. */
  readonly ports: PortRange | undefined;
  /** The other end: destination of an egress entry, source of an ingress one. */
  readonly cidr: string;
}

/** A security group. */
export interface SecurityGroup {
  readonly id: string;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

/** One security-group rule with one peer. */
export interface GroupRule {
  readonly protocol: RuleProtocol;
  /** Destination ports; undefined for all, and for protocols without ports. */
  readonly ports: PortRange | undefined;
  readonly peer: GroupPeer;
}

/** The other end of a security-group rule. */
export interface GroupPeer {
  readonly kind: 'cidr' | 'group' | 'prefix-list';
  /** CIDR, group id, or prefix-list id. */
  readonly value: string;
}

/** A network interface that may be a destination. */
export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  /** Private addresses, both families. */
  readonly addresses: readonly string[];
  /** Empty where no group filters it, as at a load balancer without groups. */
  readonly groupIds: readonly string[];
}

/** What an endpoint's policy allows: everything, or something that is not judged here. */
export type EndpointPolicy = 'full' | 'other';

/** A VPC endpoint of a service. */
export type VpcEndpoint = InterfaceEndpoint | GatewayEndpoint;

/** An interface endpoint. */
export interface InterfaceEndpoint {
  readonly kind: 'interface';
  readonly id: string;
  /** Lower case: `available`, `pending`, `pendingacceptance`, `failed` and so on. */
  readonly state: string;
  readonly interfaces: readonly EndpointInterface[];
  /** Of every interface. */
  readonly groupIds: readonly string[];
  /** Whether private DNS answers in the VPC; off where it is for inbound resolver endpoints alone. */
  readonly privateDns: boolean;
  /** The names that private DNS answers with the endpoint's addresses; `*.` in front stands for one or more labels. */
  readonly names: readonly string[];
  readonly addressType: 'ipv4' | 'dualstack' | 'ipv6';
  readonly policy: EndpointPolicy;
}

/** The interface of an endpoint in one subnet. */
export interface EndpointInterface {
  readonly id: string;
  readonly subnetId: string;
  /** Undefined where it has none, or none that is known yet: then it may be any address of its subnet. */
  readonly ipv4: string | undefined;
  /** As {@link ipv4}. */
  readonly ipv6: string | undefined;
}

/** A gateway endpoint; its routes are in the route tables. */
export interface GatewayEndpoint {
  readonly kind: 'gateway';
  readonly id: string;
  readonly state: string;
  readonly routeTableIds: readonly string[];
  readonly prefixListId: string;
  readonly policy: EndpointPolicy;
}

/** A function's place in a network. */
export interface FunctionPlace {
  /** In which it may run; each is judged. */
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  /** `Ipv6AllowedForDualStack`. */
  readonly ipv6: boolean;
}
