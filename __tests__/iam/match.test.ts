import { expect, it } from '@jest/globals';
import { matchesAction, matchesPattern, matchesResource } from '../../src/iam/match.js';

it.each([
  ['', '', true],
  ['*', '', true],
  ['*', 'anything', true],
  ['**', 'a', true],
  ['?', '', false],
  ['?', 'a', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a*c', 'ac', true],
  ['a*c', 'abbbc', true],
  ['a*c', 'abcd', false],
  ['*b*', 'abc', true],
  ['a*b*c', 'aXbYbZc', true],
  ['Get', 'GetX', false],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
])('the pattern %s matches %s: %s', (pattern, text, matches) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

it('a hostile pattern costs no more than its length', () => {
  expect(matchesPattern(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
});

it.each([
  ['only', ['s3:GetObject'], 's3:GetObject', true],
  ['only', ['S3:getobject'], 's3:GetObject', true],
  ['only', ['s3:Get*'], 's3:GetObject', true],
  ['only', ['s3:Get?bject'], 's3:GetObject', true],
  ['only', ['*'], 's3:GetObject', true],
  ['only', ['s3:*', 'sqs:*'], 'sns:Publish', false],
  ['only', [], 'sns:Publish', false],
  ['except', ['iam:*'], 'sns:Publish', true],
  ['except', ['iam:*'], 'iam:PassRole', false],
] as const)('%s %j covers the action %s: %s', (kind, values, action, covers) => {
  expect(matchesAction({ kind, values }, action)).toBe(covers);
});

const variable = `$${'{aws:username}'}`;

it.each([
  ['only', ['*'], '*', 'yes'],
  ['only', ['arn:aws:s3:::a'], '*', 'no'],
  ['only', ['arn:aws:s3:::a/*'], 'arn:aws:s3:::a/b/c', 'yes'],
  ['only', ['arn:aws:s3:::a/*'], 'arn:aws:s3:::a', 'no'],
  ['only', ['arn:aws:sqs'], 'arn:aws:sqs:us-east-2:123456789012:q', 'yes'],
  ['only', ['arn:aws:sqs:us-east-2'], 'arn:aws:sqs:eu-west-1:123456789012:q', 'no'],
  ['only', ['arn:aws:SQS:*:*:q'], 'arn:aws:sqs:us-east-2:123456789012:q', 'no'],
  ['only', [`arn:aws:s3:::home/${variable}/*`], 'arn:aws:s3:::home/me/x', 'unknown'],
  ['only', [`arn:aws:s3:::home/${variable}/*`], 'arn:aws:s3:::other/me/x', 'no'],
  ['only', [`arn:aws:s3:::home/${variable}`, '*'], 'arn:aws:s3:::home/me', 'yes'],
  ['except', ['arn:aws:s3:::a'], 'arn:aws:s3:::a', 'no'],
  ['except', ['arn:aws:s3:::a'], 'arn:aws:s3:::b', 'yes'],
  ['except', [`arn:aws:s3:::${variable}`], 'arn:aws:s3:::b', 'unknown'],
] as const)('%s %j covers the resource %s: %s', (kind, values, resource, answer) => {
  expect(matchesResource({ kind, values }, resource)).toBe(answer);
});

it('a statement without resources covers none', () => {
  expect(matchesResource(undefined, '*')).toBe('no');
});
