import { ec2Answer } from '../catalogue.js';
import type { Context } from '../context.js';
import { type Handlers, withEc2Input } from '../handler.js';
import { type Input, recordsOf, textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { canonicalCidr, type PlainRule, plainRule, ruleKey, rulesOfInput } from '../rules.js';
import { childOf, itemsOf, parseXml, setChild, textAt, type XmlElement } from '../xml.js';

/** Rules of security groups: moto keeps host bits, answers with too few rules, and revokes by description. */
export const securityGroupHandlers: Handlers = {
  'ec2:AuthorizeSecurityGroupEgress': { request: withCanonicalCidrs, xml: authorized },
  'ec2:AuthorizeSecurityGroupIngress': { request: withCanonicalCidrs, xml: authorized },
  'ec2:RevokeSecurityGroupEgress': { request: byRuleId },
  'ec2:RevokeSecurityGroupIngress': { request: byRuleId },
  'ec2:DescribeSecurityGroupRules': { xml: withDescriptions },
  'ec2:DescribeSecurityGroups': { xml: withListDescriptions },
};

const listKey = (groupId: string, egress: boolean, rule: PlainRule): string =>
  `${groupId} ${egress ? 'egress' : 'ingress'} ${ruleKey(rule)}`;

/** Keeps the descriptions of the rules about prefix lists that a call makes. */
function keepListDescriptions({ input, action }: AwsRequest, { memory }: Context): void {
  for (const permission of recordsOf(input, 'IpPermissions')) {
    for (const list of recordsOf(permission, 'PrefixListIds')) {
      const [rule] = rulesOfInput({ IpPermissions: [{ ...permission, ...NO_PEERS, PrefixListIds: [list] }] });
      if (rule === undefined) continue;
      const key = listKey(textOf(input, 'GroupId'), action.endsWith('Egress'), rule);
      memory.descriptions.set(key, textOf(list, 'Description'));
    }
  }
}

const NO_PEERS: Input = { IpRanges: [], Ipv6Ranges: [], Groups: [] };

/** The rule of a group that a prefix list in one of its permissions stands for. */
function listRule(permission: XmlElement, list: XmlElement): PlainRule {
  return plainRule({
    IpProtocol: textAt(permission, 'ipProtocol'),
    FromPort: Number(textAt(permission, 'fromPort') || -1),
    ToPort: Number(textAt(permission, 'toPort') || -1),
    PrefixListId: textAt(list, 'prefixListId'),
  });
}

/** Shows the descriptions of rules about prefix lists. */
function withListDescriptions(root: XmlElement, _request: AwsRequest, { memory }: Context): void {
  const lists = itemsOf(root, 'securityGroupInfo').flatMap((group) =>
    ['ipPermissions', 'ipPermissionsEgress'].flatMap((name) =>
      itemsOf(group, name).flatMap((permission) =>
        itemsOf(permission, 'prefixListIds').map((list) => {
          const egress = name === 'ipPermissionsEgress';
          return { list, key: listKey(textAt(group, 'groupId'), egress, listRule(permission, list)) };
        }),
      ),
    ),
  );
  for (const { list, key } of lists) {
    const description = memory.descriptions.get(key);
    if (description) setChild(list, 'description', description);
  }
}

function withCanonicalCidrs(request: AwsRequest): AwsRequest {
  const permissions = recordsOf(request.input, 'IpPermissions').map((permission): Input => {
    const ranges = recordsOf(permission, 'IpRanges');
    if (ranges.length === 0) return permission;
    return {
      ...permission,
      IpRanges: ranges.map((range) => ({ ...range, CidrIp: canonicalCidr(textOf(range, 'CidrIp')) })),
    };
  });
  return permissions.length > 0
    ? withEc2Input(request, { ...request.input, IpPermissions: permissions })
    : request;
}

/** The answer lists every rule that the call made; moto lists those of the last permission. */
async function authorized(root: XmlElement, request: AwsRequest, context: Context): Promise<void> {
  const { input, region, action } = request;
  const made = new Set(rulesOfInput(input).map(ruleKey));
  const filter = [{ Name: 'group-id', Value: [textOf(input, 'GroupId')] }];
  const answer = await ec2Answer(context.forward, region, 'DescribeSecurityGroupRules', { Filter: filter });
  const egress = String(action.endsWith('Egress'));
  const rules = itemsOf(parseXml(answer), 'securityGroupRuleSet').filter(
    (rule) => textAt(rule, 'isEgress') === egress && made.has(ruleKey(plainOf(rule))),
  );
  setChild(root, 'securityGroupRuleSet', rules);
  keepListDescriptions(request, context);
  await withDescriptions(root, request, context);
}

function plainOf(rule: XmlElement): PlainRule {
  const group = textAt(rule, 'referencedGroupInfo', 'groupId');
  return plainRule({
    IpProtocol: textAt(rule, 'ipProtocol'),
    FromPort: Number(textAt(rule, 'fromPort') || -1),
    ToPort: Number(textAt(rule, 'toPort') || -1),
    CidrIpv4: textAt(rule, 'cidrIpv4') || undefined,
    CidrIpv6: textAt(rule, 'cidrIpv6') || undefined,
    PrefixListId: textAt(rule, 'prefixListId') || undefined,
    ReferencedGroupInfo: group === '' ? undefined : { GroupId: group },
  });
}

/** AWS finds a rule by protocol, ports and peer; moto wants its description too, so the ids are looked up here. */
async function byRuleId(request: AwsRequest, { state }: Context): Promise<AwsRequest> {
  const wanted = rulesOfInput(request.input).map(ruleKey);
  if (wanted.length === 0) return request;
  const GroupId = textOf(request.input, 'GroupId');
  const egress = request.action.endsWith('Egress');
  const standing = (await state.securityGroupRules(GroupId)).filter(({ IsEgress }) => IsEgress === egress);
  const found = wanted.map(
    (key) => standing.find((rule) => ruleKey(plainRule(rule)) === key)?.SecurityGroupRuleId,
  );
  const ids = found.filter((id) => id !== undefined);
  return ids.length === wanted.length
    ? withEc2Input(request, { GroupId, SecurityGroupRuleId: ids })
    : request;
}

/** moto shows the description of a rule about another group or a prefix list with its group only. */
async function withDescriptions(root: XmlElement, _request: AwsRequest, context: Context): Promise<void> {
  const { state, memory } = context;
  for (const rule of itemsOf(root, 'securityGroupRuleSet')) {
    const egress = textAt(rule, 'isEgress') === 'true';
    const description = memory.descriptions.get(listKey(textAt(rule, 'groupId'), egress, plainOf(rule)));
    if (description) setChild(rule, 'description', description);
  }
  const rules = itemsOf(root, 'securityGroupRuleSet').filter(
    (rule) => textAt(rule, 'description') === '' && childOf(rule, 'referencedGroupInfo') !== undefined,
  );
  if (rules.length === 0) return;
  const groups = await state.securityGroups([...new Set(rules.map((rule) => textAt(rule, 'groupId')))]);
  for (const rule of rules) {
    const group = groups.find(({ GroupId }) => GroupId === textAt(rule, 'groupId'));
    const egress = textAt(rule, 'isEgress') === 'true';
    const permissions = (egress ? group?.IpPermissionsEgress : group?.IpPermissions) ?? [];
    const peer = textAt(rule, 'referencedGroupInfo', 'groupId');
    const pairs = permissions
      .filter(
        ({ IpProtocol, FromPort = -1 }) =>
          IpProtocol === textAt(rule, 'ipProtocol') && String(FromPort) === textAt(rule, 'fromPort'),
      )
      .flatMap(({ UserIdGroupPairs }) => UserIdGroupPairs ?? []);
    const description = pairs.find(({ GroupId }) => GroupId === peer)?.Description;
    if (description) setChild(rule, 'description', description);
  }
}
