import { describe, expect, it } from '@jest/globals';
import { learnSecrets, makeRedact, redactAll, secretsOf, withoutCredentials } from '../../src/text/redact.js';

describe('what looks like a credential is left out', () => {
  it.each([
    ['AKIAIOSFODNN7EXAMPLE', '***'],
    ['key ASIAIOSFODNN7EXAMPLE, on', 'key ***, on'],
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '***'],
    [`ghp_${'a1B2'.repeat(9)}`, '***'],
    [`x=github_pat_${'a1B2_'.repeat(10)};`, 'x=***;'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '***'],
    ['https://user:hunter2@example.com/x', 'https://user:***@example.com/x'],
  ])('%s', (text, shown) => {
    expect(withoutCredentials(text)).toBe(shown);
  });

  it.each([
    'subnet-0123456789abcdef0',
    'arn:aws:lambda:us-east-2:123456789012:function:app-7',
    'com.amazonaws.us-east-2.logs',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'https://example.com:8443/a@b',
    'x'.repeat(40),
    'tcp 5432 210987654321/sg-0a1b2c3d',
  ])('and nothing else: %s', (text) => {
    expect(withoutCredentials(text)).toBe(text);
  });
});

it('takes out what it learns later, also as it is written in a form', () => {
  const known = new Set(['first-secret']);
  const redact = makeRedact(known);
  expect(redact('first-secret, a+secret/of=now')).toBe('***, a+secret/of=now');
  learnSecrets(known, ['a+secret/of=now', 'short', '']);
  expect(redact('first-secret, a+secret/of=now, a%2Bsecret%2Fof%3Dnow, short')).toBe('***, ***, ***, short');
});

it('goes through plain data', () => {
  const redact = makeRedact(['a-secret']);
  expect(redactAll({ a: ['x a-secret'], b: { c: 1, d: undefined } }, redact)).toEqual({
    a: ['x ***'],
    b: { c: 1 },
  });
});

describe('known secrets', () => {
  it('are replaced, the longest first, and short ones are none', () => {
    const secrets = secretsOf({ AWS_SESSION_TOKEN: 'long-secret-token', GITHUB_TOKEN: 'short' });
    expect(secrets).toEqual(['long-secret-token']);
    expect(makeRedact(['long-secret', 'long-secret-token'])('a long-secret-token')).toBe('a ***');
  });
});
