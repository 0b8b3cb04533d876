import { describe } from '@jest/globals';
import { viaEndpoint, viaGateway, viaNat } from './paths.js';
import { table } from './show.js';
import {
  type Edit,
  endpoint,
  enter,
  entry,
  internet,
  lead,
  reroute,
  route,
  rules,
  s3,
  service,
  ssm,
} from './town.js';

const noNat = reroute('rtb-fn', '0.0.0.0/0');
const servers =
  (...dnsServers: string[]): Edit =>
  (network) =>
    void Object.assign(network.vpc, { dnsServers });
const attribute =
  (name: 'dnsSupport' | 'dnsHostnames'): Edit =>
  (network) => {
    network.vpc[name] = false;
  };

/** A DNS server in the subnet of the database, which the function may ask. */
const dnsServer: Edit = (network) => {
  network.interfaces?.push({
    id: 'eni-dns',
    subnetId: 'subnet-db',
    addresses: ['10.0.5.53'],
    groupIds: ['sg-dns'],
  });
  network.groups.push({ id: 'sg-dns', ingress: [], egress: [] });
  rules('sg-dns', 'ingress', 'udp 53 10.0.0.0/16')(network);
  rules('sg-fn', 'egress', 'tcp 443 0.0.0.0/0', 'udp 53 10.0.5.53/32')(network);
  servers('10.0.5.53')(network);
};

describe('the name of a service', () => {
  table([
    { name: 'leads to its interface endpoint', to: ssm, is: viaEndpoint },
    { name: 'is compared without case', to: service('SSM.us-east-2.amazonaws.com'), is: viaEndpoint },
    {
      name: 'without an endpoint leads to public addresses',
      to: service('sqs.us-east-2.amazonaws.com'),
      is: viaNat,
    },
    { name: 'leads to the addresses of its prefix list', to: s3, is: viaGateway },
    {
      name: 'leads to the addresses of the first of its prefix lists',
      edits: [
        (network) =>
          void network.prefixLists.push({
            id: 'pl-0',
            cidrs: ['198.51.100.0/24'],
            names: ['s3.us-east-2.amazonaws.com'],
          }),
      ],
      to: s3,
      is: viaNat,
    },
    {
      name: 'is covered by a wildcard for one label',
      to: service('bucket.s3.us-east-2.amazonaws.com'),
      is: viaGateway,
    },
    {
      name: 'is covered by a wildcard for two labels',
      to: service('my.bucket.s3.us-east-2.amazonaws.com'),
      is: viaGateway,
    },
    {
      name: 'is not covered by a wildcard without a label',
      edits: [endpoint('vpce-ssm', { names: ['*.ssm.us-east-2.amazonaws.com'] })],
      to: ssm,
      is: viaNat,
    },
    {
      name: 'that is global does not lead to the endpoint of the regional one',
      edits: [noNat],
      to: service('sts.amazonaws.com'),
      is: 'blocked NAME_NOT_COVERED vpce-sts -> use-regional-name sts.us-east-2.amazonaws.com',
    },
    {
      name: 'that is global goes through the NAT gateway, past the endpoint',
      to: service('sts.amazonaws.com'),
      is: `${viaNat} (endpoint-not-used: NAME_NOT_COVERED)`,
    },
    {
      name: 'that is global leads to an endpoint that covers it',
      edits: [endpoint('vpce-sts', { names: ['sts.amazonaws.com'] })],
      to: service('sts.amazonaws.com'),
      is: 'reachable sg-fn acl-fn rtb-fn acl-ep sg-ep vpce-sts',
    },
    {
      name: 'that is global without an endpoint needs a route',
      edits: [noNat],
      to: service('iam.amazonaws.com'),
      is: 'blocked NO_ROUTE_TO_DESTINATION rtb-fn -> add-route rtb-fn 0.0.0.0/0',
    },
  ]);
});

describe('private DNS', () => {
  table([
    {
      name: 'that is off leaves the endpoint unused',
      edits: [endpoint('vpce-ssm', { privateDns: false }), noNat],
      to: ssm,
      is: 'blocked PRIVATE_DNS_OFF vpce-ssm -> enable-private-dns vpce-ssm',
    },
    {
      name: 'that is off does no harm where a NAT gateway leads out',
      edits: [endpoint('vpce-ssm', { privateDns: false })],
      to: ssm,
      is: `${viaNat} (endpoint-not-used: PRIVATE_DNS_OFF)`,
    },
    {
      name: 'that is off, with the other way out of sight',
      edits: [
        endpoint('vpce-ssm', { privateDns: false }),
        reroute('rtb-fn', '0.0.0.0/0', route('0.0.0.0/0', 'transit-gateway', 'tgw-1')),
      ],
      to: ssm,
      is: 'unknown LEAVES_SIGHT elsewhere tgw-1',
    },
    {
      name: 'needs DNS hostnames',
      edits: [attribute('dnsHostnames'), noNat],
      to: ssm,
      is: 'blocked DNS_HOSTNAMES_OFF vpce-ssm -> enable-dns-hostnames vpc-1',
    },
    {
      name: 'needs an endpoint that is available',
      edits: [endpoint('vpce-ssm', { state: 'pending' }), noNat],
      to: ssm,
      is: 'blocked BAD_STATE vpce-ssm -> mend-component vpce-ssm',
    },
    {
      name: 'hides the public addresses even where the endpoint refuses',
      edits: [rules('sg-ep', 'ingress')],
      to: ssm,
      is: 'blocked SG_HAS_NO_RULES sg-ep -> allow-ingress sg-ep tcp 443 sg-fn',
    },
    {
      name: 'leads nowhere where the endpoint has no subnet',
      edits: [endpoint('vpce-ssm', { interfaces: [] })],
      to: ssm,
      is: 'blocked ENDPOINT_HAS_NO_SUBNET vpce-ssm -> add-endpoint-subnet vpce-ssm',
    },
    {
      name: 'has no IPv6 answer for an IPv4 endpoint',
      edits: [endpoint('vpce-ssm', { addressType: 'ipv4' })],
      to: service('ssm.us-east-2.amazonaws.com', { family: 'ipv6' }),
      is: 'blocked ENDPOINT_FAMILY_MISMATCH vpce-ssm -> enable-endpoint-family vpce-ssm ipv6',
    },
  ]);
});

describe("Amazon's DNS server", () => {
  table([
    {
      name: 'does not answer without DNS support',
      edits: [attribute('dnsSupport')],
      to: ssm,
      is: 'blocked DNS_SUPPORT_OFF vpc-1 -> enable-dns-support vpc-1',
    },
    { name: 'does not matter for an address', edits: [attribute('dnsSupport')], to: internet(), is: viaNat },
    {
      name: 'is not filtered by groups and ACLs',
      edits: [
        rules('sg-fn', 'egress', 'tcp 443 sg-ep'),
        enter(
          'acl-fn',
          entry(1, true, false, { protocol: 'udp' }),
          entry(1, false, false, { protocol: 'udp' }),
        ),
      ],
      to: ssm,
      is: viaEndpoint,
    },
    {
      name: 'may be written as the link-local address',
      edits: [servers('169.254.169.253')],
      to: ssm,
      is: viaEndpoint,
    },
    {
      name: 'may be written as its IPv6 address',
      edits: [servers('fd00:ec2::253')],
      to: ssm,
      is: viaEndpoint,
    },
    { name: 'may be written as the VPC plus two', edits: [servers('10.0.0.2')], to: ssm, is: viaEndpoint },
    {
      name: 'answers where a custom server before it cannot be asked',
      edits: [dnsServer, servers('10.0.5.53', 'AmazonProvidedDNS'), rules('sg-dns', 'ingress')],
      to: ssm,
      is: viaEndpoint,
    },
    {
      name: 'is missing from an empty list',
      edits: [servers()],
      to: ssm,
      is: 'blocked DNS_SUPPORT_OFF vpc-1 -> enable-dns-support vpc-1',
    },
  ]);
});

describe('a custom DNS server', () => {
  table([
    {
      name: 'may answer with the endpoint or past it, which is the same where both are reached',
      edits: [dnsServer],
      to: ssm,
      is: viaEndpoint,
    },
    {
      name: 'makes it unknown where the answers lead apart',
      edits: [dnsServer, noNat],
      to: ssm,
      is: 'unknown CUSTOM_DNS dns-server 10.0.5.53',
    },
    {
      name: 'makes no difference where both answers are blocked',
      edits: [dnsServer, noNat, rules('sg-ep', 'ingress')],
      to: ssm,
      is: 'blocked SG_HAS_NO_RULES sg-ep -> allow-ingress sg-ep tcp 443 sg-fn',
    },
    { name: 'answers for a service without an endpoint', edits: [dnsServer], to: s3, is: viaGateway },
    {
      name: 'needs UDP 53 out of the function',
      edits: [dnsServer, rules('sg-fn', 'egress', 'tcp 443 0.0.0.0/0', 'tcp 53 10.0.5.53/32')],
      to: ssm,
      is: 'blocked ENI_SG_RULES_MISMATCH sg-fn dns -> allow-egress sg-fn udp 53 10.0.5.53/32',
    },
    {
      name: 'needs UDP 53 into the server',
      edits: [dnsServer, rules('sg-dns', 'ingress', 'tcp 53 10.0.0.0/16')],
      to: ssm,
      is: 'blocked ENI_SG_RULES_MISMATCH sg-dns dns -> allow-ingress sg-dns udp 53 sg-fn',
    },
    {
      name: 'is filtered by ACLs, its reply too',
      edits: [dnsServer, enter('acl-db', entry(50, true, false, { protocol: 'udp' }))],
      to: ssm,
      is: 'blocked SUBNET_ACL_RESTRICTION acl-db 50 dns -> allow-acl acl-db out udp 1024-65535 10.0.1.0/24 before 50',
    },
    {
      name: 'without a described interface is out of sight',
      edits: [dnsServer, (network) => void network.interfaces?.pop()],
      to: ssm,
      is: 'unknown UNKNOWN_DESTINATION subnet subnet-db',
    },
    {
      name: 'out of sight does not hide a block',
      edits: [dnsServer, (network) => void network.interfaces?.pop(), noNat, rules('sg-ep', 'ingress')],
      to: ssm,
      is: 'blocked SG_HAS_NO_RULES sg-ep -> allow-ingress sg-ep tcp 443 sg-fn',
    },
    {
      name: 'elsewhere is out of sight',
      edits: [
        dnsServer,
        servers('192.168.0.53'),
        lead('rtb-fn', route('192.168.0.0/16', 'vpc-peering', 'pcx-1')),
        rules('sg-fn', 'egress', 'tcp 443 0.0.0.0/0', 'udp 53 0.0.0.0/0'),
      ],
      to: ssm,
      is: 'unknown LEAVES_SIGHT elsewhere pcx-1',
    },
    {
      name: 'that is no address is out of sight',
      edits: [servers('dns.example')],
      to: ssm,
      is: 'unknown UNKNOWN_RESOURCE dns-server dns.example',
    },
    {
      name: 'after one that cannot be asked answers',
      edits: [dnsServer, servers('10.0.77.53', '10.0.5.53')],
      to: s3,
      is: viaGateway,
    },
    {
      name: 'does not matter for an address',
      edits: [servers('10.0.77.53')],
      to: internet(),
      is: viaNat,
    },
  ]);
});
