import type { Consent } from '../model/desired.js';
import type { NetworkInterface } from '../model/observed.js';
import type { Change, NeededConsent } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import { usesIpv6 } from '../resolve/ipv6.js';
import type { Target } from '../resolve/target.js';
import { routeTableOf, wayOut } from '../resources/route-table.js';
import { counted, listed, someOf } from '../text/words.js';
import { takenAway } from './function.js';
import { FOREIGN_RULES } from './security-group-rules.js';
import { DROP, endpointChangeId, REDIRECT } from './vpc-endpoints.js';

/** Interfaces that belong to nobody's workload: endpoints and NAT gateways use no service by its name. */
const NO_WORKLOAD = /^(vpc_endpoint|nat_?gateway|gateway_load_balancer_endpoint)$/i;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Interfaces of the VPC that are neither the function's own nor of an endpoint or NAT gateway. */
export function foreignInterfaces(
  interfaces: readonly NetworkInterface[],
  target: Target,
): NetworkInterface[] {
  const { endpoints, lambda } = target.observed;
  const ofEndpoints = new Set(endpoints.flatMap((endpoint) => endpoint.networkInterfaceIds));
  const managed = target.groups.managed?.id;
  // Lambda names its interfaces by function and a UUID (domain.md row 92).
  const prefix = `AWS Lambda VPC ENI-${lambda.name}-`;
  // Functions with the same subnets and groups share an interface, named after one of them: where the
  // endpoint would not admit everyone, that one's sharers count as others.
  const alone = target.desired.endpointAccess === 'vpc';
  return interfaces.filter((found) => {
    const own =
      (alone && found.description.startsWith(prefix) && UUID.test(found.description.slice(prefix.length))) ||
      (found.type === 'lambda' && managed !== undefined && found.groupIds.includes(managed));
    return !own && !ofEndpoints.has(found.id) && !NO_WORKLOAD.test(found.type);
  });
}

/** Who else is in the VPC, as a clause; undefined when nobody is. */
function others(target: Target): string | undefined {
  const { interfaces } = target.observed;
  if (interfaces === undefined) return 'who else is in the VPC was not looked up';
  if (!interfaces.ok)
    return `who else is in the VPC could not be looked up (${interfaces.problem.action} was refused)`;
  const foreign = foreignInterfaces(interfaces.value, target);
  const hidden = target.observed.subnets.filter(
    ({ vpcId, ownerId }) => vpcId === target.vpc.id && ownerId !== target.observed.caller.accountId,
  );
  if (foreign.length === 0 && hidden.length > 0) {
    return `${someOf(hidden.map(({ id }) => id))} belong to another account, whose interfaces cannot be seen`;
  }
  if (foreign.length === 0) return undefined;
  return `${counted(foreign.length, 'other network interface')} in ${target.vpc.id}: ${someOf(foreign.map((found) => found.id))}`;
}

/**
 * The changes as people should read them: where a change can touch others and nobody else was found,
 * it says so, with how that is known.
 */
export function withoutOthers(changes: readonly Change[], target: Target): Change[] {
  if (others(target) !== undefined) return [...changes];
  const nobody = 'no other network interface is in the VPC now (ec2:DescribeNetworkInterfaces)';
  return changes.map((change) =>
    change.disruption === undefined ? change : { ...change, disruption: `${change.disruption}; ${nobody}` },
  );
}

type Need = Omit<NeededConsent, 'given'>;

function forEndpoints(target: Target, uses: readonly EndpointUse[], changes: readonly Change[]): Need[] {
  const who = others(target);
  return uses.flatMap((use) => {
    const { service } = use;
    const planned = changes.find((change) => change.id === endpointChangeId(service));
    const always = service.word === 'execute-api';
    if (planned?.disruption === undefined || (who === undefined && !always)) return [];
    const kind =
      planned.disruption === DROP ? ('connection-drop' as const) : ('private-dns-redirect' as const);
    const effect = planned.disruption === DROP ? DROP : REDIRECT;
    const why = `The change to ${service.serviceName} ${effect}${who ? `; ${who}` : '; public APIs then answer 403'}.`;
    return [{ kind, object: service.word, why }];
  });
}

function forReplacement(target: Target, changes: readonly Change[]): Need[] {
  const { name, network } = target.observed.lambda;
  if (network.subnetIds.length === 0 || !changes.some((change) => change.kind === 'function')) return [];
  const { subnetIds, groupIds } = takenAway(target);
  const lost = [...subnetIds.map((id) => `subnet ${id}`), ...groupIds.map((id) => `security group ${id}`)];
  if (lost.length === 0) return [];
  const move =
    target.currentVpcId === target.vpc.id
      ? ''
      : ` and moves from ${target.currentVpcId ?? 'a VPC that cannot be seen'} to ${target.vpc.id}`;
  return [{ kind: 'replace-network', object: name, why: `Function ${name} loses ${listed(lost)}${move}.` }];
}

function exits(subnetIds: readonly string[], target: Target, ipv6: boolean): string[] {
  return subnetIds
    .map((id) => wayOut(routeTableOf(id, target.observed.routeTables), ipv6))
    .filter((exit) => exit !== undefined);
}

function forInternet(target: Target, changes: readonly Change[]): Need[] {
  const { name, network } = target.observed.lambda;
  if (network.subnetIds.length === 0 || !changes.some((change) => change.kind === 'function')) return [];
  const moves = target.currentVpcId !== target.vpc.id;
  const before = moves ? [] : exits(network.subnetIds, target, network.ipv6);
  const after = exits(
    target.subnets.map((subnet) => subnet.id),
    target,
    usesIpv6(target),
  );
  if (after.length > 0 || (before.length === 0 && !moves)) return [];
  // The route tables of another VPC are not read: what is lost there is not known.
  const why = moves
    ? `Function ${name} has no way to the internet in ${target.vpc.id}; whether it has one where it is now was not looked up.`
    : `Function ${name} loses its way out through ${listed([...new Set(before)])}.`;
  return [{ kind: 'internet-loss', object: name, why }];
}

function meets(consent: Consent, need: Need, target: Target): boolean {
  if (consent.kind !== need.kind) return false;
  const service = target.services.find((candidate) => candidate.word === need.object);
  return consent.object === need.object || (service !== undefined && consent.object === service.serviceName);
}

/** The consents the plan needs, each told whether `allow` gives it. */
export function neededConsents(
  target: Target,
  uses: readonly EndpointUse[],
  changes: readonly Change[],
): NeededConsent[] {
  const needs = [
    ...forEndpoints(target, uses, changes),
    ...forReplacement(target, changes),
    ...forInternet(target, changes),
  ];
  return needs.map((need) => ({
    ...need,
    given: target.desired.allow.some((consent) => meets(consent, need, target)),
  }));
}

/** How a consent is written in `allow`. */
export function consentText(consent: Consent): string {
  return consent.object === undefined ? consent.kind : `${consent.kind}:${consent.object}`;
}

/** Whether a consent to remove rules of the managed group is what a planned change rests on. */
function removes({ object }: Consent, { groups }: Target, changes: readonly Change[]): boolean {
  const ours = object === groups.managed?.id || object === groups.managed?.name;
  return ours && changes.some(({ id }) => id === FOREIGN_RULES);
}

/** Findings of the consents: an error for each that is missing, a notice for each that nothing needs. */
export function consentFindings(
  target: Target,
  changes: readonly Change[],
  needed: readonly NeededConsent[],
  findings: readonly Finding[],
): Finding[] {
  const missing = needed
    .filter((need) => !need.given)
    .map(
      (need): Finding => ({
        code: 'consent-missing',
        status: 'fail',
        severity: 'error',
        subject: need.object ?? '',
        message: need.why,
        remedy: `Add this line to \`allow\` if you want that: \`${consentText(need)}\`.`,
      }),
    );
  const unused = target.desired.allow
    .filter((consent) => !needed.some((need) => meets(consent, need, target)))
    .filter((consent) => consent.kind !== 'rule-removal' || !removes(consent, target, changes))
    .filter(
      (consent) =>
        consent.kind !== 'public-subnets' || !findings.some((found) => found.code === 'public-subnets'),
    )
    .map(
      (consent): Finding => ({
        code: 'consent-unused',
        status: 'fail',
        severity: 'notice',
        subject: consentText(consent),
        message: `Nothing in this plan needs \`${consentText(consent)}\`.`,
        remedy: 'Remove the line from `allow`, so that it cannot excuse a later change.',
      }),
    );
  return [...missing, ...unused];
}
