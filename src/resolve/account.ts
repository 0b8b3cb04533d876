import { parseArn } from '../aws/partitions.js';
import type { Caller, LambdaFunction } from '../model/observed.js';
import type { Problem } from '../model/problem.js';

/** Whether an account may be touched; without a list, every one may. */
export function accountNotAllowed(accountId: string, allowed: readonly string[] | undefined): Problem[] {
  if (allowed === undefined || allowed.includes(accountId)) return [];
  return [
    {
      code: 'account-not-allowed',
      message: `The credentials are of account ${accountId}, which allowed-account-ids does not list.`,
      remedy: 'Use credentials of an allowed account, or add the id to `allowed-account-ids`.',
    },
  ];
}

/** Whether the run acts in an account it may touch, and in that of the functions. */
export function accountProblems(
  caller: Caller,
  lambdas: readonly LambdaFunction[],
  allowed: readonly string[] | undefined,
): Problem[] {
  const refused = accountNotAllowed(caller.accountId, allowed);
  if (refused.length > 0) return refused;
  return lambdas.flatMap((lambda) => {
    const owner = parseArn(lambda.arn).accountId;
    if (owner === '' || owner === caller.accountId) return [];
    return [
      {
        code: 'function-of-other-account',
        message: `Function ${lambda.name} is of account ${owner}, but the credentials are of ${caller.accountId}.`,
        remedy: `Use credentials of account ${owner}.`,
      },
    ];
  });
}
