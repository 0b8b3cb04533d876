import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

describe('a policy that cannot be looked for', () => {
  const unread: readonly [string, string, string][] = [
    ['iam-policy', 'managed', 'iam:ListAttachedRolePolicies'],
    ['iam-policy', 'inline', 'iam:GetRolePolicy'],
    ['harden-role', 'true', 'iam:GetRolePolicy'],
  ];

  it.each(unread)(
    'stops a first connection with %s: %s, before anything is made',
    async (name, word, read) => {
      await caseWorld(bed);
      bed.proxy.inject(deny(read));
      const { outputs, annotations } = await step(bed, { ...caseInputs, [name]: word });
      const errors = annotations.filter(({ level }) => level === 'error');
      expect(outputs.outcome).toBe('blocked');
      expect(errors.map(({ message }) => message).join()).toMatch(
        new RegExp(`Allow ${read} on .* Or ${word === 'true' ? 'remove' : 'set'} `),
      );
      expect(writes(bed.proxy.calls)).toEqual([]);
    },
  );

  it.each(unread)('is not taken for one that is there, with %s: %s', async (name, word, read) => {
    await caseWorld(bed);
    const inputs = { ...caseInputs, [name]: word };
    await step(bed, inputs);
    bed.proxy.inject(deny(read));
    const { outputs, annotations } = await step(bed, inputs);
    expect(annotations.map(({ message }) => message).join()).toContain(read);
    // Where the function is shows that Lambda accepts its role; of the rest nothing does.
    expect(outputs.outcome).toBe(word === 'managed' ? 'unchanged' : 'blocked');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});

describe('a role that does not exist', () => {
  it('stops the move even where its policies are none of our business', async () => {
    await caseWorld(bed);
    bed.proxy.inject({
      when: { action: 'iam:GetRole' },
      times: Number.POSITIVE_INFINITY,
      do: { kind: 'error', code: 'NoSuchEntity', message: 'The role cannot be found.', status: 404 },
    });
    const { outputs, annotations } = await step(bed, { ...caseInputs, 'iam-policy': 'none' });
    expect(outputs.outcome).toBe('blocked');
    expect(annotations.map(({ message }) => message).join()).toContain(
      'Execution role app-7-lambda-role of function app-7 does not exist.',
    );
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});
