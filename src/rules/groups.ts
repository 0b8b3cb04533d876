import { isRef } from '../aws/call.js';
import type { GroupRule, SecurityGroup } from '../model/observed.js';
import type { Change } from '../model/plan.js';
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

/** The peers of the rules that a plan adds in one direction to one group; undefined stands for a group it makes. */
function added(changes: readonly Change[], action: Direction['action'], groupId: string | undefined): Peers {
  return changes
    .flatMap(({ calls }) => calls)
    .flatMap((call) => {
      if (call.action !== action) return [];
      const { GroupId, IpPermissions = [] } = call.input;
      const isIt = isRef(GroupId) ? groupId === undefined : GroupId === groupId;
      return isIt ? IpPermissions.flatMap(peersOf) : [];
    });
}

interface Direction {
  readonly word: 'inbound' | 'outbound';
  readonly action: 'ec2:AuthorizeSecurityGroupEgress' | 'ec2:AuthorizeSecurityGroupIngress';
  readonly group: SecurityGroup | undefined;
  readonly name: string;
  readonly present: readonly GroupRule[];
}

function directions({ target }: SharedFacts): Direction[] {
  const { managed, endpointsGroup, resourceName } = target.groups;
  return [
    {
      word: 'outbound',
      action: 'ec2:AuthorizeSecurityGroupEgress',
      group: managed,
      name: managedGroupName(resourceName),
      present: managed?.egress ?? [],
    },
    {
      word: 'inbound',
      action: 'ec2:AuthorizeSecurityGroupIngress',
      group: endpointsGroup,
      name: ENDPOINTS_GROUP,
      present: endpointsGroup?.ingress ?? [],
    },
  ];
}

function judgeRules(facts: SharedFacts): Verdict[] {
  return directions(facts).flatMap(({ word, action, group, name, present }) => {
    const more = added(facts.changes, action, group?.id);
    const peers = [...present.map(({ peer }) => peer), ...more];
    const count = countedRules(peers, facts.target.observed.prefixLists ?? []);
    if (more.length === 0 || count <= MOST_RULES) return [];
    const subject = group?.id ?? name;
    return [
      {
        subject,
        message: `Security group ${subject} would have ${word} rules that count for ${count}; the quota is ${MOST_RULES} unless it was raised.`,
        remedy:
          word === 'outbound'
            ? 'Write fewer and wider ranges in `egress`, or raise the quota "Inbound or outbound rules per security group" in Service Quotas.'
            : 'Set `endpoint-access: vpc`, or raise the quota "Inbound or outbound rules per security group" in Service Quotas.',
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
