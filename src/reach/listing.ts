import type { Desired } from '../model/desired.js';
import type { VpcEndpoint } from '../model/observed.js';
import { https } from '../network/traffic.js';
import { refusedSubnets } from '../resolve/admission.js';
import { type Addition, type EndpointUse, MAX_INTERFACE_GROUPS, useOf } from '../resolve/endpoint-use.js';
import {
  allowsDeletion,
  chooseService,
  endpointsFor,
  names,
  type WantedService,
  wantsPrivateDns,
} from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { admitCommand } from '../resources/commands.js';
import { isShared } from '../resources/tags.js';
import { capital, listed } from '../text/words.js';

/** The inputs that say what is done with endpoints of others. */
type Existing = Desired['existingEndpoints'];

const under = (target: SharedTarget, existingEndpoints: Existing): SharedTarget => ({
  ...target,
  desired: { ...target.desired, existingEndpoints },
});

/** What opens an endpoint whose groups refuse the functions; nothing where they do not. */
function opening({ id, groupIds }: VpcEndpoint, target: SharedTarget): string[] {
  const subnets = refusedSubnets(groupIds, https, target);
  if (subnets.length === 0) return [];
  const mayExtend = target.desired.existingEndpoints !== 'extend' && groupIds.length < MAX_INTERFACE_GROUPS;
  const [groupId] = groupIds;
  const cidrs = subnets.map(({ cidr }) => cidr);
  return [
    ...(mayExtend ? [`set \`existing-endpoints: extend\` (it adds a group to ${id})`] : []),
    ...(groupId === undefined ? [] : [`run ${admitCommand(groupId, 443, cidrs)}`]),
  ];
}

/** What leads the private name to an endpoint that does not answer it for everyone; nothing where it does. */
function mending({ id, state, inboundDnsOnly }: VpcEndpoint): string[] {
  if (state === 'pending') return [`wait until ${id} is available`];
  if (state === 'pendingacceptance') return [`ask the owner of the service to accept ${id}`];
  const options = '--dns-options PrivateDnsOnlyForInboundResolverEndpoint=false';
  return inboundDnsOnly
    ? [
        `run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} ${options}\` (it leads the name to ${id} for everyone in the VPC)`,
      ]
    : [];
}

/**
 * What makes an endpoint of others usable that owns a private name and cannot be used: clauses that begin with a verb,
 * all of them to be done. Undefined where nobody but AWS can (PrivateLink guide, "Requester-managed endpoints").
 */
export function makingUsable(endpoint: VpcEndpoint, target: SharedTarget): string[] | undefined {
  if (endpoint.requesterManaged) return undefined;
  const ways = opening(endpoint, target);
  const steps = [...mending(endpoint), ...(ways.length === 0 ? [] : [ways.join(' or ')])];
  return steps.length === 0 ? [`change ${endpoint.id} so that the function can use it`] : steps;
}

/** What a run would do that listed a service; undefined where none of its endpoints is there or known. */
function useIfListed(word: string, target: SharedTarget): EndpointUse | undefined {
  const { desired, observed, region, vpc } = target;
  const facts = { vpcId: vpc.id, region, endpoints: observed.endpoints, catalogue: observed.services };
  const choice = chooseService({ service: word, type: undefined, text: word }, desired, facts);
  return 'service' in choice ? useOf(asListed(choice.service, target), target) : undefined;
}

/** A service as it is wanted once it is listed: then the catalogue is read, which says whether AWS's have a name. */
function asListed(service: WantedService, { desired }: SharedTarget): WantedService {
  const isOfOthers = service.serviceName.includes('.vpce-svc-');
  if (service.entry !== undefined || service.type !== 'Interface' || isOfOthers) return service;
  return { ...service, privateDns: wantsPrivateDns(desired, service.word) };
}

/** Whether an endpoint of others stands, which `existing-endpoints: fail` does not suffer. */
const standsOfOthers = (service: WantedService, { vpc, observed }: SharedTarget): boolean =>
  endpointsFor(service, vpc.id, observed.endpoints).some(({ tags }) => !isShared(tags));

/** How a service is served once the inputs suffer endpoints of others. */
export interface SufferedUse {
  /** The setting of `existing-endpoints` under which it is. */
  readonly setting: Existing;
  readonly use: EndpointUse;
  /** What is to be done besides, as clauses that begin with a verb. */
  readonly steps: readonly string[];
}

/** How a service would be served with `existing-endpoints: reuse`, or with `extend` where only that opens an endpoint. */
export function useOfOthers(service: WantedService, target: SharedTarget): SufferedUse {
  const [reusing, extending] = [under(target, 'reuse'), under(target, 'extend')];
  const [reused, extended] = [useOf(service, reusing), useOf(service, extending)];
  const extend = reused.how === 'in-the-way' && extended.how !== 'in-the-way';
  const use = extend ? extended : reused;
  return { setting: extend ? 'extend' : 'reuse', use, steps: besides(use, extend ? extending : reusing) };
}

/** The consents of the inputs, as they are written, by which the plan deletes our endpoint of a service. */
function deletionsOf(use: EndpointUse, { desired, region }: SharedTarget): string[] {
  if (use.how !== 'ours') return [];
  return desired.allow
    .filter((consent) => allowsDeletion({ allow: [consent] }, use.endpoint, region))
    .map(({ kind, object }) => `\`${kind}:${object}\``);
}

/** What is to be done besides listing the service. */
function besides(use: EndpointUse, target: SharedTarget): string[] {
  if (use.how === 'central') return [`add the range of the endpoints that answer ${use.zone} to \`egress\``];
  const deletions = deletionsOf(use, target);
  if (deletions.length > 0) return [`remove ${listed(deletions)} from \`allow\``];
  if (use.how !== 'in-the-way') return [];
  return (
    makingUsable(use.endpoint, target) ?? [
      'set `private-dns: false`',
      'call the endpoint by its own name in the code',
    ]
  );
}

/** What an endpoint of others gets so that it serves. */
function added({ subnetIds, group, routeTableIds }: Addition): string {
  return listed([
    ...subnetIds.map((id) => `subnet ${id}`),
    ...(group ? ['a security group that admits the function'] : []),
    ...routeTableIds.map((id) => `route table ${id}`),
  ]);
}

/** What stands already, as a sentence without an end. */
function standing(use: EndpointUse): string | undefined {
  if (use.how !== 'ours' && use.how !== 'adopted') return undefined;
  const { id, state } = use.endpoint;
  if (state !== 'available') return `${id} is on its way`;
  if (use.how === 'ours') return `${id} of this action is there already`;
  return use.addition === undefined
    ? `${id} serves it already`
    : `${id} of somebody else then gets ${added(use.addition)}`;
}

/** How `endpoints` gives the functions a service that it does not list. */
export interface Listing {
  /** What to do, as a sentence without an end. */
  readonly how: string;
  /** What stands already, as a sentence without an end; undefined where nothing does. */
  readonly standing: string | undefined;
}

/** How a word gets into `endpoints`, as a clause. */
function adding(word: string, { desired }: SharedTarget): string {
  const isNone = desired.endpoints?.length === 0 && !desired.autoEndpoints;
  return isNone
    ? `write \`${word}\` in place of \`none\` in \`endpoints\``
    : `add \`${word}\` to \`endpoints\``;
}

function listedBy(use: EndpointUse, steps: readonly string[], target: SharedTarget): Listing {
  const add = adding(use.service.word, target);
  // What is in the way is to be mended before; a step may leave a choice.
  const how = capital(use.how === 'in-the-way' ? `${steps.join(', ')}, and ${add}` : listed([add, ...steps]));
  return { how, standing: standing(use) };
}

/** How a service is listed for which something stands; undefined where nothing does, so that listing it is all. */
export function listingOfStanding(word: string, target: SharedTarget): Listing | undefined {
  const use = useIfListed(word, target);
  if (use === undefined) return undefined;
  const suffers = target.desired.existingEndpoints !== 'fail' || !standsOfOthers(use.service, target);
  if (suffers) return use.how === 'create' ? undefined : listedBy(use, besides(use, target), target);
  const { setting, use: then, steps } = useOfOthers(use.service, target);
  return listedBy(then, [`set \`existing-endpoints: ${setting}\``, ...steps], target);
}

/** How any service is listed. */
export function listing(word: string, target: SharedTarget): Listing {
  const plain = { how: capital(adding(word, target)), standing: undefined };
  return listingOfStanding(word, target) ?? plain;
}

/** All that is to be said of it, as a sentence. */
export function listingText({ how, standing: stands }: Listing): string {
  return stands === undefined ? `${how}.` : `${how}: ${stands}.`;
}

/** How the inputs stop asking for an endpoint of a service, as a clause that begins with a verb. */
export function unlisting({ serviceName, word }: WantedService, { desired, region }: SharedTarget): string {
  const isListed = (desired.endpoints ?? []).some((wish) => names(wish, serviceName, region));
  // `auto` would bring back what is needed.
  return isListed && !desired.autoEndpoints
    ? `remove \`${word}\` from \`endpoints\``
    : `write a list without ${word} in place of \`auto\` in \`endpoints\``;
}
