import { expect, it } from '@jest/globals';
import { decodeDocument, parsePolicy } from '../../src/iam/document.js';

const good = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}';

it.each([
  ['plain JSON', good],
  ['JSON with white space', `\n  ${good}\n`],
  ['percent-encoded JSON, as IAM answers it', encodeURIComponent(good)],
  ['a list of statements', good.replace('{"Effect', '[{"Effect').replace('"*"}', '"*"}]')],
])('reads %s', (_name, text) => {
  expect(parsePolicy('p', 'inline', text)).toEqual({
    readable: true,
    name: 'p',
    source: 'inline',
    statements: [
      {
        label: 'statement 1',
        effect: 'Allow',
        actions: { kind: 'only', values: ['s3:GetObject'] },
        resources: { kind: 'only', values: ['*'] },
        principals: undefined,
        conditions: [],
      },
    ],
  });
});

it('reads every element of a statement', () => {
  const statement = {
    Sid: 'Mine',
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*'],
    NotResource: 'arn:aws:s3:::a',
    NotPrincipal: { AWS: ['123456789012'], Service: 'lambda.amazonaws.com' },
    Condition: { Bool: { 'aws:SecureTransport': false }, StringLike: { a: ['x', 'y'], b: 1 } },
  };
  const parsed = parsePolicy('p', 'aws', JSON.stringify({ Statement: [statement] }));
  expect(parsed).toMatchObject({
    statements: [
      {
        label: 'Mine',
        effect: 'Deny',
        actions: { kind: 'except', values: ['iam:*', 'sts:*'] },
        resources: { kind: 'except', values: ['arn:aws:s3:::a'] },
        principals: {
          kind: 'except',
          byType: new Map([
            ['AWS', ['123456789012']],
            ['Service', ['lambda.amazonaws.com']],
          ]),
        },
        conditions: [
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
          { operator: 'StringLike', key: 'a', values: ['x', 'y'] },
          { operator: 'StringLike', key: 'b', values: ['1'] },
        ],
      },
    ],
  });
});

it('a statement without a Sid is named by its place', () => {
  const statements = [{}, { Sid: '' }, { Sid: 'Third' }].map((more) => ({
    Effect: 'Allow',
    Action: 'a:b',
    Resource: '*',
    ...more,
  }));
  const parsed = parsePolicy('p', 'account', JSON.stringify({ Statement: statements }));
  const labels = parsed.readable ? parsed.statements.map(({ label }) => label) : [];
  expect(labels).toEqual(['statement 1', 'statement 2', 'Third']);
});

it.each([
  ['', 'the document is not JSON'],
  ['not JSON', 'the document is not JSON'],
  ['{"Statement":', 'the document is not JSON'],
  ['%7B%', 'the document is not percent-encoded correctly'],
  ['%E0%A4%A', 'the document is not percent-encoded correctly'],
  ['null', 'the document is not an object'],
  ['[]', 'the document is not an object'],
  ['{}', 'statement 1 is not an object'],
  ['{"Statement":"x"}', 'statement 1 is not an object'],
  ['{"Statement":[null]}', 'statement 1 is not an object'],
  ['{"Statement":{"Action":"a:b"}}', 'statement 1 has no Effect of Allow or Deny'],
  ['{"Statement":{"Effect":"allow","Action":"a:b"}}', 'statement 1 has no Effect of Allow or Deny'],
  ['{"Statement":{"Effect":"Allow"}}', 'statement 1 has no Action'],
  [
    '{"Statement":{"Effect":"Allow","Action":"a:b","NotAction":"c:d"}}',
    'statement 1 has both Action and NotAction',
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"a:b","Principal":"*","NotPrincipal":"*"}}',
    'statement 1 has both Principal and NotPrincipal',
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":[["a:b"]]}}',
    'Action of statement 1 holds something that is not text',
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"a:b","Resource":{}}}',
    'Resource of statement 1 holds something that is not text',
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"a:b","Principal":7}}',
    'Principal of statement 1 is neither * nor an object',
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"a:b","Condition":[]}}',
    'Condition of statement 1 is not an object',
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"a:b","Condition":{"Bool":1}}}',
    'Condition of statement 1 has an operator without keys',
  ],
])('%s is unreadable', (text, reason) => {
  expect(parsePolicy('p', 'inline', text)).toEqual({ readable: false, name: 'p', source: 'inline', reason });
});

it('one statement that breaks the grammar makes the whole policy unreadable', () => {
  const text = good.replace('{"Effect', '[{"Effect').replace('"*"}', '"*"},{"Effect":"Deny"}]');
  expect(parsePolicy('p', 'inline', text).readable).toBe(false);
});

it('what is JSON already is not decoded a second time', () => {
  expect(decodeDocument('{"a":"%41"}')).toBe('{"a":"%41"}');
  expect(decodeDocument('%7B%22a%22%3A%22%2541%22%7D')).toBe('{"a":"%41"}');
  expect(decodeDocument('%')).toBeUndefined();
});
