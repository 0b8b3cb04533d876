import { describe, expect, it } from '@jest/globals';
import { type Claims, readClaims, subjectForms } from '../../src/credentials/claims.js';
import { explainRefusal } from '../../src/credentials/refusals.js';
import type { AwsProblem } from '../../src/model/problem.js';
import { pullRequestClaims, tokenOf } from '../support/token-service.js';

const claims = (parts: Partial<Claims> = {}): Claims => ({
  subject: 'repo:o/r:pull_request',
  audience: 'sts.amazonaws.com',
  issuer: 'https://issuer.example',
  repositoryId: '2',
  ownerId: '1',
  issuedAt: 1000,
  ...parts,
});

describe('the claims of a token', () => {
  it('are read', () => {
    expect(readClaims(tokenOf({ ...pullRequestClaims, aud: 'me', iat: 5 }))).toEqual({
      subject: 'repo:owner@4567/app-7@700100200:pull_request',
      audience: 'me',
      issuer: 'https://token.actions.githubusercontent.com',
      repositoryId: '700100200',
      ownerId: '4567',
      issuedAt: 5,
    });
  });

  it.each(['', 'a.b.c', 'no token', `x.${Buffer.from('null').toString('base64url')}.y`, '..'])(
    'of %j are unknown',
    (token) => {
      expect(Object.values(readClaims(token)).filter((value) => value !== undefined)).toEqual([]);
    },
  );
});

describe('both forms of a subject', () => {
  it.each([
    ['repo:o/r:pull_request', 'repo:o/r:pull_request', 'repo:o@1/r@2:pull_request'],
    ['repo:o@7/r@8:ref:refs/heads/a', 'repo:o/r:ref:refs/heads/a', 'repo:o@7/r@8:ref:refs/heads/a'],
    ['repo:o/r:environment:live%3A1', 'repo:o/r:environment:live%3A1', 'repo:o@1/r@2:environment:live%3A1'],
  ])('of %s', (subject, withoutIds, withIds) => {
    expect(subjectForms(claims({ subject }))).toEqual({ withoutIds, withIds });
  });

  it('of an older repository whose ids are unknown', () => {
    const forms = subjectForms(claims({ ownerId: undefined, repositoryId: undefined }));
    expect(forms).toEqual({ withoutIds: 'repo:o/r:pull_request', withIds: undefined });
  });

  it.each(['repository_id:2', 'repo:o:ref:x', 'anything', ''])('do not exist for %j', (subject) => {
    expect(subjectForms(claims({ subject }))).toBeUndefined();
  });
});

describe('a refusal', () => {
  const problem = (awsCode: string): AwsProblem => ({
    kind: 'unknown',
    code: 'aws-error',
    awsCode,
    action: 'sts:AssumeRoleWithWebIdentity',
    message: 'As classified.',
    remedy: 'Look it up.',
  });
  const explained = (awsCode: string, said = '', parts: Partial<Claims> = {}, clockDifference?: number) =>
    explainRefusal(problem(awsCode), said, {
      role: 'arn:aws:iam::123456789012:role/a',
      region: 'us-east-2',
      duration: 3600,
      claims: claims(parts),
      clockDifference,
    });

  it.each([
    ['AccessDenied', '', 'role-not-trusted'],
    ['AccessDeniedException', '', 'role-not-trusted'],
    ['InvalidIdentityToken', 'Incorrect token audience', 'audience-rejected'],
    [
      'InvalidIdentityTokenException',
      'No OpenIDConnect provider found in your account for x',
      'identity-provider-missing',
    ],
    [
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
      'id-token-rejected',
    ],
    ['InvalidIdentityToken', 'Provided Token is not valid before 1700000000', 'clock-skew'],
    ['InvalidIdentityToken', 'something new', 'id-token-rejected'],
    [
      'ExpiredTokenException',
      'Token expired: current date/time 2 must be before the expiration date/time 1',
      'clock-skew',
    ],
    ['SignatureDoesNotMatch', 'Signature expired', 'clock-skew'],
    ['IDPRejectedClaim', '', 'id-token-rejected'],
    ['IDPCommunicationError', '', 'identity-provider-unreachable'],
    ['RegionDisabledException', '', 'sts-region-disabled'],
    [
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      'session-too-long',
    ],
    ['ValidationError', '1 validation error detected', 'aws-error'],
    ['Throttling', 'Rate exceeded', 'aws-error'],
  ])('%s: %s is %s', (awsCode, said, code) => {
    expect(explained(awsCode, said).code).toBe(code);
  });

  it.each([
    [7500, 'The clock of https://issuer.example is 2 h 5 min behind that of AWS.'],
    [-300, 'The clock of https://issuer.example is 5 min ahead of that of AWS.'],
    [90, 'The clock of https://issuer.example is 90 s behind that of AWS.'],
  ])('for its time says by how much clocks differ: %i s', (difference, text) => {
    expect(explained('ExpiredTokenException', '', {}, difference).message).toContain(text);
  });

  it('shows a customized subject alone', () => {
    const { message, remedy } = explained('AccessDenied', '', { subject: 'repository_id:2' });
    expect(message).toContain('the sub `repository_id:2`');
    expect(remedy).toMatch(/the two forms are `repository_id:2`\.$/);
  });
});
