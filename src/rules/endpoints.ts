import { makingUsable } from '../reach/listing.js';
import { endpointSubnets } from '../resolve/endpoint-use.js';
import { prefixListFor, prefixListOf } from '../resolve/prefix-lists.js';
import { names, type WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { isOurs, MAX_TAGS, USER, userTag } from '../resources/tags.js';
import { capital, listed, sortedSet, without } from '../text/words.js';
import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

const interfaces = ({ uses }: SharedFacts) => uses.filter((use) => use.service.type === 'Interface');

function judgeDns({ target, uses, changes }: SharedFacts): Verdict[] {
  const { dns } = target.observed;
  const wanting = interfaces({ target, uses, changes }).filter((use) => use.service.privateDns);
  if (wanting.length === 0 || (dns.support && dns.hostnames)) return [];
  const off = [
    ...(dns.support ? [] : ['enableDnsSupport']),
    ...(dns.hostnames ? [] : ['enableDnsHostnames']),
  ];
  const options = { enableDnsSupport: '--enable-dns-support', enableDnsHostnames: '--enable-dns-hostnames' };
  const commands = off.map((name) => {
    const option = name === 'enableDnsSupport' ? options.enableDnsSupport : options.enableDnsHostnames;
    return `\`aws ec2 modify-vpc-attribute --vpc-id ${target.vpc.id} ${option}\``;
  });
  return [
    {
      subject: target.vpc.id,
      message: `VPC ${target.vpc.id} has ${listed(off)} off; the private DNS of ${listed(wanting.map((use) => use.service.word))} needs both attributes.`,
      remedy: `Run ${listed(commands)}, or set \`private-dns: false\`.`,
    },
  ];
}

function judgeZones(facts: SharedFacts): Verdict[] {
  const { target } = facts;
  return interfaces(facts).flatMap((use) => {
    const { service } = use;
    if (
      service.entry === undefined ||
      use.how === 'adopted' ||
      use.how === 'central' ||
      target.endpointSubnets.length === 0
    )
      return [];
    const chosen = endpointSubnets(service, target, []).map((subnet) => subnet.zone);
    const uncovered = sortedSet(
      without(
        target.endpointSubnets.map((subnet) => subnet.zone),
        chosen,
      ),
    );
    if (uncovered.length === 0) return [];
    const none = chosen.length === 0;
    return [
      {
        subject: service.serviceName,
        severity: none ? ('error' as const) : ('warning' as const),
        message: `${service.serviceName} does not support ${listed(uncovered)}; it supports ${listed(service.entry.zones)}.${none ? '' : ' Calls from there go to another zone, which costs per GB.'}`,
        remedy: none
          ? 'Set `endpoint-subnets` to subnets in zones that the service supports.'
          : 'Set `endpoint-subnets` to subnets in supported zones to choose them yourself.',
      },
    ];
  });
}

function judgePrivateName(facts: SharedFacts): Verdict[] {
  return interfaces(facts)
    .filter(
      ({ service, how }) => how === 'create' && service.privateDns && service.entry?.privateDns === false,
    )
    .map(({ service }) => ({
      subject: service.serviceName,
      message: `${service.serviceName} has no private DNS name.`,
      remedy: 'Remove `private-dns: true`, or set it to `false`.',
    }));
}

/** An endpoint of its own has no name but its own; the setting is for every endpoint of the run. */
function apart({ word, serviceName }: WantedService, { desired, region }: SharedTarget): string {
  const isReached = (desired.reaches ?? []).some(
    ({ to }) =>
      to.kind === 'service' && names({ service: to.value, type: undefined, text: word }, serviceName, region),
  );
  const first = isReached ? `remove \`${word}\` from \`reaches\` and ` : '';
  return `${first}set \`private-dns: false\` and have the code call the services of \`endpoints\` by the endpoints' own names.`;
}

function judgeInTheWay(facts: SharedFacts): Verdict[] {
  // With `fail` another rule stops for each of them.
  if (facts.target.desired.existingEndpoints === 'fail') return [];
  return facts.uses.flatMap((use) => {
    if (use.how !== 'in-the-way') return [];
    const { endpoint, service, why } = use;
    const { id } = endpoint;
    const steps = makingUsable(endpoint, facts.target);
    return [
      {
        subject: id,
        message: `Endpoint ${id} owns the private name of ${service.word} in this VPC and cannot be used: ${why}.`,
        remedy: capital(
          `${steps === undefined ? '' : `${listed(steps)}, or `}${apart(service, facts.target)}`,
        ),
      },
    ];
  });
}

const BROKEN = ['failed', 'rejected', 'expired'];

function judgeBroken({ target }: SharedFacts): Verdict[] {
  const wanted = target.services.map((service) => service.serviceName);
  return target.observed.endpoints
    .filter(
      (endpoint) =>
        endpoint.vpcId === target.vpc.id &&
        isOurs(endpoint.tags) &&
        wanted.includes(endpoint.serviceName) &&
        BROKEN.includes(endpoint.state),
    )
    .map((endpoint) => ({
      subject: endpoint.id,
      message: `Endpoint ${endpoint.id} for ${endpoint.serviceName} is ${endpoint.state}${endpoint.lastError ? `: ${endpoint.lastError}` : ''}.`,
      remedy: `Delete it with \`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint.id}\`, then run the job again.`,
    }));
}

function judgeAccepted({ uses }: SharedFacts): Verdict[] {
  return uses.flatMap((use) => {
    if (use.how !== 'ours' || use.endpoint.state !== 'pendingacceptance') return [];
    const { id, serviceName } = use.endpoint;
    const message = `Endpoint ${id} waits for the owner of ${serviceName} to accept it; the function is not moved before.`;
    return [
      { subject: id, message, remedy: 'Ask the owner of the service to accept it, then run the job again.' },
    ];
  });
}

function judgePrefixLists({ target, uses }: SharedFacts): Verdict[] {
  const gateways = uses.filter((use) => use.service.type === 'Gateway').map((use) => use.service.serviceName);
  const lines = (target.desired.egress ?? []).filter((line) => line.peer.kind === 'service');
  const missing = [
    ...gateways.filter((name) => prefixListOf(name, target) === undefined),
    ...lines.map((line) => line.peer.value).filter((word) => prefixListFor(word, target) === undefined),
  ];
  return missing.map((name) => ({
    subject: name,
    message: `AWS has no prefix list for ${name} in ${target.region}.`,
    remedy:
      name === 'internet'
        ? 'Write `0.0.0.0/0` for the internet in egress.'
        : 'Write `s3`, `dynamodb`, the id of a prefix list (`pl-…`), a CIDR, or a security group by its id (`sg-…`) in egress.',
  }));
}

function judgeAccess({ target, uses }: SharedFacts): Verdict[] {
  const made = uses.some((use) => use.how === 'create');
  const owners = sortedSet(target.subnets.map((subnet) => subnet.ownerId));
  const foreign = owners.filter((owner) => owner !== target.observed.caller.accountId && owner !== '');
  if (!made || foreign.length === 0) return [];
  return [
    {
      subject: target.vpc.id,
      message: `The subnets of ${target.vpc.id} belong to account ${listed(foreign)} and are shared with this one; only their owner can make endpoints in them.`,
      remedy:
        'Ask the owner of the VPC for the endpoints, remove them from `endpoints`, and name their ranges in `egress`.',
    },
  ];
}

function judgeUsers({ target, uses }: SharedFacts): Verdict[] {
  const key = userTag(target.user.hash);
  return uses.flatMap((use) => {
    if (use.how !== 'ours' || use.endpoint.tags[key] !== undefined) return [];
    if (Object.keys(use.endpoint.tags).length < MAX_TAGS) return [];
    const { id } = use.endpoint;
    const message = `Endpoint ${id} has ${MAX_TAGS} tags, so that ${target.user.name} cannot record that it uses it.`;
    const remedy = `Run \`aws ec2 delete-tags --resources ${id} --tags Key=<key>\` for tags \`${USER}…\` whose value names a function that does not exist any more.`;
    return [{ subject: id, message, remedy }];
  });
}

/** Rules about the endpoints. */
export const endpointRules: readonly SharedRule[] = [
  { id: 'vpc-dns-off', about: 'shared', severity: 'error', subject: 'VPC', page: pages.dns, check: judgeDns },
  {
    id: 'zone-unsupported',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.interfaceEndpoints,
    check: judgeZones,
  },
  {
    id: 'service-without-private-dns',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.endpointPrivateDns,
    check: judgePrivateName,
  },
  {
    id: 'endpoint-in-the-way',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.endpointPrivateDns,
    check: judgeInTheWay,
  },
  {
    id: 'endpoint-broken',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.interfaceEndpoints,
    check: judgeBroken,
  },
  {
    id: 'endpoint-not-accepted',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.interfaceEndpoints,
    check: judgeAccepted,
  },
  {
    id: 'prefix-list-not-found',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.prefixLists,
    check: judgePrefixLists,
  },
  {
    id: 'use-not-recorded',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.tags,
    check: judgeUsers,
  },
  {
    id: 'subnets-shared-by-other-account',
    about: 'shared',
    severity: 'error',
    subject: 'subnet',
    page: pages.sharedSubnets,
    check: judgeAccess,
  },
];
