import type { Effect, FaultMaker } from './faults.js';
import { isRecord, recordsOf, textsOf } from './input.js';
import { decision } from './policies.js';
import type { AwsRequest } from './request.js';

/**
 * The caller has these policies and no others: every call whose action they do not allow is refused in the service's
 * own words. Resources and conditions are not judged. What AWS asks for beside the action itself is asked for here
 * too: `ec2:CreateTags` for tags given at creation, and the reads that Lambda makes in the caller's name.
 */
export function allowOnly(...documents: readonly string[]): FaultMaker {
  const allowed = (action: string): boolean => decision(documents, action) === 'allowed';
  return () => (request) => {
    if (freeActions.includes(request.action)) return undefined;
    if (!allowed(request.action)) return { kind: 'deny' };
    if (tagsAtCreation(request) && !allowed('ec2:CreateTags')) return { kind: 'deny', as: 'ec2:CreateTags' };
    const read = readsOfLambda(request).find((action) => !allowed(action));
    return read === undefined ? undefined : deniedByEc2(request, read);
  };
}

/** Calls that need no permission. */
const freeActions = ['sts:GetCallerIdentity', 'sts:AssumeRoleWithWebIdentity'];

function tagsAtCreation({ service, input }: AwsRequest): boolean {
  return service === 'ec2' && recordsOf(input, 'TagSpecification').length > 0;
}

function readsOfLambda({ action, input }: AwsRequest): string[] {
  const config = action === 'lambda:UpdateFunctionConfiguration' ? input.VpcConfig : undefined;
  if (!isRecord(config) || textsOf(config, 'SubnetIds').length === 0) return [];
  return ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'];
}

function deniedByEc2({ input }: AwsRequest, read: string): Effect {
  const [group = ''] = textsOf(input.VpcConfig, 'SecurityGroupIds');
  const operation = read.slice('ec2:'.length);
  const need = `please make sure your request credentials have permission to ${operation} for ${group}`;
  const message = `Your access has been denied by EC2, ${need}. EC2 Error Code: UnauthorizedOperation.`;
  return { kind: 'error', code: 'AccessDeniedException', message, status: 403 };
}
