import type { Tags } from '../model/observed.js';
import type { Target } from '../resolve/target.js';
import { isOurs, isShared, USER, userTag } from '../resources/tags.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

/** Whether this function alone is recorded on a shared thing. */
function isOnlyUser(tags: Tags, { user }: Target): boolean {
  const users = Object.keys(tags).filter((key) => key.startsWith(USER));
  return users.length === 1 && users[0] === userTag(user.hash);
}

const idsOf = (things: readonly { readonly id: string }[]): string[] => things.map(({ id }) => id);

const deletions = (groupIds: readonly string[]): string[] =>
  groupIds.map((id) => `\`aws ec2 delete-security-group --group-id ${id}\``);

/** What removes the shared things. Who else uses an endpoint by its private name is recorded nowhere. */
function sharedRemedy(endpointIds: readonly string[], groupIds: readonly string[], vpcId: string): string {
  const endpoints = `\`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpointIds.join(' ')}\``;
  return `Run ${listed([endpoints, ...deletions(groupIds)])} if nothing else in ${vpcId} calls these services; they are billed.`;
}

/**
 * What of ours the function uses no more after a move to another VPC. It stays: Lambda removes its interfaces
 * some time after the move, and until then AWS deletes no group that they wear (domain.md row 92).
 */
function judgeMove({ target, changes }: Facts): Verdict[] {
  const { observed, currentVpcId: from, vpc } = target;
  const moves = isMoved(changes);
  if (from === undefined || from === vpc.id || !moves) return [];
  const worn = observed.groups.filter(({ id }) => observed.lambda.network.securityGroupIds.includes(id));
  const own = worn.filter(({ tags }) => isOurs(tags) && !isShared(tags));
  const shared = <T extends { readonly vpcId: string; readonly tags: Tags }>(things: readonly T[]): T[] =>
    things.filter(({ vpcId, tags }) => vpcId === from && isShared(tags) && isOnlyUser(tags, target));
  const endpoints = shared(observed.endpoints);
  const stays = [
    ...own.map(({ id, name }) => `security group ${id} (${name})`),
    ...endpoints.map(({ id, serviceName }) => `endpoint ${id} (${serviceName})`),
  ];
  if (stays.length === 0) return [];
  const linger = 'when Lambda has removed its network interfaces, which can take 45 minutes';
  const remedies = [
    ...(own.length > 0 ? [`Run ${listed(deletions(idsOf(own)))} ${linger}.`] : []),
    ...(endpoints.length > 0 ? [sharedRemedy(idsOf(endpoints), idsOf(shared(observed.groups)), from)] : []),
  ];
  return [
    {
      subject: from,
      message: `Function ${observed.lambda.name} leaves ${from}, and what was made for it there stays: ${listed(stays)}.`,
      remedy: remedies.join(' '),
    },
  ];
}

/** Rules about what a move leaves behind. */
export const leftBehindRules: readonly FunctionRule[] = [
  {
    id: 'left-behind',
    about: 'function',
    severity: 'notice',
    subject: 'VPC',
    page: pages.functionVpc,
    check: judgeMove,
  },
];
