import type { Answer, AwsError } from './answers.js';
import type { Context } from './context.js';
import { formOfInput, type Input, type InputValue, recordsOf, textOf, textsOf } from './input.js';
import type { AwsRequest } from './request.js';
import type { XmlElement } from './xml.js';

/** A Lambda answer, parsed. */
export type JsonBody = Record<string, InputValue>;

/** What the proxy does around moto for one action, beside passing it on. Every part may be absent. */
export interface Handler {
  /** Answers in moto's place. */
  readonly answer?: (request: AwsRequest, context: Context) => Promise<Answer | undefined>;
  /** Changes what moto is asked. */
  readonly request?: (request: AwsRequest, context: Context) => AwsRequest | Promise<AwsRequest>;
  /** Changes moto's answer; only successes come here, with the request as the client sent it. */
  readonly xml?: (root: XmlElement, request: AwsRequest, context: Context) => void | Promise<void>;
  /** The same for Lambda. */
  readonly json?: (body: JsonBody, request: AwsRequest, context: Context) => void | Promise<void>;
}

/** Handlers by action. */
export type Handlers = Readonly<Record<string, Handler>>;

/** Thrown where AWS would answer with an error. */
export class AwsRefusal extends Error {
  readonly error: AwsError;

  constructor(error: AwsError) {
    super(`${error.code}: ${error.message}`);
    this.error = error;
  }
}

/** The EC2 request with another input. */
export function withEc2Input(request: AwsRequest, input: Input): AwsRequest {
  const operation = request.action.split(':')[1] ?? '';
  const version = new URLSearchParams(request.body).get('Version') ?? '2016-11-15';
  return { ...request, input, body: formOfInput(operation, version, input) };
}

/** The Lambda request with another JSON body. */
export function withJsonBody(request: AwsRequest, body: JsonBody): AwsRequest {
  return { ...request, body: JSON.stringify(body) };
}

/** The request without the filters of those names: they are for the proxy to apply. */
export function withoutFilters(request: AwsRequest, names: readonly string[]): AwsRequest {
  const { Filter: _, ...input } = request.input;
  const kept = recordsOf(request.input, 'Filter').filter((filter) => !names.includes(textOf(filter, 'Name')));
  return withEc2Input(request, kept.length > 0 ? { ...input, Filter: kept } : input);
}

/** True where the request has no filter of that name, or the value fits one of its patterns (`*` and `?`). */
export function passesFilter(request: AwsRequest, name: string, value: string): boolean {
  const filters = recordsOf(request.input, 'Filter').filter((filter) => textOf(filter, 'Name') === name);
  return filters.every((filter) => textsOf(filter, 'Value').some((pattern) => fits(pattern, value)));
}

function fits(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(value);
}
