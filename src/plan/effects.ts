import type { Call } from '../aws/call.js';
import { restrictionIn } from '../iam/endpoint-policy.js';
import type { Change } from '../model/plan.js';

/** What a change to an endpoint does to others in the VPC. */
export type Effect = 'redirect' | 'drop' | 'narrow';

/** Each effect, completing "It …". A request through an endpoint has no `aws:SourceIp` (IAM, global condition keys). */
export const effectTexts: Readonly<Record<Effect, string>> = {
  redirect: 'redirects the name of the service for every workload in the VPC to this endpoint',
  drop: 'drops open connections to the service from every subnet on the route tables, whose requests then match no `aws:SourceIp` condition; it does not lead to the service in other regions',
  narrow: 'changes what everyone in the VPC may do through this endpoint',
};

function effectsOfCall({ action, input }: Call): Effect[] {
  if (action === 'ec2:CreateVpcEndpoint') {
    if (input.VpcEndpointType === 'Gateway') return ['drop'];
    return input.PrivateDnsEnabled === true ? ['redirect'] : [];
  }
  if (action !== 'ec2:ModifyVpcEndpoint') return [];
  const policy = typeof input.PolicyDocument === 'string' ? restrictionIn(input.PolicyDocument) : undefined;
  return [
    ...(input.PrivateDnsEnabled === true ? (['redirect'] as const) : []),
    ...((input.AddRouteTableIds ?? []).length > 0 ? (['drop'] as const) : []),
    ...(policy === undefined ? [] : (['narrow'] as const)),
  ];
}

/** What a change does to others, told from the calls it would send. */
export function effectsOf({ calls }: Pick<Change, 'calls'>): Effect[] {
  return calls.flatMap(effectsOfCall);
}

/** Whether a plan makes an endpoint that takes over the name of a service. */
export function takesName(changes: readonly Pick<Change, 'calls'>[]): boolean {
  return changes.some((change) => effectsOf(change).includes('redirect'));
}
