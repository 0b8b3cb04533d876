import type { RouteTable, Subnet } from '../model/observed.js';
import { compareText } from '../text/order.js';
import type { WantedService } from './services.js';
import type { SharedTarget, Target } from './target.js';

function byId<T extends Subnet | RouteTable>(lists: readonly (readonly T[])[]): T[] {
  return [...new Map(lists.flat().map((thing) => [thing.id, thing])).values()];
}

function byName(services: readonly WantedService[]): WantedService[] {
  const each = new Map(services.map((service) => [`${service.serviceName} ${service.type}`, service]));
  return [...each.values()].sort((one, other) => compareText(one.word, other.word));
}

const byZone = (one: Subnet, other: Subnet): number =>
  compareText(one.zone, other.zone) || compareText(one.id, other.id);

/** Tells each function which of them have the same execution role. */
export function withSameRole(targets: readonly [Target, ...Target[]]): [Target, ...Target[]] {
  const lambdas = targets.map(({ observed }) => observed.lambda);
  const told = (target: Target): Target => ({
    ...target,
    sameRole: lambdas.filter(({ roleArn }) => roleArn === target.observed.lambda.roleArn),
  });
  const [first, ...others] = targets;
  return [told(first), ...others.map(told)];
}

/**
 * What several functions share: the subnets and route tables of all of them. Of their groups besides the
 * managed one only those that all wear count, because what admits one function has to admit the others.
 */
export function sharedTarget(targets: readonly [Target, ...Target[]]): SharedTarget {
  const [first] = targets;
  if (targets.length === 1) return first;
  const common = first.groups.otherIds.filter((id) =>
    targets.every(({ groups }) => groups.otherIds.includes(id)),
  );
  return {
    ...first,
    lambdas: targets.flatMap(({ lambdas }) => lambdas),
    // What one function's role shows to be needed, all of them may use.
    services: byName(targets.flatMap(({ services }) => services)),
    subnets: byId(targets.map(({ subnets }) => subnets)).sort(byZone),
    endpointSubnets: byId(targets.map(({ endpointSubnets }) => endpointSubnets)).sort(byZone),
    routeTables: byId(targets.map(({ routeTables }) => routeTables)),
    groups: { ...first.groups, otherIds: common },
  };
}
