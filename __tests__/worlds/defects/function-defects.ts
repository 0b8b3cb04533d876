import type { Draft } from '../draft.js';
import { type Defect, forEach } from './defect.js';

const MASTER = 'arn:aws:lambda:us-east-1:123456789012:function:edge:1';
const PROVIDER = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:pool';

/** A function gets members that AWS shows and moto does not keep. */
function shows(rule: string, name: string, members: Draft['functions'][number]['members']): Defect {
  return {
    name,
    rule,
    touches: ['state'],
    inject: ({ functions, random }) => {
      const fn = random.pick(functions);
      Object.assign(fn.members, members);
      return forEach([fn], rule, () => fn.name);
    },
  };
}

/** What may be wrong with a function and its role. */
export const functionDefects: readonly Defect[] = [
  shows('function-network-elsewhere', 'the function is a replica at the edge', { MasterArn: MASTER }),
  shows('function-network-elsewhere', 'the function runs on managed instances', {
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: PROVIDER },
    },
  }),
  shows('function-failed', 'the function has failed', {
    State: 'Failed',
    StateReasonCode: 'DisabledKMSKey',
    StateReason: 'The key is disabled.',
  }),
  {
    name: 'the role lacks the policy, and nobody may attach it',
    rule: 'execution-role-policy',
    touches: ['role'],
    inject: ({ aims, functions, random, roles }) => {
      const chosen = roles.find(({ key }) => key === random.pick(functions).role);
      if (chosen === undefined) return undefined;
      chosen.attached = false;
      aims.more['iam-policy'] = 'verify';
      const lacking = roles.filter(({ attached }) => !attached).map(({ key }) => key);
      const found = functions.filter(({ role }) => lacking.includes(role));
      return forEach(found, 'execution-role-policy', ({ role }) => role);
    },
  },
];
