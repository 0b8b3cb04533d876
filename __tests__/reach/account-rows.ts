import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';
import type { Row } from './remedy-rows.js';

const NAT = id('nat', 1);
const [S1, G1] = [id('subnet', 1), id('sg', 1)];
const kept = { 'security-groups': G1 };

/** A function in a VPC that another account owns. */
const shared = (exit: string | undefined): World =>
  world()
    .vpc({ ownerId: OTHER_ACCOUNT })
    .privateSubnets(1, exit, { ownerId: OTHER_ACCOUNT })
    .group('app', { egress: [rule('all 0.0.0.0/0')] })
    .placed([G1], [S1]);

/** Networks that the settings of an account, or another account, have a say in. */
export const accountRows: readonly Row[] = [
  [
    'Block Public Access of the VPC, whose subnet AWS says nothing of',
    world()
      .vpc({ blockPublicAccess: 'block-bidirectional' })
      .privateSubnets(1, NAT)
      .group('app', { egress: [rule('all 0.0.0.0/0')] })
      .placed([G1], [S1]),
    kept,
    'tcp 443 internet',
    `blocked 1/1 VPC_BLOCK_PUBLIC_ACCESS_ENABLED internet-gateway ${id('igw', 1)}`,
    'Run `aws ec2 create-vpc-block-public-access-exclusion --subnet-id subnet-00000000000000fff --internet-gateway-exclusion-mode allow-egress`.',
  ],
  [
    'Block Public Access of what comes in',
    world()
      .vpc({ blockPublicAccess: 'block-ingress' })
      .privateSubnets(1, NAT)
      .group('app', { egress: [rule('all 0.0.0.0/0')] })
      .placed([G1], [S1]),
    kept,
    'tcp 443 internet',
    'reachable 1/1',
    undefined,
  ],
  [
    'a service in a VPC that another account shares, whose endpoints are not shown',
    shared(undefined),
    kept,
    'ssm',
    'unknown 1/1',
    `Ask the owner of ${id('vpc', 1)} whether an endpoint for ssm admits the function.`,
  ],
  ['a service in such a VPC by a NAT gateway', shared(NAT), kept, 'ssm', 'reachable 1/1', undefined],
];
