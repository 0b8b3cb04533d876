import { randomUUID } from 'node:crypto';
import type { Service } from './request.js';
import { escapeXml } from './xml.js';

/** An HTTP answer, from moto or from the proxy itself. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error as AWS states it. `status` is the HTTP status. */
export interface AwsError {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** Further members of a Lambda error, such as `Reason`. */
  readonly members?: Readonly<Record<string, string>>;
}

/** The error in the wire format of the service: EC2 XML, IAM and STS XML, Lambda JSON, JSON 1.1 of the Price List. */
export function errorAnswer(service: Service, error: AwsError): Answer {
  const id = randomUUID();
  const status = error.status ?? 400;
  if (service === 'lambda') {
    const body = {
      Type: status < 500 ? 'User' : 'Service',
      message: error.message,
      Message: error.message,
      ...error.members,
    };
    const headers = {
      'content-type': 'application/json',
      'x-amzn-errortype': error.code,
      'x-amzn-requestid': id,
    };
    return { status, headers, body: JSON.stringify(body) };
  }
  if (service === 'pricing') {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': id };
    return { status, headers, body: JSON.stringify({ __type: error.code, message: error.message }) };
  }
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': id };
  const detail = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (service === 'ec2') {
    const body = `${prolog}<Response><Errors><Error>${detail}</Error></Errors><RequestID>${id}</RequestID></Response>`;
    return { status, headers, body };
  }
  const type = `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>`;
  const body = `${prolog}<ErrorResponse><Error>${type}${detail}</Error><RequestId>${id}</RequestId></ErrorResponse>`;
  return { status, headers, body };
}

/** The web page that a broken front end or an emulator's unhandled exception answers with. */
export function htmlErrorAnswer(): Answer {
  const body = '<!doctype html><title>500 Internal Server Error</title><h1>Internal Server Error</h1>';
  return { status: 500, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** The code of an error answer, '' for a success, `HTML 500` and the like for what is no AWS error at all. */
export function errorCodeOf(answer: Answer): string {
  if (answer.status < 400) return '';
  const header = answer.headers['x-amzn-errortype'];
  if (header) return header.split(':')[0] ?? header;
  const xml = /<Code>([^<]*)<\/Code>/.exec(answer.body);
  if (xml) return xml[1] ?? '';
  const json = /"__type"\s*:\s*"([^"]*)"/.exec(answer.body);
  return json?.[1] ?? `HTML ${answer.status}`;
}

/** The service's own answer to too many calls. */
export function throttleError(service: Service): AwsError {
  if (service === 'ec2')
    return { code: 'RequestLimitExceeded', message: 'Request limit exceeded.', status: 503 };
  if (service === 'lambda') {
    const members = { Reason: 'CallerRateLimitExceeded' };
    return { code: 'TooManyRequestsException', message: 'Rate exceeded', status: 429, members };
  }
  if (service === 'pricing') return { code: 'ThrottlingException', message: 'Rate exceeded', status: 400 };
  return { code: 'Throttling', message: 'Rate exceeded', status: 400 };
}

/** Who the denied caller is in the messages below. */
const caller = 'arn:aws:sts::123456789012:assumed-role/deployer/session';

/** The service's own answer to a call that no policy of the caller allows; `resource` is an ARN. */
export function deniedError(service: Service, action: string, resource: string): AwsError {
  const because = `because no identity-based policy allows the ${action} action`;
  if (service === 'ec2') {
    const message = `You are not authorized to perform this operation. User: ${caller} is not authorized to perform: ${action} ${because}`;
    return { code: 'UnauthorizedOperation', message, status: 403 };
  }
  const json = service === 'lambda' || service === 'pricing';
  const code = json ? 'AccessDeniedException' : 'AccessDenied';
  return {
    code,
    message: `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    status: 403,
  };
}
