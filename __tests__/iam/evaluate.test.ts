import { expect, it } from '@jest/globals';
import type { RequestContext } from '../../src/iam/conditions.js';
import { parsePolicy } from '../../src/iam/document.js';
import { type Boundary, evaluate } from '../../src/iam/evaluate.js';
import { allow, deny, policy, type RawStatement } from './policies.js';

const bucket = 'arn:aws:s3:::bucket/key';
const context: RequestContext = new Map([
  ['aws:requestedregion', 'us-east-2'],
  ['lambda:sourcefunctionarn', null],
]);

function judge(statements: readonly RawStatement[], boundary?: Boundary) {
  return evaluate([policy('own', statements)], boundary, {
    action: 's3:GetObject',
    resource: bucket,
    context,
  });
}

it.each<[string, RawStatement[], string]>([
  ['no policy says anything', [], 'not-allowed'],
  ['an allow matches', [allow('s3:GetObject', bucket)], 'allowed'],
  ['another action is allowed', [allow('s3:PutObject')], 'not-allowed'],
  ['another resource is allowed', [allow('s3:*', 'arn:aws:s3:::other/*')], 'not-allowed'],
  ['a wildcard allows', [allow('*')], 'allowed'],
  ['NotAction excludes it', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], 'not-allowed'],
  ['NotAction leaves it', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'allowed'],
  ['NotResource excludes it', [{ Effect: 'Allow', Action: '*', NotResource: bucket }], 'not-allowed'],
  ['a deny wins over an allow', [allow('*'), deny('s3:Get*')], 'denied'],
  ['a deny comes first', [deny('s3:Get*'), allow('*')], 'denied'],
  ['a deny is for another action', [allow('*'), deny('s3:Put*')], 'allowed'],
  [
    'a deny by NotAction covers it',
    [allow('*'), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }],
    'denied',
  ],
  [
    'a condition cannot be judged',
    [{ ...allow('*'), Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    'unknown',
  ],
  [
    'a deny has a condition that cannot be judged',
    [allow('*'), deny('*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    'unknown',
  ],
  [
    'only a deny has a condition that cannot be judged',
    [deny('*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })],
    'not-allowed',
  ],
  [
    'one allow is uncertain, another is not',
    [{ ...allow('*'), Condition: { Bool: { 'aws:x': 'true' } } }, allow('s3:GetObject')],
    'allowed',
  ],
])('%s: %s', (_name, statements, verdict) => {
  expect(judge(statements).verdict).toBe(verdict);
});

it('names the policy and the statement', () => {
  expect(judge([allow('s3:Put*'), { Sid: 'Read', ...allow('s3:Get*') }])).toEqual({
    verdict: 'allowed',
    by: [{ policy: 'own', statement: 'Read' }],
  });
  expect(judge([allow('*'), deny('s3:*')])).toEqual({
    verdict: 'denied',
    by: [{ policy: 'own', statement: 'statement 2' }],
  });
});

it.each<[string, Record<string, Record<string, unknown>>, string]>([
  ['the region is another', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, 'not-allowed'],
  [
    'the region is listed',
    { StringEquals: { 'AWS:requestedRegion': ['eu-west-1', 'us-east-2'] } },
    'allowed',
  ],
  ['the region differs by case', { StringEquals: { 'aws:RequestedRegion': 'US-EAST-2' } }, 'not-allowed'],
  ['case is ignored', { StringEqualsIgnoreCase: { 'aws:RequestedRegion': 'US-EAST-2' } }, 'allowed'],
  ['the region matches a pattern', { StringLike: { 'aws:RequestedRegion': 'us-*' } }, 'allowed'],
  [
    'the region must not be this one',
    { StringNotEquals: { 'aws:RequestedRegion': 'us-east-2' } },
    'not-allowed',
  ],
  ['the region must not be another', { StringNotLike: { 'aws:RequestedRegion': 'eu-*' } }, 'allowed'],
  ['the key is absent', { ArnEquals: { 'lambda:SourceFunctionArn': '*' } }, 'not-allowed'],
  ['the key is absent and negated', { ArnNotLike: { 'lambda:SourceFunctionArn': '*' } }, 'allowed'],
  ['the key may be absent', { ArnLikeIfExists: { 'lambda:SourceFunctionArn': 'x' } }, 'allowed'],
  ['the key must be absent', { Null: { 'lambda:SourceFunctionArn': 'true' } }, 'allowed'],
  ['the key must be present', { Null: { 'lambda:SourceFunctionArn': 'false' } }, 'not-allowed'],
  ['a present key must be present', { Null: { 'aws:RequestedRegion': false } }, 'allowed'],
  ['values form a set', { 'ForAnyValue:StringEquals': { 'aws:RequestedRegion': 'us-east-2' } }, 'unknown'],
  ['the operator is not judged', { DateGreaterThan: { 'aws:RequestedRegion': '2020' } }, 'unknown'],
  ['a value is a variable', { StringEquals: { 'aws:RequestedRegion': `$${'{aws:x}'}` } }, 'unknown'],
  [
    'two conditions, one fails, one unknown',
    { StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:other': 'x' } },
    'not-allowed',
  ],
])('condition: %s', (_name, Condition, verdict) => {
  expect(judge([{ ...allow('*'), Condition }]).verdict).toBe(verdict);
});

it.each<[string, Boundary, string]>([
  ['not there', undefined, 'allowed'],
  ['not read', 'unread', 'unknown'],
  ['allows it', policy('limit', [allow('s3:*')]), 'allowed'],
  ['allows something else', policy('limit', [allow('sqs:*')]), 'not-allowed'],
  ['denies it', policy('limit', [allow('*'), deny('s3:*')]), 'denied'],
  ['cannot be read', parsePolicy('limit', 'account', 'x'), 'unknown'],
])('a boundary that is %s', (_name, boundary, verdict) => {
  expect(judge([allow('*')], boundary).verdict).toBe(verdict);
});

it('a boundary allows nothing by itself, read or not', () => {
  expect(judge([], policy('limit', [allow('*')])).verdict).toBe('not-allowed');
  expect(judge([], 'unread').verdict).toBe('not-allowed');
});

it('an unreadable policy leaves open what others allow, and not what others deny', () => {
  const broken = parsePolicy('broken', 'account', 'x');
  const request = { action: 's3:GetObject', resource: bucket, context };
  expect(evaluate([broken, policy('own', [allow('*')])], undefined, request)).toEqual({
    verdict: 'unknown',
    reasons: ['policy broken cannot be read: the document is not JSON'],
  });
  expect(evaluate([broken], undefined, request).verdict).toBe('unknown');
  expect(evaluate([broken, policy('own', [deny('*')])], undefined, request).verdict).toBe('denied');
});
