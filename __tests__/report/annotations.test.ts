import { describe, expect, it } from '@jest/globals';
import { type Annotation, annotationsOf } from '../../src/report/annotations.js';
import { plan } from '../fixtures/plan.js';
import { denied, finding, runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';

const of = (name: string): Annotation[] => annotationsOf(stories[name] ?? runRecord());
const levels = (annotations: readonly Annotation[]): string[] =>
  annotations.map(({ level, title }) => `${level} ${title}`);
const many = Array.from({ length: 12 }, (_, index) => index);

it('shows the findings of a blocked plan, and what could not be checked as a warning', () => {
  expect(levels(of('blocked'))).toEqual([
    'error consent-missing',
    'error vpc-dns-off',
    'warning no-internet',
    'warning not-readable',
    'notice consent-unused',
  ]);
});

it('says message and remedy', () => {
  expect(of('failed-early')[0]).toEqual({
    level: 'error',
    title: 'function-not-found',
    message:
      'There is no function app-7 in us-east-2 of account 123456789012. Correct `function-name`, or check `aws-region`.',
  });
});

it('says what failed once, though the results say it again', () => {
  expect(levels(of('partial'))).toEqual([
    'error aws-unreachable',
    'error permission-missing',
    'warning no-internet',
  ]);
});

it('says what failed when nothing but the results says it', () => {
  const record = { ...(stories.partial ?? runRecord()), problems: [] };
  expect(levels(annotationsOf(record)).filter((text) => text.startsWith('error'))).toHaveLength(2);
});

it('shows at most nine of a level, the last of which counts the rest', () => {
  const problems = many.map((index) => denied('ec2:DescribeVpcs', `vpc-${index}`));
  const findings = many.map((index) => finding(`code-${index}`, { severity: 'warning' }));
  const annotations = annotationsOf(runRecord({ outcome: 'failed', problems, plan: plan({ findings }) }));
  expect(annotations.filter(({ level }) => level === 'error')).toHaveLength(9);
  expect(annotations.filter(({ level }) => level === 'warning')).toHaveLength(9);
  expect(annotations[8]?.message).toBe('4 more are in the job summary.');
  const nine = annotationsOf(runRecord({ outcome: 'failed', problems: problems.slice(0, 9) }));
  expect(nine[8]?.message).toContain('vpc-8');
});

it('says once what has one cause, with three of those it happened to', () => {
  const remedy = 'Run the job again.';
  const late = many
    .slice(0, 5)
    .map((index) => ({ code: 'wait-timeout', message: `vpce-${index} is late.`, remedy }));
  expect(annotationsOf(runRecord({ outcome: 'partial', problems: late }))).toEqual([
    {
      level: 'error',
      title: 'wait-timeout',
      message:
        'vpce-0 is late. vpce-1 is late. vpce-2 is late. 2 more of this kind are in the job summary. Run the job again.',
    },
  ]);
});

describe('a run that fails without a problem', () => {
  it.each(['partial', 'failed', 'blocked'] as const)('says that it is %s', (outcome) => {
    const [only, ...more] = annotationsOf(runRecord({ outcome }));
    expect(only).toMatchObject({ level: 'error', title: outcome });
    expect(more).toEqual([]);
  });

  it.each(['planned', 'unchanged', 'changed'] as const)('says nothing when it is %s', (outcome) => {
    expect(annotationsOf(runRecord({ outcome }))).toEqual([]);
  });
});

it('keeps every message on one line', () => {
  for (const { message, title } of of('hostile')) expect(`${title}${message}`).not.toMatch(/\p{Cc}/u);
});
