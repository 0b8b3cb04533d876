import type { EndpointHours, HourlyPrice, Outcome, PlanSubject, ServicePath } from '../model/plan.js';
import type { Finding } from '../model/problem.js';

/**
 * The plan file: a run for machines. Members are never renamed or removed within a `formatVersion`; new
 * ones may come. What is not known is null. An id that only applying would tell is `{ "ref", "field" }`:
 * the change that makes the thing, and the member of AWS's answer.
 */
export interface RunDocument {
  readonly formatVersion: 1;
  readonly outcome: Outcome;
  readonly dryRun: boolean;
  readonly because: string;
  readonly functionNames: readonly string[];
  readonly region: string;
  /** Whether the state at the end was read again and needs no change. */
  readonly verified: boolean;
  readonly requests: number;
  readonly plan: PlanDocument | null;
  /** In the plan's order; empty when nothing was applied. */
  readonly results: readonly ResultDocument[];
  readonly problems: readonly ProblemDocument[];
  /** Ids of the changes that a rerun continues with. */
  readonly pending: readonly string[];
  /** One for each function; empty when they were not read. */
  readonly networks: readonly NetworkDocument[];
}

/** What would be done. */
export interface PlanDocument {
  readonly digest: string;
  readonly subject: PlanSubject;
  readonly changes: readonly ChangeDocument[];
  readonly drift: readonly {
    readonly subject: string;
    readonly message: string;
    readonly repairedBy: string | null;
  }[];
  readonly findings: readonly FindingDocument[];
  /** Ids of the rules that found nothing wrong. */
  readonly passed: readonly string[];
  readonly consents: readonly {
    readonly kind: string;
    readonly object: string | null;
    readonly why: string;
    readonly given: boolean;
    readonly functionName: string | null;
  }[];
  /** One for each function and destination; empty where nothing was judged. */
  readonly reach: readonly ReachDocument[];
  readonly endpointIds: readonly string[];
  /** Which services the functions' roles speak of, and how each is reached after the change. */
  readonly services: readonly (Omit<ServicePath, 'through'> & { readonly through: string | null })[];
  /** Of interface endpoints: one unit for each zone of each endpoint; the price is that of an hour of one. */
  readonly cost: EndpointHours & { readonly price: HourlyPrice | null };
  /** Of a dry run that wishes for nothing: inputs that reproduce the network, as lines, and what an apply would change. */
  readonly look: { readonly block: readonly string[] | null; readonly wouldChange: readonly string[] } | null;
}

/** What a function reaches before and after the plan; codes and components are those of docs/reach.md. */
export interface ReachDocument {
  readonly functionName: string;
  readonly destination: string;
  /** The input that asks; null where none does. */
  readonly askedBy: string | null;
  /** `no-vpc` or `other-vpc` for a function that comes into the VPC; null where it is there. */
  readonly from: string | null;
  readonly before: ReachVerdictDocument;
  readonly after: ReachVerdictDocument;
}

/** `reachable`, `blocked`, `partly` or `unknown`, for all subnets and for each. */
export interface ReachVerdictDocument {
  readonly status: string;
  readonly because: string | null;
  readonly lines: readonly {
    readonly subnetId: string;
    readonly zone: string | null;
    readonly status: string;
    readonly through: readonly string[];
    readonly stop: {
      readonly code: string;
      readonly kind: string;
      readonly id: string;
      readonly rule: string | null;
    } | null;
    readonly text: string;
    readonly remedy: string | null;
  }[];
}

/** A verdict. */
export interface FindingDocument extends Omit<Finding, 'functionName'> {
  /** Null where it concerns the whole run. */
  readonly functionName: string | null;
  /** Address of what is said about the rule; null where it is not known, and for what is no rule. */
  readonly rulePage: string | null;
  /** The page of the AWS documentation; null for what is no rule. */
  readonly awsPage: string | null;
}

/** One step: what it alters for people, and the calls for machines. */
export interface ChangeDocument {
  readonly id: string;
  readonly kind: string;
  readonly action: string;
  readonly label: string;
  readonly reason: string;
  readonly because: string;
  readonly attributes: readonly {
    readonly name: string;
    readonly before: string | readonly string[] | null;
    readonly after: string | readonly string[] | null;
  }[];
  readonly disruption: string | null;
  /** Without revision and client token, which differ from run to run. */
  readonly calls: readonly { readonly action: string; readonly input: unknown }[];
  readonly after: readonly string[];
  /** Null for what all functions share. */
  readonly functionName: string | null;
}

/** How a change went. */
export interface ResultDocument {
  readonly id: string;
  readonly status: string;
  readonly problem: ProblemDocument | null;
  readonly because: string | null;
  readonly ids: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

/** What went wrong. */
export interface ProblemDocument {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** AWS's error code, and the IAM action; null for what AWS did not say. */
  readonly awsCode: string | null;
  readonly action: string | null;
}

/** Ids of a function's network as it was last read. */
export interface NetworkDocument {
  readonly functionArn: string;
  readonly roleArn: string;
  readonly vpcId: string | null;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly ipv6: boolean;
  readonly endpointIds: readonly string[];
  readonly routeTableIds: readonly string[];
  /** Null where they could not be read. */
  readonly networkAclIds: readonly string[] | null;
  readonly policyArns: readonly string[] | null;
  readonly aliases: readonly { readonly name: string; readonly versions: readonly string[] }[] | null;
}
