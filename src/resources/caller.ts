import type { Aws } from '../aws/call.js';
import type { Caller } from '../model/observed.js';

/** Reads who the run acts as; needs no permission. */
export async function readCaller(aws: Aws): Promise<Caller> {
  const answer = await aws.send('sts:GetCallerIdentity', {});
  return { accountId: answer.Account ?? '', arn: answer.Arn ?? '' };
}
