import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

const DENIAL = 'vpc-lambda-action-deny-us-east-2-app-7';
const hard = { ...caseInputs, 'harden-role': 'true' };

async function putPolicy(PolicyName: string, Effect: string): Promise<void> {
  const Statement = { Effect, Action: 'ec2:*', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await bed.direct.iam.putRolePolicy({ RoleName: 'app-7-lambda-role', PolicyName, PolicyDocument });
}

describe('a denial that somebody changed, so that it denies Lambda as well', () => {
  it.each(['managed', 'inline', 'verify'])(
    'is put right before the move with iam-policy: %s',
    async (policy) => {
      await caseWorld(bed);
      if (policy === 'verify') await putPolicy('network', 'Allow');
      await putPolicy(DENIAL, 'Deny');
      const plan = await step(bed, { ...hard, 'iam-policy': policy, 'dry-run': 'true' });
      const { outputs, stdout } = await step(bed, { ...hard, 'iam-policy': policy });
      expect(plan.outputs.outcome).toBe('planned');
      expect(outputs).toMatchObject({ outcome: 'changed', 'plan-digest': plan.outputs['plan-digest'] });
      expect(stdout).not.toContain('execution-role-denied');
      const done = writes(bed.proxy.calls).map(({ action }) => action);
      const move = done.indexOf('lambda:UpdateFunctionConfiguration');
      expect(done.slice(0, move)).toContain('iam:PutRolePolicy');
      expect((await step(bed, { ...hard, 'iam-policy': policy })).outputs.outcome).toBe('unchanged');
    },
  );

  it.each(['managed', 'inline'])(
    'does not hide from iam-policy: %s that another policy of the role allows it',
    async (policy) => {
      await caseWorld(bed);
      await putPolicy('network', 'Allow');
      await putPolicy(DENIAL, 'Deny');
      const plan = await step(bed, { ...hard, 'iam-policy': policy, 'dry-run': 'true' });
      const { outputs } = await step(bed, { ...hard, 'iam-policy': policy });
      expect(outputs).toMatchObject({ outcome: 'changed', 'plan-digest': plan.outputs['plan-digest'] });
      const ofRole = writes(bed.proxy.calls).filter(({ action }) => action.startsWith('iam:'));
      expect(ofRole.map(({ action }) => action)).toEqual(['iam:PutRolePolicy']);
    },
  );

  it('stops the move where it is not ours to put right', async () => {
    await caseWorld(bed);
    await putPolicy(DENIAL, 'Deny');
    const { outputs, stdout } = await step(bed);
    expect(outputs.outcome).toBe('blocked');
    expect(stdout).toContain('execution-role-denied');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});
