import { allowEntry, ruleFor } from '../../fuzz/draft.js';
import { ask, dropRoute, entriesOf, type KnownAnswer, serviceOf, ssmOf, the, type World } from './world.js';

const privateDns = 'vpc/latest/privatelink/interface-endpoints.html';
const amazonDns = 'vpc/latest/userguide/AmazonDNS-concepts.html';
const attributes = 'vpc/latest/userguide/vpc-dns.html';
const options = 'vpc/latest/userguide/DHCPOptionSetConcepts.html';
const sts = 'IAM/latest/UserGuide/reference_sts_vpc_endpoint_create.html';

/** Takes the way to the public addresses away. */
function closePublicWay(world: World): void {
  dropRoute(world, 'a', '0.0.0.0/0');
}

/** Makes a server of the customer's, which stands in `subnet-b`, the only one. */
function useOwnServer({ network }: World): void {
  network.vpc.dnsServers = ['10.0.2.53'];
  network.interfaces?.push({
    id: 'eni-dns',
    subnetId: 'subnet-b',
    addresses: ['10.0.2.53'],
    groupIds: ['sg-dns'],
  });
  network.groups.push({ id: 'sg-dns', ingress: [ruleFor('cidr', '10.0.0.0/16', 'udp', 53)], egress: [] });
}

/** Known answers about names and endpoints. */
export const nameAnswers: readonly KnownAnswer[] = [
  {
    name: 'private DNS leads the name to the endpoint',
    page: privateDns,
    change: closePublicWay,
    ask: ask.ssm,
    answer: ['reachable'],
  },
  {
    name: 'without private DNS the name leads to public addresses',
    page: privateDns,
    change: (world) => {
      ssmOf(world).privateDns = false;
    },
    ask: ask.ssm,
    answer: ['reachable'],
  },
  {
    name: 'without private DNS and without a public way the name leads nowhere',
    page: privateDns,
    change: (world) => {
      closePublicWay(world);
      ssmOf(world).privateDns = false;
    },
    ask: ask.ssm,
    answer: ['blocked PRIVATE_DNS_OFF vpc-endpoint vpce-ssm - request'],
  },
  {
    name: 'private DNS needs enableDnsHostnames',
    page: privateDns,
    change: (world) => {
      closePublicWay(world);
      world.network.vpc.dnsHostnames = false;
    },
    ask: ask.ssm,
    answer: ['blocked DNS_HOSTNAMES_OFF vpc-endpoint vpce-ssm - request'],
  },
  {
    name: 'without enableDnsSupport Amazon DNS does not answer',
    page: attributes,
    change: ({ network }) => {
      network.vpc.dnsSupport = false;
    },
    ask: ask.ssm,
    answer: ['blocked DNS_SUPPORT_OFF vpc vpc-1 - request'],
  },
  ...['169.254.169.253', 'fd00:ec2::253', 'fd00:ec2:0:0:0:0:0:253', '10.0.0.2'].map(
    (server): KnownAnswer => ({
      name: `${server} is Amazon DNS, which ACLs and groups do not filter`,
      page: amazonDns,
      change: ({ network, place }) => {
        network.vpc.dnsServers = [server];
        the(network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-ssm', 'tcp', 443)];
        place.ipv6 = false;
      },
      ask: ask.ssm,
      answer: ['reachable'],
    }),
  ),
  {
    name: 'an endpoint that is not available does not answer',
    page: 'vpc/latest/privatelink/concepts.html',
    change: (world) => {
      closePublicWay(world);
      ssmOf(world).state = 'pendingacceptance';
    },
    ask: ask.ssm,
    answer: ['blocked BAD_STATE vpc-endpoint vpce-ssm - request'],
  },
  {
    name: 'the endpoint of STS answers for the regional name',
    page: sts,
    change: (world) => {
      closePublicWay(world);
      ssmOf(world).names = ['sts.us-east-2.amazonaws.com'];
    },
    ask: serviceOf('sts.us-east-2.amazonaws.com'),
    answer: ['reachable'],
  },
  {
    name: 'the endpoint of STS does not answer for the global name',
    page: sts,
    change: (world) => {
      closePublicWay(world);
      ssmOf(world).names = ['sts.us-east-2.amazonaws.com'];
    },
    ask: serviceOf('sts.amazonaws.com'),
    answer: ['blocked NAME_NOT_COVERED vpc-endpoint vpce-ssm - request'],
  },
  {
    name: 'an endpoint without a subnet has no address',
    page: privateDns,
    change: (world) => {
      ssmOf(world).interfaces = [];
    },
    ask: ask.ssm,
    answer: ['blocked ENDPOINT_HAS_NO_SUBNET vpc-endpoint vpce-ssm - request'],
  },
  {
    name: 'an IPv4 endpoint has no IPv6 address',
    page: 'vpc/latest/privatelink/create-interface-endpoint.html',
    change: () => undefined,
    ask: serviceOf('ssm.us-east-2.amazonaws.com', 'ipv6'),
    answer: ['blocked ENDPOINT_FAMILY_MISMATCH vpc-endpoint vpce-ssm - request'],
  },
  {
    name: 'a name with a star covers what is below it',
    page: 'AmazonS3/latest/userguide/privatelink-interface-endpoints.html',
    change: (world) => {
      closePublicWay(world);
      ssmOf(world).names = ['*.ssm.us-east-2.amazonaws.com'];
    },
    ask: serviceOf('a.b.ssm.us-east-2.amazonaws.com'),
    answer: ['reachable'],
  },
  {
    name: 'a custom server is asked by UDP at port 53, which groups filter',
    page: options,
    change: (world) => {
      useOwnServer(world);
      the(world.network.groups, 'sg-fn').egress = [ruleFor('cidr', '0.0.0.0/0', 'tcp')];
    },
    ask: ask.ssm,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-fn - dns'],
  },
  {
    name: 'a custom server is asked across ACLs',
    page: options,
    change: (world) => {
      useOwnServer(world);
      entriesOf(world, 'b').push({
        ...allowEntry(3, false, '0.0.0.0/0', 'udp', { from: 53, to: 53 }),
        allow: false,
      });
    },
    ask: ask.ssm,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b 3 dns'],
  },
  {
    name: 'the answer of a custom server crosses ACLs too',
    page: 'vpc/latest/userguide/nacl-basics.html',
    change: (world) => {
      useOwnServer(world);
      entriesOf(world, 'b').push({ ...allowEntry(3, true, '10.0.1.0/24', 'udp'), allow: false });
    },
    ask: ask.ssm,
    answer: ['blocked SUBNET_ACL_RESTRICTION network-acl acl-b 3 dns'],
  },
  {
    name: 'whether a custom server knows private DNS is out of sight, but both ways are open',
    page: options,
    change: useOwnServer,
    ask: ask.ssm,
    answer: ['reachable'],
  },
  {
    name: 'whether a custom server knows private DNS matters where the public way is closed',
    page: options,
    change: (world) => {
      useOwnServer(world);
      closePublicWay(world);
    },
    ask: ask.ssm,
    answer: ['unknown CUSTOM_DNS dns-server 10.0.2.53'],
  },
  {
    name: 'a second server is asked where the first is not reached',
    page: options,
    change: (world) => {
      useOwnServer(world);
      the(world.network.groups, 'sg-dns').ingress = [];
      world.network.vpc.dnsServers.push('AmazonProvidedDNS');
      closePublicWay(world);
    },
    ask: ask.ssm,
    answer: ['reachable'],
  },
  {
    name: 'IPv6 is off for a function unless it is allowed',
    page: 'lambda/latest/dg/configuration-vpc.html',
    change: ({ place }) => {
      place.ipv6 = false;
    },
    ask: ask.internetBySix,
    answer: ['blocked FUNCTION_IPV6_OFF function lambda - request'],
  },
  {
    name: 'a subnet without IPv6 gives no IPv6 address',
    page: 'lambda/latest/dg/configuration-vpc.html',
    change: ({ network }) => {
      the(network.subnets, 'subnet-a').ipv6Cidr = undefined;
    },
    ask: ask.internetBySix,
    answer: ['blocked SUBNET_FAMILY_MISMATCH subnet subnet-a - request'],
  },
  {
    name: 'each subnet of the function is judged',
    page: 'lambda/latest/dg/configuration-vpc.html',
    change: ({ place }) => place.subnetIds.push('subnet-b'),
    ask: ask.internet,
    answer: ['reachable', 'blocked NO_ROUTE_TO_DESTINATION route-table rtb-b - request'],
  },
];
