import { expect, it } from '@jest/globals';
import type { Action } from '../../src/aws/call.js';
import { isRead } from '../../src/aws/client.js';
import { operations } from '../../src/aws/operations.js';
import { awsManagedPolicyArn, parseArn, roleNameOf } from '../../src/aws/partitions.js';

it.each([
  ['arn:aws:iam::123456789012:role/app', 'app'],
  ['arn:aws:iam::123456789012:role/service-role/app', 'app'],
  ['arn:aws-cn:iam::123456789012:role/a/b/c/app', 'app'],
])('the role of %s is %s', (arn, name) => {
  expect(roleNameOf(arn)).toBe(name);
});

it.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b'])(
  'policies of AWS are in the partition %s',
  (partition) => {
    const arn = `arn:${partition}:iam::123456789012:role/x`;
    expect(awsManagedPolicyArn(arn, 'service-role/P')).toBe(
      `arn:${partition}:iam::aws:policy/service-role/P`,
    );
  },
);

it('an ARN is taken apart, colons of the resource included', () => {
  expect(parseArn('arn:aws:lambda:us-east-2:123456789012:function:app:3')).toEqual({
    partition: 'aws',
    region: 'us-east-2',
    accountId: '123456789012',
    resource: 'function:app:3',
  });
  expect(parseArn('nonsense')).toEqual({ partition: '', region: '', accountId: '', resource: '' });
});

const actions = Object.keys(operations) as Action[];

it.each(actions)('%s sends the command of its own name', (action) => {
  const { command } = operations[action];
  expect(command?.name ?? 'GetProductsCommand').toBe(`${action.split(':')[1]}Command`);
});

it('only Describe, Get and List count as reads', () => {
  const writes = actions.filter((action) => !isRead(action));
  expect(writes.map((action) => action.split(':')[1]?.match(/^[A-Z][a-z]+/)?.[0])).toEqual(
    expect.arrayContaining(['Authorize', 'Create', 'Modify', 'Revoke', 'Attach', 'Update']),
  );
  expect(writes.every((action) => !/Describe|Get|List/.test(action))).toBe(true);
});

it('every list that AWS pages follows its pages', () => {
  const paged = actions.filter(
    (action) => /:(Describe|List)/.test(action) && operations[action].paging === undefined,
  );
  // AWS answers these in one page, by id, attribute or ARN.
  expect(paged.sort()).toEqual(['ec2:DescribeDhcpOptions', 'ec2:DescribeVpcAttribute', 'lambda:ListTags']);
});
