import type { Tags } from '../model/observed.js';
import type { Target } from '../resolve/target.js';
import { isOurs, isShared, USER, userTag } from '../resources/tags.js';
import { listed } from '../text/words.js';
import type { Facts, Rule, Verdict } from './rule.js';

/** Whether this function alone is recorded on a shared thing. */
function isOnlyUser(tags: Tags, { userHash }: Target): boolean {
  const users = Object.keys(tags).filter((key) => key.startsWith(USER));
  return users.length === 1 && users[0] === userTag(userHash);
}

/**
 * What of ours nobody uses any more after a move to another VPC. It stays: Lambda removes its interfaces some
 * time after the move, and until then AWS deletes no group that they wear (domain.md row 92).
 */
function judgeMove({ target, changes }: Facts): Verdict[] {
  const { observed, currentVpcId, vpc } = target;
  const moves = changes.some((change) => change.kind === 'function');
  if (currentVpcId === undefined || currentVpcId === vpc.id || !moves) return [];
  const groups = observed.groups.filter(
    ({ id, vpcId, tags }) =>
      (observed.lambda.network.securityGroupIds.includes(id) && isOurs(tags) && !isShared(tags)) ||
      (vpcId === currentVpcId && isShared(tags) && isOnlyUser(tags, target)),
  );
  const endpoints = observed.endpoints.filter(
    ({ vpcId, tags }) => vpcId === currentVpcId && isShared(tags) && isOnlyUser(tags, target),
  );
  const stays = [
    ...groups.map(({ id, name }) => `security group ${id} (${name})`),
    ...endpoints.map(({ id, serviceName }) => `endpoint ${id} (${serviceName})`),
  ];
  if (stays.length === 0) return [];
  const ids = endpoints.map(({ id }) => id);
  const commands = [
    ...(ids.length > 0 ? [`\`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${ids.join(' ')}\``] : []),
    ...groups.map(({ id }) => `\`aws ec2 delete-security-group --group-id ${id}\``),
  ];
  return [
    {
      subject: currentVpcId,
      message: `Function ${observed.lambda.name} leaves ${currentVpcId}, and what was made for it there stays: ${listed(stays)}.`,
      remedy: `Run ${listed(commands)} when Lambda has removed its network interfaces from ${currentVpcId}.`,
    },
  ];
}

/** Rules about what a move leaves behind. */
export const leftBehindRules: readonly Rule[] = [{ id: 'left-behind', severity: 'notice', check: judgeMove }];
