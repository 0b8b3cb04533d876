import type { Desired, EgressLine, GroupSelector, Selector, ServiceWish } from '../model/desired.js';
import type { Look, Plan } from '../model/plan.js';
import { serviceWord } from '../reach/service-names.js';
import { typeOf } from '../resolve/services.js';
import { resolveTarget, type Target } from '../resolve/target.js';
import { lacksPolicy } from '../resources/execution-role.js';
import { isWorn } from '../resources/function.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { isLiving } from '../resources/vpc-endpoint.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';
import { yamlEntry } from '../text/yaml.js';
import { isError, makePlan, type Targets } from './make-plan.js';

/** Whether the inputs name a function and wish for nothing: at most they ask what it reaches. */
export function asksNothing(desired: Desired): boolean {
  const wishes = [
    desired.vpc,
    desired.subnets,
    desired.securityGroups,
    desired.egress,
    desired.endpoints,
    desired.endpointSubnets,
    desired.privateDns,
    desired.ipv6,
  ];
  const isPlain = desired.iamPolicy === 'managed' && !desired.hardenRole && !desired.autoEndpoints;
  return isPlain && wishes.every((wish) => wish === undefined);
}

/** Whether this action has connected the function: then its plan also tells drift. */
function isConnected({ groups, observed }: Target): boolean {
  return groups.managed !== undefined && isWorn(groups.managed.id, [observed.lambda]);
}

const byId = (ids: readonly string[]): (Selector & GroupSelector)[] => ids.map((id) => ({ kind: 'id', id }));

/** The same target for a wish that differs. */
function retarget({ observed, vpc, identity, region }: Target, desired: Desired): Target {
  return resolveTarget(desired, observed, vpc, identity, region);
}

/** Wishes for the groups that the function has, and for nothing else to be made. */
function asItIs({ desired, observed }: Target): Desired {
  const { securityGroupIds } = observed.lambda.network;
  return { ...desired, securityGroups: byId(securityGroupIds), iamPolicy: 'none' };
}

/** How much is in the way of a wish: changes that it would make, and errors that stop it. */
function trouble(target: Target, desired: Desired): number {
  // What is asked to be reached changes nothing.
  const plan = makePlan([retarget(target, { ...desired, reaches: undefined })]);
  return plan.changes.length + plan.findings.filter(isError).length;
}

function wishFor(serviceName: string, type: string, region: string): ServiceWish {
  const word = serviceWord(serviceName, region);
  const plain = { service: word, type: undefined, text: word };
  const text = `${word}:${type.toLowerCase()}`;
  if (typeOf(plain, region) === type) return plain;
  return { service: word, type: type === 'Gateway' ? 'Gateway' : 'Interface', text };
}

/**
 * The services of the VPC's endpoints that can be listed without anything changing: all of them, without those
 * that make trouble. Rules of the managed group may need several at once.
 */
function endpointsToList(target: Target, desired: Desired): ServiceWish[] {
  const { endpoints } = target.observed;
  const here = endpoints.filter(({ vpcId }) => vpcId === target.vpc.id).filter(isLiving);
  const known = here.filter(({ type }) => type === 'Interface' || type === 'Gateway');
  const wishes = known.map(({ serviceName, type }) => wishFor(serviceName, type, target.region));
  const distinct = new Map(wishes.map((wish) => [wish.text, wish]));
  let listed = [...distinct.values()].sort((one, other) => compareText(one.text, other.text));
  let most = trouble(target, { ...desired, endpoints: listed });
  for (const wish of listed) {
    const fewer = listed.filter((other) => other !== wish);
    const less = most === 0 ? 0 : trouble(target, { ...desired, endpoints: fewer });
    if (less < most) [listed, most] = [fewer, less];
  }
  return most === 0 ? listed : [];
}

/** The lines of `egress` whose rules the managed group has. */
function egressToList({ groups }: Target): EgressLine[] {
  const rules = (groups.managed?.egress ?? []).filter((rule) => purposeOf(rule) === 'egress');
  return rules.flatMap(({ protocol, ports, peer }) => {
    if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'all') return [];
    const range =
      ports === undefined
        ? '0-65535'
        : ports.from === ports.to
          ? `${ports.from}`
          : `${ports.from}-${ports.to}`;
    const text = protocol === 'all' ? `all ${peer.value}` : `${protocol} ${range} ${peer.value}`;
    return [{ protocol, ports, peer, text }];
  });
}

/** The inputs that describe the network of one function as it is. */
function describing(target: Target): Desired {
  const { desired, observed, groups } = target;
  const { subnetIds, securityGroupIds } = observed.lambda.network;
  const ours = isConnected(target);
  const egress = ours ? egressToList(target) : [];
  const needsNone = !ours && (lacksPolicy(observed) || observed.policies?.ok !== true);
  const described: Desired = {
    ...desired,
    resourceName:
      ours && groups.resourceName !== observed.lambda.name ? groups.resourceName : desired.resourceName,
    subnets: byId(subnetIds),
    securityGroups: byId(securityGroupIds),
    egress: egress.length > 0 ? egress : undefined,
    iamPolicy: needsNone ? 'none' : 'managed',
    // What the block does not say must not count.
    allow: [],
    tags: {},
  };
  const endpoints = endpointsToList(target, described);
  return { ...described, endpoints: endpoints.length > 0 ? endpoints : undefined };
}

const input = (name: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : yamlEntry(name, items, 2);

const ids = (selectors: readonly (Selector | GroupSelector)[] | undefined): string[] =>
  sortedSet((selectors ?? []).flatMap((selector) => (selector.kind === 'id' ? [selector.id] : [])));

/** The inputs as lines of a step. */
function blockOf(wish: Desired, { observed, region }: Target): string[] {
  const { lambda } = observed;
  const texts = (lines: readonly { readonly text: string }[] | undefined) =>
    (lines ?? []).map(({ text }) => text);
  return [
    'with:',
    ...input('function-name', [lambda.name]),
    ...input('aws-region', [region]),
    ...input('resource-name', wish.resourceName === undefined ? [] : [wish.resourceName]),
    ...input('subnets', ids(wish.subnets)),
    ...input('security-groups', ids(wish.securityGroups)),
    ...input('egress', texts(wish.egress)),
    ...input('endpoints', texts(wish.endpoints)),
    ...input('endpoint-access', wish.endpointAccess === 'vpc' ? [] : [wish.endpointAccess]),
    ...input('iam-policy', wish.iamPolicy === 'none' ? ['none'] : []),
    ...input('reaches', texts(wish.reaches)),
  ];
}

/** The inputs that reproduce the network of the run's one function; undefined where none do without a change. */
function reproduce(targets: Targets): readonly string[] | undefined {
  const [target, ...others] = targets;
  if (others.length > 0 || target.currentVpcId !== target.vpc.id) return undefined;
  const wish = describing(target);
  return trouble(target, wish) === 0 ? blockOf(wish, target) : undefined;
}

/**
 * The plan of a dry run that wishes for nothing: the network as it is, and the inputs that would keep it so.
 * A function that this action has connected is planned as ever, which tells drift; of any other one it is only
 * said what an apply with these inputs would change.
 */
export function lookPlan(targets: Targets, plan: Plan, planAs: (targets: Targets) => Plan): Plan {
  const block = reproduce(targets);
  const [first, ...others] = targets.map((target) =>
    isConnected(target) ? target : retarget(target, asItIs(target)),
  );
  if (first === undefined || targets.every(isConnected)) return { ...plan, look: { block, wouldChange: [] } };
  const look: Look = { block, wouldChange: plan.changes.map(({ action, label }) => `${action} ${label}`) };
  return { ...planAs([first, ...others]), look };
}
