import { isRef } from '../aws/call.js';
import type { NetworkInterface } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import { readOf } from '../model/reading.js';
import { counted, sameSet } from '../text/words.js';
import { pages } from './pages.js';
import { isMoved, type SharedFacts, type SharedRule, type Verdict } from './rule.js';

/** Fewer free addresses than this are worth a look before more is put into a subnet. */
const FEW = 16;

/** Interfaces of Lambda in one VPC, by default ("Elastic network interfaces per VPC", Lambda quotas). */
const MOST_INTERFACES = 500;

const texts = (values: unknown): string[] =>
  Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];

const callsOf = (changes: readonly Change[]) => changes.flatMap(({ calls }) => calls);

/** Subnets that an interface endpoint is put in; each takes one address. */
function endpointPlaces(changes: readonly Change[]): string[] {
  return callsOf(changes).flatMap((call) => {
    if (call.action === 'ec2:CreateVpcEndpoint') return texts(call.input.SubnetIds);
    return call.action === 'ec2:ModifyVpcEndpoint' ? texts(call.input.AddSubnetIds) : [];
  });
}

function stands(subnetId: string, groups: readonly unknown[], interfaces: readonly NetworkInterface[]) {
  return interfaces.some(
    (found) =>
      found.type === 'lambda' && found.subnetId === subnetId && sameSet(found.groupIds, texts(groups)),
  );
}

/**
 * Subnets in which Lambda makes an interface: one for each pair of subnet and set of groups that it has none for,
 * however many functions and calls use it (Lambda developer guide, "Understanding Hyperplane ENIs").
 */
function functionPlaces(changes: readonly Change[], interfaces: readonly NetworkInterface[]): string[] {
  const pairs = new Map<string, string>();
  for (const call of callsOf(changes)) {
    if (call.action !== 'lambda:UpdateFunctionConfiguration') continue;
    const { SubnetIds, SecurityGroupIds: groups = [] } = call.input.VpcConfig ?? {};
    const isNew = groups.some(isRef);
    for (const subnetId of texts(SubnetIds)) {
      if (!isNew && stands(subnetId, groups, interfaces)) continue;
      pairs.set(JSON.stringify([subnetId, groups]), subnetId);
    }
  }
  return [...pairs.values()];
}

const interfacesOf = ({ target }: SharedFacts): readonly NetworkInterface[] =>
  readOf(target.observed.interfaces) ?? [];

const countOf = (all: readonly string[], one: string): number => all.filter((other) => other === one).length;

function judgeFree(facts: SharedFacts): Verdict[] {
  const { target, changes } = facts;
  const forEndpoints = endpointPlaces(changes);
  const forFunctions = functionPlaces(changes, interfacesOf(facts));
  return target.observed.subnets.flatMap(({ id, freeAddresses }) => {
    const [ends, own] = [countOf(forEndpoints, id), countOf(forFunctions, id)];
    const need = ends + own;
    if (need === 0 || freeAddresses >= Math.max(need, FEW)) return [];
    const isShort = freeAddresses < need;
    const what = [
      ...(ends > 0 ? [`${ends} for ${ends === 1 ? 'an endpoint' : 'endpoints'}`] : []),
      ...(own > 0 ? [`${own} for Lambda`] : []),
    ];
    return [
      {
        subject: id,
        severity: isShort ? ('error' as const) : ('warning' as const),
        message: `Subnet ${id} has ${counted(freeAddresses, 'free address', 'free addresses')}; this run needs ${need} there (${what.join(', ')}).`,
        remedy: isShort
          ? 'Choose a larger subnet in `subnets` or `endpoint-subnets`, or free addresses in this one.'
          : 'Choose a larger subnet before others in this one run out of addresses.',
      },
    ];
  });
}

function judgeInterfaces(facts: SharedFacts): Verdict[] {
  const { target, changes } = facts;
  const { interfaces } = target.observed;
  if (interfaces === undefined || !isMoved(changes)) return [];
  const subject = target.vpc.id;
  if (!interfaces.ok) {
    const { message, remedy } = interfaces.problem;
    const what = `How many interfaces Lambda has in ${subject} could not be read.`;
    return [{ subject, status: 'unknown', message: `${what} ${message}`, remedy }];
  }
  const present = interfaces.value.filter(({ type }) => type === 'lambda').length;
  const added = functionPlaces(changes, interfaces.value).length;
  if (added === 0 || present + added <= MOST_INTERFACES) return [];
  return [
    {
      subject,
      message: `Lambda has ${present} interfaces in ${subject} and needs ${added} more; the quota is ${MOST_INTERFACES} unless it was raised, and is shared with other services.`,
      remedy:
        'Let functions share one group with `security-groups`, delete published versions that nobody calls, or raise the quota "Elastic network interfaces per VPC" of Lambda in Service Quotas.',
    },
  ];
}

/** Rules about room for network interfaces. */
export const addressRules: readonly SharedRule[] = [
  {
    id: 'subnet-free-addresses',
    about: 'shared',
    severity: 'error',
    subject: 'subnet',
    page: pages.subnetSizes,
    check: judgeFree,
  },
  {
    id: 'lambda-interfaces-quota',
    about: 'shared',
    severity: 'warning',
    subject: 'VPC',
    page: pages.lambdaQuotas,
    due: ({ target }) => target.observed.interfaces !== undefined,
    check: judgeInterfaces,
  },
];
