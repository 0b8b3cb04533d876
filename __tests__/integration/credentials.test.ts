import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed();
const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

describe('ambient credentials', () => {
  it('that are missing are told once, with the next step', async () => {
    const { annotations, exitCode, outputs } = await step(bed, caseInputs, { env: none });
    const errors = annotations.filter(({ level }) => level === 'error');
    expect(errors.map(({ properties }) => properties.title)).toEqual(['credentials-missing']);
    expect(errors[0]?.message).toContain('aws-actions/configure-aws-credentials');
    expect(exitCode).toBe(1);
    expect(outputs.outcome).toBe('failed');
  });

  it('of a profile are used', async () => {
    await caseWorld(bed);
    const file = join(mkdtempSync(join(tmpdir(), 'credentials-')), 'credentials');
    writeFileSync(
      file,
      '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = example\n',
    );
    const env = { ...none, AWS_SHARED_CREDENTIALS_FILE: file };
    const { outputs } = await step(bed, { ...caseInputs, 'dry-run': 'true' }, { env });
    expect(outputs.outcome).toBe('planned');
  });

  it('of a web-identity token file are used', async () => {
    await caseWorld(bed);
    const file = join(mkdtempSync(join(tmpdir(), 'token-')), 'token');
    writeFileSync(file, 'a.b.c');
    const role = 'arn:aws:iam::123456789012:role/lambda-network';
    const env = { ...none, AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role };
    const { outputs } = await step(bed, { ...caseInputs, 'dry-run': 'true' }, { env });
    expect(outputs.outcome).toBe('planned');
  });
});
