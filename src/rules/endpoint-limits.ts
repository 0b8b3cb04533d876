import type { VpcEndpoint } from '../model/observed.js';
import { listing } from '../reach/listing.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import { usesIpv6 } from '../resolve/ipv6.js';
import { endpointWord } from '../resolve/services.js';
import { isLiving } from '../resources/vpc-endpoint.js';
import { listed, sortedSet } from '../text/words.js';
import { pages } from './pages.js';
import { isMoved, type SharedFacts, type SharedRule, type Verdict } from './rule.js';

/** Interface and Gateway Load Balancer endpoints of a VPC, by default (AWS PrivateLink quotas). */
const MOST_INTERFACES = 50;

/** Gateway endpoints of a region, by default (AWS PrivateLink quotas). */
const MOST_GATEWAYS = 20;

interface Quota {
  readonly subject: string;
  readonly where: string;
  readonly name: string;
  readonly present: number;
  readonly added: number;
  readonly most: number;
}

function overQuota({ subject, where, name, present, added, most }: Quota): Verdict[] {
  if (added === 0 || present + added <= most) return [];
  return [
    {
      subject,
      message: `There are ${present} ${where} and this run makes ${added} more; the quota is ${most} unless it was raised.`,
      remedy: `Delete endpoints that nobody uses, or raise the quota "${name}" in Service Quotas.`,
    },
  ];
}

function judgeQuota({ target, uses }: SharedFacts): Verdict[] {
  const { endpoints } = target.observed;
  const made = (type: string): number =>
    uses.filter(({ how, service }) => how === 'create' && service.type === type).length;
  // Endpoints for resources and service networks have quotas of their own, and none of those is made here.
  const interfaces = endpoints.filter(
    ({ type, vpcId }) => vpcId === target.vpc.id && (type === 'Interface' || type === 'GatewayLoadBalancer'),
  ).length;
  const gateways = endpoints.filter(({ type }) => type === 'Gateway').length;
  return [
    ...overQuota({
      subject: target.vpc.id,
      where: `interface endpoints in ${target.vpc.id}`,
      name: 'Interface VPC endpoints per VPC',
      present: interfaces,
      added: made('Interface'),
      most: MOST_INTERFACES,
    }),
    ...overQuota({
      subject: target.region,
      where: `gateway endpoints in ${target.region}`,
      name: 'Gateway VPC endpoints per Region',
      present: gateways,
      added: made('Gateway'),
      most: MOST_GATEWAYS,
    }),
  ];
}

/** The gateway services of the VPC that no wish is about, with what serves them: each service once. */
function unaskedGateways({ target }: SharedFacts): VpcEndpoint[][] {
  const asked = target.services.map(({ serviceName }) => serviceName);
  const found = target.observed.endpoints.filter(
    (endpoint) =>
      endpoint.vpcId === target.vpc.id &&
      endpoint.type === 'Gateway' &&
      isLiving(endpoint) &&
      !asked.includes(endpoint.serviceName),
  );
  const services = sortedSet(found.map(({ serviceName }) => serviceName));
  return services.map((name) => found.filter(({ serviceName }) => serviceName === name));
}

/** A gateway endpoint serves the subnets of its route tables alone, and nothing reports the others (domain.md row 79). */
function judgeUnrouted(facts: SharedFacts): Verdict[] {
  const { target, changes } = facts;
  if (!isMoved(changes)) return [];
  return unaskedGateways(facts).flatMap((endpoints) => {
    const routed = endpoints.flatMap(({ routeTableIds }) => routeTableIds);
    const missing = target.routeTables.map(({ id }) => id).filter((id) => !routed.includes(id));
    const [endpoint] = endpoints;
    if (endpoint === undefined || missing.length === 0) return [];
    const word = endpointWord(endpoint.serviceName, 'Gateway', target.region);
    const ids = endpoints.map(({ id }) => id);
    return [
      {
        subject: ids.join(', '),
        message: `${ids.length === 1 ? 'Gateway endpoint' : 'Gateway endpoints'} ${listed(ids)} for ${word} ${ids.length === 1 ? 'is' : 'are'} not on ${listed(missing)} of the function's subnets, so that its calls to ${word} take another way or none.`,
        remedy: `${listing(word, target).how} if the code calls it.`,
      },
    ];
  });
}

/** A gateway endpoint routes what its address type says, which is IPv4 for those made here (domain.md row 82). */
function routesIpv6(use: EndpointUse): boolean {
  return (use.how === 'ours' || use.how === 'adopted') && use.endpoint.addressType !== 'ipv4';
}

function judgeIpv6(facts: SharedFacts): Verdict[] {
  const { target, uses } = facts;
  const found = uses.filter((use) => use.service.type === 'Gateway' && !routesIpv6(use));
  if (found.length === 0 || !usesIpv6(target)) return [];
  const words = found.map(({ service }) => service.word);
  return [
    {
      subject: target.vpc.id,
      message: `The gateway endpoints of ${target.vpc.id} for ${listed(words)} route IPv4 only, and the function may send IPv6.`,
      remedy: `Let the code use the IPv4 addresses of ${listed(words)}: leave \`AWS_USE_DUALSTACK_ENDPOINT\` unset.`,
    },
  ];
}

/** Runtimes whose SDKs asked the global host by default, in versions of before August 2025 (AWS SDKs reference guide). */
const OLD_DEFAULT = /^(python|java|dotnet|ruby|go1|nodejs1[0-6])/;

function judgeSts({ target, uses }: SharedFacts): Verdict[] {
  const isServed = uses.some(({ how, service }) => how !== 'in-the-way' && service.word === 'sts');
  const wasServed = uses.some(({ how, service }) => how === 'ours' && service.word === 'sts');
  const names = target.lambdas
    .filter(({ runtime }) => OLD_DEFAULT.test(runtime ?? ''))
    .map(({ name }) => name);
  if (!isServed || wasServed || names.length === 0) return [];
  return [
    {
      subject: names.join(', '),
      message: `The endpoint of sts serves the name of ${target.region} only; SDKs of before August 2025 in ${listed(names)} may call \`sts.amazonaws.com\` and wait in vain.`,
      remedy: 'Set `AWS_STS_REGIONAL_ENDPOINTS=regional` on the function, or update its SDK.',
    },
  ];
}

/** Rules about how many endpoints there may be, and what they do not serve. */
export const endpointLimitRules: readonly SharedRule[] = [
  {
    id: 'endpoint-quota',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.privatelinkQuotas,
    check: judgeQuota,
  },
  {
    id: 'gateway-not-routed',
    about: 'shared',
    severity: 'notice',
    subject: 'endpoint',
    page: pages.gatewayEndpoints,
    check: judgeUnrouted,
  },
  {
    id: 'gateway-not-dual-stack',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.gatewayEndpoints,
    check: judgeIpv6,
  },
  {
    id: 'sts-global-name',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.stsEndpoints,
    check: judgeSts,
  },
];
