import { anywhere, type Draft, type DraftSubnet, ownTable, routeTo, tableFor } from './draft.js';
import { addSubnet } from './healthy.js';

/** The tables that serve the function's subnets, each once. */
export function seatTables(draft: Draft): ReturnType<typeof tableFor>[] {
  return [...new Set(draft.seats.map((seat) => tableFor(draft, seat)))];
}

/** Adds a public subnet with a NAT gateway, and a default route to it from each table of the function. */
export function addNat(draft: Draft): DraftSubnet {
  const { network, random } = draft;
  const subnet = addSubnet(network, random, network.subnets.length);
  const table = ownTable(draft, subnet);
  table.routes.push(routeTo('0.0.0.0/0', 'internet-gateway', 'igw-1'));
  network.natGateways.push({
    id: 'nat-1',
    subnetId: subnet.id,
    connectivity: 'public',
    state: 'available',
  });
  for (const one of seatTables(draft)) one.routes.push(routeTo('0.0.0.0/0', 'nat-gateway', 'nat-1'));
  return subnet;
}

/** Routes IPv6 from each table of the function to an egress-only internet gateway. */
export function addEgressOnlyGateway(draft: Draft): void {
  for (const table of seatTables(draft)) {
    table.routes.push(routeTo('::/0', 'egress-only-internet-gateway', 'eigw-1'));
  }
}

/** Opens the way to the internet for the family that is asked for. */
export function addWayOut(draft: Draft): void {
  if (draft.aims.family === 'ipv4') addNat(draft);
  else addEgressOnlyGateway(draft);
  draft.relevant.push(anywhere[draft.aims.family]);
}
