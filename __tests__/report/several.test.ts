import { describe, expect, it } from '@jest/globals';
import type { Observed } from '../../src/model/observed.js';
import { buildReport } from '../../src/report/build.js';
import { planLines } from '../../src/report/log.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { outputsOf } from '../../src/report/outputs.js';
import { observedFunctions } from '../builders/functions.js';
import { observedAfter, observedBefore } from '../fixtures/network.js';
import { changes, plan, plannedFunction } from '../fixtures/plan.js';
import { denied, finding, result, runRecord } from '../fixtures/run-record.js';

const names = ['app-7', 'app-8', 'app-9'] as const;
const named = (observed: Observed, name: string): Observed => ({
  ...observed,
  lambda: { ...observed.lambda, name, arn: observed.lambda.arn.replace('app-7', name) },
});
const functions = names.map((name) => ({
  ...plannedFunction,
  name,
  arn: plannedFunction.arn.replace('app-7', name),
}));
const moves = changes.filter(({ kind }) => kind === 'function');
const shared = changes.filter(({ kind }) => kind !== 'function');
const all = names.flatMap((name) =>
  moves.map((change) => ({
    ...change,
    id: `function/${name}`,
    label: name,
    because: `Function ${name} is in no VPC.`,
    functionName: name,
  })),
);
const warnings = names.map((name) =>
  finding('no-internet', {
    severity: 'warning',
    subject: name,
    functionName: name,
    message: `Function ${name} has no way out.`,
  }),
);
const before = observedFunctions(
  named(observedBefore, 'app-7'),
  named(observedBefore, 'app-8'),
  named(observedBefore, 'app-9'),
);
const base = plan();
const planned = plan({
  subject: { ...base.subject, functions },
  changes: [...shared, ...all],
  findings: warnings,
});
const dryRun = runRecord({ functionNames: names, plan: planned, observed: before });
const files = { planFile: '', reportFile: '' };

describe('a report on several functions', () => {
  it('says once what is the same for them', () => {
    const text = renderMarkdown(buildReport(dryRun));
    expect(text).toContain('update 3 functions: app-7, app-8, app-9');
    expect(text).toContain('Function app-7 has no way out. The same holds for app-8 and app-9.');
    expect(text.match(/has no way out/g)).toHaveLength(1);
    expect(planLines(planned).filter((line) => line.startsWith('~ update 3 functions'))).toHaveLength(1);
  });

  it('keeps apart what differs', () => {
    const results = [...shared, ...all].map((change) =>
      change.id === 'function/app-8'
        ? result(change, { status: 'failed', problem: denied('lambda:UpdateFunctionConfiguration', 'app-8') })
        : result(change),
    );
    const observed = observedFunctions(
      named(observedAfter, 'app-7'),
      named(observedBefore, 'app-8'),
      named(observedAfter, 'app-9'),
    );
    const record = runRecord({ ...dryRun, outcome: 'partial', dryRun: false, results, observed });
    const text = renderMarkdown(buildReport(record));
    expect(text).toContain('update 2 functions: app-7, app-9');
    expect(text).toContain('update function app-8');
    expect(text).toContain('2 of 3 functions are in vpc-0a1b2c3d');
    const outputs = outputsOf(record, files);
    expect(outputs).toMatchObject({
      'function-arn': '',
      'subnet-ids': '[]',
      'security-group-ids': '[]',
      'role-name': '',
      'previous-vpc-config': 'null',
      'vpc-id': 'vpc-0a1b2c3d',
    });
    const told = Object.values(JSON.parse(outputs.results ?? '')) as {
      outcome: string;
      problems: unknown[];
    }[];
    expect(told.map(({ outcome, problems }) => [outcome, problems.length])).toEqual([
      ['changed', 0],
      ['failed', 1],
      ['changed', 0],
    ]);
  });

  it('names those that errors keep as they are', () => {
    const error = finding('function-failed', { functionName: 'app-9', subject: 'app-9' });
    const blocked = {
      ...planned,
      findings: [error],
      changes: planned.changes.filter(({ id }) => id !== 'function/app-9'),
    };
    const record = runRecord({ ...dryRun, outcome: 'blocked', plan: blocked });
    expect(buildReport(record).title).toBe(
      'Blocked for function app-9: 1 error to solve; an apply would connect functions app-7 and app-8 to vpc-0a1b2c3d in us-east-2.',
    );
    const outcomes = Object.values(JSON.parse(outputsOf(record, files).results ?? '')) as {
      outcome: string;
    }[];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['planned', 'planned', 'blocked']);
  });

  it('tells a function that waited in vain what it waited for', () => {
    const role = { id: 'execution-role/app-8' };
    const problem = denied('iam:AttachRolePolicy', 'app-8-role');
    const results = [
      result(role, { status: 'failed', problem }),
      ...all.map((change) =>
        change.id === 'function/app-8'
          ? result(change, { status: 'skipped', because: role.id })
          : result(change),
      ),
    ];
    const record = runRecord({ ...dryRun, outcome: 'partial', dryRun: false, results });
    const told = Object.values(JSON.parse(outputsOf(record, files).results ?? '')) as {
      outcome: string;
      problems: { code: string }[];
    }[];
    expect(told.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)])).toEqual([
      ['changed'],
      ['failed', problem.code],
      ['changed'],
    ]);
  });

  it.each<[string, readonly string[], string[]]>([
    ['one was not seen as desired', ['function/app-9'], ['changed', 'changed', 'partial']],
    ['nobody could look', [], ['partial', 'partial', 'partial']],
  ])('calls no function changed where %s', (_, remaining, outcomes) => {
    const results = [...shared, ...all].map((change) => result(change));
    const parts = { outcome: 'partial', dryRun: false, verified: false } as const;
    const record = runRecord({ ...dryRun, ...parts, results, remaining });
    const told = Object.values(JSON.parse(outputsOf(record, files).results ?? '')) as { outcome: string }[];
    expect(told.map(({ outcome }) => outcome)).toEqual(outcomes);
  });
});
