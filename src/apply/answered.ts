import type { Action } from '../aws/call.js';
import { isUpdating, toLambdaFunction } from '../resources/function.js';
import { toVpcEndpoint } from '../resources/vpc-endpoint.js';

/**
 * The error inside an answer of success: DeleteVpcEndpoints lists what it could not delete (domain.md row 90).
 * What is not there any more is as it should be.
 */
export function refusalIn(action: Action, answer: object): Error | undefined {
  if (action !== 'ec2:DeleteVpcEndpoints' || !('Unsuccessful' in answer)) return undefined;
  const items: readonly { Error?: { Code?: string; Message?: string } }[] = Object(answer.Unsuccessful ?? []);
  const refused = [...items].find(({ Error: error }) => !/NotFound/.test(error?.Code ?? ''))?.Error;
  return refused && Object.assign(new Error(refused.Message ?? ''), { name: refused.Code ?? 'unknown' });
}

/** Whether a write's own answer says that the thing is live already, so that nothing is left to wait for. */
export function isAnsweredSettled(action: Action, answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  if (action === 'ec2:CreateVpcEndpoint' && 'VpcEndpoint' in answer) {
    return toVpcEndpoint(Object(answer.VpcEndpoint)).state === 'available';
  }
  if (action === 'lambda:UpdateFunctionConfiguration') {
    return (
      'LastUpdateStatus' in answer &&
      answer.LastUpdateStatus === 'Successful' &&
      !isUpdating(toLambdaFunction(Object(answer)))
    );
  }
  return false;
}
