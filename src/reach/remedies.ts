import { readOf } from '../model/reading.js';
import { freeNumber } from '../network/acl.js';
import { containsCidr } from '../network/cidr.js';
import { isPrefixListId } from '../network/prefix-list.js';
import { isPrivate } from '../network/private-ranges.js';
import type { Change } from '../network/verdict.js';
import { isShared } from '../resources/tags.js';
import { sortedSet } from '../text/words.js';
import { nameComponent } from './component-names.js';
import { allowEgress } from './egress-remedy.js';
import { listingText } from './listing.js';
import { endpointLine, type Remedy, type RemedyFacts } from './remedy-facts.js';
import { authorize, run } from './rule-commands.js';

/** A remedy for each kind of change; text alone where it is no line of `egress`. */
type Remedies = {
  readonly [K in Change['kind']]: (
    change: Extract<Change, { kind: K }>,
    facts: RemedyFacts,
  ) => string | Remedy;
};

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
