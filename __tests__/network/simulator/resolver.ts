import type { Network } from '../../../src/network/network.js';
import type { Unknown } from '../../../src/network/verdict.js';
import { type Address, addressOf, cidrOf } from './address.js';
import { judgeLine } from './line.js';
import { blocked, type Finding, type Stop, unknown } from './opinion.js';
import { familyStop, type Seat } from './seat.js';

/** Who answers the function's queries. */
export type Answerer =
  | { readonly kind: 'amazon' }
  | { readonly kind: 'custom'; readonly server: string; readonly doubt: Unknown | undefined }
  | { readonly kind: 'nobody'; readonly stop: Stop };

/** Tries the servers of the DHCP option set in order; a server that cannot be asked is passed over. */
export function whoAnswers(seat: Seat): Answerer {
  const { vpc } = seat.network;
  let first: Stop | undefined;
  for (const server of vpc.dnsServers) {
    if (isAmazons(seat.network, server)) {
      if (vpc.dnsSupport) return { kind: 'amazon' };
      first ??= silent(vpc.id);
      continue;
    }
    const query = ask(seat, server);
    if (query.status === 'reachable') return { kind: 'custom', server, doubt: undefined };
    if (query.status === 'unknown') return { kind: 'custom', server, doubt: query };
    first ??= { ...query, leg: 'dns' };
  }
  return { kind: 'nobody', stop: first ?? silent(vpc.id) };
}

function silent(vpcId: string): Stop {
  return blocked('DNS_SUPPORT_OFF', { kind: 'vpc', id: vpcId });
}

/** Amazon's server by any of its addresses (vpc/latest/userguide/AmazonDNS-concepts.html). */
function isAmazons({ vpc }: Network, server: string): boolean {
  if (server === 'AmazonProvidedDNS') return true;
  const address = addressOf(server);
  const [primary] = vpc.cidrs;
  const plusTwo: Address[] =
    primary === undefined ? [] : [{ family: 'ipv4', value: cidrOf(primary).first + 2n }];
  const fixed = ['169.254.169.253', 'fd00:ec2::253'].map(addressOf);
  return [...fixed, ...plusTwo].some(
    (one) => address !== undefined && one?.family === address.family && one.value === address.value,
  );
}

/** Sends a query to a custom server: a UDP packet to port 53. */
function ask(seat: Seat, server: string): Finding {
  const address = addressOf(server);
  if (address === undefined) return unknown('UNKNOWN_RESOURCE', { kind: 'dns-server', id: server });
  const stop = familyStop(seat, address.family);
  if (stop !== undefined) return stop;
  const aim = { kind: 'address', protocol: 'udp', port: 53, ranges: [server], target: undefined } as const;
  return judgeLine({ ...seat, aim });
}
