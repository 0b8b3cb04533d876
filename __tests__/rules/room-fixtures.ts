import type { NetworkInterface } from '../../src/model/observed.js';
import { denied } from '../builders/denied.js';
import { id } from '../builders/ids.js';
import { type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const NAT = id('nat', 1);
const S1 = id('subnet', 1);
const SG1 = id('sg', 1);
const DB = { 'security-groups': 'db' };

const free = (freeAddresses: number): World =>
  world().vpc().privateSubnets(1, NAT, { freeAddresses }).group('db');

/** So many interfaces of Lambda, none of them of the function's groups. */
const crowd = (count: number): Partial<NetworkInterface>[] =>
  Array.from({ length: count }, () => ({ type: 'lambda', groupIds: ['sg-other'] }));

const own: Partial<NetworkInterface> = { type: 'lambda', subnetId: S1, groupIds: [SG1] };
const move = { ...DB, subnets: S1 };

const HERE = { subnets: S1 };

/** A VPC with a route to a transit gateway, and another VPC. */
const overlapping = (destination: string, cidr: string): World => {
  const route = { destination, target: 'tgw-1', state: 'active', propagated: true };
  return world()
    .vpc()
    .subnet()
    .table([id('subnet', 1)], undefined, { routes: [route] })
    .vpc({ cidrs: [cidr] });
};

/** Of the rules about room in subnets and in the VPC, and about the VPC as a whole. */
export const roomFixtures: Readonly<Record<string, Fixture>> = {
  'subnet-free-addresses': {
    fires: {
      'none for Lambda': see(free(0), move),
      'one for Lambda, none for the endpoint': see(free(1), { ...move, endpoints: 'logs' }),
      few: see(free(15), move),
      'none for an endpoint that gets a subnet': see(
        world()
          .vpc()
          .privateSubnets(2, NAT, { freeAddresses: 0 })
          .endpoint('logs', {
            subnetIds: [S1],
            tags: { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' },
          })
          .group('db')
          .placed([SG1]),
        { ...DB, endpoints: 'logs' },
      ),
    },
    silent: {
      enough: see(free(16), { ...move, endpoints: 'logs' }),
      'Lambda has its interface there': see(free(0).interfaces(own), move),
      'nothing is put there': see(free(0).placed([SG1]), DB),
    },
  },
  'lambda-interfaces-quota': {
    fires: {
      'one too many': see(free(200).interfaces(...crowd(500)), move),
      unreadable: see(free(200).with({ interfaces: denied('ec2:DescribeNetworkInterfaces') }), move),
    },
    silent: {
      'the last one': see(free(200).interfaces(...crowd(499)), move),
      'the pair has its interface': see(free(200).interfaces(own, ...crowd(499)), move),
      'of other workloads': see(
        free(200).interfaces(...crowd(500).map((one) => ({ ...one, type: 'interface' }))),
        move,
      ),
      'nothing moves': see(
        free(200)
          .placed([SG1])
          .interfaces(...crowd(600)),
        DB,
      ),
    },
  },
  'vpc-encryption-enforced': {
    fires: { enforced: see(world().vpc({ encryptionEnforced: true }).privateSubnets(1, NAT)) },
    silent: {
      'not enforced': see(bare()),
      'the function is there already': see(
        world().vpc({ encryptionEnforced: true }).privateSubnets(1, NAT).group('db').placed([SG1]),
        DB,
      ),
    },
  },
  'vpc-ranges-overlap': {
    fires: {
      'a transit gateway leads to one with the same range': see(
        overlapping('10.0.0.0/8', '10.1.0.0/16'),
        HERE,
      ),
      'a part of the range': see(overlapping('10.0.0.0/8', '10.1.192.0/18'), HERE),
    },
    silent: {
      'other ranges': see(overlapping('10.0.0.0/8', '10.2.0.0/16'), HERE),
      'only the default route leads out': see(overlapping('0.0.0.0/0', '10.1.0.0/16'), HERE),
      'the route is for other addresses': see(overlapping('10.7.0.0/16', '10.1.0.0/16'), HERE),
    },
  },
  'vpc-public-range': {
    fires: {
      'of a company': see(
        world()
          .vpc({ cidrs: ['12.25.15.0/25'] })
          .privateSubnets(1, NAT),
      ),
      'beside a private one': see(
        world()
          .vpc({ cidrs: ['10.0.0.0/16', '52.1.0.0/16'] })
          .privateSubnets(1, NAT),
      ),
    },
    silent: {
      private: see(bare()),
      'of carriers': see(
        world()
          .vpc({ cidrs: ['100.64.0.0/16', '172.31.0.0/16', '192.168.4.0/22'] })
          .privateSubnets(1, NAT),
      ),
      'nothing moves': see(
        world()
          .vpc({ cidrs: ['12.25.15.0/25'] })
          .privateSubnets(1, NAT)
          .group('db')
          .placed([SG1]),
        DB,
      ),
    },
  },
  'vpc-custom-dns': {
    fires: {
      'with private DNS': see(bare().with({ dnsServers: { ok: true, value: ['10.1.0.53'] } }), {
        endpoints: 'logs',
      }),
    },
    silent: {
      'AWS provides it': see(bare(), { endpoints: 'logs' }),
      'no endpoint has a name': see(bare().with({ dnsServers: { ok: true, value: ['10.1.0.53'] } }), {
        endpoints: 's3',
      }),
    },
  },
};
