import type { ServiceNeed } from '../iam/needed-services.js';
import type { VpcEndpoint } from '../model/observed.js';
import type { ServicePath } from '../model/plan.js';
import type { ReachRow } from '../model/reach.js';
import { isLiving } from '../resources/vpc-endpoint.js';
import type { EndpointUse } from './endpoint-use.js';
import { leavesVpc, neededOf } from './needed.js';
import { names } from './services.js';
import type { Target } from './target.js';

type Way = Pick<ServicePath, 'way' | 'through'>;

const wordOfUse = (use: EndpointUse): string => use.service.word.replace(/:interface$/, '');

function throughUse({ word }: ServiceNeed, uses: readonly EndpointUse[]): Way | undefined {
  const use = uses.find((one) => wordOfUse(one) === word && one.how !== 'in-the-way');
  if (use === undefined) return undefined;
  return { way: 'endpoint', through: 'endpoint' in use ? use.endpoint.id : undefined };
}

/** An endpoint of the VPC that serves the service's name, whether `endpoints` lists it or not. */
export function unlistedEndpoint(
  { word }: Pick<ServiceNeed, 'word'>,
  target: Target,
): VpcEndpoint | undefined {
  const { observed, vpc, region, routeTables } = target;
  const wish = { service: word, type: undefined, text: word };
  return observed.endpoints.find(
    (endpoint) =>
      endpoint.vpcId === vpc.id &&
      isLiving(endpoint) &&
      names(wish, endpoint.serviceName, region) &&
      (endpoint.type === 'Gateway'
        ? routeTables.every(({ id }) => endpoint.routeTableIds.includes(id))
        : endpoint.privateDns),
  );
}

/** Only other groups than ours let out to what nobody asked for. */
function throughUnlisted(need: ServiceNeed, target: Target): Way | undefined {
  const endpoint = unlistedEndpoint(need, target);
  const worn = target.observed.groups.filter(({ id }) => target.groups.otherIds.includes(id));
  const open = worn.some(({ egress }) =>
    egress.some(({ protocol, peer }) => protocol === 'all' && peer.value === '0.0.0.0/0'),
  );
  return endpoint && open ? { way: 'endpoint', through: endpoint.id } : undefined;
}

/** The judgement of what is out of the VPC goes before routes and groups alone: it knows network ACLs as well. */
function throughNat(target: Target, reach: readonly ReachRow[]): Way | undefined {
  const { name } = target.observed.lambda;
  const internet = reach.find((row) => row.functionName === name && row.destination === 'tcp 443 internet');
  if (internet?.after.status === 'blocked') return undefined;
  const judged = internet?.after.lines.flatMap(({ through }) => through);
  const way = leavesVpc(target) ?? judged?.find((id) => id.startsWith('nat-'));
  return way === undefined ? undefined : { way: 'NAT', through: way };
}

/** Every service that the function's role or configuration speaks of, and how the function reaches it after the change. */
export function servicePaths(
  target: Target,
  uses: readonly EndpointUse[],
  reach: readonly ReachRow[],
): ServicePath[] {
  const nat = throughNat(target, reach);
  return (neededOf(target.observed)?.services ?? []).map((need) => ({
    functionName: target.observed.lambda.name,
    word: need.word,
    grade: need.grade,
    label: need.label,
    evidence: need.evidence.map(({ action, policy }) => `${action} in policy ${policy}`),
    ...(throughUse(need, uses) ??
      throughUnlisted(need, target) ??
      nat ?? { way: 'none', through: undefined }),
  }));
}
