import type { GroupRule, SecurityGroup } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import { namesGroup } from '../resolve/groups.js';
import { isOurPeerRule, peerIngressId, peerLines } from '../resolve/peers.js';
import type { SharedTarget } from '../resolve/target.js';
import {
  describeRule,
  ourDescription,
  ruleKey,
  toPermission,
  type WantedRule,
} from '../resources/security-group-rules.js';
import { fromTags } from '../resources/tags.js';
import { compareText } from '../text/order.js';
import { listed } from '../text/words.js';
import { attribute, change } from './change.js';
import { isDrift } from './record.js';
import { servesAll } from './security-group-rules.js';
import { appTags, functionGroupId } from './security-groups.js';

/** Address of the change that takes back what let the function into a group of somebody else's. */
function peerStaleId(groupId: string): string {
  return `security-group-rules/peer-stale/${groupId}`;
}

function isAllowed(group: SecurityGroup, { desired }: SharedTarget): boolean {
  return desired.allow.some((consent) => consent.kind === 'peer-ingress' && namesGroup(consent, group));
}

/** The inbound rule by which the group of a line lets the managed group in. */
function wantedOf(
  { protocol, ports }: Pick<WantedRule, 'protocol' | 'ports'>,
  target: SharedTarget,
): WantedRule {
  const peer = { kind: 'group' as const, value: functionGroupId(target) };
  return { protocol, ports, peer, description: ourDescription('peer') };
}

function admit(group: SecurityGroup, rules: readonly WantedRule[], target: SharedTarget): Change {
  const drifted = isDrift(target, 'egress', 'peers');
  const present = group.ingress.map((rule) => describeRule(rule, 'from'));
  const added = rules.map((rule) => describeRule(rule, 'from'));
  return change({
    id: peerIngressId(group.id),
    kind: 'security-group-rules',
    action: 'update',
    label: `inbound rules of ${group.id} (${group.name})`,
    reason: drifted ? 'drift' : 'missing',
    because: `${group.id} does not let ${target.user.name} in${drifted ? ' any more' : ''}, and \`allow\` says to add ${listed(added)}.`,
    attributes: [attribute('inbound', present, [...present, ...added])],
    disruption: `lets ${target.user.name} into everything that wears ${group.id}, which this action did not make`,
    calls: [
      {
        action: 'ec2:AuthorizeSecurityGroupIngress',
        input: {
          GroupId: group.id,
          IpPermissions: rules.map(toPermission),
          TagSpecifications: [
            { ResourceType: 'security-group-rule' as const, Tags: fromTags(appTags(target)) },
          ],
        },
      },
    ],
  });
}

function revoke(group: SecurityGroup, rules: readonly GroupRule[], after: readonly string[]): Change {
  const gone = rules.map((rule) => describeRule(rule, 'from'));
  return change({
    id: peerStaleId(group.id),
    kind: 'security-group-rules',
    action: 'delete',
    label: `inbound rules of ${group.id} (${group.name})`,
    reason: 'no-longer-desired',
    because: `No line of \`egress\` leads to ${group.id} by ${listed(gone)} any more.`,
    attributes: [attribute('inbound', gone, undefined)],
    calls: [
      {
        action: 'ec2:RevokeSecurityGroupIngress',
        input: { GroupId: group.id, IpPermissions: rules.map(toPermission) },
      },
    ],
    after,
  });
}

/**
 * Plans inbound rules on groups of others: one is added only with the consent `peer-ingress:<group>`, and taken
 * back when no line of `egress` asks for it any more. Ours are told by their description and by our group as peer.
 */
export function planPeerIngress(target: SharedTarget): Change[] {
  const { desired, groups, observed, vpc } = target;
  if (!groups.usesManaged || desired.egress === undefined) return [];
  const lines = peerLines(target).filter(
    ({ peer }) => peer.vpcId === vpc.id && peer.id !== groups.managed?.id,
  );
  const sorted = [...observed.groups].sort((one, other) => compareText(one.id, other.id));
  return sorted.flatMap((group) => {
    const own = lines.filter(({ peer }) => peer.id === group.id);
    const missing = own.filter(({ admitted }) => !admitted).map(({ line }) => wantedOf(line, target));
    const added = missing.length > 0 && isAllowed(group, target) ? [admit(group, missing, target)] : [];
    const keys = own.map(({ line }) => ruleKey(wantedOf(line, target)));
    const stale = group.ingress.filter(
      (rule) => servesAll(target) && isOurPeerRule(rule, target) && !keys.includes(ruleKey(rule)),
    );
    return stale.length > 0
      ? [
          ...added,
          revoke(
            group,
            stale,
            added.map(({ id }) => id),
          ),
        ]
      : added;
  });
}
