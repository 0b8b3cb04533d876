import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Aws } from '../aws/call.js';
import type { LambdaFunction, Tags } from '../model/observed.js';
import type { RoleUser } from '../model/role.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';

/** The ARN of the capacity provider; empty where the answer has one without telling which. */
function capacityProviderOf({ CapacityProviderConfig: config }: FunctionConfiguration): string | undefined {
  return config && (config.LambdaManagedInstancesCapacityProviderConfig?.CapacityProviderArn ?? '');
}

/**
 * Keeps what is about the network and drops the rest at once: an answer carries environment
 * variables, which must never be stored or logged.
 */
export function toLambdaFunction(answer: FunctionConfiguration): LambdaFunction {
  return {
    name: answer.FunctionName ?? '',
    arn: (answer.FunctionArn ?? '').replace(/:\$LATEST$/, ''),
    roleArn: answer.Role ?? '',
    runtime: answer.Runtime,
    state: answer.State ?? 'Active',
    stateReason: answer.StateReason,
    stateReasonCode: answer.StateReasonCode,
    lastUpdateStatus: answer.LastUpdateStatus ?? 'Successful',
    lastUpdateReason: answer.LastUpdateStatusReason,
    lastUpdateReasonCode: answer.LastUpdateStatusReasonCode,
    revisionId: answer.RevisionId,
    network: {
      subnetIds: sortedSet(answer.VpcConfig?.SubnetIds ?? []),
      securityGroupIds: sortedSet(answer.VpcConfig?.SecurityGroupIds ?? []),
      ipv6: answer.VpcConfig?.Ipv6AllowedForDualStack === true,
    },
    mountsFileSystem: (answer.FileSystemConfigs ?? []).length > 0,
    deadLetterTarget: answer.DeadLetterConfig?.TargetArn || undefined,
    environmentKey: Boolean(answer.KMSKeyArn),
    activeTracing: answer.TracingConfig?.Mode === 'Active',
    logGroup: answer.LoggingConfig?.LogGroup || undefined,
    edge: answer.MasterArn !== undefined,
    capacityProvider: capacityProviderOf(answer),
    snapStart: answer.SnapStart?.ApplyOn === 'PublishedVersions',
    stateRead: answer.State !== undefined || answer.LastUpdateStatus !== undefined,
  };
}

/** Reads a function's configuration. */
export async function readFunction(aws: Aws, name: string): Promise<LambdaFunction> {
  return toLambdaFunction(await aws.send('lambda:GetFunctionConfiguration', { FunctionName: name }));
}

/** The account's list of functions, as far as it was read. */
export interface FunctionList {
  /** Those of the wanted names. */
  readonly found: readonly LambdaFunction[];
  /** Every function on the pages that were read. */
  readonly users: readonly RoleUser[];
  /** Where the list goes on; undefined where it was read to its end. */
  readonly marker: string | undefined;
}

interface Page {
  readonly Functions?: FunctionConfiguration[] | undefined;
  readonly NextMarker?: string | undefined;
}

const functionsOf = (pages: readonly Page[]): FunctionConfiguration[] =>
  pages.flatMap((page) => page.Functions ?? []);

const toRoleUser = ({ FunctionName: name = '', Role: roleArn = '' }: FunctionConfiguration): RoleUser => ({
  name,
  roleArn,
});

/**
 * Reads functions of these names out of the account's list, page by page, until all are found or `mostPages`
 * are read. AWS answers at most 50 a page, without states (API reference, ListFunctions).
 */
export async function listFunctions(
  aws: Aws,
  names: readonly string[],
  mostPages: number,
): Promise<FunctionList> {
  const wanted = new Set(names);
  const find = (pages: readonly Page[]) =>
    functionsOf(pages).filter((fn) => wanted.has(fn.FunctionName ?? ''));
  const pages = await aws.pages(
    'lambda:ListFunctions',
    {},
    (read) => read.length >= mostPages || find(read).length === wanted.size,
  );
  return {
    found: find(pages).map(toLambdaFunction),
    users: functionsOf(pages).map(toRoleUser),
    marker: pages.at(-1)?.NextMarker || undefined,
  };
}

/**
 * Reads the name and the execution role of every function of the account in the region, and nothing else of them. What
 * the run has read of the list is not read again.
 */
export async function readRoleUsers(aws: Aws, begun?: FunctionList): Promise<RoleUser[]> {
  const isWhole = begun !== undefined && begun.marker === undefined;
  const from = begun?.marker === undefined ? {} : { Marker: begun.marker };
  const pages = isWhole ? [] : await aws.pages('lambda:ListFunctions', from);
  return [...(begun?.users ?? []), ...functionsOf(pages).map(toRoleUser)].sort((one, other) =>
    compareText(one.name, other.name),
  );
}

/** Reads the tags of a function. */
export async function readFunctionTags(aws: Aws, arn: string): Promise<Tags> {
  const { Tags: tags } = await aws.send('lambda:ListTags', { Resource: arn });
  return { ...tags };
}

/** Whether one of the functions wears a security group. */
export function isWorn(groupId: string, lambdas: readonly Pick<LambdaFunction, 'network'>[]): boolean {
  return lambdas.some(({ network }) => network.securityGroupIds.includes(groupId));
}

/** Whether an update, of whomever, is still under way; AWS answers 409 to another one until it ends. */
export function isUpdating(fn: Pick<LambdaFunction, 'state' | 'lastUpdateStatus'>): boolean {
  return fn.lastUpdateStatus === 'InProgress' || fn.state === 'Pending';
}
