import { describe, expect, it } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed();

const canaries = {
  environment: 'canary-of-the-environment-1f7a',
  code: 'https://canary-of-the-code.example/?X-Amz-Signature=9c2b',
  key: 'canary-of-the-secret-key-33d1',
  session: 'canary-of-the-session-token-77e0',
  github: 'canary-of-the-github-token-51aa',
};

const env = {
  RUNNER_DEBUG: '1',
  AWS_SECRET_ACCESS_KEY: canaries.key,
  AWS_SESSION_TOKEN: canaries.session,
  GITHUB_TOKEN: canaries.github,
};

describe('secrets', () => {
  it('are in nothing that a run writes', async () => {
    await caseWorld(bed, { PASSWORD: canaries.environment });
    bed.proxy.setOptions({
      canaries: { environment: { API_KEY: canaries.environment }, codeLocation: canaries.code },
    });
    for (const dryRun of ['true', 'false']) {
      const { everything, outputs } = await step(bed, { ...caseInputs, 'dry-run': dryRun }, { env });
      expect(outputs.outcome).toBe(dryRun === 'true' ? 'planned' : 'changed');
      expect(Object.values(canaries).filter((canary) => everything.includes(canary))).toEqual([]);
    }
  });

  it('are taken out of messages that hold them', async () => {
    await caseWorld(bed);
    const message = `token ${canaries.session} signed with ${canaries.key} for ${canaries.github}`;
    const fault = { kind: 'error' as const, code: 'InvalidParameterValue', message, status: 400 };
    bed.proxy.inject({ when: { action: 'ec2:CreateSecurityGroup' }, times: 2, do: fault });
    const { everything, outputs } = await step(bed, caseInputs, { env });
    expect(outputs.outcome).toBe('partial');
    expect(everything).toContain('token *** signed with *** for ***');
    expect(Object.values(canaries).filter((canary) => everything.includes(canary))).toEqual([]);
  });
});
