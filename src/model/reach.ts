/** How a destination is reached: from every place, from none, from some only, or nobody can tell. */
export type ReachStatus = 'reachable' | 'blocked' | 'partly' | 'unknown';

/** What stops a connection, or hides whether it is stopped. */
export interface ReachStop {
  /** Code of docs/reach.md, for example `SUBNET_ACL_RESTRICTION`. */
  readonly code: string;
  /** Kind and id of the component; the id of the change that makes it where it does not exist yet. */
  readonly kind: string;
  readonly id: string;
  /** Number of the network ACL's entry, or destination of the route; undefined where something is missing. */
  readonly rule: string | undefined;
}

/** The judgement from one subnet of the function. */
export interface ReachLine {
  readonly subnetId: string;
  /** Undefined where the subnet is not described. */
  readonly zone: string | undefined;
  readonly status: ReachStatus;
  /** Ids of what the connection passes; empty where it is not reachable. */
  readonly through: readonly string[];
  /** Undefined where it is reachable. */
  readonly stop: ReachStop | undefined;
  /** For people: `through nat-0a1b`, or what stops it and why. */
  readonly text: string;
  /** The smallest change that opens it, or that shows what is hidden; undefined where it is reachable. */
  readonly remedy: string | undefined;
  /** What it takes besides for the other interfaces of the destination, each a sentence. */
  readonly moreRemedies: readonly string[];
  /** The line of `egress` that is all it takes, for example `tcp 443 0.0.0.0/0`; undefined where that is something else. */
  readonly egressLine: string | undefined;
}

/** The judgement of one destination at one time. */
export interface ReachVerdict {
  readonly status: ReachStatus;
  /** One for each subnet, by zone; empty for a function in no VPC. */
  readonly lines: readonly ReachLine[];
  /** Where that is not obvious, how the verdict is meant, as a sentence. */
  readonly because: string | undefined;
}

/** Which input asks for a destination; `none`: the internet is judged for every function. */
export type AskedBy = 'reaches' | 'endpoints' | 'egress' | 'none';

/** A destination of a function, before and after the plan. */
export interface ReachRow {
  readonly functionName: string;
  /** As the input writes it: `ssm`, `tcp 5432 sg-0a1b`; `tcp 443 internet` for the internet. */
  readonly destination: string;
  readonly askedBy: AskedBy;
  readonly isInternet: boolean;
  /** Whether everyone outside of VPCs reaches it: the internet, and services of AWS. */
  readonly isPublic: boolean;
  /**
   * The network as it is, from the function's subnets today. A function that comes from elsewhere is judged from
   * the subnets it will have, by a security group that lets everything out.
   */
  readonly before: ReachVerdict;
  /** Where the function comes from, if it is not in the VPC of the run today. */
  readonly from: 'no-vpc' | 'other-vpc' | undefined;
  /** The network as it will be. */
  readonly after: ReachVerdict;
}

/** The judgement of a service that a function's execution role speaks of. */
export interface CallVerdict {
  readonly functionName: string;
  /** Word of the endpoint service, for example `logs`. */
  readonly word: string;
  /** In the network as it will be. */
  readonly after: ReachVerdict;
  /** Whether only the own name of an endpoint leads there, which the code has to be told. */
  readonly byOwnName: boolean;
}

/** What the functions of a plan reach. */
export interface Judged {
  /** What the inputs ask for, and the internet. */
  readonly reach: readonly ReachRow[];
  /** What the execution roles speak of, as far as it was read; empty where it was not. */
  readonly calls: readonly CallVerdict[];
}
