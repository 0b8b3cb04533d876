import type { EgressLine, ReachWish } from '../model/desired.js';
import type { AskedBy } from '../model/reach.js';
import type { Destination, Family } from '../network/verdict.js';
import { useOf } from '../resolve/endpoint-use.js';
import { usesIpv6 } from '../resolve/ipv6.js';
import { prefixListFor } from '../resolve/prefix-lists.js';
import type { WantedService } from '../resolve/services.js';
import type { SharedTarget } from '../resolve/target.js';
import { type OutOfSight, unknownService } from './known-service.js';
import { derivedNames, endpointNames, nameToAsk, serviceNames, serviceWord } from './service-names.js';

/** An endpoint that has no name but its own. */
export interface OwnEndpoint {
  readonly serviceName: string;
  /** Undefined where it is to be made. */
  readonly id: string | undefined;
}

/** A destination that somebody asks for, and what the engine is asked. */
export interface Question {
  /** As the inputs write it. */
  readonly text: string;
  readonly askedBy: AskedBy;
  readonly isInternet: boolean;
  /** Whether everyone outside of VPCs reaches it: the internet, and services of AWS. */
  readonly isPublic: boolean;
  /** Word of the service; undefined for any other destination. */
  readonly word: string | undefined;
  /** The endpoint that is asked for by its own name, without private DNS; undefined for any other name. */
  readonly ownEndpoint: OwnEndpoint | undefined;
  readonly destination: Destination;
  /** Undefined where the engine is asked. */
  readonly outOfSight: OutOfSight | undefined;
}

const HTTPS = { protocol: 'tcp', port: 443 } as const;

type Traffic = Pick<ReachWish, 'protocol' | 'port'>;

const familyOf = (cidr: string): Family => (cidr.includes(':') ? 'ipv6' : 'ipv4');

const lineText = ({ protocol, port }: Traffic, peer: string): string => `${protocol} ${port} ${peer}`;

const isHttps = ({ protocol, port }: Traffic): boolean => protocol === HTTPS.protocol && port === HTTPS.port;

const plain = {
  isInternet: false,
  isPublic: false,
  word: undefined,
  ownEndpoint: undefined,
  outOfSight: undefined,
};

function toInternet(traffic: Traffic, family: Family, askedBy: AskedBy): Question {
  const peer = family === 'ipv4' ? 'internet' : '::/0';
  const destination = { kind: 'internet' as const, family, ...traffic };
  return { ...plain, text: lineText(traffic, peer), askedBy, isInternet: true, isPublic: true, destination };
}

function toCidr(traffic: Traffic, cidr: string, askedBy: AskedBy): Question {
  if (cidr === '0.0.0.0/0' || cidr === '::/0') return toInternet(traffic, familyOf(cidr), askedBy);
  const host = cidr.replace(/\/(32|128)$/, '');
  const destination = { kind: 'address' as const, cidr, ...traffic };
  return { ...plain, text: lineText(traffic, host), askedBy, destination };
}

function toGroup(traffic: Traffic, value: string, askedBy: AskedBy, target: SharedTarget): Question {
  const group = target.observed.groups.find(({ id }) => id === value);
  const elsewhere = group === undefined || group.vpcId !== target.vpc.id;
  const why = value.includes('/')
    ? `Security group ${value} is of another account, whose interfaces cannot be seen.`
    : `Security group ${value} is not in ${target.vpc.id}; what wears it cannot be seen.`;
  return {
    ...plain,
    text: lineText(traffic, value),
    askedBy,
    destination: { kind: 'group', groupId: value, family: 'ipv4', ...traffic },
    outOfSight: elsewhere
      ? { why, remedy: `Check that what wears ${value} is reached, and admits the function.` }
      : undefined,
  };
}

/** The names of a service: those that its endpoints in the VPC answer, else those of the catalogue or derived. */
function namesOf(
  service: string,
  target: SharedTarget,
): { readonly word: string; readonly names: readonly string[] } {
  const { observed, region, vpc } = target;
  const word = serviceWord(service, region);
  const isIt = (name: string): boolean => serviceWord(name, region) === word;
  const endpoints = observed.endpoints.filter(
    ({ vpcId, type, serviceName }) => vpcId === vpc.id && type === 'Interface' && isIt(serviceName),
  );
  const endpoint = endpoints.find(({ privateNames }) => privateNames.length > 0) ?? endpoints[0];
  if (endpoint) return { word, names: endpointNames(endpoint, region, observed.services) };
  const listed = observed.services?.find(({ name }) => isIt(name));
  return { word, names: serviceNames(listed?.name ?? word, region, observed.services) };
}

/** Why the DNS name of a service that `reaches` names is not known; undefined where it is. */
function whyNameless(word: string, names: readonly string[], target: SharedTarget): Question['outOfSight'] {
  const { services, endpoints } = target.observed;
  const unknown = unknownService(word, { region: target.region, services, endpoints });
  if (unknown) return unknown;
  // Services of others have the private name that their provider gives them, or none (PrivateLink guide,
  // "Manage DNS names for VPC endpoint services").
  const [derived] = derivedNames(word, target.region);
  if (!word.startsWith('vpce-svc-') || names.some((name) => name !== derived)) return undefined;
  return {
    why: `Endpoint service ${word} has no private DNS name, and is reached by the names of its endpoints alone.`,
    remedy: 'Write `tcp <port> <group of the endpoint>` in its place.',
  };
}

function toService(traffic: Traffic, service: string, askedBy: AskedBy, target: SharedTarget): Question {
  const { word, names } = namesOf(service, target);
  const name = nameToAsk(names, word, target.region);
  const destination = { kind: 'service' as const, name, family: 'ipv4' as const, ...traffic };
  // Only what `reaches` names was looked up by this name; the others were found before.
  const outOfSight = askedBy === 'reaches' ? whyNameless(word, names, target) : undefined;
  const text = isHttps(traffic) ? word : lineText(traffic, word);
  return { ...plain, text, askedBy, isPublic: true, word, destination, outOfSight };
}

/** The endpoint that serves where a service's name does not lead to it: others of the service have other names. */
function ownEndpointOf(service: WantedService, target: SharedTarget): OwnEndpoint | undefined {
  if (service.type !== 'Interface' || service.privateDns) return undefined;
  const use = useOf(service, target);
  return { serviceName: service.serviceName, id: 'endpoint' in use ? use.endpoint.id : undefined };
}

function forEndpoint(service: WantedService, target: SharedTarget): Question {
  const asked = toService(HTTPS, service.serviceName, 'endpoints', target);
  return { ...asked, text: service.word, ownEndpoint: ownEndpointOf(service, target) };
}

/** The questions whether calls of a service get there. */
export interface CallQuestions {
  /** By the name that code calls where it is told no other. */
  readonly usual: Question;
  /** By the own name of the endpoint that the inputs ask for; undefined where it has the usual one, or there is none. */
  readonly own: Question | undefined;
}

/** Asks for a service of a word, as the inputs do where they list it. */
export function callQuestions(word: string, target: SharedTarget): CallQuestions {
  const words = [word, `${word}:interface`];
  const [listed] = words.flatMap((name) => target.services.find((service) => service.word === name) ?? []);
  const usual = toService(HTTPS, listed?.serviceName ?? word, 'endpoints', target);
  const own = listed && forEndpoint(listed, target);
  return { usual, own: own?.ownEndpoint && own };
}

/** A line of `egress` with one destination: one port, and one group, address, service or the internet. */
function forEgress(line: EgressLine, target: SharedTarget): Question[] {
  const { protocol, ports, peer } = line;
  if (protocol === 'all' || ports === undefined || ports.from !== ports.to) return [];
  const traffic = { protocol, port: ports.from };
  if (peer.kind === 'group') return [toGroup(traffic, peer.value, 'egress', target)];
  if (peer.kind === 'service') {
    // Without a prefix list there is no rule to judge, which is an error of its own.
    const known = prefixListFor(peer.value, target) !== undefined;
    return known ? [toService(traffic, peer.value, 'egress', target)] : [];
  }
  const isOne = /\/(32|128|0)$/.test(peer.value);
  return peer.kind === 'cidr' && isOne ? [toCidr(traffic, peer.value, 'egress')] : [];
}

function forWish({ to, protocol, port }: ReachWish, target: SharedTarget): Question {
  const traffic = { protocol, port };
  switch (to.kind) {
    case 'internet':
      return toInternet(traffic, 'ipv4', 'reaches');
    case 'group':
      return toGroup(traffic, to.value, 'reaches', target);
    case 'cidr':
      return toCidr(traffic, to.value, 'reaches');
    case 'service':
      return toService(traffic, to.value, 'reaches', target);
  }
}

/**
 * Whether all that a question needs was due to be read. A run that has nothing to do reads no more than it needs
 * to know that: then only the interface endpoints are judged, whose facts are all there.
 */
function isDue({ askedBy, destination, text }: Question, { observed, services }: SharedTarget): boolean {
  const { kind } = destination;
  if (kind === 'group' || kind === 'address') {
    return observed.reach !== undefined && observed.interfaces !== undefined;
  }
  const stands = services.some(({ type, word }) => type === 'Interface' && word === text);
  return observed.reach !== undefined || (askedBy === 'endpoints' && stands);
}

/** Whether a function may send IPv6 before or after the run. */
function speaksIpv6(target: SharedTarget): boolean {
  return usesIpv6(target) || target.lambdas.some(({ network }) => network.ipv6);
}

/** Every destination to judge, each once; `reaches` asks before `endpoints` and `egress`, unless nobody can tell. */
export function questionsOf(target: SharedTarget): Question[] {
  const { desired, services } = target;
  const all = [
    ...(desired.reaches ?? []).map((wish) => forWish(wish, target)),
    ...services.map((service) => forEndpoint(service, target)),
    ...(desired.egress ?? []).flatMap((line) => forEgress(line, target)),
    toInternet(HTTPS, 'ipv4', 'none'),
    ...(speaksIpv6(target) ? [toInternet(HTTPS, 'ipv6', 'none')] : []),
  ].filter((question) => isDue(question, target));
  const byText = new Map<string, Question>();
  for (const question of all) {
    const asked = byText.get(question.text);
    const tellsMore = asked?.outOfSight !== undefined && question.outOfSight === undefined;
    if (asked === undefined || tellsMore) byText.set(question.text, question);
  }
  return [...byText.values()];
}
