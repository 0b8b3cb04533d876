import type { Context } from '../context.js';
import { textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { pages, type Row, type Verdict } from './row.js';

/** Giving an execution role more permissions. */
export const roleRows: readonly Row[] = [
  {
    id: 'policies-per-role',
    actions: ['iam:AttachRolePolicy'],
    row: 7,
    docs: pages.iamQuotas,
    wording: 'seen',
    refuse: async ({ input }, { state }) => {
      const attached: string[] = await state.attachedPolicies(textOf(input, 'RoleName')).catch(() => []);
      if (attached.length < 10 || attached.includes(textOf(input, 'PolicyArn'))) return undefined;
      return { code: 'LimitExceeded', message: 'Cannot exceed quota for PoliciesPerRole: 10', status: 409 };
    },
  },
  {
    id: 'inline-policy-size',
    actions: ['iam:PutRolePolicy'],
    row: 7,
    docs: pages.iamQuotas,
    wording: 'seen',
    refuse: ({ input }) => {
      if (textOf(input, 'PolicyDocument').replace(/\s/g, '').length <= 10_240) return undefined;
      const message = `Maximum policy size of 10240 bytes exceeded for role ${textOf(input, 'RoleName')}`;
      return { code: 'LimitExceeded', message, status: 409 };
    },
  },
  {
    id: 'service-linked-role',
    actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePolicy'],
    row: 9,
    docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html',
    wording: 'seen',
    refuse: protectedRole,
  },
];

async function protectedRole({ input }: AwsRequest, { state }: Context): Promise<Verdict> {
  const RoleName = textOf(input, 'RoleName');
  const found = await state.clients.iam.getRole({ RoleName }).catch(() => undefined);
  if (!found?.Role?.Path?.startsWith('/aws-service-role/')) return undefined;
  const message = `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`;
  return { code: 'UnmodifiableEntity', message };
}
