import type { ObservedNetwork } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import type { ReachLine, ReachVerdict } from '../model/reach.js';
import { isAmazonServer } from '../network/names.js';
import type { FunctionPlace, Network } from '../network/network.js';
import { type PreparedNetwork, prepare } from '../network/prepared.js';
import { agreement, judge } from '../network/reach.js';
import type { SharedTarget } from '../resolve/target.js';
import { compareText } from '../text/order.js';
import { networkOf } from './network.js';
import type { OwnEndpoint, Question } from './questions.js';
import { serviceWord } from './service-names.js';
import { subnetLine } from './subnet-line.js';

/** A group that lets everything out: a function from elsewhere is judged by the network alone. */
export const OPEN_GROUP = {
  id: 'any security group',
  ingress: [],
  egress: ['0.0.0.0/0', '::/0'].map((value) => ({
    protocol: 'all',
    ports: undefined,
    peer: { kind: 'cidr' as const, value },
  })),
};

/** A network at one time, ready for any number of questions: what functions in a place there reach. */
export class Time {
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

  /** What a function in a place gets to; `because` says how the verdict is meant. */
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
    if (this.isResolver(question)) return this.resolverVerdict(place);
    const { lines } = judge(this.networkFor(question), { place, destination: question.destination });
    const bySubnet = place.subnetIds.map((subnetId) => {
      const { target, observed, changes } = this;
      const here = { ...place, subnetIds: [subnetId] };
      const hasWayOut = () => this.hasWayOut(question, here);
      const behindGroups = () => this.openly(question, here, question.destination).lines[0]?.outcome;
      const facts = {
        question,
        target,
        functionName,
        observed,
        changes,
        subnetId,
        hasWayOut,
        behindGroups,
      };
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

  /** Whether a question is for the DNS server that AWS gives each VPC. */
  private isResolver({ destination }: Question): boolean {
    if (destination.kind !== 'address' || destination.port !== 53) return false;
    return isAmazonServer(destination.cidr.replace(/\/(32|128)$/, ''), this.network.vpc);
  }

  /** Neither security groups nor network ACLs filter it (VPC user guide, "Amazon DNS server"; docs/reach.md, section 3). */
  private resolverVerdict({ subnetIds }: FunctionPlace): ReachVerdict {
    const { id, dnsSupport } = this.network.vpc;
    const answers = {
      status: 'reachable' as const,
      text: 'by the DNS server of the VPC, which no security group and no network ACL filters',
      stop: undefined,
      remedy: undefined,
    };
    const silent = {
      status: 'blocked' as const,
      text: `blocked by VPC ${id}: its DNS support is off`,
      stop: { code: 'DNS_SUPPORT_OFF', kind: 'vpc', id, rule: undefined },
      remedy: `Run \`aws ec2 modify-vpc-attribute --vpc-id ${id} --enable-dns-support\`.`,
    };
    const told = { ...(dnsSupport ? answers : silent), through: [], moreRemedies: [], egressLine: undefined };
    return {
      status: told.status,
      lines: subnetIds.map((subnetId) => ({ ...this.placed(subnetId), ...told })),
      because: undefined,
    };
  }

  private placed(subnetId: string): Pick<ReachLine, 'subnetId' | 'zone'> {
    return { subnetId, zone: this.observed.subnets.find(({ id }) => id === subnetId)?.zone };
  }

  /** What the network says of a destination where the function's groups let everything out. */
  private openly(question: Question, place: FunctionPlace, destination: Question['destination']) {
    const open = { ...place, groupIds: [OPEN_GROUP.id] };
    return judge(this.networkFor(question), { place: open, destination });
  }

  private hasWayOut(question: Question, place: FunctionPlace): boolean {
    const { protocol, port, kind } = question.destination;
    const family = kind === 'address' ? ('ipv4' as const) : question.destination.family;
    const destination = { kind: 'internet' as const, family, protocol, port };
    return this.openly(question, place, destination).status !== 'blocked';
  }

  private outOfSight(
    { why, remedy }: NonNullable<Question['outOfSight']>,
    { subnetIds }: FunctionPlace,
  ): ReachVerdict {
    const lines = subnetIds.map((subnetId): ReachLine => {
      const nothing = { through: [], stop: undefined, moreRemedies: [], egressLine: undefined };
      return { ...this.placed(subnetId), status: 'unknown', text: 'not known', remedy, ...nothing };
    });
    return { status: 'unknown', lines, because: why };
  }
}
