import type { FunctionFacts } from '../../src/iam/callers.js';
import type { ParsedPolicy } from '../../src/iam/document.js';
import { neededServices } from '../../src/iam/needed-services.js';
import { allow, policy, type RawStatement } from './policies.js';

/** A function that Lambda does nothing special for. */
export const plain: FunctionFacts = {
  deliveries: [],
  eventSources: undefined,
  mountsFileSystem: false,
  environmentKey: false,
  activeTracing: false,
  logGroup: undefined,
};

const region = 'us-east-2:123456789012';
export const arns = {
  deadLetters: `arn:aws:sqs:${region}:app-7-dlq`,
  queue: `arn:aws:sqs:${region}:orders`,
  stream: `arn:aws:kinesis:${region}:stream/clicks`,
  table: `arn:aws:dynamodb:${region}:table/orders`,
  tableStream: `arn:aws:dynamodb:${region}:table/orders/stream/2026-01-01T00:00:00.000`,
  topic: `arn:aws:sns:${region}:alarms`,
  cluster: `arn:aws:kafka:${region}:cluster/events/1`,
  broker: `arn:aws:mq:${region}:broker:b-1`,
  ownLog: `arn:aws:logs:${region}:log-group:/aws/lambda/app-7:*`,
  otherLog: `arn:aws:logs:${region}:log-group:audit:*`,
} as const;

/** What a function's role looks like, and what is expected of it. */
export interface Row {
  readonly name: string;
  readonly policies: readonly ParsedPolicy[];
  readonly facts?: Partial<FunctionFacts>;
  /** `needed: a b; maybe: c; not: d; open: policy`, empty groups left out. */
  readonly expected: string;
}

/** A row whose role has one policy of its own. */
export function own(
  name: string,
  statements: readonly RawStatement[] | string,
  expected: string,
  facts: Partial<FunctionFacts> = {},
): Row {
  const listed = typeof statements === 'string' ? [allow(statements)] : statements;
  return { name, policies: [policy('own', listed)], facts, expected };
}

/** The result of a row in the form of {@link Row.expected}. */
export function summaryOf({ policies, facts }: Row): string {
  const { services, open } = neededServices(policies, { ...plain, ...facts });
  const groups = (['needed', 'maybe', 'not'] as const).map((grade) => [
    grade,
    services.filter((service) => service.grade === grade).map(({ word }) => word),
  ]);
  return [...groups, ['open', open.map((one) => one.policy)]]
    .filter(([, words]) => (words?.length ?? 0) > 0)
    .map(([grade, words]) => `${grade}: ${Array.isArray(words) ? words.join(' ') : ''}`)
    .join('; ');
}
