import type { Route, RouteTable } from '../model/observed.js';
import { isPrefixListId } from '../network/prefix-list.js';
import { isDefault, routeTableOf } from '../resources/route-table.js';
import { listed, sortedSet } from '../text/words.js';
import { pages } from './pages.js';
import { isMoved, type SharedFacts, type SharedRule, type Verdict } from './rule.js';

/** States of a NAT gateway that serves, or soon will (EC2 API reference, NatGateway). */
const SERVING = ['available', 'pending'];

/** Why packets on a route are lost; undefined where they are not, or it was not read. */
function lossOf(
  { target, state: routeState }: Route,
  { target: { observed } }: SharedFacts,
): string | undefined {
  if (routeState === 'blackhole')
    return `${target}, which does not exist any more or is switched off (a blackhole)`;
  const nats = observed.reach?.natGateways;
  const state = nats?.ok ? nats.value.find(({ id }) => id === target)?.state : undefined;
  return state === undefined || SERVING.includes(state) ? undefined : `${target}, which is ${state}`;
}

function optionOf(destination: string): string {
  if (isPrefixListId(destination)) return '--destination-prefix-list-id';
  return destination.includes(':') ? '--destination-ipv6-cidr-block' : '--destination-cidr-block';
}

function verdictOf(route: Route, { id }: RouteTable, facts: SharedFacts): Verdict[] {
  const { destination } = route;
  const loss = lossOf(route, facts);
  // A route to one network matters where the function is about to depend on it; a default route always does.
  if (loss === undefined || !(isDefault(destination) || isMoved(facts.changes))) return [];
  const { subnets, observed } = facts.target;
  const own = subnets.filter((subnet) => routeTableOf(subnet.id, observed.routeTables)?.id === id);
  const command = `\`aws ec2 delete-route --route-table-id ${id} ${optionOf(destination)} ${destination}\``;
  return [
    {
      subject: id,
      message: `Route table ${id} of ${listed(own.map((subnet) => subnet.id))} sends ${destination} to ${loss}: calls there time out.`,
      remedy: `Lead ${destination} of ${id} to something that works, or run ${command} if nobody needs it.`,
    },
  ];
}

/** Of NAT gateways that could not be read nobody knows whether they work. */
function unreadNats({ target: { observed, routeTables } }: SharedFacts): Verdict[] {
  const nats = observed.reach?.natGateways;
  if (nats === undefined || nats.ok) return [];
  const targets = routeTables.flatMap(({ routes }) => routes.map(({ target }) => target));
  return sortedSet(targets.filter((id) => id.startsWith('nat-'))).map((id) => ({
    subject: id,
    status: 'unknown',
    message: `Whether ${id}, which routes of the function lead to, works could not be read. ${nats.problem.message}`,
    remedy: nats.problem.remedy,
  }));
}

function judgeRoutes(facts: SharedFacts): Verdict[] {
  const lost = facts.target.routeTables.flatMap((table) =>
    table.routes.flatMap((route) => verdictOf(route, table, facts)),
  );
  return [...lost, ...unreadNats(facts)];
}

/** Rules about the routes of the functions' subnets. */
export const routeRules: readonly SharedRule[] = [
  {
    id: 'route-leads-nowhere',
    about: 'shared',
    severity: 'warning',
    subject: 'subnet',
    page: pages.routeTables,
    check: judgeRoutes,
  },
];
