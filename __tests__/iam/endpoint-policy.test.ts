import { describe, expect, it } from '@jest/globals';
import { restrictionIn } from '../../src/iam/endpoint-policy.js';

const document = (parts: Record<string, unknown> = {}): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...parts }],
  });

describe('the policy of an endpoint', () => {
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['AWS’s default', document()],
    ['one with a name', document({ Sid: 'All' })],
    ['lists of one', document({ Action: ['*'], Resource: ['*'], Principal: { AWS: ['*'] } })],
    ['laid out', JSON.stringify(JSON.parse(document()), null, 4)],
  ])('restricts nothing: %s', (_name, text) => {
    expect(restrictionIn(text)).toBeUndefined();
  });

  it.each([
    ['one action', document({ Action: 'logs:*' })],
    ['one principal', document({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } })],
    ['a condition', document({ Condition: { Bool: { 'aws:SecureTransport': true } } })],
    [
      'a second statement',
      JSON.stringify({ Statement: [JSON.parse(document()).Statement[0], { Effect: 'Deny' }] }),
    ],
    ['no statement', '{"Statement":[]}'],
    ['no object', '[]'],
    ['no JSON', 'allow all'],
  ])('restricts: %s', (_name, text) => {
    expect(restrictionIn(text)).toBeDefined();
  });

  it('is the same whatever its order and white space', () => {
    const one = document({
      Action: ['logs:PutLogEvents', 'logs:CreateLogStream'],
      Condition: { Bool: { b: 'true', a: true } },
    });
    const other = `{ "Statement": { "Condition": {"Bool": {"a": "true", "b": ["true"]}}, "Resource": ["*"], "Principal": {"AWS": "*"},
      "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Effect": "Allow" }, "Version": "2008-10-17" }`;
    expect(restrictionIn(one)).toBe(restrictionIn(other));
    expect(restrictionIn(one)).not.toBe(restrictionIn(document({ Action: ['logs:PutLogEvents'] })));
  });
});
