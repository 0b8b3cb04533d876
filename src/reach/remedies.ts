import type { ObservedNetwork } from '../model/observed.js';
import type { Change as PlanChange } from '../model/plan.js';
import type { ReachLine } from '../model/reach.js';
import { readOf } from '../model/reading.js';
import { freeNumber } from '../network/acl.js';
import { containsCidr } from '../network/cidr.js';
import { isPrefixListId } from '../network/prefix-list.js';
import { isPrivate } from '../network/private-ranges.js';
import type { Change, Outcome, RuleChange } from '../network/verdict.js';
import type { SharedTarget } from '../resolve/target.js';
import { isOurs, isShared } from '../resources/tags.js';
import { listed, sortedSet, uncapital } from '../text/words.js';
import { FUNCTION_GROUP } from './change-ids.js';
import { nameComponent } from './component-names.js';
import { type Listing, listing, listingText } from './listing.js';
import type { Question } from './questions.js';

/** What a remedy is written from. */
export interface RemedyFacts {
  readonly question: Question;
  readonly target: SharedTarget;
  readonly functionName: string;
  /** The network that the verdict is about. */
  readonly observed: ObservedNetwork;
  readonly changes: readonly PlanChange[];
  /** The subnet that the connection starts from. */
  readonly subnetId: string;
  /** Whether routes and network ACLs let a function of this subnet reach the internet, its groups aside. */
  readonly hasWayOut: () => boolean;
  /** What the network says of the connection where the function's groups let everything out. */
  readonly behindGroups: () => Outcome | undefined;
}

/** What opens a line: see {@link ReachLine}. */
export type Remedy = Pick<ReachLine, 'remedy' | 'egressLine'>;

/** A remedy for each kind of change; text alone where it is no line of `egress`. */
type Remedies = {
  readonly [K in Change['kind']]: (
    change: Extract<Change, { kind: K }>,
    facts: RemedyFacts,
  ) => string | Remedy;
};

const run = (command: string): string => `Run \`aws ec2 ${command}\`.`;

/** How `endpoints` gives the function an endpoint of the service; undefined where it is there, or no service. */
function endpointLine({ question, target }: RemedyFacts): Listing | undefined {
  const { word } = question;
  const listed = target.services.some((service) => service.word === word);
  const known = target.observed.services;
  // Of services that nobody asked for by name the catalogue need not have been read.
  const isLookedUp = question.askedBy === 'reaches' || target.desired.autoEndpoints;
  const hasNone =
    isLookedUp &&
    known !== undefined &&
    known.length > 0 &&
    !known.some(({ name }) => name.endsWith(`.${word}`));
  return word === undefined || listed || hasNone ? undefined : listing(word, target);
}

function permission({ protocol, port }: RuleChange, peers: string): string {
  return `'IpProtocol=${protocol},FromPort=${port},ToPort=${port},${peers}'`;
}

const ranges = (cidrs: readonly string[]): string => {
  const six = cidrs.some((cidr) => cidr.includes(':'));
  const each = cidrs.map((cidr) => `{${six ? 'CidrIpv6' : 'CidrIp'}=${cidr}}`);
  return `${six ? 'Ipv6Ranges' : 'IpRanges'}=[${each.join(',')}]`;
};

/** The other end of a rule for the command line; a group that does not exist yet is told by the function's subnets. */
function peersOf({ peer }: RuleChange, { target }: RemedyFacts): string {
  if (peer.kind === 'prefix-list') return `PrefixListIds=[{PrefixListId=${peer.value}}]`;
  if (peer.kind === 'cidr') return ranges([peer.value]);
  if (peer.value.startsWith('sg-')) return `UserIdGroupPairs=[{GroupId=${peer.value}}]`;
  return ranges(target.subnets.map(({ cidr }) => cidr));
}

function authorize(
  direction: 'ingress' | 'egress',
  groupId: string,
  rule: RuleChange,
  facts: RemedyFacts,
): string {
  return run(
    `authorize-security-group-${direction} --group-id ${groupId} --ip-permissions ${permission(rule, peersOf(rule, facts))}`,
  );
}

/** The lines of `egress` that a rule is; to a group that does not exist yet by the ranges of its endpoints. */
function egressLines({ protocol, port, peer }: RuleChange, { question, target }: RemedyFacts): string[] {
  const { destination } = question;
  const isNew = peer.kind === 'group' && !/^(\d{12}\/)?sg-/.test(peer.value);
  const value = destination.kind === 'group' ? destination.groupId : peer.value;
  const peers = isNew ? target.endpointSubnets.map(({ cidr }) => cidr) : [value];
  return peers.map((one) => `${protocol} ${port} ${one}`);
}

/** Whether neither routes nor network ACLs let a connection out that the groups would let out. */
function hasNoWay(rule: RuleChange, { question, hasWayOut, behindGroups }: RemedyFacts): boolean {
  if (rule.peer.kind !== 'cidr' || !question.isPublic || hasWayOut()) return false;
  // An endpoint may lead there, the planned one of a gateway among them.
  const behind = behindGroups();
  return behind?.status === 'blocked' && behind.component.kind !== 'security-group';
}

function allowEgress(
  { groupId, rule }: Extract<Change, { kind: 'allow-egress' }>,
  facts: RemedyFacts,
): string | Remedy {
  const { groups } = facts.target;
  const isManaged = groupId === groups.managed?.id || groupId === FUNCTION_GROUP;
  const noWay = hasNoWay(rule, facts);
  const endpoint = noWay || rule.peer.kind !== 'cidr' ? endpointLine(facts) : undefined;
  if (endpoint !== undefined && (groups.usesManaged || noWay)) return listingText(endpoint);
  const lines = egressLines(rule, facts);
  const toNat = noWay ? 'Choose `subnets` with a NAT gateway, and ' : '';
  if (!isManaged && !groups.usesManaged) {
    const how = ofAnother({ groupId, rule }, lines, facts);
    return noWay ? `${toNat}${uncapital(how)}` : how;
  }
  const [line, ...more] = lines;
  const remedy = `${addition(lines)}.`;
  if (noWay) return `${toNat}${uncapital(remedy)}`;
  return { remedy, egressLine: more.length === 0 ? line : undefined };
}

const addition = (lines: readonly string[]): string =>
  `Add the ${lines.length === 1 ? 'line' : 'lines'} ${listed(lines.map((line) => `\`${line}\``))} to \`egress\``;

/** How a group that this run does not manage lets something out: the step that manages it would take a rule of others back. */
function ofAnother(
  { groupId, rule }: Pick<Extract<Change, { kind: 'allow-egress' }>, 'groupId' | 'rule'>,
  lines: readonly string[],
  facts: RemedyFacts,
): string {
  const group = facts.observed.groups.find(({ id }) => id === groupId);
  return group !== undefined && isOurs(group.tags)
    ? `${addition(lines)} of the step that manages ${groupId} (${group.name}).`
    : authorize('egress', groupId, rule, facts);
}

function allowAcl(
  { aclId, entry }: Extract<Change, { kind: 'allow-acl' }>,
  { observed, target }: RemedyFacts,
): string {
  const { egress, protocol, ports, cidr, before } = entry;
  const acls = readOf(observed.networkAcls) ?? [];
  // Several of these commands may be run one after another: for other ranges, and for other ports of one.
  const own = observed.subnets.filter(({ vpcId }) => vpcId === target.vpc.id).map((subnet) => subnet.cidr);
  const ranges = sortedSet([...own, cidr]);
  const skipped = 8 * ranges.indexOf(cidr) + (ports.from < ports.to ? 7 : ports.from % 7);
  const entries = acls.find(({ id }) => id === aclId)?.entries ?? [];
  const number = freeNumber(entries, egress, before, skipped);
  const direction = egress ? 'outbound' : 'inbound';
  if (number === undefined) {
    return `Allow ${protocol} ${ports.from}-${ports.to} of ${cidr} in ${aclId} before ${direction} entry ${before}: no lower number is free, so give the entries higher ones.`;
  }
  const block = cidr.includes(':') ? '--ipv6-cidr-block' : '--cidr-block';
  return run(
    `create-network-acl-entry --network-acl-id ${aclId} ${egress ? '--egress' : '--ingress'} --rule-number ${number} --protocol ${protocol} --port-range From=${ports.from},To=${ports.to} ${block} ${cidr} --rule-action allow`,
  );
}

/** A NAT gateway of the VPC that works, or what to write in its place. */
function natGateway({ observed }: RemedyFacts): string {
  const usable = readOf(observed.reach?.natGateways)?.find(
    ({ state, connectivity }) => state === 'available' && connectivity === 'public',
  );
  return usable?.id ?? '<id of a NAT gateway>';
}

/** What leads to the internet, as an option of the command: NAT gateways are for IPv4 alone. */
function wayOut(destination: string, facts: RemedyFacts): string {
  return isIpv6(destination, facts)
    ? '--egress-only-internet-gateway-id <id of an egress-only internet gateway>'
    : `--nat-gateway-id ${natGateway(facts)}`;
}

function isIpv6(destination: string, { question }: RemedyFacts): boolean {
  const asked = question.destination;
  return (
    destination.includes(':') ||
    (asked.kind === 'address' ? asked.cidr.includes(':') : asked.family === 'ipv6')
  );
}

/** No gateway to the internet leads to a private address: a route has to lead to the network that has it. */
function privateRoute(tableId: string, destination: string, { question }: RemedyFacts): string | undefined {
  const asked = question.destination.kind === 'address' ? question.destination.cidr : destination;
  if (!isPrivate(asked)) return undefined;
  return `Add a route to ${asked} to ${tableId} through the peering connection or transit gateway that leads there, or choose \`subnets\` whose route table has one.`;
}

function routeCommand(
  verb: 'create' | 'replace',
  tableId: string,
  destination: string,
  facts: RemedyFacts,
): string {
  const inside = privateRoute(tableId, destination, facts);
  if (inside !== undefined) return inside;
  const option = isPrefixListId(destination)
    ? '--destination-prefix-list-id'
    : destination.includes(':')
      ? '--destination-ipv6-cidr-block'
      : '--destination-cidr-block';
  return `Run \`aws ec2 ${verb}-route --route-table-id ${tableId} ${option} ${destination} ${wayOut(destination, facts)}\`, or choose \`subnets\` whose route table leads there.`;
}

/** A route is missing: the endpoint of the service, or a way out. */
function addRoute(
  verb: 'create' | 'replace',
  { routeTableId, destination }: { readonly routeTableId: string; readonly destination: string },
  facts: RemedyFacts,
): string {
  const endpoint = endpointLine(facts);
  return endpoint === undefined
    ? routeCommand(verb, routeTableId, destination, facts)
    : listingText(endpoint);
}

/** Whether an endpoint is only made by the plan, so that it has no id yet. */
const isPlanned = (endpointId: string, { target }: RemedyFacts): boolean =>
  !target.observed.endpoints.some(({ id }) => id === endpointId);

/** What is missing at an endpoint: ours is completed by its line in `endpoints`, another one by its owner. */
function atEndpoint(endpointId: string, options: string, facts: RemedyFacts): string {
  const endpoint = endpointLine(facts);
  const command = `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpointId} ${options}`;
  return endpoint === undefined ? `Run \`${command}\`.` : `${endpoint.how}, or run \`${command}\`.`;
}

/** Private DNS may be on already, for inbound resolver endpoints alone. */
function enablePrivateDns(
  { endpointId }: Extract<Change, { kind: 'enable-private-dns' }>,
  facts: RemedyFacts,
): string {
  const { word } = facts.question;
  const endpoint = facts.observed.endpoints.find(({ id }) => id === endpointId);
  const isListed = facts.target.services.some((service) => service.word.replace(/:.*/, '') === word);
  const isOwn = endpoint !== undefined && isShared(endpoint.tags) && isListed;
  if (isPlanned(endpointId, facts) || isOwn) return 'Set `private-dns: true`.';
  const isInboundOnly = endpoint?.inboundDnsOnly === true;
  const listed = endpointLine(facts);
  // What is to be done at the endpoint besides listing it is all.
  if (listed?.how.includes(endpointId)) return `${listed.how}.`;
  const forAll = isInboundOnly ? ' --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false' : '';
  return atEndpoint(endpointId, `--private-dns-enabled${forAll}`, facts);
}

const attribute = (vpcId: string, option: string): string =>
  run(`modify-vpc-attribute --vpc-id ${vpcId} ${option}`);

const remedies: Remedies = {
  'allow-egress': allowEgress,
  'allow-ingress': ({ groupId, rule }, facts) => authorize('ingress', groupId, rule, facts),
  'allow-acl': allowAcl,
  'add-route': (change, facts) => addRoute('create', change, facts),
  'mend-route': (change, facts) => addRoute('replace', change, facts),
  'use-nat-gateway': (change, facts) => addRoute('replace', change, facts),
  'allow-public-access': ({ subnetId }) =>
    run(
      `create-vpc-block-public-access-exclusion --subnet-id ${subnetId} --internet-gateway-exclusion-mode allow-egress`,
    ),
  'enable-private-dns': enablePrivateDns,
  'enable-dns-support': ({ vpcId }) => attribute(vpcId, '--enable-dns-support'),
  'enable-dns-hostnames': ({ vpcId }) => attribute(vpcId, '--enable-dns-hostnames'),
  'use-regional-name': ({ name }) => `Call \`${name}\` in the code, which the endpoint answers for.`,
  'mend-component': ({ component }, { changes }) =>
    `Look why ${nameComponent(component, changes)} does not work, and mend or replace it.`,
  'add-endpoint-subnet': ({ endpointId }, facts) =>
    atEndpoint(endpointId, `--add-subnet-ids ${facts.subnetId}`, facts),
  'enable-endpoint-family': ({ endpointId }) =>
    run(`modify-vpc-endpoint --vpc-endpoint-id ${endpointId} --ip-address-type dualstack`),
  'enable-function-ipv6': () => 'Add `ipv6: true`.',
  'add-subnet-family': ({ subnetId, family }) =>
    `Choose other \`subnets\`, or give ${subnetId} an ${family === 'ipv4' ? 'IPv4' : 'IPv6'} range.`,
  'use-tcp': () => 'Use TCP: gateway endpoints take nothing else.',
  'use-other-destination': (_, { question: { text, destination }, target: { vpc } }) => {
    if (destination.kind === 'group')
      return `Correct \`${text}\`, or let something wear ${destination.groupId}: no network interface does yet.`;
    const isElsewhere =
      destination.kind === 'address' &&
      isPrivate(destination.cidr) &&
      !vpc.cidrs.some((range) => containsCidr(range, destination.cidr));
    return isElsewhere
      ? `Correct \`${text}\`, or choose \`subnets\` whose route table leads to the network that has the address.`
      : `Correct \`${text}\`: nothing in the VPC is there to answer.`;
  },
};

/** The smallest change that opens what is blocked: a line of an input where one does it, else a command. */
export function blockedRemedy(change: Change, facts: RemedyFacts): Remedy {
  // Each row of the table takes the change of its own kind.
  const row = remedies[change.kind] as (change: Change, facts: RemedyFacts) => string | Remedy;
  const made = row(change, facts);
  return typeof made === 'string' ? { remedy: made, egressLine: undefined } : made;
}
