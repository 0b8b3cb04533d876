import type { Network } from '../../../src/network/network.js';
import type { Family, GroupDestination } from '../../../src/network/verdict.js';
import { textOrder } from './address.js';
import { blocked, type OpinionLine, unknown } from './opinion.js';
import type { Standing } from './packet.js';
import { addressOfFamily, lineOf, type Seat, standingLine } from './seat.js';
import { standings } from './world.js';

/** One line to each interface that wears the group and has, or may have, an address of the family. */
export function groupLines(seat: Seat, wish: GroupDestination): OpinionLine[] {
  const { network } = seat;
  const wearers = standings(network)
    .filter(({ groupIds }) => groupIds.includes(wish.groupId))
    .filter((one) => addressOfFamily(one, wish.family) !== undefined || mayHave(network, one, wish.family))
    .sort((a, b) => textOrder(a.id, b.id));
  if (wearers.length > 0) return wearers.map((one) => standingLine(seat, one, wish));
  const component = { kind: 'security-group', id: wish.groupId } as const;
  const finding =
    network.interfaces === undefined
      ? unknown('UNKNOWN_RESOURCE', component)
      : blocked('NO_SOURCE_OR_DESTINATION', component);
  return [lineOf(seat, finding)];
}

/** Whether an endpoint's interface may have an address of the family that is not known. */
function mayHave(network: Network, { shownAs }: Standing, family: Family): boolean {
  if (shownAs.kind !== 'vpc-endpoint') return false;
  return network.endpoints.some(
    (one) =>
      one.kind === 'interface' && one.id === shownAs.id && ['dualstack', family].includes(one.addressType),
  );
}
