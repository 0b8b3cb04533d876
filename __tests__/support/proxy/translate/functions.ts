import { randomUUID } from 'node:crypto';
import type { Context } from '../context.js';
import { type Handlers, type JsonBody, withJsonBody } from '../handler.js';
import { type Input, type InputValue, isRecord, recordOf, textOf, textsOf } from '../input.js';
import type { FunctionMemory, Memory } from '../memory.js';
import { type AwsRequest, functionName } from '../request.js';
import { lambdaPrefix, reconcileInterfaces } from './interfaces.js';

/** Members of a function's configuration that moto drops. */
const keptByProxy = ['DeadLetterConfig', 'LoggingConfig', 'KMSKeyArn', 'FileSystemConfigs'] as const;

/** Members that only reads of one function show (ListFunctions leaves them out). */
const notInLists = [
  'State',
  'StateReason',
  'StateReasonCode',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
];

/** Functions: update states, revisions, the real VPC, secrets, members that moto drops. */
export const functionHandlers: Handlers = {
  'lambda:CreateFunction': { json: created },
  'lambda:GetFunctionConfiguration': { json: read },
  'lambda:GetFunction': { json: (body, request, context) => readWithCode(body, request, context) },
  'lambda:UpdateFunctionConfiguration': { request: beforeUpdate, json: updated },
  'lambda:UpdateFunctionCode': { json: changed },
  'lambda:ListFunctions': { json: (body, request, context) => listed(body, 'Functions', request, context) },
  'lambda:ListVersionsByFunction': {
    json: (body, request, context) => listed(body, 'Versions', request, context),
  },
};

/** What the proxy remembers of a function, made on first sight. */
export function functionMemory(memory: Memory, region: string, name: string): FunctionMemory {
  const key = `${region}:${functionName(name)}`;
  const known = memory.functions.get(key) ?? { revisionId: randomUUID(), inProgressPolls: 0, extras: {} };
  memory.functions.set(key, known);
  return known;
}

async function created(body: JsonBody, request: AwsRequest, context: Context): Promise<void> {
  const known = functionMemory(context.memory, request.region, textOf(request.input, 'FunctionName'));
  rememberExtras(known, request.input);
  await decorate(body, request.region, context);
}

function rememberExtras(known: FunctionMemory, input: Input): void {
  for (const name of keptByProxy) if (input[name] !== undefined) known.extras[name] = input[name];
}

async function read(body: JsonBody, request: AwsRequest, context: Context): Promise<void> {
  const known = functionMemory(context.memory, request.region, textOf(request.input, 'FunctionName'));
  settle(known);
  await decorate(body, request.region, context);
  if (known.inProgressPolls > 0) known.inProgressPolls -= 1;
}

async function readWithCode(body: JsonBody, request: AwsRequest, context: Context): Promise<void> {
  const configuration = { ...recordOf(body, 'Configuration') };
  await read(configuration, request, context);
  body.Configuration = configuration;
  const { codeLocation } = context.options.canaries;
  if (codeLocation === undefined) return;
  const code = recordOf(body, 'Code');
  body.Code = { ...code, Location: `${textOf(code, 'Location')}?X-Amz-Signature=${codeLocation}` };
}

/** The update that was running has ended: the function is at a new revision. */
function settle(known: FunctionMemory): void {
  if (!known.updating || known.inProgressPolls > 0) return;
  known.updating = false;
  known.revisionId = randomUUID();
  delete known.vpcConfigInProgress;
}

/** moto needs both lists of a VpcConfig and fails on an empty Environment; it must not see a RevisionId. */
async function beforeUpdate(request: AwsRequest, context: Context): Promise<AwsRequest> {
  const { RevisionId: _, FunctionName: given, ...body }: Record<string, InputValue> = { ...request.input };
  const name = functionName(String(given));
  const stored = await context.state.function(name);
  const known = functionMemory(context.memory, request.region, name);
  if (isRecord(body.VpcConfig)) {
    const current = stored?.VpcConfig;
    known.former = { SubnetIds: current?.SubnetIds ?? [], SecurityGroupIds: current?.SecurityGroupIds ?? [] };
    body.VpcConfig = { ...known.former, ...body.VpcConfig };
  }
  if (isRecord(body.Environment) && !isRecord(body.Environment.Variables)) delete body.Environment;
  return withJsonBody(request, body);
}

async function updated(body: JsonBody, request: AwsRequest, context: Context): Promise<void> {
  const { memory, options, state } = context;
  const name = functionName(textOf(request.input, 'FunctionName'));
  const known = functionMemory(memory, request.region, name);
  rememberExtras(known, request.input);
  known.revisionId = randomUUID();
  known.lastModified = new Date().toISOString().replace('Z', '+0000');
  known.updating = true;
  known.inProgressPolls = options.functionInProgressPolls;
  delete known.failure;
  const changesNetwork = isRecord(request.input.VpcConfig);
  const failure = changesNetwork ? (options.functionFailure ?? (await shortage(body, context))) : undefined;
  if (failure) {
    known.failure = failure;
    known.vpcConfigInProgress = recordOf(body, 'VpcConfig');
    const former = known.former ?? { SubnetIds: [], SecurityGroupIds: [] };
    await state.clients.lambda.updateFunctionConfiguration({ FunctionName: name, VpcConfig: former });
  }
  await decorate(body, request.region, context);
  if (changesNetwork) await reconcileInterfaces(context);
}

/** Lambda finds out only later that a subnet has no address left for its interface. */
async function shortage(body: JsonBody, { state }: Context): Promise<FunctionMemory['failure']> {
  const config = recordOf(body, 'VpcConfig');
  const full = (await state.subnets(textsOf(config, 'SubnetIds'))).find(
    (one) => one.AvailableIpAddressCount === 0,
  );
  if (full === undefined) return undefined;
  const groups = textsOf(config, 'SecurityGroupIds').sort().join();
  const there = (await state.networkInterfaces()).some(
    ({ SubnetId, Description, Groups }) =>
      SubnetId === full.SubnetId &&
      Description?.startsWith(lambdaPrefix) &&
      Groups?.map(({ GroupId }) => GroupId)
        .sort()
        .join() === groups,
  );
  const reason = `Lambda was not able to set up VPC access because ${full.SubnetId} has no available IP addresses.`;
  return there ? undefined : { code: 'SubnetOutOfIPAddresses', reason };
}

async function changed(body: JsonBody, request: AwsRequest, context: Context): Promise<void> {
  functionMemory(context.memory, request.region, textOf(request.input, 'FunctionName')).revisionId =
    randomUUID();
  await decorate(body, request.region, context);
}

async function listed(body: JsonBody, member: string, request: AwsRequest, context: Context): Promise<void> {
  const configurations = Array.isArray(body[member]) ? (body[member] as readonly InputValue[]) : [];
  const shown: JsonBody[] = configurations.filter(isRecord).map((one) => ({ ...one }));
  for (const one of shown) {
    await decorate(one, request.region, context);
    for (const name of notInLists) delete one[name];
  }
  body[member] = shown;
}

/** A function's configuration as AWS would show it now. */
async function decorate(body: JsonBody, region: string, context: Context): Promise<void> {
  const known = functionMemory(context.memory, region, textOf(body, 'FunctionName'));
  const latest = textOf(body, 'Version') === '$LATEST' || textOf(body, 'Version') === '';
  body.RevisionId = latest ? known.revisionId : `${textOf(body, 'Version')}-${known.revisionId}`;
  Object.assign(body, known.extras);
  if (latest && known.lastModified !== undefined) body.LastModified = known.lastModified;
  if (latest) showUpdate(body, known);
  if (body.VpcConfig === null) delete body.VpcConfig;
  if (isRecord(body.VpcConfig)) body.VpcConfig = await withRealVpc(body.VpcConfig, context);
  plantCanaries(body, context);
}

function showUpdate(body: JsonBody, known: FunctionMemory): void {
  if (known.updating && known.inProgressPolls > 0) {
    body.LastUpdateStatus = 'InProgress';
    body.LastUpdateStatusReason = 'The function is being created.';
    body.LastUpdateStatusReasonCode = 'Creating';
    if (known.vpcConfigInProgress) body.VpcConfig = known.vpcConfigInProgress;
  } else if (known.failure) {
    body.LastUpdateStatus = 'Failed';
    body.LastUpdateStatusReason = known.failure.reason;
    body.LastUpdateStatusReasonCode = known.failure.code;
  }
}

/** moto shows `vpc-123abc` for every function. */
async function withRealVpc(config: Input, { memory, state }: Context): Promise<Input> {
  const [subnet] = textsOf(config, 'SubnetIds');
  if (subnet === undefined)
    return { SubnetIds: [], SecurityGroupIds: [], VpcId: '', Ipv6AllowedForDualStack: false };
  const vpc = memory.vpcOfSubnet.get(subnet) ?? (await state.subnets([subnet]))[0]?.VpcId ?? '';
  memory.vpcOfSubnet.set(subnet, vpc);
  return { Ipv6AllowedForDualStack: false, ...config, VpcId: vpc };
}

function plantCanaries(body: JsonBody, { options }: Context): void {
  const { environment } = options.canaries;
  if (environment === undefined) return;
  const current = recordOf(body, 'Environment');
  body.Environment = { ...current, Variables: { ...recordOf(current, 'Variables'), ...environment } };
}
