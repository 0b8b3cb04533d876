import type { IncomingHttpHeaders } from 'node:http';
import { type Input, inputOfForm } from './input.js';

/** The services that the action talks to. */
export type Service = 'ec2' | 'iam' | 'lambda' | 'pricing' | 'route53' | 'sts';

/** One HTTP request of the SDK, understood. */
export interface AwsRequest {
  readonly service: Service;
  /** Service and operation, as IAM policies write them: `ec2:DescribeSubnets`. */
  readonly action: string;
  readonly input: Input;
  readonly region: string;
  /** The SDK sends the same id with every retry of one call. */
  readonly invocationId: string;
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What HTTP brings, before it is understood. */
export type RawRequest = Pick<AwsRequest, 'method' | 'path' | 'headers' | 'body'>;

/** Understands a request, or undefined when it is no call to a known service. */
export function readRequest(raw: RawRequest): AwsRequest | undefined {
  const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    raw.headers.authorization ?? '',
  );
  const region = scope?.[1] ?? 'us-east-1';
  const invocationId = String(raw.headers['amz-sdk-invocation-id'] ?? '');
  if (scope?.[2] === 'lambda') return { ...raw, ...lambdaCall(raw), service: 'lambda', region, invocationId };
  if (scope?.[2] === 'route53')
    return { ...raw, ...route53Call(raw), service: 'route53', region, invocationId };
  if (scope?.[2] === 'pricing') {
    const target = String(raw.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    return {
      ...raw,
      action: `pricing:${target}`,
      input: bodyOf(raw.body),
      service: 'pricing',
      region,
      invocationId,
    };
  }
  const form = new URLSearchParams(raw.body);
  const operation = form.get('Action');
  // Only STS is ever called without a signature (AssumeRoleWithWebIdentity).
  const service = scope === null ? 'sts' : scope[2];
  if (operation === null || !isQueryService(service)) return undefined;
  return {
    ...raw,
    action: `${service}:${operation}`,
    input: inputOfForm(form),
    service,
    region,
    invocationId,
  };
}

function isQueryService(service: string | undefined): service is 'ec2' | 'iam' | 'sts' {
  return service === 'ec2' || service === 'iam' || service === 'sts';
}

/** Of Route 53 only one operation is called by the action; tests build zones past the proxy. */
function route53Call({ method, path: whole }: RawRequest): { action: string; input: Input } {
  const [path = '', query = ''] = whole.split('?');
  const isList = method === 'GET' && path.endsWith('/hostedzonesbyvpc');
  return {
    action: `route53:${isList ? 'ListHostedZonesByVPC' : `${method} ${path}`}`,
    input: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Method and path of the Lambda API; `{name}` becomes the parameter of that name. First match wins. */
const lambdaRoutes: readonly (readonly [method: string, path: string, operation: string])[] = [
  ['GET', 'functions', 'ListFunctions'],
  ['POST', 'functions', 'CreateFunction'],
  ['GET', 'functions/{FunctionName}', 'GetFunction'],
  ['DELETE', 'functions/{FunctionName}', 'DeleteFunction'],
  ['GET', 'functions/{FunctionName}/configuration', 'GetFunctionConfiguration'],
  ['PUT', 'functions/{FunctionName}/configuration', 'UpdateFunctionConfiguration'],
  ['PUT', 'functions/{FunctionName}/code', 'UpdateFunctionCode'],
  ['GET', 'functions/{FunctionName}/versions', 'ListVersionsByFunction'],
  ['POST', 'functions/{FunctionName}/versions', 'PublishVersion'],
  ['GET', 'functions/{FunctionName}/aliases', 'ListAliases'],
  ['POST', 'functions/{FunctionName}/aliases', 'CreateAlias'],
  ['GET', 'functions/{FunctionName}/aliases/{Name}', 'GetAlias'],
  ['PUT', 'functions/{FunctionName}/aliases/{Name}', 'UpdateAlias'],
  ['GET', 'functions/{FunctionName}/concurrency', 'GetFunctionConcurrency'],
  ['PUT', 'functions/{FunctionName}/concurrency', 'PutFunctionConcurrency'],
  ['GET', 'functions/{FunctionName}/provisioned-concurrency', 'ListProvisionedConcurrencyConfigs'],
  ['GET', 'functions/{FunctionName}/policy', 'GetPolicy'],
  ['POST', 'functions/{FunctionName}/invocations', 'Invoke'],
  ['GET', 'event-source-mappings', 'ListEventSourceMappings'],
  ['GET', 'account-settings', 'GetAccountSettings'],
  ['GET', 'tags/{Resource}', 'ListTags'],
  ['POST', 'tags/{Resource}', 'TagResource'],
  ['DELETE', 'tags/{Resource}', 'UntagResource'],
];

function lambdaCall(raw: RawRequest): { action: string; input: Input } {
  const [path = '', query = ''] = raw.path.split('?');
  // The first part is the version of that operation's API, such as 2015-03-31.
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .slice(1);
  const fromQuery = Object.fromEntries(new URLSearchParams(query));
  for (const [method, pattern, operation] of lambdaRoutes) {
    const fromPath = method === raw.method ? matchPath(pattern.split('/'), parts) : undefined;
    if (fromPath)
      return { action: `lambda:${operation}`, input: { ...bodyOf(raw.body), ...fromQuery, ...fromPath } };
  }
  return { action: `lambda:${raw.method} ${path}`, input: { ...bodyOf(raw.body), ...fromQuery } };
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = decodeURIComponent(parts[index] ?? '');
    if (expected.startsWith('{')) found[expected.slice(1, -1)] = part;
    else if (expected !== part) return undefined;
  }
  return found;
}

function bodyOf(body: string): Input {
  try {
    return body === '' ? {} : (JSON.parse(body) as Input);
  } catch {
    return {};
  }
}

/** The plain name of a Lambda function given as name, name with qualifier, partial or full ARN. */
export function functionName(given: string): string {
  const afterFunction = given.includes(':function:') ? (given.split(':function:')[1] ?? '') : given;
  return afterFunction.split(':')[0] ?? '';
}
