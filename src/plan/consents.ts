import { roleNameOf } from '../aws/partitions.js';
import { quoteWord } from '../inputs/words.js';
import type { Consent } from '../model/desired.js';
import type { Change, NeededConsent } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import type { ReachRow, ReachVerdict } from '../model/reach.js';
import { waysOf } from '../reach/line-texts.js';
import { stoppedLines } from '../reach/stopped-lines.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import { namesGroup } from '../resolve/groups.js';
import { isOurPeerRule, peerIngressId } from '../resolve/peers.js';
import { roleChangeId } from '../resolve/role-policies.js';
import type { WantedService } from '../resolve/services.js';
import type { SharedTarget, Target } from '../resolve/target.js';
import { unwantedEndpoints } from '../resolve/unwanted-endpoints.js';
import { listed, sortedSet } from '../text/words.js';
import type { Impacts } from './blast.js';
import type { Effect } from './effects.js';
import { endpointChangeId } from './endpoint-parts.js';
import { FOREIGN_RULES } from './foreign-rules.js';
import { functionChangeId, takenAway } from './function.js';
import { STALE_RULES } from './security-group-rules.js';
import { reachesSharers } from './shared-role.js';

type Need = Omit<NeededConsent, 'given'>;

/** The consent that an effect needs: for a gateway a narrowed policy stops as many as its routes do. */
function kindOf(effect: Effect, { type }: WantedService): Need['kind'] {
  return effect === 'drop' || type === 'Gateway' ? 'connection-drop' : 'private-dns-redirect';
}

function forEndpoints({ uses, impacts, others }: ConsentFacts): Need[] {
  return uses.flatMap(({ service }) => {
    const all = impacts.get(endpointChangeId(service)) ?? [];
    const always = service.word === 'execute-api' && all.some(({ effect }) => effect === 'redirect');
    if (others === undefined && !always) return [];
    const refused = always ? '; public APIs then answer 403 to everyone in the VPC' : '';
    return [...new Set(all.map(({ effect }) => kindOf(effect, service)))].map((kind) => {
      const own = all.filter(({ effect }) => kindOf(effect, service) === kind);
      const what = listed(own.map(({ text }) => text));
      const isTold = own.some(({ namesOthers }) => namesOthers);
      const who = isTold || others === undefined ? '' : `; ${others}`;
      const why = `The change to ${service.serviceName} ${what}${who}${refused}.`;
      return { kind, object: service.word, why, functionName: undefined };
    });
  });
}

function forReplacement(target: Target): Need[] {
  const { name, network } = target.observed.lambda;
  if (network.subnetIds.length === 0) return [];
  const { subnetIds, groupIds } = takenAway(target);
  const lost = [...subnetIds.map((id) => `subnet ${id}`), ...groupIds.map((id) => `security group ${id}`)];
  if (lost.length === 0) return [];
  const move =
    target.currentVpcId === target.vpc.id
      ? ''
      : ` and moves from ${target.currentVpcId ?? 'a VPC that cannot be seen'} to ${target.vpc.id}`;
  const why = `Function ${name} loses ${listed(lost)}${move}.`;
  return [{ kind: 'replace-network', object: name, why, functionName: name }];
}

/** How a function gets to the internet today, as a clause. */
function wayOut({ lines }: ReachVerdict): string {
  return listed(waysOf(lines));
}

/** Whether a row asks for the internet by IPv6, which a function that sends none today cannot lose. */
const isIpv6 = ({ destination }: ReachRow): boolean => destination.endsWith(' ::/0');

/** A function in a VPC that loses its way to the internet, or may lose one that cannot be seen. */
function forInternet(target: Target, reach: readonly ReachRow[]): Need[] {
  const { name, network } = target.observed.lambda;
  if (network.subnetIds.length === 0) return [];
  const rows = reach.filter(
    (row) => row.functionName === name && row.isInternet && (network.ipv6 || !isIpv6(row)),
  );
  const [lost] = rows.filter(
    ({ before, after, from }) =>
      stoppedLines(after).length > 0 &&
      (from === 'other-vpc' || (before.status !== 'blocked' && before.status !== after.status)),
  );
  if (lost === undefined) return [];
  const after = sortedSet(lost.after.lines.flatMap(({ stop, text }) => (stop ? [text] : []))).join('; ');
  // What is lost in a VPC that is left behind is not known: its network was not read.
  const why =
    lost.from === 'other-vpc'
      ? `Function ${name} has no way to the internet in ${target.vpc.id}; whether it has one where it is now was not looked up.`
      : `Function ${name} ${lost.before.status === 'unknown' ? 'may lose' : 'loses'} its way to the internet (${lost.destination}), today ${wayOut(lost.before)}: ${after}.`;
  return [{ kind: 'internet-loss', object: name, why, functionName: name }];
}

/** A role that others use, or may use, gets a policy that their code has then, too. */
function forSharedRole(target: Target, changes: readonly Change[]): Need[] {
  const { name, roleArn } = target.observed.lambda;
  const roleName = roleNameOf(roleArn);
  const reaches = reachesSharers(target);
  if (reaches === undefined || !changes.some(({ id }) => id === roleChangeId(roleName))) return [];
  const why = `The change to role ${roleName} ${reaches}.`;
  return [{ kind: 'shared-role', object: roleName, why, functionName: name }];
}

/** Every way to write the object of a consent: by its name, a service by its full one, a role and a function by its ARN. */
function writtenAs({ kind, object }: Need, target: SharedTarget): (string | undefined)[] {
  const services = target.services.filter(({ word }) => word === object);
  const arns = target.lambdas
    .map(({ name, arn, roleArn }) => (kind === 'shared-role' ? [roleNameOf(roleArn), roleArn] : [name, arn]))
    .flatMap(([name, arn]) => (name === object ? [arn] : []));
  return [object, ...services.map(({ serviceName }) => serviceName), ...arns];
}

function meets(consent: Consent, need: Need, target: SharedTarget): boolean {
  return consent.kind === need.kind && writtenAs(need, target).includes(consent.object);
}

/** What has to be consented to. */
export interface ConsentFacts {
  readonly shared: SharedTarget;
  /** The functions whose network the plan decides about. */
  readonly targets: readonly Target[];
  readonly uses: readonly EndpointUse[];
  readonly changes: readonly Change[];
  readonly impacts: Impacts;
  /** Who else is in the VPC, as a clause; undefined when nobody is. */
  readonly others: string | undefined;
  readonly reach: readonly ReachRow[];
}

/** The consents the plan needs, each told whether `allow` gives it. */
export function neededConsents(facts: ConsentFacts): NeededConsent[] {
  const { shared, targets, changes, reach } = facts;
  const needs = [
    ...forEndpoints(facts),
    ...targets.flatMap((target) => forSharedRole(target, changes)),
    ...targets.flatMap((target) => {
      const moves = changes.some(({ id }) => id === functionChangeId(target.observed.lambda.name));
      return [
        ...(moves ? forReplacement(target) : []),
        ...(changes.length > 0 ? forInternet(target, reach) : []),
      ];
    }),
  ];
  return needs.map((need) => ({
    ...need,
    given: shared.desired.allow.some((consent) => meets(consent, need, shared)),
  }));
}

/** How a consent is written in `allow`; quoted where the list would take its object apart. */
export function consentText(consent: Consent): string {
  return quoteWord(consent.object === undefined ? consent.kind : `${consent.kind}:${consent.object}`);
}

/** The consents of a plan, each once: two functions may need the same one. */
export function distinctConsents({
  consents,
}: {
  readonly consents: readonly NeededConsent[];
}): NeededConsent[] {
  return [...new Map(consents.map((need) => [`${consentText(need)} ${need.why}`, need])).values()];
}

/** Whether a consent that nothing asks for is what a planned change rests on, or what a finding is about. */
function isRestedOn(consent: Consent, target: SharedTarget, changes: readonly Change[]): boolean {
  const { kind, object = '' } = consent;
  const { managed } = target.groups;
  const isPlanned = (id: string): boolean => changes.some((change) => change.id === id);
  if (kind === 'rule-removal') {
    // What `endpoints: auto` leaves open is closed with it, too.
    const isStale = target.desired.autoEndpoints && isPlanned(STALE_RULES);
    return managed !== undefined && namesGroup(consent, managed) && (isPlanned(FOREIGN_RULES) || isStale);
  }
  if (kind === 'peer-ingress') {
    // Where a rule of ours is there, it is put back with the consent when somebody takes it away.
    return target.observed.groups.some(
      (group) =>
        namesGroup(consent, group) &&
        (isPlanned(peerIngressId(group.id)) || group.ingress.some((rule) => isOurPeerRule(rule, target))),
    );
  }
  return (
    kind === 'delete-endpoints' &&
    unwantedEndpoints(target).some(({ word, endpoint }) => [word, endpoint.serviceName].includes(object))
  );
}

/** An error for each consent that is missing. */
export function missingConsents(needed: readonly NeededConsent[]): Finding[] {
  return needed
    .filter((need) => !need.given)
    .map((need) => ({
      code: 'consent-missing',
      status: 'fail',
      severity: 'error',
      subject: need.object ?? '',
      functionName: need.functionName,
      message: need.why,
      remedy: `Add this line to \`allow\` if you want that: \`${consentText(need)}\`.`,
    }));
}

/** A notice for each consent that nothing in the plan needs. */
export function unusedConsents(
  target: SharedTarget,
  changes: readonly Change[],
  needed: readonly NeededConsent[],
  findings: readonly Finding[],
): Finding[] {
  const isPublic = findings.some((found) => found.code === 'public-subnets');
  return target.desired.allow
    .filter((consent) => !needed.some((need) => meets(consent, need, target)))
    .filter((consent) => !isRestedOn(consent, target, changes))
    .filter((consent) => consent.kind !== 'public-subnets' || !isPublic)
    .map((consent) => ({
      code: 'consent-unused',
      status: 'fail',
      severity: 'notice',
      subject: consentText(consent),
      functionName: undefined,
      message: `Nothing in this plan needs \`${consentText(consent)}\`.`,
      remedy: 'Remove the line from `allow`, so that it cannot excuse a later change.',
    }));
}
