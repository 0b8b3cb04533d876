import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import type { Desired } from '../model/desired.js';
import type { LambdaFunction, ObservedNetwork, SecurityGroup } from '../model/observed.js';
import type { PrefixListRanges, ReachReads } from '../model/reach-reads.js';
import { isPrefixListId } from '../network/prefix-list.js';
import { GATEWAY_WORDS, serviceWord } from '../reach/service-names.js';
import { names } from '../resolve/services.js';
import { readNatGateways } from '../resources/nat-gateway.js';
import { readPrefixListRanges } from '../resources/prefix-list.js';
import { isOurs } from '../resources/tags.js';
import { sortedSet } from '../text/words.js';
import { attempt } from './reading.js';

/** Requests for prefix lists in flight at once. */
const WIDTH = 5;

/** What tells which prefix lists and NAT gateways the functions may meet on their way. */
export interface ReachScope {
  readonly desired: Desired;
  readonly vpcId: string;
  readonly lambdas: readonly LambdaFunction[];
  readonly network: Pick<ObservedNetwork, 'routeTables' | 'groups' | 'endpoints' | 'prefixLists'>;
}

/** Reads the NAT gateways of the VPC. */
export function readNats(aws: Aws, vpcId: string) {
  return attempt('ec2:DescribeNatGateways', '*', readNatGateways(aws, vpcId));
}

/** Ids and names of the groups that a connection of the functions may have to pass. */
function passedGroups({ desired, lambdas, vpcId, network }: ReachScope): Set<string> {
  const selected = (desired.securityGroups ?? []).map((selector) =>
    selector.kind === 'id' ? selector.id : selector.kind === 'name' ? selector.name : '',
  );
  const peers = [
    ...(desired.egress ?? []).map(({ peer }) => peer.value),
    ...(desired.reaches ?? []).map(({ to }) => to.value),
  ];
  const ofEndpoints = network.endpoints.filter((endpoint) => endpoint.vpcId === vpcId);
  return new Set([
    ...selected,
    ...peers,
    ...lambdas.flatMap((lambda) => lambda.network.securityGroupIds),
    ...ofEndpoints.flatMap(({ groupIds }) => groupIds),
  ]);
}

function listsOfGroup({ ingress, egress }: SecurityGroup): string[] {
  return [...ingress, ...egress].flatMap(({ peer }) => (peer.kind === 'prefix-list' ? [peer.value] : []));
}

/** Ids of the prefix lists on routes, in rules that count, and of the gateway services that are wished for. */
function listIds(scope: ReachScope, region: string): string[] {
  const { desired, network } = scope;
  const passed = passedGroups(scope);
  const routed = network.routeTables.flatMap((table) => table.routes.map(({ destination }) => destination));
  const counting = network.groups.filter(
    ({ id, name, tags }) => passed.has(id) || passed.has(name) || isOurs(tags),
  );
  // What `auto` will stand for is not known yet.
  const isWished = (name: string): boolean =>
    (desired.autoEndpoints && GATEWAY_WORDS.includes(serviceWord(name, region))) ||
    (desired.endpoints ?? []).some((wish) => names(wish, name, region));
  const wished = (network.prefixLists ?? []).filter(({ name }) => isWished(name));
  const lines = (desired.egress ?? []).flatMap(({ peer }) =>
    peer.kind === 'prefix-list' ? [peer.value] : [],
  );
  return sortedSet([
    ...routed.filter(isPrefixListId),
    ...counting.flatMap(listsOfGroup),
    ...wished.map(({ id }) => id),
    ...lines,
  ]);
}

/** Reads what is needed for nothing but judging what the functions reach, in one wave; often nothing. */
export async function readReach(
  aws: Aws,
  scope: ReachScope,
  nats: ReachReads['natGateways'],
): Promise<ReachReads> {
  const routes = scope.network.routeTables.flatMap((table) => table.routes);
  const leads = routes.some(({ target }) => target.startsWith('nat-'));
  const [natGateways, prefixLists] = await Promise.all([
    nats ?? (leads ? readNats(aws, scope.vpcId) : undefined),
    pLimit(WIDTH).map(listIds(scope, aws.region), async (id): Promise<PrefixListRanges> => {
      const cidrs = await attempt('ec2:GetManagedPrefixListEntries', id, readPrefixListRanges(aws, id));
      return { id, cidrs };
    }),
  ]);
  return { natGateways, prefixLists };
}
