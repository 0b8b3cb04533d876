import { id } from '../builders/ids.js';
import { dns, world } from '../builders/world.js';
import { kept, made, type Row, route } from './remedy-rows.js';

const [G1, E1] = [id('sg', 1), id('vpce', 1)];
const [NAT, S1] = [id('nat', 1), id('subnet', 1)];

/** What endpoints and other components on the way say. */
export const componentRows: readonly Row[] = [
  [
    'a route that may not be in effect',
    world()
      .vpc()
      .table([S1], undefined, {
        routes: [route('0.0.0.0/0', NAT, 'filtered'), route('10.1.0.0/16', 'local')],
      })
      .privateSubnets(1)
      .group('app')
      .placed([G1], [S1]),
    kept,
    'tcp 443 internet',
    `unknown 1/1 ROUTE_STATE route-table ${id('rtb', 2)}`,
    `Check the routes of ${id('rtb', 2)} to 0.0.0.0/0 in state \`filtered\`: AWS does not say what that means.`,
  ],
  [
    'a service by an endpoint without private DNS',
    made(undefined)
      .endpoint('ssm', { groupIds: [G1], privateDns: false })
      .with(dns(true, true)),
    kept,
    'ssm',
    `blocked 1/1 PRIVATE_DNS_OFF vpc-endpoint ${E1}`,
    `Add \`ssm\` to \`endpoints\`, or run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${E1} --private-dns-enabled\`.`,
  ],
  [
    'a service by an endpoint whose private DNS is for inbound resolvers',
    made(undefined)
      .endpoint('s3', { groupIds: [G1], privateDns: false, inboundDnsOnly: true })
      .with(dns(true, true)),
    kept,
    's3',
    `blocked 1/1 PRIVATE_DNS_OFF vpc-endpoint ${E1}`,
    `Add \`s3\` to \`endpoints\`, or run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${E1} --private-dns-enabled --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false\`.`,
  ],
  [
    'a service by an endpoint that failed',
    made(undefined).endpoint('ssm', { groupIds: [G1], state: 'failed' }),
    kept,
    'ssm',
    `blocked 1/1 BAD_STATE vpc-endpoint ${E1}`,
    `Look why VPC endpoint ${E1} does not work, and mend or replace it.`,
  ],
];
