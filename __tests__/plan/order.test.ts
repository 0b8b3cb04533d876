import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/model/plan.js';
import { change } from '../../src/plan/change.js';
import { dependencies, inOrder } from '../../src/plan/order.js';

function step(id: string, after: readonly string[] = [], refs: readonly string[] = []): Change {
  return change({
    id,
    kind: 'tags',
    action: 'update',
    label: id,
    reason: 'record',
    because: id,
    after,
    calls: refs.map((ref) => ({
      action: 'ec2:CreateTags',
      input: { Resources: [{ ref, field: 'GroupId' }], Tags: [] },
    })),
  });
}

const ordered = (changes: readonly Change[]): string =>
  inOrder(changes)
    .map(({ id }) => id)
    .join(' ');

describe('changes are ordered', () => {
  it.each([
    { name: 'nothing', changes: [], order: '' },
    { name: 'equals stay as they are', changes: [step('b'), step('a')], order: 'b a' },
    { name: 'by what they wait for', changes: [step('b', ['a']), step('a')], order: 'a b' },
    { name: 'by what they refer to', changes: [step('b', [], ['a']), step('a')], order: 'a b' },
    { name: 'a chain', changes: [step('c', ['b']), step('b', [], ['a']), step('a')], order: 'a b c' },
    {
      name: 'a diamond',
      changes: [step('d', ['b', 'c']), step('c', ['a']), step('b', ['a']), step('a')],
      order: 'a c b d',
    },
    { name: 'a reference to itself does not count', changes: [step('a', [], ['a'])], order: 'a' },
    { name: 'what is not planned does not count', changes: [step('a', ['gone'])], order: 'a' },
  ])('$name', ({ changes, order }) => {
    expect(ordered(changes)).toBe(order);
  });

  it.each([
    { name: 'two', changes: [step('a', ['b']), step('b', [], ['a'])], members: ['a', 'b'] },
    {
      name: 'three',
      changes: [step('a', ['c']), step('b', ['a']), step('c', ['b'])],
      members: ['a', 'b', 'c'],
    },
  ])('a cycle of $name is named', ({ changes, members }) => {
    for (const member of members)
      expect(() => inOrder([step('innocent'), ...changes])).toThrow(new RegExp(`cycle among.*${member}`));
    expect(() => inOrder([step('innocent'), ...changes])).not.toThrow(/innocent/);
  });

  it('references are found at any depth', () => {
    const deep = step('b');
    const nested: Change = {
      ...deep,
      calls: [
        {
          action: 'ec2:AuthorizeSecurityGroupEgress',
          input: {
            GroupId: 'sg-1',
            IpPermissions: [{ UserIdGroupPairs: [{ GroupId: { ref: 'a', field: 'GroupId' } }] }],
          },
        },
      ],
    };
    expect(dependencies(nested, [nested, step('a')])).toEqual(['a']);
  });
});
