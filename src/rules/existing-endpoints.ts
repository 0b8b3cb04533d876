import { endpointHours } from '../cost/endpoint-hours.js';
import { allowsNothingOf, allowsSomeOf, deniesAllOf } from '../iam/endpoint-policy.js';
import type { VpcEndpoint } from '../model/observed.js';
import { unlisting, useOfOthers } from '../reach/listing.js';
import type { WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { isDeletable, type UnwantedEndpoint, unwantedEndpoints } from '../resolve/unwanted-endpoints.js';
import { isShared, isUserTag } from '../resources/tags.js';
import { isLiving } from '../resources/vpc-endpoint.js';
import { capital, counted, listed, someOf, withCommas } from '../text/words.js';
import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

/** Endpoints of the VPC for a service and type. */
function endpointsOf(
  service: { readonly serviceName: string; readonly type: string },
  { target }: SharedFacts,
): VpcEndpoint[] {
  return target.observed.endpoints.filter(
    ({ vpcId, serviceName, type }) =>
      vpcId === target.vpc.id && serviceName === service.serviceName && type === service.type,
  );
}

/** What a run needs that is to do with endpoints of others. */
function suffering(service: WantedService, target: SharedTarget): string {
  const { setting, use, steps } = useOfOthers(service, target);
  const set = `set \`existing-endpoints: ${setting}\``;
  if (use.how === 'create' || use.how === 'ours') return `${set} for one of this action beside it`;
  const uses = setting === 'extend' ? `, which adds what ${service.word} lacks` : ' to use it';
  return steps.length === 0 ? `${set}${uses}` : listed([set, ...steps]);
}

function judgeOthers(facts: SharedFacts): Verdict[] {
  const { target } = facts;
  if (target.desired.existingEndpoints !== 'fail') return [];
  return target.services.flatMap((service) =>
    endpointsOf(service, facts)
      .filter((endpoint) => isLiving(endpoint) && !isShared(endpoint.tags))
      .map(({ id }) => ({
        subject: id,
        message: `Endpoint ${id} for ${service.serviceName} is somebody else's, and \`existing-endpoints: fail\` is set.`,
        remedy: capital(`${suffering(service, target)}, or ${unlisting(service, target)}.`),
      })),
  );
}

/** What an endpoint holds until it is gone, and a new one needs; undefined where it is in nobody's way. */
function heldBy(
  endpoint: VpcEndpoint,
  { privateDns }: WantedService,
  target: SharedTarget,
): string | undefined {
  if (endpoint.type !== 'Gateway') return privateDns && endpoint.privateDns ? 'private name' : undefined;
  const tables = target.routeTables.map(({ id }) => id);
  return tables.some((id) => endpoint.routeTableIds.includes(id)) ? 'routes' : undefined;
}

/** A private name, or the routes of a gateway, stay taken until the endpoint that had them is gone (domain.md row 84). */
function judgeDeleting(facts: SharedFacts): Verdict[] {
  return facts.uses.flatMap(({ how, service }) => {
    const going = how === 'create' ? endpointsOf(service, facts) : [];
    return going
      .filter(({ state }) => state === 'deleting')
      .flatMap((endpoint) => {
        const held = heldBy(endpoint, service, facts.target);
        if (held === undefined) return [];
        const { id, serviceName } = endpoint;
        return [
          {
            subject: id,
            message: `Endpoint ${id} for ${serviceName} is being deleted; until that has ended a new one cannot have its ${held}.`,
            remedy:
              'Wait a few minutes if the new one is refused; a run that writes waits up to 3 minutes by itself.',
          },
        ];
      });
  });
}

function judgePolicies({ target, uses }: SharedFacts): Verdict[] {
  return uses.flatMap((use) => {
    if (use.how !== 'adopted' && use.how !== 'ours') return [];
    const { id, policy } = use.endpoint;
    const ownWish = use.how === 'ours' && target.desired.endpointPolicy !== undefined;
    if (policy === undefined || ownWish) return [];
    const { word } = use.service;
    const message = allowsNothingOf(policy, word)
      ? `Endpoint ${id} has a policy that leaves no action of ${word} allowed: every call through it is denied. It is left as it is.`
      : `Endpoint ${id} has a policy that restricts what can be done with ${word} through it; it may deny the function, and is left as it is.`;
    return [
      { subject: id, message, remedy: `Check that the policy of ${id} allows what the function calls.` },
    ];
  });
}

/** What lets a policy allow actions of a service, as clauses that begin with a verb. */
function policySteps(policy: string, word: string): string[] {
  const steps = [
    ...(deniesAllOf(policy, word) ? [`take ${word} out of what \`endpoint-policy\` denies`] : []),
    ...(allowsSomeOf(policy, word)
      ? []
      : [`add a statement for ${word} to \`endpoint-policy\`, which is for all endpoints of this action`]),
  ];
  return steps.length > 0 ? steps : [`allow actions of ${word} in \`endpoint-policy\` that it does not deny`];
}

/** One policy is for every endpoint that this action makes: what it does not name it closes. */
function judgeOmitted({ target, uses }: SharedFacts): Verdict[] {
  const { endpointPolicy } = target.desired;
  if (endpointPolicy === undefined) return [];
  return uses
    .filter(
      ({ how, service }) =>
        (how === 'create' || how === 'ours') && allowsNothingOf(endpointPolicy, service.word),
    )
    .map(({ service }) => ({ service, word: service.word }))
    .map(({ service, word }) => ({
      subject: word,
      message: `\`endpoint-policy\` allows no action of ${word}: every call through its endpoint would be denied.`,
      remedy: `${capital(listed(policySteps(endpointPolicy, word)))}, or ${unlisting(service, target)}.`,
    }));
}

function judgeCentral({ target, uses }: SharedFacts): Verdict[] {
  return uses.flatMap((use) => {
    if (use.how !== 'central') return [];
    const { service, zone } = use;
    const leads = (target.desired.egress ?? []).length > 0;
    const message = `A private hosted zone of ${target.vpc.id} answers ${zone}, so that ${service.word} is served by endpoints somewhere else; none is made here.`;
    const remedy = leads
      ? 'Check that a line of `egress` leads to the range of those endpoints.'
      : 'Add the range of those endpoints to `egress`, for example `tcp 443 10.0.0.0/24`, or set `private-dns: false` for an endpoint here.';
    return [{ subject: zone, severity: leads ? ('notice' as const) : ('warning' as const), message, remedy }];
  });
}

function judgeZonesUnread({ target, uses }: SharedFacts): Verdict[] {
  const { hostedZones } = target.observed;
  const made = uses.filter(({ how, service }) => how === 'create' && service.privateDns);
  if (made.length === 0 || hostedZones?.ok !== false) return [];
  const { message, remedy } = hostedZones.problem;
  return [
    {
      subject: target.vpc.id,
      status: 'unknown',
      message: `Whether a private hosted zone of ${target.vpc.id} answers the names of ${listed(made.map(({ service }) => service.word))} already could not be read; AWS then refuses the endpoints. ${message}`,
      remedy,
    },
  ];
}

function hoursText({ endpoint, zones }: UnwantedEndpoint): string {
  if (endpoint.type !== 'Interface') return 'it costs nothing';
  const { presentHours } = endpointHours([{ type: 'Interface', present: zones, added: 0 }]);
  return `AWS bills ${withCommas(String(presentHours))} endpoint-hours a month for its ${counted(zones, 'zone')}`;
}

const whyUnwanted = ({ desired }: SharedTarget): string =>
  desired.autoEndpoints
    ? '`endpoints` neither lists nor stands for, by `auto`, any more'
    : '`endpoints` does not list any more';

function judgeUnwanted({ target }: SharedFacts): Verdict[] {
  return unwantedEndpoints(target)
    .filter(({ allowed, otherUsers }) => !allowed && otherUsers.length === 0)
    .map((one) => ({
      subject: one.endpoint.id,
      message: `Endpoint ${one.endpoint.id} was made by this action for ${one.word}, which ${whyUnwanted(target)}; it stays, and ${hoursText(one)}.`,
      remedy: `Add \`delete-endpoints:${one.word}\` to \`allow\` to delete it, if nobody in ${target.vpc.id} needs it.`,
    }));
}

/** Who keeps an endpoint from being deleted. */
function keepers({ otherUsers, dependents, unseen }: UnwantedEndpoint): string {
  const reasons = [
    ...(otherUsers.length > 0
      ? [`${listed(otherUsers)} recorded that ${otherUsers.length === 1 ? 'it uses' : 'they use'} it`]
      : []),
    ...(dependents.length > 0
      ? [`${counted(dependents.length, 'other network interface')} can use it: ${someOf(dependents)}`]
      : []),
    ...(unseen === undefined ? [] : [`who else can use it is not known (${unseen})`]),
  ];
  return reasons.join('; ');
}

/** How those who are gone are taken from an endpoint: nobody but a person knows that they are. */
function forgetting({ endpoint, otherUsers, otherTags }: UnwantedEndpoint): string {
  // Who may tag an endpoint must not write commands.
  if (otherTags.length === 0 || otherTags.some((key) => !isUserTag(key))) return '';
  const keys = otherTags.map((key) => `Key=${key}`).join(' ');
  return ` Where ${listed(otherUsers)} ${otherUsers.length === 1 ? 'does' : 'do'} not use it any more, run \`aws ec2 delete-tags --resources ${endpoint.id} --tags ${keys}\`.`;
}

function judgeKept({ target }: SharedFacts): Verdict[] {
  return unwantedEndpoints(target)
    .filter((one) => one.allowed && !isDeletable(one))
    .map((one) => ({
      subject: one.endpoint.id,
      message: `Endpoint ${one.endpoint.id} for ${one.word} is not deleted: ${keepers(one)}.`,
      remedy: `Remove \`delete-endpoints:${one.word}\` from \`allow\`, or run \`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${one.endpoint.id}\` when you know that nobody needs it.${forgetting(one)}`,
    }));
}

/** Rules about endpoints that stand: those of others, and ours that nobody asks for any more. */
export const existingEndpointRules: readonly SharedRule[] = [
  {
    id: 'endpoint-of-others',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.interfaceEndpoints,
    check: judgeOthers,
  },
  {
    id: 'endpoint-being-deleted',
    about: 'shared',
    severity: 'notice',
    subject: 'endpoint',
    page: pages.endpointPrivateDns,
    check: judgeDeleting,
  },
  {
    id: 'endpoint-policy-restricts',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.endpointPolicies,
    check: judgePolicies,
  },
  {
    id: 'endpoint-policy-omits',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.endpointPolicies,
    check: judgeOmitted,
  },
  {
    id: 'endpoint-central',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.hostedZones,
    due: ({ target }) => target.observed.hostedZones !== undefined,
    check: judgeCentral,
  },
  {
    id: 'hosted-zones-unknown',
    about: 'shared',
    severity: 'notice',
    subject: 'endpoint',
    page: pages.hostedZones,
    due: ({ target }) => target.observed.hostedZones !== undefined,
    check: judgeZonesUnread,
  },
  {
    id: 'endpoint-no-longer-desired',
    about: 'shared',
    severity: 'notice',
    subject: 'endpoint',
    page: pages.interfaceEndpoints,
    check: judgeUnwanted,
  },
  {
    id: 'endpoint-still-used',
    about: 'shared',
    severity: 'warning',
    subject: 'endpoint',
    page: pages.interfaceEndpoints,
    check: judgeKept,
  },
];
