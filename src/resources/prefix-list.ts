import type { Aws } from '../aws/call.js';
import type { PrefixList } from '../model/observed.js';
import { compareText } from '../text/order.js';
import { sortedSet } from '../text/words.js';

/** Reads the prefix lists of the region that AWS owns: customers' lists may have any name. */
export async function readPrefixLists(aws: Aws): Promise<PrefixList[]> {
  const pages = await aws.pages('ec2:DescribeManagedPrefixLists', {});
  const lists = pages.flatMap((page) => page.PrefixLists ?? []);
  return lists
    .filter((list) => list.OwnerId === undefined || list.OwnerId === 'AWS')
    .map((list) => ({ id: list.PrefixListId ?? '', name: list.PrefixListName ?? '' }))
    .sort((one, other) => compareText(one.id, other.id));
}

/** Reads the ranges of one prefix list, AWS's or a customer's. */
export async function readPrefixListRanges(aws: Aws, id: string): Promise<string[]> {
  const pages = await aws.pages('ec2:GetManagedPrefixListEntries', { PrefixListId: id });
  return sortedSet(pages.flatMap((page) => page.Entries ?? []).map(({ Cidr }) => Cidr ?? '')).filter(Boolean);
}
