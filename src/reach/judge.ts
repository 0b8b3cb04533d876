import type { FunctionNetwork, ObservedNetwork } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import type { CallVerdict, Judged, ReachLine, ReachRow, ReachVerdict } from '../model/reach.js';
import type { FunctionPlace, Network } from '../network/network.js';
import { type PreparedNetwork, prepare } from '../network/prepared.js';
import { agreement, judge } from '../network/reach.js';
import type { Line, Outcome } from '../network/verdict.js';
import { neededOf } from '../resolve/needed.js';
import { hiddenSubnets } from '../resolve/others.js';
import type { SharedTarget, Target } from '../resolve/target.js';
import { compareText } from '../text/order.js';
import { networkAfter, placeAfter } from './after.js';
import { blockedText, reachableText, unknownText } from './line-texts.js';
import { networkOf } from './network.js';
import { callQuestions, type OwnEndpoint, type Question, questionsOf } from './questions.js';
import { blockedRemedy, type RemedyFacts } from './remedies.js';
import { serviceWord } from './service-names.js';
import { unknownRemedy } from './unread.js';

/** A group that lets everything out: a function from elsewhere is judged by the network alone. */
const OPEN_GROUP = {
  id: 'any security group',
  ingress: [],
  egress: ['0.0.0.0/0', '::/0'].map((value) => ({
    protocol: 'all',
    ports: undefined,
    peer: { kind: 'cidr' as const, value },
  })),
};

/** A network at one time, ready for any number of questions. */
class Time {
  private readonly network: Network;
  private readonly prepared = new Map<string, PreparedNetwork>();
  private readonly known = new Map<string, ReachVerdict>();

  constructor(
    private readonly target: SharedTarget,
    readonly observed: ObservedNetwork,
    private readonly changes: readonly Change[],
  ) {
    const network = networkOf(observed, target.vpc, target.region);
    this.network = { ...network, groups: [...network.groups, OPEN_GROUP] };
  }

  /**
   * The network as a question sees it. The own name of an endpoint is public and leads to it whatever private DNS
   * and host names say (PrivateLink guide, "Endpoint-specific DNS hostnames").
   */
  private networkFor({ ownEndpoint, destination }: Question): PreparedNetwork {
    const key = ownEndpoint?.serviceName ?? '';
    const ready = this.prepared.get(key);
    if (ready !== undefined) return ready;
    const { network } = this;
    const ids = ownEndpoint === undefined ? [] : this.idsOf(ownEndpoint);
    const names = destination.kind === 'service' ? [destination.name] : [];
    const endpoints = network.endpoints.map((endpoint) => {
      if (endpoint.kind !== 'interface') return endpoint;
      // No other endpoint answers the own name of one.
      return ids.includes(endpoint.id)
        ? { ...endpoint, privateDns: true, names }
        : { ...endpoint, names: endpoint.names.filter((name) => !names.includes(name)) };
    });
    const vpc = { ...network.vpc, dnsHostnames: true };
    const made = prepare(ownEndpoint === undefined ? network : { ...network, vpc, endpoints });
    this.prepared.set(key, made);
    return made;
  }

  /** The endpoint that stands, or what the plan makes for the service. */
  private idsOf({ id, serviceName }: OwnEndpoint): string[] {
    if (id !== undefined) return [id];
    const standing = this.target.observed.endpoints.map((endpoint) => endpoint.id);
    return this.observed.endpoints
      .filter((endpoint) => endpoint.serviceName === serviceName && !standing.includes(endpoint.id))
      .map((endpoint) => endpoint.id);
  }

  verdict(question: Question, place: FunctionPlace, functionName: string, because?: string): ReachVerdict {
    const key = JSON.stringify([question.text, question.ownEndpoint, place, because]);
    const ready = this.known.get(key);
    if (ready !== undefined) return ready;
    const made = this.judged(question, place, functionName, because);
    this.known.set(key, made);
    return made;
  }

  private judged(
    question: Question,
    place: FunctionPlace,
    functionName: string,
    because: string | undefined,
  ): ReachVerdict {
    if (question.outOfSight !== undefined) return this.outOfSight(question.outOfSight, place);
    const { lines } = judge(this.networkFor(question), { place, destination: question.destination });
    const bySubnet = place.subnetIds.map((subnetId) => {
      const { target, observed, changes } = this;
      const hasWayOut = () => this.hasWayOut(question, { ...place, subnetIds: [subnetId] });
      const facts = { question, target, functionName, observed, changes, subnetId, hasWayOut };
      return subnetLine(
        lines.filter((line) => line.subnetId === subnetId),
        facts,
      );
    });
    const sorted = bySubnet.sort((one, other) => compareText(one.zone ?? '', other.zone ?? ''));
    const unseen = sorted.some(({ status }) => status === 'blocked') ? this.unseen(question) : undefined;
    if (unseen !== undefined) return this.outOfSight(unseen, place);
    return { status: agreement(sorted.map(({ status }) => status)), lines: sorted, because };
  }

  /**
   * Why a service that looks blocked may be served: AWS does not show the endpoints of a shared VPC to accounts that
   * do not own it (VPC user guide, "Share your VPC subnets"; domain.md row 58).
   */
  private unseen({ word }: Question): Question['outOfSight'] {
    const { vpc, region } = this.target;
    const { caller, endpoints } = this.observed;
    if (word === undefined || vpc.ownerId === '' || vpc.ownerId === caller.accountId) return undefined;
    const isSeen = endpoints.some(
      ({ vpcId, serviceName }) => vpcId === vpc.id && serviceWord(serviceName, region) === word,
    );
    if (isSeen) return undefined;
    return {
      why: `${vpc.id} is shared by account ${vpc.ownerId}, whose endpoints are not shown to others.`,
      remedy: `Ask the owner of ${vpc.id} whether an endpoint for ${word} admits the function.`,
    };
  }

  private hasWayOut(question: Question, place: FunctionPlace): boolean {
    const { protocol, port, kind } = question.destination;
    const family = kind === 'address' ? ('ipv4' as const) : question.destination.family;
    const destination = { kind: 'internet' as const, family, protocol, port };
    const open = { ...place, groupIds: [OPEN_GROUP.id] };
    return judge(this.networkFor(question), { place: open, destination }).status !== 'blocked';
  }

  private outOfSight(
    { why, remedy }: NonNullable<Question['outOfSight']>,
    { subnetIds }: FunctionPlace,
  ): ReachVerdict {
    const lines = subnetIds.map((subnetId): ReachLine => {
      const zone = this.observed.subnets.find(({ id }) => id === subnetId)?.zone;
      const nothing = { through: [], stop: undefined, egressLine: undefined };
      return { subnetId, zone, status: 'unknown', text: 'unknown', remedy, ...nothing };
    });
    return { status: 'unknown', lines, because: why };
  }
}

/** Interfaces in subnets of another account are not listed: that nothing wears a group there is not certain. */
function doubted(outcome: Outcome, target: SharedTarget): Outcome {
  if (outcome.status !== 'blocked' || outcome.code !== 'NO_SOURCE_OR_DESTINATION') return outcome;
  if (hiddenSubnets(target).length === 0) return outcome;
  return { status: 'unknown', code: 'UNKNOWN_RESOURCE', component: outcome.component };
}

const ORDER = ['blocked', 'unknown', 'reachable'] as const;

/** The lines from one subnet as one: told by what is worst. */
function subnetLine(lines: readonly Line[], facts: RemedyFacts): ReachLine {
  const outcomes = lines.map(({ outcome }) => doubted(outcome, facts.target));
  const [worst] = ORDER.flatMap((status) => outcomes.find((outcome) => outcome.status === status) ?? []);
  const status = agreement(outcomes.map((outcome) => outcome.status));
  const place = { subnetId: facts.subnetId, zone: lines[0]?.zone, status };
  if (worst === undefined) throw new Error(`no judgement from ${facts.subnetId}`);
  const told = { ...place, ...described(worst, facts) };
  if (status !== 'partly') return told;
  const reached = outcomes.filter((outcome) => outcome.status === 'reachable').length;
  return { ...told, text: `${told.text}; ${reached} of ${outcomes.length} interfaces are reached` };
}

function described(outcome: Outcome, facts: RemedyFacts): Omit<ReachLine, 'subnetId' | 'zone' | 'status'> {
  const { changes, observed } = facts;
  if (outcome.status === 'reachable') {
    const through = outcome.path.filter(({ kind }) => kind !== 'function').map(({ id }) => id);
    const text = reachableText(outcome, changes);
    return { through, stop: undefined, text, remedy: undefined, egressLine: undefined };
  }
  const { code, component } = outcome;
  const rule = outcome.status === 'blocked' ? outcome.rule : undefined;
  const stop = { code, ...component, rule };
  if (outcome.status === 'blocked') {
    return {
      through: [],
      stop,
      text: blockedText(outcome, changes),
      ...blockedRemedy(outcome.change, facts),
    };
  }
  const remedy = unknownRemedy(outcome, observed);
  return { through: [], stop, text: unknownText(outcome, changes), remedy, egressLine: undefined };
}

const placeOf = ({ subnetIds, securityGroupIds, ipv6 }: FunctionNetwork): FunctionPlace => ({
  subnetIds,
  groupIds: securityGroupIds,
  ipv6,
});

function fromOf(target: Target): ReachRow['from'] {
  if (target.currentVpcId === target.vpc.id) return undefined;
  return target.observed.lambda.network.subnetIds.length === 0 ? 'no-vpc' : 'other-vpc';
}

const BECAUSE = {
  'no-vpc':
    'Today the function is in no VPC and reaches every public address; this is the network of its new subnets as it is.',
  'other-vpc':
    'The network that the function is in today was not read; this is that of its new subnets as it is.',
} as const;

/** Where a function will be; undefined where that is not in the VPC of the run. */
function placeLater(target: Target, changes: readonly Change[]): FunctionPlace | undefined {
  const { name, network } = target.observed.lambda;
  const later = placeAfter(name, changes) ?? (fromOf(target) === undefined ? network : undefined);
  return later === undefined || later.subnetIds.length === 0 ? undefined : placeOf(later);
}

/** The rows of one function. */
function rowsOf(
  target: Target,
  questions: readonly Question[],
  now: Time,
  then: Time,
  changes: readonly Change[],
): ReachRow[] {
  const { name, network } = target.observed.lambda;
  const from = fromOf(target);
  const subnetIds = target.subnets.map(({ id }) => id);
  const open = { subnetIds, groupIds: [OPEN_GROUP.id], ipv6: network.ipv6 };
  const today = from === undefined ? placeOf(network) : open;
  const later = placeLater(target, changes);
  if (later === undefined || today.subnetIds.length === 0) return [];
  return questions.map((question) => ({
    functionName: name,
    destination: question.text,
    askedBy: question.askedBy,
    isInternet: question.isInternet,
    isPublic: question.isPublic,
    before: now.verdict(question, today, name, from && BECAUSE[from]),
    from,
    after: then.verdict(question, later, name),
  }));
}

/** The services that the function's role speaks of; nothing where what decides was not due to be read. */
function callsOf(target: Target, then: Time, changes: readonly Change[]): CallVerdict[] {
  const { name } = target.observed.lambda;
  const place = placeLater(target, changes);
  if (place === undefined || target.observed.reach === undefined) return [];
  return (neededOf(target.observed)?.services ?? [])
    .filter(({ grade }) => grade !== 'not')
    .map(({ word }) => {
      const { usual, own } = callQuestions(word, target);
      const after = then.verdict(usual, place, name);
      const byOwnName = own && after.status !== 'reachable' ? then.verdict(own, place, name) : undefined;
      return byOwnName?.status === 'reachable'
        ? { functionName: name, word, after: byOwnName, byOwnName: true }
        : { functionName: name, word, after, byOwnName: false };
    });
}

/**
 * Judges what the functions reach, before and after the changes: what the inputs ask for, and the internet; after
 * them also what their roles speak of. Pure: from what was read and what the changes send alone.
 */
export function judgeReach(
  shared: SharedTarget,
  targets: readonly Target[],
  changes: readonly Change[],
): Judged {
  const { observed, vpc } = shared;
  const questions = questionsOf(shared);
  if (questions.length === 0) return { reach: [], calls: [] };
  const now = new Time(shared, observed, changes);
  const isSettled = observed.endpoints.every(({ state }) => state !== 'pending');
  const then =
    changes.length === 0 && isSettled ? now : new Time(shared, networkAfter(observed, vpc, changes), changes);
  return {
    reach: targets.flatMap((target) => rowsOf(target, questions, now, then, changes)),
    calls: targets.flatMap((target) => callsOf(target, then, changes)),
  };
}
