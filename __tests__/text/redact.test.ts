import { expect, it } from '@jest/globals';
import { learnSecrets, makeRedact, redactAll, secretsOf } from '../../src/text/redact.js';

it('takes known secrets out, the longest first', () => {
  const redact = makeRedact(['secret-1', 'secret-1-and-more']);
  expect(redact('a secret-1-and-more b secret-1 c')).toBe('a *** b *** c');
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

it('knows the secrets of a runner', () => {
  const env = {
    AWS_SESSION_TOKEN: 'a-session-token',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-request-token',
    GH_TOKEN: 'x',
  };
  expect(secretsOf(env)).toEqual(['a-session-token', 'a-request-token']);
});
