import { describe, expect, it } from '@jest/globals';
import type { StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import { pullRequest, roles, withOidc } from './oidc-stage.js';
import { caseInputs, step } from './steps.js';

const bed = withTestBed();
const stage = withOidc(bed);

const assumed = () => bed.proxy.calls.filter(({ action }) => action === 'sts:AssumeRoleWithWebIdentity');
const lines = ({ stdout }: StepResult): string[] =>
  stdout.split('\n').filter((line) => !/^::(debug|add-mask)::/.test(line));
const warnings = ({ annotations }: StepResult): (string | undefined)[] =>
  annotations.filter(({ level }) => level === 'warning').map(({ properties }) => properties.title);

describe('with a role', () => {
  it('a run that writes assumes the role for it, once for all clients', async () => {
    const result = await stage.run();
    expect(result.outputs.outcome).toBe('changed');
    expect(assumed().map(({ input }) => input)).toEqual([
      {
        RoleArn: roles.apply,
        RoleSessionName: 'vpc-lambda-action-900800700-1-owner-app-7',
        DurationSeconds: '3600',
        WebIdentityToken: stage.tokens.tokens[0],
      },
    ]);
    expect(stage.tokens.audiences).toEqual(['sts.amazonaws.com']);
  });

  it('the first lines of the log say who acts, by what, in which account', async () => {
    expect(lines(await stage.run()).slice(0, 3)).toEqual([
      'This run writes, because it is a push to the default branch main.',
      'Credentials: GitHub OIDC, role lambda-network-apply of account 123456789012, session vpc-lambda-action-900800700-1-owner-app-7.',
      'Account 123456789012, acting as assumed-role/lambda-network-apply/vpc-lambda-action-900800700-1-owner-app-7.',
    ]);
  });

  it('a dry run assumes the role for plans, and warns of nothing', async () => {
    const result = await stage.run({}, { event: pullRequest });
    expect(result.outputs.outcome).toBe('planned');
    expect(assumed().map(({ input }) => input.RoleArn)).toEqual([roles.plan]);
    expect(warnings(result)).not.toContain('one-role-for-both');
  });

  it('a dry run on a pull request with the role that writes is a warning', async () => {
    const result = await stage.run({ 'plan-role-to-assume': '' }, { event: pullRequest });
    expect(result.outputs.outcome).toBe('planned');
    expect(assumed().map(({ input }) => input.RoleArn)).toEqual([roles.apply]);
    expect(warnings(result)).toContain('one-role-for-both');
  });

  it('the inputs of the session are sent', async () => {
    bed.proxy.setOptions({ federation: undefined });
    const { outputs } = await stage.run({
      'dry-run': 'true',
      'role-session-name': 'deploy@app-7',
      'role-duration-seconds': '900',
      audience: 'my-audience',
    });
    expect(outputs.outcome).toBe('planned');
    expect(assumed()[0]?.input).toMatchObject({ RoleSessionName: 'deploy@app-7', DurationSeconds: '900' });
    expect(stage.tokens.audiences).toEqual(['my-audience']);
  });

  it('credentials of the job are not used', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-job' };
    const result = await stage.run({ 'dry-run': 'true' }, { env });
    expect(result.stdout).toContain('acting as assumed-role/lambda-network-plan/');
  });

  it('an account that is not allowed is told before anything is asked', async () => {
    const { annotations, outputs } = await stage.run({ 'allowed-account-ids': '210987654321' });
    expect(outputs.outcome).toBe('failed');
    expect(annotations.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'The credentials are of account 123456789012, which allowed-account-ids does not list. Use credentials of an allowed account, or add the id to `allowed-account-ids`.',
    ]);
    expect(stage.tokens.audiences).toEqual([]);
    expect(bed.proxy.calls).toEqual([]);
  });
});

describe('a session that ends in mid-run', () => {
  it('is followed by another one, made with a new token', async () => {
    // Renewed when five minutes are left: one second after it was made. Nine looks at the endpoints take longer.
    bed.proxy.setOptions({ sessionSeconds: [301], endpointPendingPolls: 3 });
    const { outputs } = await stage.run();
    expect(outputs.outcome).toBe('changed');
    expect(assumed()).toHaveLength(2);
    const [first, second] = assumed().map(({ input }) => input.WebIdentityToken);
    expect(first).not.toBe(second);
    expect(stage.tokens.tokens).toEqual([first, second]);
  });

  it('is over for AWS, and the run still ends well', async () => {
    bed.proxy.setOptions({ sessionSeconds: [3], endpointPendingPolls: 3 });
    const { outputs } = await stage.run();
    expect(outputs.outcome).toBe('changed');
    expect(assumed().length).toBeGreaterThan(1);
    expect(bed.proxy.calls.filter(({ errorCode }) => /Expired/.test(errorCode))).toEqual([]);
  });

  it('that cannot be renewed is used to its end', async () => {
    bed.proxy.setOptions({ sessionSeconds: [301], endpointPendingPolls: 3 });
    const refused = { kind: 'error', code: 'AccessDenied', message: 'Not authorized', status: 403 } as const;
    bed.proxy.inject({
      when: { action: 'sts:AssumeRoleWithWebIdentity', nth: 2 },
      times: 100,
      do: refused,
    });
    const { outputs } = await stage.run();
    expect(outputs.outcome).toBe('changed');
    expect(assumed()).toHaveLength(2);
  });

  it('and is over without a new one leaves the rest to a rerun', async () => {
    bed.proxy.setOptions({ sessionSeconds: Array<number>(50).fill(4), endpointPendingPolls: 8 });
    bed.proxy.inject({
      when: {
        action: 'sts:AssumeRoleWithWebIdentity',
        predicate: () => bed.proxy.calls.some(({ action }) => action === 'ec2:CreateVpcEndpoint'),
      },
      times: 100,
      do: { kind: 'error', code: 'AccessDenied', message: 'Not authorized', status: 403 },
    });
    const { outputs, annotations } = await stage.run();
    expect(outputs.outcome).toBe('partial');
    expect(annotations.map(({ properties }) => properties.title)).toContain('role-not-trusted');
  });
});

describe('secrets of a session', () => {
  it('are masked, and in nothing that a run writes', async () => {
    const { everything, stdout, outputs } = await stage.run({}, { env: { RUNNER_DEBUG: '1' } });
    expect(outputs.outcome).toBe('changed');
    const masked = [...stdout.matchAll(/^::add-mask::(.*)$/gm)].map(([, secret = '']) => secret);
    // The token, and the three parts of the credentials.
    expect(masked).toHaveLength(4);
    expect(masked).toContain(stage.tokens.tokens[0]);
    const written = everything.replace(/^::add-mask::.*$/gm, '');
    expect([...masked, stage.tokens.bearer].filter((secret) => written.includes(secret))).toEqual([]);
  });

  it('are taken out of what AWS says', async () => {
    const told: string[] = [];
    bed.proxy.inject(() => ({ action }) => {
      if (action !== 'ec2:CreateSecurityGroup') return undefined;
      const token = stage.tokens.tokens[0] ?? '';
      told.push(token);
      return { kind: 'error', code: 'InvalidParameterValue', message: `${token} refused` };
    });
    const { everything } = await stage.run();
    expect(told.length).toBeGreaterThan(0);
    const written = everything.replace(/^::add-mask::.*$/gm, '');
    expect(written).toContain('*** refused');
    expect(written).not.toContain(told[0]);
  });
});

describe('without a role', () => {
  it('the log names the credentials of the job', async () => {
    const log = lines(await step(bed, { ...caseInputs, 'dry-run': 'true' }));
    expect(log.slice(0, 3)).toEqual([
      'This is a dry run, because dry-run is true.',
      'Credentials: environment variables.',
      expect.stringMatching(/^Account 123456789012, acting as user\/moto\.$/),
    ]);
  });

  it('an empty role beside one for plans stops a run that writes', async () => {
    const result = await stage.run(
      { 'role-to-assume': '' },
      {
        env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-job' },
      },
    );
    expect(result.outputs.outcome).toBe('failed');
    expect(result.annotations.map(({ message }) => message)).toEqual([
      'Input role-to-assume is empty, but this run writes, and plan-role-to-assume is for dry runs. Set `role-to-assume`; if it is a variable or secret, check that it exists for this event and environment.',
    ]);
    expect(bed.proxy.calls).toEqual([]);
  });
});
