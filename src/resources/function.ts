import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Aws } from '../aws/call.js';
import type { LambdaFunction, RoleUser, Tags } from '../model/observed.js';
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

/**
 * Reads functions of these names out of the account's list, page by page, until all are found or `mostPages`
 * are read. AWS answers at most 50 a page, without states (API reference, ListFunctions).
 */
export async function listFunctions(
  aws: Aws,
  names: readonly string[],
  mostPages: number,
): Promise<LambdaFunction[]> {
  const wanted = new Set(names);
  const find = (pages: readonly { Functions?: FunctionConfiguration[] | undefined }[]) =>
    pages.flatMap((page) => page.Functions ?? []).filter((fn) => wanted.has(fn.FunctionName ?? ''));
  const pages = await aws.pages(
    'lambda:ListFunctions',
    {},
    (read) => read.length >= mostPages || find(read).length === wanted.size,
  );
  return find(pages).map(toLambdaFunction);
}

/** Reads the name and the execution role of every function of the account in the region, and nothing else of them. */
export async function readRoleUsers(aws: Aws): Promise<RoleUser[]> {
  const pages = await aws.pages('lambda:ListFunctions', {});
  return pages
    .flatMap((page) => page.Functions ?? [])
    .map(({ FunctionName: name = '', Role: roleArn = '' }) => ({ name, roleArn }))
    .sort((one, other) => compareText(one.name, other.name));
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
