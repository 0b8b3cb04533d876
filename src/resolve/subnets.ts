import type { Selector } from '../model/desired.js';
import type { NetworkInterface, RouteTable, Subnet, Vpc } from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { defaultTarget, isPublic, routeTableOf } from '../resources/route-table.js';
import { compareText } from '../text/order.js';
import { listed, sortedSet } from '../text/words.js';
import { picks, selectorText } from './match.js';

/** What subnets are chosen from. */
export interface SubnetFacts {
  readonly input: 'subnets' | 'endpoint-subnets';
  readonly vpc: Vpc;
  /** Of the region. */
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly accountId: string;
  /** The function's subnets today; a valid subset of the private ones is kept. */
  readonly currentIds: readonly string[];
  readonly interfaces: readonly NetworkInterface[] | undefined;
}

/** The subnets, sorted by zone and id, and what was wrong with the selectors. */
export interface SubnetChoice {
  readonly subnets: readonly Subnet[];
  readonly problems: readonly Problem[];
}

/** Lambda accepts at most 16 subnets (API reference, VpcConfig). */
export const MAX_SUBNETS = 16;

const byZone = (one: Subnet, other: Subnet): number =>
  compareText(one.zone, other.zone) || compareText(one.id, other.id);

/** Interface types of appliances: their subnets are no place for functions. */
const APPLIANCE = /^(transit_gateway|gateway_load_balancer|gateway_load_balancer_endpoint)$/;

function holdsAppliance(subnet: Subnet, facts: SubnetFacts): boolean {
  return (facts.interfaces ?? []).some((found) => found.subnetId === subnet.id && APPLIANCE.test(found.type));
}

/** Names of ordinary zones end in the region and one letter; local and wavelength zones name their place. */
const ORDINARY_ZONE = /^[a-z]+(-[a-z]+)+-\d+[a-z]$/;

/** Whether a zone is one of the region itself, the only ones Lambda runs in (domain.md row 60). */
export function isOrdinaryZone(zone: string): boolean {
  return ORDINARY_ZONE.test(zone);
}

function isPrivateCandidate(subnet: Subnet, facts: SubnetFacts): boolean {
  return (
    subnet.vpcId === facts.vpc.id &&
    subnet.state === 'available' &&
    subnet.ownerId === facts.accountId &&
    isOrdinaryZone(subnet.zone) &&
    !subnet.outpost &&
    !subnet.ipv6Native &&
    !isPublic(routeTableOf(subnet.id, facts.routeTables)) &&
    !holdsAppliance(subnet, facts)
  );
}

/** Kind of a default route, by the prefix of its target: `nat`, `tgw`, … or `none`. */
function exitOf(subnet: Subnet, tables: readonly RouteTable[]): string {
  return defaultTarget(routeTableOf(subnet.id, tables))?.split('-')[0] ?? 'none';
}

function choosePrivate(facts: SubnetFacts): SubnetChoice {
  const found = facts.subnets.filter((subnet) => isPrivateCandidate(subnet, facts)).sort(byZone);
  const current = found.filter((subnet) => facts.currentIds.includes(subnet.id));
  if (current.length > 0 && current.length === facts.currentIds.length)
    return { subnets: current, problems: [] };
  const exits = sortedSet(found.map((subnet) => exitOf(subnet, facts.routeTables)));
  const described = listed(found.map((subnet) => `${subnet.id} (${exitOf(subnet, facts.routeTables)})`));
  if (found.length === 0) {
    return problem(
      'nothing-selected',
      `VPC ${facts.vpc.id} has no private subnet that a function can use.`,
      facts,
    );
  }
  if (exits.length > 1) {
    return problem(
      'private-ambiguous',
      `The private subnets differ in their default routes: ${described}.`,
      facts,
    );
  }
  if (found.length > MAX_SUBNETS) {
    return problem(
      'private-ambiguous',
      `${found.length} private subnets are more than ${MAX_SUBNETS}: ${described}.`,
      facts,
    );
  }
  return { subnets: found, problems: [] };
}

function problem(code: string, message: string, facts: SubnetFacts): SubnetChoice {
  const remedy = `List the subnets in ${facts.input} by id, tag or name.`;
  return { subnets: [], problems: [{ code, message, remedy }] };
}

function chooseOne(selector: Selector, facts: SubnetFacts): SubnetChoice {
  if (selector.kind === 'private') return choosePrivate(facts);
  const everywhere = facts.subnets.filter((subnet) => picks(selector, subnet));
  const here = everywhere.filter((subnet) => subnet.vpcId === facts.vpc.id);
  if (here.length > 0) return { subnets: here, problems: [] };
  const [stray] = everywhere;
  const text = selectorText(selector);
  const message = stray
    ? `Input ${facts.input}: ${text} is in ${stray.vpcId}, not in ${facts.vpc.id}, the VPC of this run.`
    : `Input ${facts.input}: no subnet of ${facts.vpc.id} matches ${text}.`;
  const code = stray ? 'subnets-of-different-vpcs' : 'subnets-not-found';
  const remedy = stray
    ? `List subnets of ${facts.vpc.id}, or write \`vpc: ${stray.vpcId}\`.`
    : 'Check the id or tag, and that aws-region is the region of the subnet.';
  return { subnets: [], problems: [{ code, message, remedy }] };
}

/** Unites what the selectors pick in the VPC. */
export function chooseSubnets(selectors: readonly Selector[], facts: SubnetFacts): SubnetChoice {
  const choices = selectors.map((selector) => chooseOne(selector, facts));
  const chosen = new Map(choices.flatMap((choice) => choice.subnets).map((subnet) => [subnet.id, subnet]));
  return {
    subnets: [...chosen.values()].sort(byZone),
    problems: choices.flatMap((choice) => choice.problems),
  };
}

/**
 * One subnet per zone, as AWS demands of an interface endpoint (domain.md row 40): those the endpoint
 * has, then those preferred, then the smallest id. Free addresses do not count: they change from run to run.
 */
export function onePerZone(
  subnets: readonly Subnet[],
  first: readonly string[],
  preferred: readonly string[],
): readonly Subnet[] {
  const rank = (subnet: Subnet): number =>
    first.includes(subnet.id) ? 0 : preferred.includes(subnet.id) ? 1 : 2;
  const ordered = [...subnets].sort((one, other) => rank(one) - rank(other) || compareText(one.id, other.id));
  const chosen = new Map<string, Subnet>();
  for (const subnet of ordered) if (!chosen.has(subnet.zone)) chosen.set(subnet.zone, subnet);
  return [...chosen.values()].sort(byZone);
}
