import type { Call } from '../aws/call.js';
import type { SecurityGroup } from '../model/observed.js';
import { MAX_INTERFACE_GROUPS } from '../resolve/endpoint-use.js';
import { ENDPOINTS_GROUP, managedGroupName } from '../resolve/groups.js';
import { countedRules, MOST_RULES, type Peers, peersOf } from '../resources/rule-weights.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import type { Facts, Rule, SharedFacts, Verdict } from './rule.js';

function judgeDefault({ target }: Facts): Verdict[] {
  const { name } = target.observed.lambda;
  const found = target.observed.groups.filter(
    (group) => group.name === 'default' && target.groups.otherIds.includes(group.id),
  );
  return found.map(({ id, vpcId }) => ({
    subject: id,
    message: `Function ${name} wears ${id}, the default group of ${vpcId}: whatever it admits, everything that wears it shares.`,
    remedy: `List the groups that ${name} needs in \`security-groups\`, \`managed\` among them, and leave ${id} out.`,
  }));
}

function judgePeers({ target }: SharedFacts): Verdict[] {
  return (target.desired.egress ?? []).flatMap(({ peer, text }) => {
    const group = target.observed.groups.find(({ id }) => peer.kind === 'group' && id === peer.value);
    if (group === undefined || group.vpcId === target.vpc.id) return [];
    return [
      {
        subject: group.id,
        message: `Security group ${group.id} (${group.name}) of \`${text}\` is in ${group.vpcId}; AWS takes it in a rule of ${target.vpc.id} only where the two VPCs are connected by peering.`,
        remedy: `Check that ${group.vpcId} and ${target.vpc.id} are peered, or write the ranges of ${group.vpcId} instead of the group.`,
      },
    ];
  });
}

/** One direction of a group that a plan adds rules to. */
interface Grown {
  readonly word: 'inbound' | 'outbound';
  /** Undefined where the plan makes it. */
  readonly group: SecurityGroup | undefined;
  readonly name: string;
  readonly added: Peers;
}

/** What a call adds to a group: those of the endpoints and of peers grow inwards, the managed one outwards. */
function grownBy(call: Call, { target }: SharedFacts): Grown[] {
  const isOut = call.action === 'ec2:AuthorizeSecurityGroupEgress';
  if (!isOut && call.action !== 'ec2:AuthorizeSecurityGroupIngress') return [];
  const { GroupId, IpPermissions = [] } = call.input;
  const group = target.observed.groups.find(({ id }) => id === GroupId);
  const made = isOut ? managedGroupName(target.groups.resourceName) : ENDPOINTS_GROUP;
  const word = isOut ? 'outbound' : 'inbound';
  return [{ word, group, name: group?.id ?? made, added: IpPermissions.flatMap(peersOf) }];
}

/** Each group and direction once, with all that the plan adds to it. */
function grown(facts: SharedFacts): Grown[] {
  const found = new Map<string, Grown>();
  for (const call of facts.changes.flatMap(({ calls }) => calls)) {
    for (const one of grownBy(call, facts)) {
      const key = `${one.word} ${one.name}`;
      found.set(key, { ...one, added: [...(found.get(key)?.added ?? []), ...one.added] });
    }
  }
  return [...found.values()];
}

/** How a group gets by with fewer rules, by what they are for. */
function fewerRules({ word, group }: Grown, { target }: SharedFacts): string {
  if (word === 'outbound') return 'Write fewer and wider ranges in `egress`';
  const isOurs = group === undefined || group.id === target.groups.endpointsGroup?.id;
  return isOurs ? 'Set `endpoint-access: vpc`' : `Remove rules of ${group.id} that nobody needs`;
}

function judgeRules(facts: SharedFacts): Verdict[] {
  return grown(facts).flatMap((one) => {
    const { word, group, name, added } = one;
    const present = (word === 'outbound' ? group?.egress : group?.ingress) ?? [];
    const peers = [...present.map(({ peer }) => peer), ...added];
    const count = countedRules(peers, facts.target.observed.prefixLists ?? []);
    if (added.length === 0 || count <= MOST_RULES) return [];
    return [
      {
        subject: name,
        message: `Security group ${name} would have ${word} rules that count for ${count}; the quota is ${MOST_RULES} unless it was raised.`,
        remedy: `${fewerRules(one, facts)}, or raise the quota "Inbound or outbound rules per security group" in Service Quotas.`,
      },
    ];
  });
}

function judgeEndpointGroups({ target, uses }: SharedFacts): Verdict[] {
  const own = target.groups.endpointsGroup?.id;
  return uses.flatMap((use) => {
    if (use.how !== 'ours' || use.service.type !== 'Interface') return [];
    const { id, groupIds } = use.endpoint;
    if (groupIds.length < MAX_INTERFACE_GROUPS || (own !== undefined && groupIds.includes(own))) return [];
    return [
      {
        subject: id,
        message: `Endpoint ${id} has ${groupIds.length} security groups (${listed(groupIds)}), so that ${ENDPOINTS_GROUP} cannot be added; it takes ${MAX_INTERFACE_GROUPS}.`,
        remedy: `Remove a group from ${id} that somebody added by hand.`,
      },
    ];
  });
}

/** Rules about security groups. */
export const groupRules: readonly Rule[] = [
  {
    id: 'default-security-group',
    about: 'function',
    severity: 'warning',
    subject: 'security group',
    page: pages.defaultGroup,
    check: judgeDefault,
  },
  {
    id: 'peer-in-other-vpc',
    about: 'shared',
    severity: 'warning',
    subject: 'security group',
    page: pages.groupReferences,
    check: judgePeers,
  },
  {
    id: 'rules-per-group-quota',
    about: 'shared',
    severity: 'warning',
    subject: 'security group',
    page: pages.vpcQuotas,
    check: judgeRules,
  },
  {
    id: 'endpoint-groups-full',
    about: 'shared',
    severity: 'error',
    subject: 'endpoint',
    page: pages.vpcQuotas,
    check: judgeEndpointGroups,
  },
];
