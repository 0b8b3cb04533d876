import type { LambdaFunction } from '../../src/model/observed.js';
import { shortHash } from '../../src/resolve/users.js';
import { id, OWNER_ID } from '../builders/ids.js';
import { type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const S1 = id('subnet', 1);
const ipv6Cidrs = ['2001:db8:1::/64'];

/** A function in a second VPC, in a group of ours and with an endpoint of ours there. */
export function elsewhere(parts: Partial<LambdaFunction> = {}, users: readonly string[] = []): World {
  const made = bare().vpc().privateSubnets(1);
  const arn = made.observed().lambda.arn;
  const hashes = [shortHash(arn), ...users];
  const shared = {
    'managed-by': 'vpc-lambda-action',
    'vpc-lambda-action:scope': 'vpc',
    ...Object.fromEntries(hashes.map((hash) => [`vpc-lambda-action:user:${hash}`, hash])),
  };
  const own = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:owner': OWNER_ID };
  return made
    .group('app-7-lambda', { tags: own })
    .endpoint('logs', { tags: shared, subnetIds: [id('subnet', 3)] })
    .function('app-7', parts)
    .placed([id('sg', 1)], [id('subnet', 3)]);
}

const here = { vpc: id('vpc', 1) };

/** Fixtures of the rules about dual stack and about moves between VPCs. */
export const moveFixtures: Readonly<Record<string, Fixture>> = {
  'subnets-not-dual-stack': {
    fires: {
      'asked for': see(bare(), { ipv6: 'true' }),
      'asked for, one subnet without': see(bare(1).privateSubnets(1, id('nat', 1), { ipv6Cidrs }), {
        subnets: `${S1}, ${id('subnet', 2)}`,
        ipv6: 'true',
      }),
      'on today, and the function moves': see(
        bare().function('app-7', { network: { subnetIds: [], securityGroupIds: [], ipv6: true } }),
      ),
    },
    silent: {
      'dual stack': see(world().vpc().privateSubnets(2, id('nat', 1), { ipv6Cidrs }), { ipv6: 'true' }),
      'switched off': see(
        bare().function('app-7', { network: { subnetIds: [], securityGroupIds: [], ipv6: true } }),
        { ipv6: 'false' },
      ),
      'on today, and the function stays': see(
        bare()
          .group('db')
          .function('app-7', {
            network: {
              subnetIds: [S1, id('subnet', 2)],
              securityGroupIds: [id('sg', 1)],
              ipv6: true,
            },
          }),
        { 'security-groups': 'db' },
      ),
      off: see(bare()),
    },
  },
  'left-behind': {
    fires: {
      'group and endpoint': see(elsewhere(), here),
      'the endpoint alone, where the group was not worn': see(
        elsewhere()
          .group('db')
          .placed([id('sg', 2)], [id('subnet', 3)]),
        here,
      ),
      'the group, where others use the endpoint': see(elsewhere({}, ['0a1b2c3d']), here),
    },
    silent: {
      'groups of others': see(
        bare()
          .vpc()
          .privateSubnets(1)
          .group('db')
          .placed([id('sg', 1)], [id('subnet', 3)]),
        here,
      ),
      'the same VPC': see(elsewhere(), { vpc: id('vpc', 2), subnets: id('subnet', 3) }),
      'from no VPC': see(bare()),
    },
  },
};
