import type { Answer, AwsError } from './answers.js';
import type { Input, InputValue } from './input.js';

/** What the proxy knows of an endpoint beside what moto stores. */
export interface EndpointMemory {
  /** DescribeVpcEndpoints answers that still show `pending`. */
  pendingPolls: number;
  /** DescribeVpcEndpoints answers that still show `deleting`; undefined while the endpoint is not deleted. */
  deletingPolls?: number;
  /** What it becomes after `pending`, where not `available`. */
  failure?: AwsError;
  /** Replaces what moto stores; moto ignores the change of this attribute. */
  privateDnsEnabled?: boolean;
  ipAddressType?: string;
  /** DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint as it was given. */
  privateDnsOnlyInbound?: boolean | undefined;
  /** Replaces what moto stores; moto adds and removes no interfaces when an endpoint changes. */
  interfaceIds?: readonly string[];
  /** True for an endpoint that an AWS service made, which its owner cannot change. */
  requesterManaged?: boolean;
  /** The state it stays in, such as `pendingAcceptance`. */
  heldState?: string;
}

/** What the proxy knows of a function beside what moto stores. */
export interface FunctionMemory {
  revisionId: string;
  lastModified?: string;
  /** True until a read shows how the update ended. */
  updating?: boolean;
  /** Reads that still show LastUpdateStatus InProgress. */
  inProgressPolls: number;
  /** How the running update ends, or the last one ended, where not well. */
  failure?: { code: string; reason: string };
  /** Subnets and groups before the last update, for one that fails. */
  former?: { SubnetIds: string[]; SecurityGroupIds: string[] };
  /** What the answers show as VpcConfig while an update that will fail is running. */
  vpcConfigInProgress?: Input;
  /** Members that moto does not keep, such as DeadLetterConfig. */
  extras: Record<string, InputValue>;
}

/** The first answer to a create call with that client token. */
export interface TokenMemory {
  readonly parameters: string;
  readonly answer: Answer;
}

/** Everything the proxy remembers between calls. `reset` of the proxy makes it anew. */
export interface Memory {
  readonly endpoints: Map<string, EndpointMemory>;
  /** By region and name, as `functionKey` writes it. */
  readonly functions: Map<string, FunctionMemory>;
  /** UpdateFunctionConfiguration calls yet to be refused, by role name. */
  readonly propagation: Map<string, number>;
  readonly tokens: Map<string, TokenMemory>;
  /** Members of VPCs and subnets that moto does not keep, by id. */
  readonly shown: Map<string, Input>;
  /** VPC of a subnet, by subnet id: neither ever changes. */
  readonly vpcOfSubnet: Map<string, string>;
  /** When sessions end, in milliseconds since 1970, by access key id; in the order in which they were made. */
  readonly sessions: Map<string, number>;
  /** DescribeNetworkInterfaces answers that an interface left by Lambda still shows in, by interface id. */
  readonly lingering: Map<string, number>;
  /** Descriptions of rules about prefix lists, which moto does not keep, by group, direction and rule. */
  readonly descriptions: Map<string, string>;
}

/** An empty memory. */
export function emptyMemory(): Memory {
  return {
    endpoints: new Map(),
    functions: new Map(),
    propagation: new Map(),
    tokens: new Map(),
    shown: new Map(),
    vpcOfSubnet: new Map(),
    sessions: new Map(),
    lingering: new Map(),
    descriptions: new Map(),
  };
}

/** What is remembered of an endpoint, made on first sight: one that was there before is not pending. */
export function endpointMemory(memory: Memory, id: string): EndpointMemory {
  const known = memory.endpoints.get(id) ?? { pendingPolls: 0 };
  memory.endpoints.set(id, known);
  return known;
}
