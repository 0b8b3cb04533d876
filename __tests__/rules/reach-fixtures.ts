import { id } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { dns, type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const NAT = id('nat', 1);
const [S1, S2] = [id('subnet', 1), id('subnet', 2)];
const [G1, G2] = [id('sg', 1), id('sg', 2)];

const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };

const route = (destination: string, target: string, state = 'active') => ({
  destination,
  target,
  state,
  propagated: false,
});

/** A function in a VPC, with a group that lets everything out; the NAT gateway is behind its subnets. */
const placed = (exit = NAT): World =>
  world()
    .vpc()
    .privateSubnets(1, exit === '' ? undefined : exit)
    .privateSubnets(1)
    .group('app')
    .placed([G1], [S1]);

/** The same with a database whose group has these inbound rules. */
const withDatabase = (...ingress: readonly string[]): World =>
  placed()
    .group('db', { ingress: ingress.map((text) => rule(text)) })
    .interfaces({ subnetId: S2, groupIds: [G2], addresses: ['10.1.2.9'] });

const database = `tcp 5432 ${G2}`;
const stays = { subnets: '', 'security-groups': G1 };

/** Of the rules about what the functions reach. */
export const reachFixtures: Readonly<Record<string, Fixture>> = {
  'reach-lost': {
    fires: {
      'a service that only the NAT gateway leads to': see(placed(), { subnets: S2, reaches: 'ssm' }),
      'a database by a group that is taken away': see(withDatabase(`tcp 5432 ${G1}`), {
        ...stays,
        'security-groups': 'managed',
        reaches: database,
      }),
    },
    silent: {
      stays: see(placed(), { ...stays, reaches: 'ssm' }),
      'blocked before as well': see(placed(''), { subnets: S2, reaches: 'ssm' }),
      'the internet, which is a consent': see(placed(), { subnets: S2, reaches: 'tcp 443 internet' }),
    },
  },
  'reach-blocked': {
    fires: {
      'a service without endpoint or NAT gateway': see(placed(''), { ...stays, reaches: 'ssm' }),
      'a database that does not admit the function': see(withDatabase(), { ...stays, reaches: database }),
      'an egress line without a route': see(world().vpc().privateSubnets(1), {
        egress: 'tcp 443 0.0.0.0/0',
      }),
      'an egress line to a group that nobody wears': see(bare().group('db'), { egress: `tcp 5432 ${G1}` }),
    },
    silent: {
      'nobody asks': see(placed(''), stays),
      'by its endpoint': see(placed(''), { subnets: S1, endpoints: 'ssm', reaches: 'ssm' }),
      admitted: see(withDatabase('tcp 5432 10.1.0.0/16'), { ...stays, reaches: database }),
      'told by the rule about DNS': see(bare().with(dns(true, false)), { endpoints: 'logs' }),
      'told by the rule about zones': see(world().vpc().privateSubnets(1, NAT, { zone: 'us-east-2d' }), {
        endpoints: 'email-smtp',
      }),
      'told by the rule about acceptance': see(
        bare().endpoint('logs', { state: 'pendingacceptance', tags: SHARED }),
        { endpoints: 'logs' },
      ),
      'an endpoint that is on its way': see(bare().endpoint('logs', { state: 'pending', tags: SHARED }), {
        endpoints: 'logs',
      }),
      'told by the rule about who is in the way': see(bare().endpoint('logs'), { endpoints: 'logs' }),
      'an endpoint by its own name': see(bare(), { endpoints: 'logs', 'private-dns': 'false' }),
    },
  },
  'internet-lost': {
    fires: { 'with consent': see(placed(), { subnets: S2, allow: 'internet-loss:app-7' }) },
    silent: {
      'without consent, which is asked for': see(placed(), { subnets: S2 }),
      stays: see(placed(), { ...stays, allow: 'internet-loss:app-7' }),
    },
  },
  'peer-does-not-admit': {
    fires: {
      'no inbound rule': see(withDatabase(), { subnets: S1, egress: database }),
      'a rule for another port': see(withDatabase('tcp 3306 0.0.0.0/0'), { subnets: S1, egress: database }),
    },
    silent: {
      'the subnets are admitted': see(withDatabase('tcp 5432 10.0.0.0/8'), { subnets: S1, egress: database }),
      'another port is asked of a range': see(bare(), { egress: 'tcp 5432 10.0.0.0/8' }),
    },
  },
  'reach-unknown': {
    fires: {
      'behind a transit gateway': see(placed('tgw-1'), { ...stays, reaches: 'tcp 443 192.168.1.1' }),
      'the internet behind a NAT gateway that was not read': see(
        placed().with({ reach: { natGateways: undefined, prefixLists: [] } }),
        { ...stays, reaches: 'tcp 443 internet' },
      ),
      'a group of another account': see(placed(), { ...stays, reaches: 'tcp 5432 123456789013/sg-0a1b2c3d' }),
    },
    silent: {
      known: see(placed(), { ...stays, reaches: 'tcp 443 internet' }),
      'nobody asks': see(placed('tgw-1'), stays),
    },
  },
  'no-internet': {
    fires: {
      'no route': see(world().vpc().privateSubnets(1), { endpoints: 'logs' }),
      'a NAT gateway, but no rule that leads there': see(bare()),
      'a way out for IPv6, which it may not send': see(
        world()
          .vpc()
          .subnet({ ipv6Cidrs: ['2001:db8:1::/64'] })
          .table([S1], undefined, { routes: [route('::/0', 'eigw-1')] }),
        { egress: 'all ::/0' },
      ),
      'a route to nowhere': see(
        world()
          .vpc()
          .subnet()
          .table([S1], undefined, { routes: [route('0.0.0.0/0', NAT, 'blackhole')] }),
        { egress: 'all 0.0.0.0/0' },
      ),
    },
    silent: {
      NAT: see(bare(), { egress: 'tcp 443 0.0.0.0/0' }),
      'in a VPC already': see(
        world()
          .vpc()
          .privateSubnets(1)
          .group('db')
          .placed([id('sg', 1)]),
      ),
      'a way out for IPv6, which it may send': see(
        world()
          .vpc({ ipv6Cidrs: ['2001:db8:1::/56'] })
          .subnet({ ipv6Cidrs: ['2001:db8:1::/64'] })
          .table([S1], undefined, { routes: [route('::/0', 'eigw-1')] }),
        { ipv6: 'true', egress: 'all ::/0' },
      ),
    },
  },
};
