import { describe, expect, it } from '@jest/globals';
import type { AwsErrorKind, AwsProblem } from '../../src/model/problem.js';
import { withoutEchoes } from '../../src/observe/reading.js';

const problem = (kind: AwsErrorKind, action: string, code: string = kind): AwsProblem => ({
  kind,
  code,
  awsCode: 'X',
  action,
  message: `${action} failed: X.`,
  remedy: 'Correct it.',
});

const messages = (...problems: readonly AwsProblem[]): string[] =>
  withoutEchoes(problems).map(({ message }) => message);

describe('trouble that every request meets', () => {
  it.each(['credentials', 'throttled', 'unreachable', 'cancelled'] as const)('is told once: %s', (kind) => {
    expect(messages(problem(kind, 'a'), problem(kind, 'b'), problem(kind, 'c'))).toEqual([
      'a failed: X. 2 other requests failed alike.',
    ]);
    expect(messages(problem(kind, 'a'))).toEqual(['a failed: X.']);
    expect(messages(problem(kind, 'a'), problem(kind, 'a'))).toEqual(['a failed: X.']);
  });

  it('is told for each code', () => {
    const skew = problem('credentials', 'b', 'clock-skew');
    expect(messages(problem('credentials', 'a'), skew, problem('throttled', 'c'))).toHaveLength(3);
  });
});

it('is told of each request where each has its own remedy', () => {
  expect(messages(problem('denied', 'a'), problem('denied', 'b'), problem('unknown', 'c'))).toEqual([
    'a failed: X.',
    'b failed: X.',
    'c failed: X.',
  ]);
});
