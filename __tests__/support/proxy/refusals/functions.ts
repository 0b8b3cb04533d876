import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { AwsError } from '../answers.js';
import type { Context } from '../context.js';
import { isRecord, recordOf, textOf, textsOf } from '../input.js';
import { type AwsRequest, functionName } from '../request.js';
import { functionMemory } from '../translate/functions.js';
import { pages, type Row, type Verdict } from './row.js';

const actions = ['lambda:UpdateFunctionConfiguration'];

/** What UpdateFunctionConfiguration refuses because of the function and the form of the call. */
export const functionRows: readonly Row[] = [
  {
    id: 'vpc-config-too-long',
    actions,
    row: 39,
    docs: 'https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html',
    wording: 'seen',
    refuse: tooLong,
  },
  {
    id: 'update-in-progress',
    actions: [...actions, 'lambda:UpdateFunctionCode'],
    row: 13,
    docs: pages.updateFunction,
    wording: 'seen',
    refuse: judge((stored, { memory }, region) => {
      const { inProgressPolls } = functionMemory(memory, region, stored.FunctionName ?? '');
      if (inProgressPolls === 0) return undefined;
      const why = `An update is in progress for resource: ${stored.FunctionArn}`;
      const message = `The operation cannot be performed at this time. ${why}`;
      return { code: 'ResourceConflictException', message, status: 409 };
    }),
  },
  {
    id: 'stale-revision',
    actions,
    row: 14,
    docs: pages.updateFunction,
    wording: 'seen',
    refuse: judge((stored, { memory }, region, { input }) => {
      const given = textOf(input, 'RevisionId');
      const { revisionId } = functionMemory(memory, region, stored.FunctionName ?? '');
      if (given === '' || given === revisionId) return undefined;
      const how = 'Call the GetFunction/GetAlias API to retrieve the latest Revision Id';
      const message = `The Revision Id provided does not match the latest Revision Id. ${how}`;
      return { code: 'PreconditionFailedException', message, status: 412 };
    }),
  },
  {
    id: 'runtime-blocked',
    actions,
    row: 31,
    docs: pages.runtimes,
    wording: 'seen',
    refuse: judge((stored, { options }) => {
      if (!options.blockedRuntimes.includes(String(stored.Runtime))) return undefined;
      const reason = 'is no longer supported for creating or updating AWS Lambda functions.';
      return invalid(`The runtime parameter of ${stored.Runtime} ${reason}`);
    }),
  },
  {
    id: 'file-system-needs-vpc',
    actions,
    row: 30,
    docs: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html',
    wording: 'seen',
    refuse: judge(withoutFileSystem),
  },
];

/** A row about a function that exists; moto objects where it does not. */
export function judge(
  verdict: (
    stored: FunctionConfiguration,
    context: Context,
    region: string,
    request: AwsRequest,
  ) => Verdict | Promise<Verdict>,
): Row['refuse'] {
  return async (request, context) => {
    const stored = await context.state.function(functionName(textOf(request.input, 'FunctionName')));
    return stored && verdict(stored, context, request.region, request);
  };
}

/** `InvalidParameterValueException`, the code of most objections of Lambda. */
export function invalid(message: string): AwsError {
  return { code: 'InvalidParameterValueException', message };
}

function tooLong({ input }: AwsRequest): Verdict {
  const limits = [
    ['SubnetIds', 'subnetIds', 16],
    ['SecurityGroupIds', 'securityGroupIds', 5],
  ] as const;
  for (const [name, path, most] of limits) {
    const ids = textsOf(recordOf(input, 'VpcConfig'), name);
    if (ids.length <= most) continue;
    const value = `Value '[${ids.join(', ')}]' at 'vpcConfig.${path}' failed to satisfy constraint`;
    const message = `1 validation error detected: ${value}: Member must have length less than or equal to ${most}`;
    return { code: 'ValidationException', message };
  }
  return undefined;
}

function withoutFileSystem(
  stored: FunctionConfiguration,
  { memory }: Context,
  region: string,
  { input }: AwsRequest,
): Verdict {
  const config = input.VpcConfig;
  if (!isRecord(config) || !('SubnetIds' in config) || textsOf(config, 'SubnetIds').length > 0)
    return undefined;
  const { extras } = functionMemory(memory, region, stored.FunctionName ?? '');
  const mounts = Array.isArray(extras.FileSystemConfigs) ? extras.FileSystemConfigs : [];
  if (mounts.length === 0) return undefined;
  return invalid(
    `Function must be configured to execute in a VPC to reference access point ${textOf(mounts[0], 'Arn')}`,
  );
}
