import { describe, expect, test } from '@jest/globals';
import {
  type Arrival,
  type Call,
  count,
  depth,
  isWrite,
  repeated,
  tally,
  writes,
} from '../support/proxy/calls.js';

let next = 0;

/** A call that took from `start` to `end`. */
function call(action: string, start: number, end: number, more: Partial<Call> = {}): Call {
  next += 1;
  const input = more.input ?? {};
  return {
    n: next,
    service: 'ec2',
    action,
    input,
    isWrite: isWrite(action, input),
    start,
    end,
    status: 200,
    errorCode: '',
    ...more,
  };
}

function arrival(action: string, start: number, more: Partial<Arrival> = {}): Arrival {
  const input = more.input ?? {};
  return { service: 'ec2', action, input, isWrite: isWrite(action, input), start, invocationId: '', ...more };
}

describe('isWrite', () => {
  test.each([
    ['ec2:DescribeVpcs', false],
    ['iam:GetRole', false],
    ['lambda:ListFunctions', false],
    ['iam:SimulatePrincipalPolicy', false],
    ['sts:AssumeRoleWithWebIdentity', false],
    ['ec2:CreateTags', true],
    ['lambda:UpdateFunctionConfiguration', true],
    ['ec2:RevokeSecurityGroupEgress', true],
    ['lambda:Invoke', true],
  ])('%s: %s', (action, expected) => {
    expect(isWrite(action, {})).toBe(expected);
  });

  test('a DryRun changes nothing', () => {
    expect(isWrite('ec2:CreateVpcEndpoint', { DryRun: 'true' })).toBe(false);
    expect(isWrite('ec2:CreateVpcEndpoint', { DryRun: 'false' })).toBe(true);
  });
});

describe('repeated', () => {
  const first = call('ec2:DescribeVpcEndpoints', 0, 10, { input: { VpcEndpointId: ['vpce-1'] } });
  const again = { input: { VpcEndpointId: ['vpce-1'] } };

  test('an identical read after the answer is a poll', () => {
    expect(repeated([first], arrival(first.action, 20, again))).toBe(first.n);
  });

  test('a poll of a poll repeats the first', () => {
    const second = call(first.action, 20, 30, { ...again, repeatOf: first.n });
    expect(repeated([first, second], arrival(first.action, 40, again))).toBe(first.n);
  });

  test('other reads between polls do not matter', () => {
    expect(repeated([first, call('ec2:DescribeVpcs', 11, 12)], arrival(first.action, 20, again))).toBe(
      first.n,
    );
  });

  test('another input is another call', () => {
    const other = { input: { VpcEndpointId: ['vpce-2'] } };
    expect(repeated([first], arrival(first.action, 20, other))).toBeUndefined();
  });

  test('the order of the parameters does not matter', () => {
    const one = call('ec2:DescribeVpcs', 0, 10, { input: { a: '1', b: '2' } });
    expect(repeated([one], arrival('ec2:DescribeVpcs', 20, { input: { b: '2', a: '1' } }))).toBe(one.n);
  });

  test('the same read made twice at once is no poll', () => {
    expect(repeated([first], arrival(first.action, 5, again))).toBeUndefined();
  });

  test('a write in between begins a new series', () => {
    const write = call('ec2:CreateTags', 12, 13);
    expect(repeated([first, write], arrival(first.action, 20, again))).toBeUndefined();
  });

  test('an SDK retry repeats its first attempt', () => {
    const attempt = { ...call('ec2:CreateTags', 0, 10), invocationId: 'a' };
    expect(repeated([attempt], arrival('ec2:CreateTags', 20, { invocationId: 'a' }))).toBe(attempt.n);
  });

  test('an identical write is a repeat only where the first was refused', () => {
    const refused = call('ec2:CreateTags', 0, 10, { errorCode: 'RequestLimitExceeded' });
    expect(repeated([refused], arrival('ec2:CreateTags', 20))).toBe(refused.n);
    const done = call('ec2:CreateTags', 0, 10);
    expect(repeated([done], arrival('ec2:CreateTags', 20))).toBeUndefined();
  });
});

describe('count, writes and tally', () => {
  const first = call('ec2:DescribeVpcs', 0, 1);
  const calls = [
    call('sts:AssumeRoleWithWebIdentity', 0, 1),
    call('sts:GetCallerIdentity', 0, 1),
    first,
    call('ec2:DescribeVpcs', 2, 3, { repeatOf: first.n }),
    call('ec2:CreateTags', 4, 5),
  ];

  test('count leaves out repeats and credentials', () => {
    expect(count(calls)).toBe(3);
  });

  test('writes finds the changes', () => {
    expect(writes(calls).map(({ action }) => action)).toEqual(['ec2:CreateTags']);
  });

  test('tally counts everything', () => {
    expect(tally(calls)['ec2:DescribeVpcs']).toBe(2);
  });
});

describe('depth', () => {
  test('no call has no depth', () => {
    expect(depth([])).toBe(0);
  });

  test('calls at the same time are one step', () => {
    expect(depth([call('a:ListA', 0, 10), call('a:ListB', 1, 11), call('a:ListC', 2, 9)])).toBe(1);
  });

  test('a call after an answer is a further step', () => {
    expect(depth([call('a:ListA', 0, 10), call('a:ListB', 10, 20), call('a:ListC', 21, 30)])).toBe(3);
  });

  test('the longest of several chains counts, in whatever order the calls are listed', () => {
    const chain = [call('a:ListC', 50, 60), call('a:ListA', 0, 10), call('a:ListB', 20, 30)];
    expect(depth([...chain, call('a:ListX', 0, 100)])).toBe(3);
  });

  test('repeats and credentials do not deepen a chain', () => {
    const first = call('a:ListA', 10, 20);
    const before = call('sts:AssumeRole', 0, 5);
    expect(depth([before, first, call('a:ListA', 30, 40, { repeatOf: first.n })])).toBe(1);
  });

  test('what is never answered ends its chain', () => {
    expect(depth([call('a:ListA', 0, Number.POSITIVE_INFINITY), call('a:ListB', 50, 60)])).toBe(1);
  });
});
