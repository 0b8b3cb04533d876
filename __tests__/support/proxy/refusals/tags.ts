import { type Input, recordsOf, textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { invalidValue, pages, type Row, repeatedIn, type Verdict } from './row.js';

/** Tags of EC2 resources, at their creation and later. moto itself refuses more than 50. */
export const tagRows: readonly Row[] = [
  { id: 'tag-text', actions: ['ec2:*'], row: 89, docs: pages.tags, wording: 'seen', refuse: badTag },
];

/** The tags that a call sets, for each kind of resource it makes or all it names. */
function tagLists({ action, input }: AwsRequest): Input[][] {
  if (action === 'ec2:CreateTags') return [recordsOf(input, 'Tag')];
  return recordsOf(input, 'TagSpecification').map((specification) => recordsOf(specification, 'Tag'));
}

function badTag(request: AwsRequest): Verdict {
  for (const tags of tagLists(request)) {
    const keys = tags.map((tag) => textOf(tag, 'Key'));
    if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
      return invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
    }
    const [twice] = repeatedIn(keys);
    if (twice !== undefined) return invalidValue(`Duplicate tag key '${twice}' specified.`);
    const longKey = keys.find((key) => key.length > 128);
    if (longKey !== undefined)
      return invalidValue(`Tag key exceeds the maximum length of 128 characters: ${longKey}`);
    const longValue = tags.map((tag) => textOf(tag, 'Value')).find((value) => value.length > 256);
    if (longValue !== undefined)
      return invalidValue('Tag value exceeds the maximum length of 256 characters');
  }
  return undefined;
}
