import type { Context } from '../context.js';
import { recordsOf, textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { type PlainRule, plainRule, ruleKey, rulesOfInput } from '../rules.js';
import { invalidValue, pages, type Row, repeatedIn, type Verdict } from './row.js';

const authorize = ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'];

/** Adding rules to a group. A call adds all of its rules or none. */
export const securityGroupRuleRows: readonly Row[] = [
  {
    id: 'rule-description',
    actions: authorize,
    row: 46,
    docs: pages.authorize,
    wording: 'seen',
    refuse: badDescription,
  },
  {
    id: 'rule-twice-in-call',
    actions: authorize,
    row: 47,
    docs: pages.authorize,
    wording: 'seen',
    refuse: twice,
  },
  { id: 'rule-peer', actions: authorize, row: 38, docs: pages.authorize, wording: 'seen', refuse: badPeer },
  { id: 'rule-exists', actions: authorize, row: 47, docs: pages.authorize, wording: 'seen', refuse: exists },
  {
    id: 'rules-per-group',
    actions: authorize,
    row: 44,
    docs: pages.vpcQuotas,
    wording: 'seen',
    refuse: tooMany,
  },
];

const described = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;

function badDescription({ input }: AwsRequest): Verdict {
  const lists = ['IpRanges', 'Ipv6Ranges', 'Groups', 'PrefixListIds'];
  const peers = recordsOf(input, 'IpPermissions').flatMap((one) =>
    lists.flatMap((list) => recordsOf(one, list)),
  );
  const bad = peers
    .map((peer) => textOf(peer, 'Description'))
    .find((text) => text.length > 255 || !described.test(text));
  if (bad === undefined) return undefined;
  const valid = 'strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*';
  return invalidValue(`Invalid rule description. Valid descriptions are ${valid}`);
}

function twice({ input }: AwsRequest): Verdict {
  const repeated = repeatedIn(rulesOfInput(input).map(ruleKey));
  return repeated.length > 0 ? invalidValue('The same permission must not appear multiple times') : undefined;
}

async function badPeer({ input }: AwsRequest, { state }: Context): Promise<Verdict> {
  const rules = rulesOfInput(input);
  const [group] = await state.securityGroups([textOf(input, 'GroupId')]);
  const ids = rules.map(({ peer }) => peer).filter((peer) => peer.startsWith('sg-'));
  const peers = ids.length > 0 ? await state.securityGroups(ids) : [];
  const missing = ids.find((id) => !peers.some(({ GroupId }) => GroupId === id));
  if (missing)
    return { code: 'InvalidGroup.NotFound', message: `The security group '${missing}' does not exist` };
  if (group && peers.some(({ VpcId }) => VpcId !== group.VpcId)) {
    const message = 'You have specified two resources that belong to different networks.';
    return { code: 'InvalidGroup.NotFound', message };
  }
  const lists = rules.some(({ peer }) => peer.startsWith('pl-')) ? await state.managedPrefixLists() : [];
  const unknown = rules.find(
    ({ peer }) => peer.startsWith('pl-') && !lists.some(({ PrefixListId }) => PrefixListId === peer),
  );
  const message = `The prefix list ID '${unknown?.peer}' does not exist`;
  return unknown && { code: 'InvalidPrefixListID.NotFound', message };
}

/** The rules of the group in the direction of the call. */
async function standing({ input, action }: AwsRequest, { state }: Context): Promise<PlainRule[]> {
  const egress = action.endsWith('Egress');
  const rules = await state.securityGroupRules(textOf(input, 'GroupId'));
  return rules.filter(({ IsEgress }) => IsEgress === egress).map(plainRule);
}

async function exists(request: AwsRequest, context: Context): Promise<Verdict> {
  const there = new Set((await standing(request, context)).map(ruleKey));
  const again = rulesOfInput(request.input).find((rule) => there.has(ruleKey(rule)));
  if (again === undefined) return undefined;
  const { peer, protocol, from, to } = again;
  const ports = protocol === '-1' ? 'ALL' : `${protocol.toUpperCase()}, from port: ${from}, to port: ${to}`;
  const message = `the specified rule "peer: ${peer}, ${ports}, ALLOW" already exists`;
  return { code: 'InvalidPermission.Duplicate', message };
}

/** 60 rules for each address family and direction; a group counts for both families, a prefix list by its weight. */
async function tooMany(request: AwsRequest, context: Context): Promise<Verdict> {
  const rules = [...(await standing(request, context)), ...rulesOfInput(request.input)];
  const weighed = rules.some(({ peer }) => peer.startsWith('pl-'));
  const lists = weighed ? await context.state.managedPrefixLists() : [];
  const weights = new Map(
    lists.map(({ PrefixListId = '', PrefixListName = '' }) => [PrefixListId, weightOf(PrefixListName)]),
  );
  const isV6 = (peer: string): boolean => peer.includes(':');
  const isV4 = (peer: string): boolean => /^\d+\./.test(peer);
  const sum = (counts: (peer: string) => boolean): number =>
    rules.filter(({ peer }) => counts(peer)).reduce((total, { peer }) => total + (weights.get(peer) ?? 1), 0);
  if (sum((peer) => !isV6(peer)) <= 60 && sum((peer) => !isV4(peer)) <= 60) return undefined;
  const message = 'The maximum number of rules per security group has been reached.';
  return { code: 'RulesPerSecurityGroupLimitExceeded', message };
}

function weightOf(name: string): number {
  return name.includes('cloudfront') ? 55 : 1;
}
