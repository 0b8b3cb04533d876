import type { GroupRule } from '../model/observed.js';
import type { Change, Drift } from '../model/plan.js';
import { readOf } from '../model/reading.js';
import type { EndpointUse } from '../resolve/endpoint-use.js';
import { ENDPOINTS_GROUP, managedGroupName } from '../resolve/groups.js';
import type { SharedTarget } from '../resolve/target.js';
import { isWorn } from '../resources/function.js';
import {
  defaultEgress,
  describeRule,
  isDefaultEgress,
  purposeOf,
  ruleKey,
  rulesText,
  toPermission,
  type WantedRule,
} from '../resources/security-group-rules.js';
import { counted, listed } from '../text/words.js';
import { change } from './change.js';
import { FOREIGN_RULES, foreignDrift, removalAllowed } from './foreign-rules.js';
import { type RuleHistory, wasThere } from './lost-rules.js';
import { isDrift } from './record.js';
import { endpointsGroupId, functionGroupId } from './security-groups.js';
import { standingWays } from './standing-ways.js';
import { wantedEgress, wantedIngress } from './wanted-rules.js';

/** Changes to rules, and the drift found among them. */
export interface RulePlan {
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
}

/** Id of the change that adds the managed group's outbound rules. */
export const FUNCTION_RULES = 'security-group-rules/function';
/** Id of the change that takes away the managed group's outbound rules that nobody asks for. */
export const STALE_RULES = 'security-group-rules/function-stale';
/** Id of the change that adds the endpoints' group's inbound rules. */
export const ENDPOINTS_RULES = 'security-group-rules/endpoints';

function missing(wanted: readonly WantedRule[], present: readonly GroupRule[]): WantedRule[] {
  const keys = new Set(present.map(ruleKey));
  return wanted.filter((rule) => !keys.has(ruleKey(rule)));
}

function addEgress(target: SharedTarget, rules: readonly WantedRule[], had: RuleHistory): Change {
  const group = target.groups.managed;
  const present = group ? group.egress.map((rule) => describeRule(rule, 'to')) : [];
  const drifted = group !== undefined && rules.every((rule) => wasThere(rule, target, had));
  return change({
    id: FUNCTION_RULES,
    kind: 'security-group-rules',
    action: group ? 'update' : 'create',
    label: group
      ? `outbound rules of ${group.id} (${group.name})`
      : `outbound rules of ${managedGroupName(target.groups.resourceName)}`,
    reason: drifted ? 'drift' : 'missing',
    because: `The function's group lacks ${counted(rules.length, 'outbound rule')}${drifted ? ' that it had' : ''}: ${listed(rulesText(rules, 'to'))}.`,
    attributes: [{ name: 'outbound', before: present, after: [...present, ...rulesText(rules, 'to')] }],
    calls: [
      {
        action: 'ec2:AuthorizeSecurityGroupEgress',
        input: { GroupId: functionGroupId(target), IpPermissions: rules.map(toPermission) },
      },
    ],
  });
}

function revokeEgress(
  target: SharedTarget,
  id: string,
  rules: readonly GroupRule[],
  parts: Pick<Change, 'reason' | 'because' | 'after'>,
): Change {
  const group = target.groups.managed;
  return change({
    id,
    kind: 'security-group-rules',
    action: 'delete',
    label: `outbound rules of ${group?.id ?? managedGroupName(target.groups.resourceName)}`,
    attributes: [{ name: 'outbound', before: rulesText(rules, 'to'), after: undefined }],
    calls: [
      {
        action: 'ec2:RevokeSecurityGroupEgress',
        input: { GroupId: functionGroupId(target), IpPermissions: rules.map(toPermission) },
      },
    ],
    ...parts,
  });
}

/** Whether rules of this purpose are managed by this run; what the inputs leave out is left alone. */
function isManagedPurpose(purpose: string, target: SharedTarget): boolean {
  if (purpose === 'egress') return target.desired.egress !== undefined;
  if (purpose === 'endpoints' || purpose === 'gateway') return target.desired.endpoints !== undefined;
  return purpose !== 'DNS' || target.observed.dnsServers === undefined || target.observed.dnsServers.ok;
}

/** Without `endpoints` nobody says which gateway endpoints are wanted, so rules to prefix lists are left alone. */
function maybeGateway(rule: GroupRule, target: SharedTarget): boolean {
  return target.desired.endpoints === undefined && rule.peer.kind === 'prefix-list';
}

/**
 * Whether the run serves every function that the group is for. What one that is blocked, could not be read or is
 * of another step needs of the group is not known, so nothing that was made for it is taken away.
 */
export function servesAll({ desired, groups, lambdas }: SharedTarget): boolean {
  return lambdas.length === desired.functions.length && !groups.isOfSeveral;
}

/** Whether a function of this run wears the group, or a network interface of whomever else does. */
function isInUse(groupId: string, { lambdas, observed }: SharedTarget): boolean {
  const interfaces = readOf(observed.interfaces) ?? [];
  return isWorn(groupId, lambdas) || interfaces.some(({ groupIds }) => groupIds.includes(groupId));
}

/** Plans the managed group's outbound rules. */
export function planFunctionRules(target: SharedTarget, uses: readonly EndpointUse[]): RulePlan {
  if (!target.groups.usesManaged) return { changes: [], drift: [] };
  const group = target.groups.managed;
  const wanted = wantedEgress(target, uses);
  const present = group?.egress ?? defaultEgress(target.vpc);
  const added = missing(wanted, present);
  const wantedKeys = new Set(wanted.map(ruleKey));
  const unwanted = present.filter((rule) => !wantedKeys.has(ruleKey(rule)));
  const worn = group !== undefined && isInUse(group.id, target);
  // On a group that nobody wears yet, AWS's default rule is a leftover of its making.
  const byAws = unwanted.filter((rule) => !worn && isDefaultEgress(rule));
  // What led to an endpoint that cannot be used now is not what is wrong with it.
  const isInTheWay = uses.some(({ how }) => how === 'in-the-way');
  const standing = removalAllowed(target) ? [] : standingWays(unwanted, target);
  const stale = unwanted.filter(
    (rule) =>
      servesAll(target) &&
      isManagedPurpose(purposeOf(rule) ?? '', target) &&
      purposeOf(rule) !== undefined &&
      !standing.includes(rule) &&
      !(isInTheWay && purposeOf(rule) === 'endpoints'),
  );
  const foreign = unwanted.filter(
    (rule) => purposeOf(rule) === undefined && !byAws.includes(rule) && !maybeGateway(rule, target),
  );
  const after = added.length > 0 ? [FUNCTION_RULES] : [];
  const changes: Change[] = [];
  const isReplaced = stale.some((rule) => purposeOf(rule) === 'endpoints');
  if (added.length > 0) changes.push(addEgress(target, added, { uses, isReplaced }));
  if (byAws.length > 0) {
    const because = 'AWS lets a new group connect to everything; the specific rules replace that.';
    changes.push(
      revokeEgress(target, 'security-group-rules/function-default', byAws, {
        reason: 'aws-default',
        because,
        after,
      }),
    );
  }
  if (stale.length > 0) {
    const because = `Nobody asks for ${listed(rulesText(stale, 'to'))} any more.`;
    changes.push(
      revokeEgress(target, STALE_RULES, stale, {
        reason: 'no-longer-desired',
        because,
        after,
      }),
    );
  }
  return {
    changes: [...changes, ...removeForeign(target, foreign, after)],
    drift: foreignDrift(target, foreign),
  };
}

function removeForeign(
  target: SharedTarget,
  rules: readonly GroupRule[],
  after: readonly string[],
): Change[] {
  if (rules.length === 0 || !removalAllowed(target)) return [];
  const because = `This action did not make ${listed(rulesText(rules, 'to'))}, and \`allow\` says to remove it.`;
  return [revokeEgress(target, FOREIGN_RULES, rules, { reason: 'drift', because, after })];
}

/** Plans the endpoints' group's inbound rules; they are only ever added to, because others use the group. */
export function planEndpointsRules(target: SharedTarget, inUse: boolean): RulePlan {
  if (!inUse) return { changes: [], drift: [] };
  const group = target.groups.endpointsGroup;
  const added = missing(wantedIngress(target), group?.ingress ?? []);
  const changes = added.length > 0 ? [addIngress(target, added)] : [];
  return { changes: [...changes, ...revokeEndpointsDefault(target, added.length > 0)], drift: [] };
}

function addIngress(target: SharedTarget, rules: readonly WantedRule[]): Change {
  const group = target.groups.endpointsGroup;
  const present = group ? group.ingress.map((rule) => describeRule(rule, 'from')) : [];
  const drifted = group !== undefined && isDrift(target, 'endpoints', 'access');
  return change({
    id: ENDPOINTS_RULES,
    kind: 'security-group-rules',
    action: group ? 'update' : 'create',
    label: group ? `inbound rules of ${group.id} (${group.name})` : `inbound rules of ${ENDPOINTS_GROUP}`,
    reason: drifted ? 'drift' : 'missing',
    because: `The group of the endpoints lacks ${counted(rules.length, 'inbound rule')}${drifted ? ' that it had' : ''}: ${listed(rulesText(rules, 'from'))}.`,
    attributes: [{ name: 'inbound', before: present, after: [...present, ...rulesText(rules, 'from')] }],
    calls: [
      {
        action: 'ec2:AuthorizeSecurityGroupIngress',
        input: { GroupId: endpointsGroupId(target), IpPermissions: rules.map(toPermission) },
      },
    ],
  });
}

/** Endpoints answer only; the group needs no outbound rule. Left alone once an endpoint wears the group. */
function revokeEndpointsDefault(target: SharedTarget, rulesAdded: boolean): Change[] {
  const group = target.groups.endpointsGroup;
  const worn = target.observed.endpoints.some((endpoint) => group && endpoint.groupIds.includes(group.id));
  const rules = (group?.egress ?? defaultEgress(target.vpc)).filter(isDefaultEgress);
  if (worn || rules.length === 0) return [];
  return [
    change({
      id: 'security-group-rules/endpoints-default',
      kind: 'security-group-rules',
      action: 'delete',
      label: `outbound rules of ${group?.id ?? ENDPOINTS_GROUP}`,
      reason: 'aws-default',
      because: 'AWS lets a new group connect to everything; endpoints only answer.',
      attributes: [{ name: 'outbound', before: rulesText(rules, 'to'), after: undefined }],
      calls: [
        {
          action: 'ec2:RevokeSecurityGroupEgress',
          input: { GroupId: endpointsGroupId(target), IpPermissions: rules.map(toPermission) },
        },
      ],
      after: rulesAdded ? [ENDPOINTS_RULES] : [],
    }),
  ];
}
