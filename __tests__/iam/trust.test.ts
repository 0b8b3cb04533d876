import { expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/iam/document.js';
import { EDGE_SERVICE, LAMBDA_SERVICE, trustsService } from '../../src/iam/trust.js';
import { type RawStatement, trust } from './policies.js';

const assume = (Principal: unknown, more: RawStatement = {}): RawStatement => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...more,
});
const lambda = { Service: 'lambda.amazonaws.com' };
const both = { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] };

it.each<[string, RawStatement[], string, string]>([
  ['Lambda alone', [assume(lambda)], 'yes', 'no'],
  ['Lambda and its edges', [assume(both)], 'yes', 'yes'],
  ['two statements', [assume({ Service: 'ec2.amazonaws.com' }), assume(lambda)], 'yes', 'no'],
  ['another service', [assume({ Service: 'ec2.amazonaws.com' })], 'no', 'no'],
  ['an account', [assume({ AWS: 'arn:aws:iam::123456789012:root' })], 'no', 'no'],
  [
    'an identity provider',
    [assume({ Federated: 'x' }, { Action: 'sts:AssumeRoleWithWebIdentity' })],
    'no',
    'no',
  ],
  ['another action', [assume(lambda, { Action: 'sts:TagSession' })], 'no', 'no'],
  ['a list of actions', [assume(lambda, { Action: ['sts:TagSession', 'sts:assumerole'] })], 'yes', 'no'],
  ['every action of STS', [assume(lambda, { Action: 'sts:*' })], 'yes', 'no'],
  ['everybody', [assume('*')], 'unknown', 'unknown'],
  ['every account', [assume({ AWS: '*' })], 'unknown', 'unknown'],
  [
    'a condition',
    [assume(lambda, { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } })],
    'unknown',
    'no',
  ],
  ['a deny', [assume(lambda), assume(both, { Effect: 'Deny' })], 'no', 'no'],
  ['a deny of another', [assume(lambda), assume({ Service: 'x' }, { Effect: 'Deny' })], 'yes', 'no'],
  [
    'a deny with a condition',
    [assume(lambda), assume(lambda, { Effect: 'Deny', Condition: { Bool: { a: 'true' } } })],
    'unknown',
    'no',
  ],
  ['no principal', [{ Effect: 'Allow', Action: 'sts:AssumeRole' }], 'no', 'no'],
  [
    'everybody except Lambda',
    [{ Effect: 'Allow', Action: 'sts:AssumeRole', NotPrincipal: lambda }],
    'no',
    'unknown',
  ],
])('a policy that trusts %s', (_name, statements, byLambda, byEdges) => {
  const document = trust(...statements);
  expect(trustsService(document, LAMBDA_SERVICE)).toBe(byLambda);
  expect(trustsService(document, EDGE_SERVICE)).toBe(byEdges);
});

it('an unreadable trust policy leaves it open', () => {
  expect(trustsService(parsePolicy('trust', 'inline', '%7B'), LAMBDA_SERVICE)).toBe('unknown');
});
