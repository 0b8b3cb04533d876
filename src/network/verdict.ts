import type { BlockCode, UnknownCode } from './codes.js';
import type { FunctionPlace, GroupPeer, PortRange } from './network.js';

/** What a function opens a connection with. */
export type Protocol = 'tcp' | 'udp';

/** Address family. */
export type Family = 'ipv4' | 'ipv6';

/** What a function may want to reach. */
export type Destination = ServiceDestination | GroupDestination | AddressDestination | InternetDestination;

/** A service by its DNS name, regional (`sts.us-east-2.amazonaws.com`) or global (`sts.amazonaws.com`). */
export interface ServiceDestination {
  readonly kind: 'service';
  readonly name: string;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Every network interface that wears the group. */
export interface GroupDestination {
  readonly kind: 'group';
  readonly groupId: string;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port: number;
}

/** An address or all addresses of a range, in this VPC or elsewhere; `0.0.0.0/0` and `::/0` mean the internet. */
export interface AddressDestination {
  readonly kind: 'address';
  /** CIDR or address. */
  readonly cidr: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A public address that no rule, entry or route singles out. */
export interface InternetDestination {
  readonly kind: 'internet';
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port: number;
}

/** What is asked of the engine. */
export interface Question {
  readonly place: FunctionPlace;
  readonly destination: Destination;
}

/** Kind of a component on the way. */
export type ComponentKind =
  | 'function'
  | 'vpc'
  | 'subnet'
  | 'dns-server'
  | 'security-group'
  | 'network-acl'
  | 'route-table'
  | 'nat-gateway'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'vpc-endpoint'
  | 'network-interface'
  | 'prefix-list'
  | 'elsewhere';

/** Something a packet passes, or is stopped by. */
export interface Component {
  readonly kind: ComponentKind;
  /** Its id; `lambda` for the function, the address for a DNS server, the target's id for what lies elsewhere. */
  readonly id: string;
}

/** The smallest change that opens what is blocked; another block may stand behind it. */
export type Change =
  | { readonly kind: 'allow-egress'; readonly groupId: string; readonly rule: RuleChange }
  | { readonly kind: 'allow-ingress'; readonly groupId: string; readonly rule: RuleChange }
  | { readonly kind: 'allow-acl'; readonly aclId: string; readonly entry: EntryChange }
  | { readonly kind: 'add-route'; readonly routeTableId: string; readonly destination: string }
  | { readonly kind: 'mend-route'; readonly routeTableId: string; readonly destination: string }
  | { readonly kind: 'use-nat-gateway'; readonly routeTableId: string; readonly destination: string }
  | { readonly kind: 'allow-public-access'; readonly subnetId: string }
  | { readonly kind: 'enable-private-dns'; readonly endpointId: string }
  | { readonly kind: 'enable-dns-support'; readonly vpcId: string }
  | { readonly kind: 'enable-dns-hostnames'; readonly vpcId: string }
  | { readonly kind: 'use-regional-name'; readonly name: string }
  | { readonly kind: 'mend-component'; readonly component: Component }
  | { readonly kind: 'add-endpoint-subnet'; readonly endpointId: string }
  | { readonly kind: 'enable-endpoint-family'; readonly endpointId: string; readonly family: Family }
  | { readonly kind: 'enable-function-ipv6' }
  | { readonly kind: 'add-subnet-family'; readonly subnetId: string; readonly family: Family }
  | { readonly kind: 'use-tcp' }
  | { readonly kind: 'use-other-destination' };

/** A security-group rule to add. */
export interface RuleChange {
  readonly protocol: Protocol;
  readonly port: number;
  readonly peer: GroupPeer;
}

/** A network ACL entry to add, before the entry that stops the packet. */
export interface EntryChange {
  readonly egress: boolean;
  readonly protocol: Protocol;
  readonly ports: PortRange;
  readonly cidr: string;
  /** The entry that it must come before: its number, or `*`. */
  readonly before: string;
}

/** What was found about a line without deciding it. */
export type Note =
  /** The endpoint's policy is not full access; whether it allows the calls is not judged. */
  | { readonly kind: 'endpoint-policy-not-judged'; readonly endpointId: string }
  /** The name has an endpoint that is not used for it; the connection goes another way. */
  | { readonly kind: 'endpoint-not-used'; readonly endpointId: string; readonly because: BlockCode }
  /** The endpoint has no interface in the zone of the subnet. */
  | { readonly kind: 'endpoint-in-other-zone'; readonly endpointId: string; readonly zone: string };

/** A connection can be opened and answered. */
export interface Reachable {
  readonly status: 'reachable';
  /** What the first packet passes, in order, from the function on. */
  readonly path: readonly Component[];
  readonly notes: readonly Note[];
}

/** A packet, or its reply, is stopped. */
export interface Blocked {
  readonly status: 'blocked';
  readonly code: BlockCode;
  readonly component: Component;
  /** Number of the ACL entry (`*` for the last), or destination of the route; undefined where something is missing. */
  readonly rule: string | undefined;
  /** What is stopped: the DNS query to a custom server, the packet, or its reply. */
  readonly leg: 'dns' | 'request' | 'reply';
  readonly change: Change;
}

/** It depends on something out of sight. */
export interface Unknown {
  readonly status: 'unknown';
  readonly code: UnknownCode;
  /** What is out of sight. */
  readonly component: Component;
}

/** The judgement of one line. */
export type Outcome = Reachable | Blocked | Unknown;

/** From one subnet of the function to one place of the destination. */
export interface Line {
  readonly subnetId: string;
  /** Undefined where the subnet is not described. */
  readonly zone: string | undefined;
  /** The interface in the network that is the destination; undefined for any other destination. */
  readonly target: LineTarget | undefined;
  readonly outcome: Outcome;
}

/** A destination interface. */
export interface LineTarget {
  readonly interfaceId: string;
  readonly subnetId: string;
  readonly zone: string | undefined;
}

/** The judgement of a destination: how its lines agree. */
export interface Verdict {
  readonly status: 'reachable' | 'blocked' | 'partly' | 'unknown';
  /** Never empty; by subnet in the function's order, then by target id. */
  readonly lines: readonly Line[];
}
