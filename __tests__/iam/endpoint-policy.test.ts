import { describe, expect, it } from '@jest/globals';
import { allowsNothingOf, allowsSomeOf, deniesAllOf, restrictionIn } from '../../src/iam/endpoint-policy.js';

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

/** A policy that allows an action to everyone and denies what the parts say. */
function both(parts: Record<string, unknown>, action = '*'): string {
  const all = { Principal: '*', Action: '*', Resource: '*' };
  return JSON.stringify({
    Statement: [
      { Effect: 'Allow', ...all, Action: action },
      { Effect: 'Deny', ...all, ...parts },
    ],
  });
}

describe('why a policy leaves nothing of a service', () => {
  it.each<[string, string, boolean, boolean]>([
    ['a denial beside a grant', both({ Action: 'ssm:*' }), true, true],
    ['a denial alone', document({ Effect: 'Deny', Action: 'ssm:*' }), true, false],
    ['no grant', document({ Action: 'logs:*' }), false, false],
    ['a denial of a part', both({ Action: 'ssm:Get*' }), false, true],
  ])('%s', (_name, text, denied, allowed) => {
    expect(deniesAllOf(text, 'ssm')).toBe(denied);
    expect(allowsSomeOf(text, 'ssm')).toBe(allowed);
  });
});

describe('what an endpoint’s policy leaves out', () => {
  it.each<[string, string, string, boolean]>([
    ['a service that it names', document({ Action: 'logs:PutLogEvents' }), 'logs', false],
    ['another one', document({ Action: 'logs:PutLogEvents' }), 'ssm', true],
    ['one that a pattern covers', document({ Action: ['s*:Get*'] }), 'ssm', false],
    ['one whose prefix is another word', document({ Action: 'kinesis:PutRecord' }), 'kinesis-streams', false],
    ['one that is denied and not allowed', document({ Action: 'ssm:*', Effect: 'Deny' }), 'ssm', true],
    ['one that is not excepted', document({ Action: undefined, NotAction: 's3:*' }), 'ssm', false],
    ['one that is excepted', document({ Action: undefined, NotAction: ['s3:*', 'SSM:*'] }), 'ssm', true],
    ['one that is excepted in part', document({ Action: undefined, NotAction: 'ssm:Get*' }), 'ssm', false],
    ['one that is allowed and denied', both({ Action: 'ssm:*' }), 'ssm', true],
    ['one whose only action is denied', both({ Action: 'ssm:Get*' }, 'ssm:GetParameter'), 'ssm', true],
    ['one that is denied in part', both({ Action: 'ssm:Get*' }, 'ssm:*'), 'ssm', false],
    ['one that is denied by exception', both({ Action: undefined, NotAction: 'logs:*' }), 'ssm', true],
    ['one that is excepted from a denial', both({ Action: undefined, NotAction: 'ssm:Get*' }), 'ssm', false],
    ['one that a condition denies', both({ Action: '*', Condition: { Bool: { a: 'true' } } }), 'ssm', false],
    [
      'one that is denied to one account',
      both({ Action: '*', Principal: { AWS: '123456789012' } }),
      'ssm',
      false,
    ],
    ['one that is denied of one parameter', both({ Resource: 'arn:aws:ssm:*:*:parameter/a' }), 'ssm', false],
    ['one whose prefixes are not known', document({ Action: 'logs:*' }), 'vpce-svc-0a1b', false],
    ['any of a policy that cannot be read', '{"Statement":{}}', 'ssm', false],
  ])('%s', (_name, text, word, omitted) => {
    expect(allowsNothingOf(text, word)).toBe(omitted);
  });
});
