import { type EndpointZones, endpointHours } from '../cost/endpoint-hours.js';
import type { Change, Cost, HourlyPrice } from '../model/plan.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import { endpointChangeId } from './endpoint-parts.js';

/** Subnets, one for each zone, that a change puts an interface endpoint into. */
function addedSubnets(changes: readonly Change[], id: string): number {
  const calls = changes.find((change) => change.id === id)?.calls ?? [];
  return calls.reduce((sum, { action, input }) => {
    if (action === 'ec2:CreateVpcEndpoint') return sum + (input.SubnetIds ?? []).length;
    return action === 'ec2:ModifyVpcEndpoint' ? sum + (input.AddSubnetIds ?? []).length : sum;
  }, 0);
}

/** What the endpoints of a plan cost: those of others are not ours to count. */
export function planCost(
  uses: readonly EndpointUse[],
  changes: readonly Change[],
  price: HourlyPrice | undefined,
): Cost {
  const zones = uses.map((use): EndpointZones => {
    const present = use.how === 'ours' ? use.endpoint.subnetIds.length : 0;
    const added = addedSubnets(changes, endpointChangeId(use.service));
    return { type: use.service.type, present, added };
  });
  return { ...endpointHours(zones), price };
}

/** Of a plan without interface endpoints. */
export const NO_COST: Cost = planCost([], [], undefined);
