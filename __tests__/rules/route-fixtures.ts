import type { Route } from '../../src/model/observed.js';
import type { NatGateway } from '../../src/network/network.js';
import { denied } from '../builders/denied.js';
import { id } from '../builders/ids.js';
import { type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const NAT = id('nat', 1);
const S1 = id('subnet', 1);
const DB = { subnets: S1, 'security-groups': 'db' };

const route = (destination: string, target: string, blackhole = true): Route => ({
  destination,
  target,
  state: blackhole ? 'blackhole' : 'active',
  propagated: false,
});

/** One subnet whose table has these routes. */
const routed = (...routes: Route[]): World =>
  world().vpc().subnet().table([S1], undefined, { routes }).group('db');

const nat = (state: string): World => {
  const gateway: NatGateway = { id: NAT, subnetId: undefined, connectivity: 'public', state };
  const natGateways = { ok: true as const, value: [gateway] };
  return routed(route('0.0.0.0/0', NAT, false)).with({ reach: { natGateways, prefixLists: [] } });
};
const staying = (made: World): World => made.placed([id('sg', 1)], [S1]);
const peering = route('10.9.0.0/16', 'pcx-1');

/** Of the rules about routes. */
export const routeFixtures: Readonly<Record<string, Fixture>> = {
  'route-leads-nowhere': {
    fires: {
      'the default route': see(routed(route('0.0.0.0/0', NAT)), DB),
      'the default route, and nothing moves': see(staying(routed(route('0.0.0.0/0', NAT))), DB),
      'that of IPv6': see(routed(route('::/0', 'eigw-1')), DB),
      'to a peering that is gone': see(routed(peering), DB),
      'to a gateway endpoint that is gone': see(routed(route('pl-1', 'vpce-1')), DB),
      'to a NAT gateway that failed': see(nat('failed'), DB),
      'to a NAT gateway that could not be read': see(
        nat('available').with({ reach: { natGateways: denied('ec2:DescribeNatGateways'), prefixLists: [] } }),
        DB,
      ),
    },
    silent: {
      works: see(bare()),
      'to a NAT gateway that comes': see(nat('pending'), DB),
      'to a NAT gateway that was not read': see(
        nat('failed').with({ reach: { natGateways: undefined, prefixLists: [] } }),
        DB,
      ),
      'to one network, and nothing moves': see(staying(routed(peering)), DB),
      'of a table that others use': see(bare(1).table([id('subnet', 2)], undefined, { routes: [peering] })),
    },
  },
};
