import type { Tags } from '../model/observed.js';

/** Marks everything this action makes. */
export const MANAGED_BY = 'managed-by';
/** Value of {@link MANAGED_BY}. */
export const US = 'vpc-lambda-action';
/** Resource name of what belongs to one app. */
export const NAME = 'vpc-lambda-action:name';
/** Repository id of the owner of what belongs to one app. */
export const OWNER = 'vpc-lambda-action:owner';
/** `vpc` on what is shared by all apps of a VPC. */
export const SCOPE = 'vpc-lambda-action:scope';
/** What the last finished run wanted, so that a later difference can be told from drift. */
export const WANTED = 'vpc-lambda-action:wanted';
/** The functions as they were before their first move, so that a connect that was stopped can be told from drift. */
export const BEGUN = 'vpc-lambda-action:begun';
/** Prefix of the tags by which functions record themselves on what they share. */
export const USER = 'vpc-lambda-action:user:';

/** AWS: a resource carries at most 50 tags. */
export const MAX_TAGS = 50;

/** Converts the SDK's list of tags. */
export function toTags(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Converts tags to the SDK's list, sorted by key. */
export function fromTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}

/** Whether this action made the resource. */
export function isOurs(tags: Tags): boolean {
  return tags[MANAGED_BY] === US;
}

/** Whether this action made the resource for all apps of a VPC. */
export function isShared(tags: Tags): boolean {
  return isOurs(tags) && tags[SCOPE] === 'vpc';
}

/** Tag key by which a function records itself on a shared resource; `hash` is short and of the function's ARN. */
export function userTag(hash: string): string {
  return `${USER}${hash}`;
}

/** Whether a tag key is one that {@link userTag} makes, and so holds nothing but a short hash. */
export function isUserTag(key: string): boolean {
  return key.startsWith(USER) && /^[0-9a-f]{8}$/.test(key.slice(USER.length));
}
