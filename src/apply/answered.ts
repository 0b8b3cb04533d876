import type { Action } from '../aws/call.js';
import { isUpdating, toLambdaFunction } from '../resources/function.js';
import { toVpcEndpoint } from '../resources/vpc-endpoint.js';

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
