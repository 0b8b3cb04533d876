import { expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/iam/document.js';
import {
  attachedQuota,
  denialPolicy,
  denialPolicyName,
  INLINE_POLICY_NAME,
  inlineQuota,
  networkInterfacePolicy,
  policySize,
} from '../../src/iam/inline-policy.js';
import { neededServices } from '../../src/iam/needed-services.js';
import { plain } from './roles.js';

const functionArn = 'arn:aws-cn:lambda:cn-north-1:123456789012:function:app-7';

it('the inline policy holds the actions on network interfaces and nothing else', () => {
  expect(networkInterfacePolicy()).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ManageNetworkInterfaces',
        Effect: 'Allow',
        Action: [
          'ec2:AssignPrivateIpAddresses',
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:UnassignPrivateIpAddresses',
        ],
        Resource: '*',
      },
    ],
  });
});

it('the denial covers them all, for the code of one function', () => {
  const [allowed] = networkInterfacePolicy().Statement;
  const [denied] = denialPolicy(functionArn).Statement;
  expect(denied?.Effect).toBe('Deny');
  expect(denied?.Condition).toEqual({ ArnEquals: { 'lambda:SourceFunctionArn': [functionArn] } });
  expect(denied?.Action).toEqual(expect.arrayContaining(allowed?.Action as string[]));
  expect(denied?.Action).toContain('ec2:DetachNetworkInterface');
});

it('the denial names the function without version or alias', () => {
  expect(denialPolicy(`${functionArn}:live`)).toEqual(denialPolicy(functionArn));
});

it.each([
  ['allow', networkInterfacePolicy()],
  ['deny', denialPolicy(functionArn)],
])('our policy to %s can be read, and is no evidence of a needed service', (_name, document) => {
  const parsed = parsePolicy('ours', 'inline', JSON.stringify(document));
  expect(parsed.readable).toBe(true);
  const { services, open } = neededServices([parsed], plain);
  expect(services.filter(({ grade }) => grade !== 'not')).toEqual([]);
  expect(open).toEqual([]);
});

it('names of policies are such as IAM takes', () => {
  for (const name of [INLINE_POLICY_NAME, denialPolicyName('A-b_9'.repeat(12), 'us-gov-west-1')]) {
    expect(name).toMatch(/^[\w+=,.@-]{1,128}$/);
  }
});

it.each([
  ['{"a":1}', 7],
  ['{ "a" :\n\t1 }', 7],
  ['%7B%22a%22%3A%201%7D', 7],
  ['%', 1],
])('%j counts %i characters', (text, size) => {
  expect(policySize(text)).toBe(size);
});

const sized = (size: number) => `{${'x'.repeat(size - 2)}}`;

it.each([
  ['nothing yet', {}, { a: 100 }, 100, true],
  ['others stay', { b: 5_000 }, { a: 100 }, 5_100, true],
  ['exactly full', { b: 10_140 }, { a: 100 }, 10_240, true],
  ['one too many', { b: 10_141 }, { a: 100 }, 10_241, false],
  ['one of the same name is replaced', { a: 10_000, b: 200 }, { a: 100 }, 300, true],
  ['two are added', { b: 10_000 }, { a: 120, c: 120 }, 10_240, true],
])('inline policies: %s', (_name, present, added, used, fits) => {
  const texts = (sizes: Record<string, number>) =>
    new Map(Object.entries(sizes).map(([name, size]) => [name, sized(size)]));
  expect(inlineQuota(texts(present), texts(added))).toEqual({ used, quota: 10_240, fits });
});

it.each([
  [0, undefined, true],
  [9, undefined, true],
  [10, undefined, false],
  [10, 20, true],
  [20, 20, false],
])('with %i policies attached and a quota of %s one more fits: %s', (attached, quota, fits) => {
  expect(attachedQuota(attached, quota).fits).toBe(fits);
});
