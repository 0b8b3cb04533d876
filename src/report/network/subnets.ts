import type { RouteTable, Subnet } from '../../model/observed.js';
import { readOf } from '../../model/reading.js';
import { routeTableOf } from '../../resources/route-table.js';
import { targetText } from '../../resources/route-target.js';
import { compareText } from '../../text/order.js';
import { without } from '../../text/words.js';
import { lambdasOf, named, subnetsOf } from '../facts.js';
import { type Block, type Section, section, table } from '../report.js';
import type { Seen } from './seen.js';

/** Where packets for anywhere go: `NAT gateway nat-0a1b`, or `none`. */
function defaultRoutes(routes: RouteTable | undefined): string[] {
  if (routes === undefined) return ['not read'];
  const found = routes.routes.filter(
    ({ destination }) => destination === '0.0.0.0/0' || destination === '::/0',
  );
  if (found.length === 0) return ['none'];
  return found.map(({ destination, target, state }) => {
    const family = destination === '::/0' ? 'IPv6: ' : '';
    return `${family}${targetText(target)}${state === 'active' ? '' : ` (${state})`}`;
  });
}

function plannedSubnetIds({ record }: Seen): string[] {
  const calls = record.plan?.changes.flatMap((change) => change.calls) ?? [];
  const ids = calls.flatMap((call) =>
    call.action === 'lambda:UpdateFunctionConfiguration' ? (call.input.VpcConfig?.SubnetIds ?? []) : [],
  );
  return ids.filter((id) => typeof id === 'string');
}

/** Subnets to show. */
export interface ShownSubnets {
  /** Those of the functions. */
  readonly today: readonly Subnet[];
  /** Those it would get, or did not get yet. */
  readonly added: readonly Subnet[];
}

/** The functions' subnets, and those that the plan adds to them. */
export function shownSubnets(seen: Seen): ShownSubnets {
  const today = subnetsOf(lambdasOf(seen.record), seen.record);
  const added = without(
    plannedSubnetIds(seen),
    today.map(({ id }) => id),
  );
  return { today, added: seen.observed.subnets.filter(({ id }) => added.includes(id)) };
}

function row(subnet: Subnet, { observed, vpc }: Seen): (string | string[])[] {
  // Routes and network ACLs were read of one VPC only.
  const isRead = subnet.vpcId === vpc.id;
  const routes = isRead ? routeTableOf(subnet.id, observed.routeTables) : undefined;
  const acls = isRead ? readOf(observed.networkAcls) : undefined;
  return [
    named(subnet.id, subnet.name),
    subnet.zone,
    [subnet.cidr, ...subnet.ipv6Cidrs],
    String(subnet.freeAddresses),
    routes
      ? `${named(routes.id, routes.name)}${routes.main && !routes.subnetIds.includes(subnet.id) ? ', main' : ''}`
      : 'not read',
    defaultRoutes(routes),
    acls === undefined
      ? 'not read'
      : (acls.find(({ subnetIds }) => subnetIds.includes(subnet.id))?.id ?? 'none'),
  ];
}

function subnetTable(subnets: readonly Subnet[], seen: Seen): Block[] {
  // Subnets are read once: what the run made has taken addresses since.
  const free = seen.record.results.length > 0 ? 'Free addresses before the run' : 'Free addresses';
  const head = ['Subnet', 'Zone', 'CIDR', free, 'Route table', 'Default route', 'Network ACL'];
  const byZone = [...subnets].sort((one, other) => compareText(one.zone, other.zone));
  return table(
    head,
    byZone.map((subnet) => row(subnet, seen)),
  );
}

/** The subnets with zone, free addresses and where their default route goes. */
export function subnetSections(seen: Seen): Section[] {
  const { today, added } = shownSubnets(seen);
  return [
    section('Subnets', subnetTable(today, seen), { worth: 'network' }),
    section('Subnets that the plan adds', subnetTable(added, seen), { worth: 'network' }),
  ];
}
