import type { Tags } from './observed.js';

/** Picks VPCs or subnets: by id, by tags that must all match, by Name-tag glob, or (subnets) the VPC's private ones. */
export type Selector =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'match'; readonly conditions: readonly Condition[]; readonly text: string }
  | { readonly kind: 'private' };

/** One condition of a selector. */
export type Condition =
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'name'; readonly glob: string };

/** Picks a security group: `managed` is the one this action makes. */
export type GroupSelector =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'managed' };

/** One line of `egress`: an outbound rule of the managed group. */
export interface EgressLine {
  /** `tcp`, `udp` or `all`. */
  readonly protocol: 'tcp' | 'udp' | 'all';
  readonly ports: { readonly from: number; readonly to: number } | undefined;
  /** Group id (optionally `account/sg-…`), CIDR, prefix-list id, or the word of a service with a prefix list. */
  readonly peer: { readonly kind: 'group' | 'cidr' | 'prefix-list' | 'service'; readonly value: string };
  readonly text: string;
}

/** One line of `reaches`: a destination that the function must be able to open a connection to. */
export interface ReachWish {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Short or full name of a service, group id (optionally `account/sg-…`), CIDR, or the internet over IPv4. */
  readonly to: { readonly kind: 'service' | 'group' | 'cidr' | 'internet'; readonly value: string };
  readonly text: string;
}

/** One line of `endpoints`. */
export interface ServiceWish {
  /** Short name such as `logs`, or a full service name. */
  readonly service: string;
  /** The type asked for; undefined takes a gateway where the service has one, else an interface. */
  readonly type: 'Interface' | 'Gateway' | undefined;
  readonly text: string;
}

/** The consents that `allow` can give, each with what its object is. */
export const consentKinds = {
  'private-dns-redirect': 'service',
  'connection-drop': 'service',
  'internet-loss': 'function',
  'replace-network': 'function',
  'rule-removal': 'group',
  'peer-ingress': 'group',
  'shared-role': 'role',
  'delete-endpoints': 'service',
  'public-subnets': undefined,
} as const;

/** A consent's word. */
export type ConsentKind = keyof typeof consentKinds;

/** One line of `allow`, or one that the plan needs. */
export interface Consent {
  readonly kind: ConsentKind;
  /** Short or full service name, function name, group id or name, name of a role; undefined where the word stands alone. */
  readonly object: string | undefined;
}

/** When findings and changes make the run fail. */
export type FailOn = 'error' | 'warning' | 'unknown' | 'drift' | 'changes' | 'skipped';

/** A function as the inputs name it. */
export interface FunctionReference {
  /** Never qualified. */
  readonly name: string;
  /** The ARN, when the input was one. */
  readonly arn: string | undefined;
}

/**
 * What should exist, as the user wrote it. Undefined means "leave alone";
 * an empty list means "must be empty".
 */
export interface Desired {
  /** At least one; each once, in the order written. They share one network. */
  readonly functions: readonly FunctionReference[];
  readonly resourceName: string | undefined;
  readonly vpc: Selector | undefined;
  readonly subnets: readonly Selector[] | undefined;
  readonly securityGroups: readonly GroupSelector[] | undefined;
  readonly egress: readonly EgressLine[] | undefined;
  readonly endpoints: readonly ServiceWish[] | undefined;
  /** Whether endpoints are added for the services that the execution role shows to be needed. */
  readonly autoEndpoints: boolean;
  readonly endpointSubnets: readonly Selector[] | undefined;
  readonly endpointAccess: 'vpc' | 'subnets' | 'function';
  /** JSON text of the policy of the endpoints that this action makes; undefined leaves it alone. */
  readonly endpointPolicy: string | undefined;
  /** What may be done with endpoints of others. */
  readonly existingEndpoints: 'reuse' | 'extend' | 'fail';
  /** Undefined: on, except for `execute-api`. */
  readonly privateDns: boolean | undefined;
  /** Whether the function may send IPv6 through dual-stack subnets. */
  readonly ipv6: boolean | undefined;
  readonly iamPolicy: 'managed' | 'inline' | 'verify' | 'none';
  /** Whether a policy keeps the function's own code from managing network interfaces. */
  readonly hardenRole: boolean;
  readonly reaches: readonly ReachWish[] | undefined;
  readonly allow: readonly Consent[];
  readonly tags: Tags;
  readonly allowedAccountIds: readonly string[] | undefined;
}

/** What the inputs say about the role of a run; undefined where an input is empty. */
export interface RoleInputs {
  /** ARN of the role of runs that write, and of dry runs where `planRole` is not given. */
  readonly role: string | undefined;
  /** ARN of the role of dry runs. */
  readonly planRole: string | undefined;
  readonly sessionName: string | undefined;
  /** Seconds that a session lasts. */
  readonly duration: number;
  /** Audience of the ID token. */
  readonly audience: string | undefined;
}

/** When the reads are made that only advise: on dry runs and where a change rests on them, always, or never. */
export type Advice = 'auto' | 'full' | 'none';

/** The parsed inputs: what is desired, and how the run behaves. */
export interface Inputs {
  readonly desired: Desired;
  readonly region: string;
  readonly roles: RoleInputs;
  readonly dryRun: 'auto' | 'true' | 'false';
  readonly failOn: readonly FailOn[];
  /** When the reads are made that only advise. */
  readonly advice: Advice;
  /** Seconds, the total of all waits of a run. */
  readonly waitTimeout: number;
  readonly comment: CommentWishes;
}

/** What the inputs say of the comment on the pull request. */
export interface CommentWishes {
  readonly when: 'auto' | 'always' | 'never';
  /** Tells comments on the same functions apart, for example those of a matrix. */
  readonly label: string | undefined;
  /** The pull request, where the event does not name it. */
  readonly pullNumber: number | undefined;
  /** A secret. */
  readonly token: string | undefined;
}

/** On whose behalf a run acts. */
export interface Identity {
  /** Owner tag of what belongs to one app: the repository's id. */
  readonly owner: string;
  /** Goes into client tokens, so that retries within one run are one request to AWS. */
  readonly runId: string;
}
