import type { Canaries } from './canaries.js';

/** How the proxy's AWS behaves. `startProxy` fills in the defaults. */
export interface ProxyOptions {
  /** Milliseconds added to every call before it takes effect. */
  readonly latency: number;
  /**
   * An interface endpoint created through the proxy is `pending` in the answer to its creation and in that many
   * DescribeVpcEndpoints answers that show it.
   */
  readonly endpointPendingPolls: number;
  /** What a pending endpoint becomes instead of `available`; for one service only where `serviceName` is given. */
  readonly endpointFailure?:
    | {
        readonly serviceName?: string;
        readonly code: string;
        readonly message: string;
      }
    | undefined;
  /** A deleted endpoint is `deleting` in that many DescribeVpcEndpoints answers that show it, then it is gone. */
  readonly endpointDeletingPolls: number;
  /**
   * After UpdateFunctionConfiguration, LastUpdateStatus is InProgress in its answer and in that many reads of the
   * function (GetFunctionConfiguration, GetFunction).
   */
  readonly functionInProgressPolls: number;
  /** The update ends as Failed with that reason, and the function keeps its former VpcConfig. */
  readonly functionFailure?: { readonly code: string; readonly reason: string } | undefined;
  /**
   * After AttachRolePolicy or PutRolePolicy through the proxy, that many UpdateFunctionConfiguration calls with
   * subnets are refused because the role's new permission is not known to Lambda yet.
   */
  readonly rolePropagationRefusals: number;
  /**
   * Interfaces that Lambda leaves behind when a function leaves a subnet stay for that many DescribeNetworkInterfaces
   * answers and refused deletions of a group.
   */
  readonly lingeringInterfacePolls: number;
  /** The most elements in one page of a list; the services' own defaults when not given. */
  readonly pageSize?: number | undefined;
  /** Zones in which a service is offered, by full service name; all of the region's when not named here. */
  readonly serviceZones: Readonly<Record<string, readonly string[]>>;
  /** Services without a private DNS name, by full service name. */
  readonly servicesWithoutPrivateDns: readonly string[];
  /** Runtimes that Lambda no longer lets be configured, such as `python3.8`. */
  readonly blockedRuntimes: readonly string[];
  /** USD for an interface endpoint in a zone for an hour; the Price List knows none where it is not given. */
  readonly endpointPrice?: string | undefined;
  /** Secrets planted in Lambda's answers, which must never leave the action. */
  readonly canaries: Canaries;
  /**
   * The account's identity provider and what its roles trust. Not given: every ID token is good for every role, and
   * so is what is no token at all.
   */
  readonly federation?: Federation | undefined;
  /** Seconds that the first sessions of assumed roles last, in their order; those after them last as asked. */
  readonly sessionSeconds: readonly number[];
  /** Which refusals of AWS are in force: all, none, or all but those with these row ids. */
  readonly refusals: 'all' | 'none' | { readonly except: readonly string[] };
}

/** Whom an account trusts. */
export interface Federation {
  /** URL of the identity provider. */
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** The subjects that the trust policies of all roles admit. */
  readonly subjects: readonly string[];
}

/** No latency, one poll for every transition, every refusal in force. */
export const defaultOptions: ProxyOptions = {
  latency: 0,
  endpointPendingPolls: 1,
  endpointDeletingPolls: 1,
  functionInProgressPolls: 1,
  rolePropagationRefusals: 0,
  lingeringInterfacePolls: 1,
  serviceZones: {},
  servicesWithoutPrivateDns: [],
  blockedRuntimes: [],
  endpointPrice: '0.0100000000',
  canaries: {},
  sessionSeconds: [],
  refusals: 'all',
};
