import { expect, it } from '@jest/globals';
import { classify } from '../../src/aws/errors.js';
import { awsError } from '../builders/fake-aws.js';

it('shows no part of a token that AWS repeats, however long it is', () => {
  const token = `eyJ${'hbGciOiJSUzI1NiJ9'.repeat(3)}.${'eyJzdWIiOiJyZXBv'.repeat(60)}.${'c2lnbmF0dXJl'.repeat(9)}`;
  const said = `1 validation error detected: Value '${token}' at 'webIdentityToken' failed to satisfy constraint`;
  const { message } = classify(awsError('ValidationError', said), 'sts:AssumeRoleWithWebIdentity', 'a-role');
  expect(message).toBe(
    "sts:AssumeRoleWithWebIdentity on a-role failed: ValidationError: 1 validation error detected: Value '***' at 'webIdentityToken' failed to satisfy constraint.",
  );
});
