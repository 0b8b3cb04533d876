import { type Call, isRef } from '../aws/call.js';
import type { Change } from '../model/plan.js';
import type { Opening } from '../network/opens.js';
import { type AddedRules, foreignInterfaces, judgeOthers, type Place } from '../resolve/others.js';
import type { SharedTarget } from '../resolve/target.js';
import { routeTableOf } from '../resources/route-table.js';
import { counted, listed, someOf, sortedSet, without } from '../text/words.js';
import { type Effect, effectsOf, effectTexts } from './effects.js';
import { wantedIngress } from './wanted-rules.js';

/** Stands for the group of the endpoints where it does not exist yet. */
const NEW_GROUP = 'new';

/** The rules that this run makes sure of on the group of the endpoints; a peer that does not exist yet is no other's. */
function addedRules(target: SharedTarget): AddedRules {
  const ingress = wantedIngress(target).flatMap(({ peer, ...rule }) =>
    isRef(peer.value) ? [] : [{ ...rule, peer: { ...peer, value: peer.value } }],
  );
  return { groupId: target.groups.endpointsGroup?.id ?? NEW_GROUP, ingress };
}

const known = (ids: readonly unknown[] | undefined): string[] =>
  (ids ?? []).map((id) => (typeof id === 'string' ? id : NEW_GROUP));

/** Where the endpoint of a call will be; undefined for a call that makes or changes none with interfaces. */
function placeOf({ action, input }: Call, { observed }: SharedTarget): Place | undefined {
  if (action === 'ec2:CreateVpcEndpoint' && input.VpcEndpointType === 'Interface') {
    return { subnetIds: known(input.SubnetIds), groupIds: known(input.SecurityGroupIds) };
  }
  if (action !== 'ec2:ModifyVpcEndpoint') return undefined;
  const endpoint = observed.endpoints.find(({ id }) => id === input.VpcEndpointId);
  if (endpoint?.type !== 'Interface') return undefined;
  return {
    subnetIds: [...endpoint.subnetIds, ...known(input.AddSubnetIds)],
    groupIds: [...endpoint.groupIds, ...known(input.AddSecurityGroupIds)],
  };
}

/** "1 would be refused (eni-1) and 2 are served (eni-2 and eni-3)". */
function verdictsText({ refused, open, unknown }: Readonly<Record<Opening, readonly string[]>>): string {
  const part = (ids: readonly string[], one: string, many: string): string[] =>
    ids.length === 0 ? [] : [`${ids.length} ${ids.length === 1 ? one : many} (${someOf(ids)})`];
  return listed([
    ...part(refused, 'would be refused', 'would be refused'),
    ...part(open, 'is served', 'are served'),
    ...part(unknown, 'is unknown', 'are unknown'),
  ]);
}

/** What becomes of the others when a service's name leads to the endpoint. */
function othersText(call: Call, target: SharedTarget): string | undefined {
  const { interfaces } = target.observed;
  const place = placeOf(call, target);
  if (place === undefined || interfaces === undefined || !interfaces.ok) return undefined;
  const others = foreignInterfaces(interfaces.value, target);
  if (others.length === 0) return undefined;
  const verdicts = judgeOthers(place, others, target, addedRules(target));
  const count = counted(others.length, 'other network interface');
  return `of ${count} in ${target.vpc.id}, ${verdictsText(verdicts)}`;
}

function addedTables({ action, input }: Call): string[] {
  if (action === 'ec2:CreateVpcEndpoint') return known(input.RouteTableIds);
  return action === 'ec2:ModifyVpcEndpoint' ? known(input.AddRouteTableIds) : [];
}

/** Which subnets besides the functions' get the route. */
function subnetsText(call: Call, { observed, subnets, vpc }: SharedTarget): string | undefined {
  const tables = addedTables(call);
  const served = observed.subnets.filter(
    ({ id, vpcId }) => vpcId === vpc.id && tables.includes(routeTableOf(id, observed.routeTables)?.id ?? ''),
  );
  const others = without(
    served.map(({ id }) => id),
    subnets.map(({ id }) => id),
  );
  if (others.length === 0) return undefined;
  return `${counted(others.length, 'other subnet')} on these tables: ${someOf(sortedSet(others))}`;
}

/** One effect of a change on others. */
export interface Impact {
  readonly effect: Effect;
  /** The effect with whom it meets, by counts and ids. */
  readonly text: string;
  /** Whether the text says already who else is in the VPC. */
  readonly namesOthers: boolean;
}

function impactOf(effect: Effect, calls: readonly Call[], target: SharedTarget): Impact {
  const meets = effect === 'drop' ? subnetsText : othersText;
  const details = calls.map((call) => meets(call, target)).filter((text) => text !== undefined);
  const text = [effectTexts[effect], ...details].join('; ');
  return { effect, text, namesOthers: effect !== 'drop' && details.length > 0 };
}

/** The effects of changes on others, by the change's id; empty for a change that meets nobody else. */
export type Impacts = ReadonlyMap<string, readonly Impact[]>;

/** Tells whom else the changes touch. */
export function impactsOf(changes: readonly Change[], target: SharedTarget): Impacts {
  return new Map(
    changes.map((change) => [
      change.id,
      effectsOf(change).map((effect) => impactOf(effect, change.calls, target)),
    ]),
  );
}

/** The changes with whom else they touch. */
export function withBlast(changes: readonly Change[], impacts: Impacts): Change[] {
  return changes.map((change) => {
    const effects = (impacts.get(change.id) ?? []).map(({ text }) => text);
    const all = [...(change.disruption === undefined ? [] : [change.disruption]), ...effects];
    return effects.length === 0 ? change : { ...change, disruption: all.join('; it ') };
  });
}
