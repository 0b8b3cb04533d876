import { usesIpv6 } from '../resolve/ipv6.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

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
  const interfaces = endpoints.filter(
    ({ type, vpcId }) => vpcId === target.vpc.id && type !== 'Gateway',
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

/** Endpoints made here route IPv4; those of others for DynamoDB do as well (domain.md row 82). */
function judgeIpv6(facts: SharedFacts): Verdict[] {
  const { target, uses } = facts;
  const found = uses.filter(
    ({ how, service }) => service.type === 'Gateway' && (how !== 'adopted' || service.word === 'dynamodb'),
  );
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
