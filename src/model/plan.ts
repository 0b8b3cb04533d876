import type { Call, Id } from '../aws/call.js';
import type { Consent } from './desired.js';
import type { FunctionNetwork } from './observed.js';
import type { AwsProblem, Finding, Problem } from './problem.js';
import type { ReachRow } from './reach.js';

/** What a change does to its resource. */
export type ChangeAction = 'create' | 'update' | 'delete';

/** Why a change is planned; stable words for machines. */
export type Reason =
  /** It is desired and does not exist. */
  | 'missing'
  /** It exists and differs from what is desired. */
  | 'differs'
  /** It is ours and stood before; someone changed it outside. */
  | 'drift'
  /** It is ours and nobody asks for it any more. */
  | 'no-longer-desired'
  /** AWS made it unasked; the specific thing replaces it. */
  | 'aws-default'
  /** Bookkeeping in tags. */
  | 'record';

/** The kinds of AWS resource that changes touch. */
export type ResourceKind =
  | 'security-group'
  | 'security-group-rules'
  | 'vpc-endpoint'
  | 'execution-role'
  | 'function'
  | 'tags';

/** One attribute that a change alters: lists are sorted, an undefined side does not exist. */
export interface AttributeChange {
  readonly name: string;
  readonly before: string | readonly string[] | undefined;
  readonly after: string | readonly string[] | undefined;
}

/** What has to be waited for after a change's calls. */
export type Settle =
  | { readonly kind: 'vpc-endpoint'; readonly id: Id }
  | { readonly kind: 'function'; readonly name: string };

/** One step between what exists and what is desired. */
export interface Change {
  /** Stable address, for example `vpc-endpoint/logs`; unique in a plan. */
  readonly id: string;
  readonly kind: ResourceKind;
  readonly action: ChangeAction;
  /** Name a person knows the resource by, with its id where it has one. */
  readonly label: string;
  readonly reason: Reason;
  /** Why, as a sentence. */
  readonly because: string;
  readonly attributes: readonly AttributeChange[];
  /** Whom else it touches, as a sentence; undefined when nobody. */
  readonly disruption: string | undefined;
  /** Sent in order. */
  readonly calls: readonly Call[];
  /** Ids of changes that must be done before, beyond those the calls refer to. */
  readonly after: readonly string[];
  readonly settle: Settle | undefined;
  /** Name of the one function it is for; undefined for what all functions of the run share. */
  readonly functionName: string | undefined;
}

/** Something of ours that was changed outside and is only reported, or is repaired by a change. */
export interface Drift {
  readonly subject: string;
  readonly message: string;
  /** Id of the change that repairs it; undefined when it is only reported. */
  readonly repairedBy: string | undefined;
}

/** The line of `allow` a plan needs, and why. */
export interface NeededConsent extends Consent {
  readonly why: string;
  readonly given: boolean;
  /** Name of the one function it concerns; undefined for what all functions of the run share. */
  readonly functionName: string | undefined;
}

/** A function the plan is about. */
export interface PlannedFunction {
  readonly name: string;
  readonly arn: string;
  readonly roleName: string;
  /** Its network before the run. */
  readonly previous: FunctionNetwork;
}

/** What the plan is about, for people and outputs. */
export interface PlanSubject {
  /** Sorted by name; those that could not be read are left out. */
  readonly functions: readonly PlannedFunction[];
  readonly accountId: string;
  readonly region: string;
  readonly resourceName: string;
  readonly vpcId: string;
}

/** What a dry run that wishes for nothing tells besides the network. */
export interface Look {
  /** Lines of a step's `with:` that reproduce the network; undefined where there are none without a change. */
  readonly block: readonly string[] | undefined;
  /** What an apply with the inputs of this run would change, in words. */
  readonly wouldChange: readonly string[];
}

/** A price for one endpoint in one zone for one hour. */
export interface HourlyPrice {
  readonly amount: number;
  /** `USD`, in China `CNY`, in the European Sovereign Cloud `EUR`. */
  readonly currency: string;
}

/** What is billed by the hour: one unit for each interface endpoint in each of its zones. */
export interface EndpointHours {
  /** Endpoint × zone that the change adds. */
  readonly addedZones: number;
  /** Endpoint × zone that stand already. */
  readonly presentZones: number;
  /** Hours a month of the added ones. */
  readonly addedHours: number;
  /** Hours a month of those that stand already. */
  readonly presentHours: number;
}

/** How the function reaches a service after the change; `partly`: from some of its subnets alone. */
export type ServiceWay = 'endpoint' | 'NAT' | 'partly' | 'none' | 'unknown';

/** An AWS service and whether a function needs it, as its execution role and configuration tell. */
export interface ServicePath {
  readonly functionName: string;
  /** Word of the endpoint service, for example `logs`. */
  readonly word: string;
  /** `maybe`: only if the code calls it. `not`: somebody else makes the calls. */
  readonly grade: 'needed' | 'maybe' | 'not';
  /** Why it has that grade. */
  readonly label: string;
  /** What led to it, each for example `ssm:GetParameter in policy app`. */
  readonly evidence: readonly string[];
  readonly way: ServiceWay;
  /** Id of the endpoint or NAT gateway; undefined where it is not made yet, or there is no certain way. */
  readonly through: string | undefined;
  /** Whether only the own name of an endpoint leads there, which the code has to be told. */
  readonly byOwnName: boolean;
}

/** Endpoint-hours that a plan adds, with their price where it was read. */
export interface Cost extends EndpointHours {
  readonly price: HourlyPrice | undefined;
}

/** What would be done, and what is known about it. Serialisable as it is. */
export interface Plan {
  readonly formatVersion: 1;
  readonly subject: PlanSubject;
  /** In an order in which they could be done one after another. */
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly findings: readonly Finding[];
  readonly consents: readonly NeededConsent[];
  /** What the functions reach before and after; empty where nothing was judged. */
  readonly reach: readonly ReachRow[];
  /** Ids of the endpoints that serve the desired services already. */
  readonly endpointIds: readonly string[];
  /** Ids of the rules that found nothing wrong, sorted; a rule whose reads were not due is left out. */
  readonly passed: readonly string[];
  /** Undefined unless the run is a dry run that wishes for nothing. */
  readonly look: Look | undefined;
  /** Services that the functions need or may need; empty where their roles were not read. */
  readonly services: readonly ServicePath[];
  readonly cost: Cost;
  /** Hex SHA-256 of the decisions. */
  readonly digest: string;
}

/** How a change went. */
export type ChangeStatus = 'applied' | 'exists' | 'failed' | 'skipped' | 'unknown';

/** A change and what became of it. */
export interface ChangeResult {
  readonly id: string;
  readonly status: ChangeStatus;
  readonly problem: AwsProblem | Problem | undefined;
  /** Id of the change whose failure is the root of a `skipped`; undefined when the run was stopped. */
  readonly because: string | undefined;
  /** Whether AWS accepted at least one of its writes, or may have. */
  readonly wrote: boolean;
  /** Ids that AWS gave to what was created. */
  readonly ids: Readonly<Record<string, string>>;
  /** Wall time including waits, in milliseconds. */
  readonly milliseconds: number;
}

/** How a run ended. */
export type Outcome = 'unchanged' | 'planned' | 'changed' | 'skipped' | 'blocked' | 'partial' | 'failed';
