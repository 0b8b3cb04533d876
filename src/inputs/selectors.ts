import type { Condition, GroupSelector, Selector } from '../model/desired.js';
import type { Complain } from './problems.js';
import { type Item, readList } from './words.js';

const SUBNET_ID = /^subnet-[0-9a-f]{8,17}$/;
const VPC_ID = /^vpc-[0-9a-f]{8,17}$/;
/** Id of a security group, as AWS makes them. */
export const GROUP_ID = /^sg-[0-9a-f]{8,17}$/;

function parseCondition(word: string): Condition | undefined {
  const tag = /^tag:([^=]+)=(.*)$/s.exec(word);
  if (tag?.[1] !== undefined && tag[2] !== undefined) return { kind: 'tag', key: tag[1], value: tag[2] };
  const name = /^name:(.+)$/s.exec(word);
  return name?.[1] === undefined ? undefined : { kind: 'name', glob: name[1] };
}

function parseMatch(item: Item): Selector | undefined {
  const conditions = item.words.map(parseCondition);
  if (conditions.some((condition) => condition === undefined)) return undefined;
  return {
    kind: 'match',
    conditions: conditions.filter((condition) => condition !== undefined),
    text: item.text,
  };
}

/** Where an id of the other kind of resource belongs. */
const MISPLACED = {
  group: ' (security groups belong in `security-groups`)',
  subnet: ' (subnets belong in `subnets`)',
};

function parseSubnetItem(item: Item, complain: Complain): Selector[] {
  const [word = ''] = item.words;
  const single = item.words.length === 1;
  if (single && SUBNET_ID.test(word)) return [{ kind: 'id', id: word }];
  if (single && word === 'private') return [{ kind: 'private' }];
  const match = parseMatch(item);
  if (match) return [match];
  const expected = `a subnet id, \`tag:Key=Value\`, \`name:glob\` or \`private\`${word.startsWith('sg-') ? MISPLACED.group : ''}`;
  complain({ value: item.text, expected, words: ['private'] });
  return [];
}

/** Parses `subnets` and `endpoint-subnets`. */
export function parseSubnets(text: string, complain: Complain): Selector[] {
  return readList(text, complain).flatMap((item) => parseSubnetItem(item, complain));
}

/** Parses `vpc`: exactly one selector. */
export function parseVpc(text: string, complain: Complain): Selector | undefined {
  const [item, ...more] = readList(text, complain);
  if (item === undefined) return undefined;
  const expected = 'one VPC id, `tag:Key=Value` or `name:glob`';
  if (more.length > 0) {
    complain({ value: text, expected });
    return undefined;
  }
  const [word = ''] = item.words;
  if (item.words.length === 1 && VPC_ID.test(word)) return { kind: 'id', id: word };
  const match = parseMatch(item);
  if (match === undefined) complain({ value: item.text, expected });
  return match;
}

/** AWS: letters, numbers, spaces and ._-:/()#,@[]+=&;{}!$*, up to 255, not beginning with `sg-`. */
const GROUP_NAME = /^(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

function parseGroupItem(item: Item, complain: Complain): GroupSelector[] {
  const name = item.words.join(' ');
  if (name === 'managed') return [{ kind: 'managed' }];
  if (GROUP_ID.test(name)) return [{ kind: 'id', id: name }];
  if (!name.startsWith('subnet-') && GROUP_NAME.test(name)) return [{ kind: 'name', name }];
  complain({
    value: item.text,
    expected: `a security-group id, a group name or \`managed\`${name.startsWith('subnet-') ? MISPLACED.subnet : ''}`,
    words: ['managed'],
  });
  return [];
}

/** Parses `security-groups`; the list must not be empty, because Lambda needs at least one group. */
export function parseSecurityGroups(text: string, complain: Complain): GroupSelector[] {
  return readList(text, complain).flatMap((item) => parseGroupItem(item, complain));
}
