import { describe, expect, it } from '@jest/globals';
import type { AttributeChange, Change, ChangeResult } from '../../src/model/plan.js';
import {
  attributeText,
  attributeTexts,
  changesSection,
  disruptionText,
  resultText,
  tally,
} from '../../src/report/changes.js';
import { driftSection } from '../../src/report/drift.js';
import { changes, plan } from '../fixtures/plan.js';
import { denied, result, runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';

const change = (id: string): Change => {
  const found = changes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the fixtures have no change ${id}`);
  return found;
};

describe('an attribute', () => {
  const letters = ['a', 'b', 'c', 'd'];
  const rows: readonly (readonly [AttributeChange['before'], AttributeChange['after'], string])[] = [
    [undefined, 'on', 'x: on'],
    [undefined, [], 'x: none'],
    [undefined, letters, 'x: a, b, c, d'],
    ['off', 'on', 'x: off → on'],
    [[], ['a'], 'x: none → a'],
    [['a'], [], 'x: a → none'],
    [['a'], undefined, 'x: a → removed'],
    [['a', 'b'], ['b', 'c'], 'x: a, b → b, c'],
    [letters, ['b', 'c', 'd', 'e'], 'x: adds e; removes a; keeps 3'],
    [letters, ['a', 'b', 'c'], 'x: removes d; keeps 3'],
    [['a'], ['b', 'c', 'd', 'e', 'f', 'g'], 'x: adds b, c, d, e, f, g; removes a'],
  ];

  it.each(rows)('from %j to %j is readable', (before, after, text) => {
    expect(attributeText({ name: 'x', before, after })).toBe(text);
  });

  it('can do without an arrow that a log may not show', () => {
    expect(attributeText({ name: 'x', before: 'off', after: 'on' }, '->')).toBe('x: off -> on');
  });

  it('of bookkeeping is named only', () => {
    expect(attributeTexts(change('tags/wanted'))).toEqual(['tag vpc-lambda-action:wanted']);
  });
});

describe('whom else a change touches', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['redirects the name', 'It redirects the name.'],
    ['It redirects the name.', 'It redirects the name.'],
    ['Everyone is touched', 'Everyone is touched.'],
  ])('is a sentence for %j', (disruption, text) => {
    expect(disruptionText({ ...change('vpc-endpoint/logs'), disruption })).toBe(text);
  });
});

describe('how a change went', () => {
  const ssm = change('vpc-endpoint/ssm');
  const ids = { VpcEndpointId: 'vpce-0553' };
  const problem = denied('ec2:CreateVpcEndpoint', '*');
  const rows: readonly (readonly [Partial<ChangeResult>, string])[] = [
    [{}, 'applied'],
    [{ ids }, 'applied: vpce-0553'],
    [{ status: 'exists' }, 'exists already'],
    [{ status: 'exists', ids }, 'exists already: vpce-0553'],
    [{ status: 'failed', problem }, 'failed (permission-missing)'],
    [{ status: 'failed', problem, ids }, 'failed (permission-missing), but vpce-0553 was made'],
    [{ status: 'skipped' }, 'skipped, because the run was stopped'],
    [
      { status: 'skipped', because: 'security-group/endpoints' },
      'skipped, because security group vpc-lambda-action-endpoints failed',
    ],
    [{ status: 'skipped', because: 'not/planned' }, 'skipped, because not/planned failed'],
    [{ status: 'unknown', problem }, 'unknown (permission-missing): AWS gave no answer, the rerun will tell'],
  ];

  it.each(rows)('with %j is said in words', (parts, text) => {
    expect(resultText(ssm, runRecord({ results: [result(ssm, parts)] }))).toBe(text);
  });

  it('is said where applying did not get to it, or its root is unknown', () => {
    expect(resultText(ssm, runRecord())).toBe('not started');
    const root = result(change('security-group/endpoints'), { status: 'unknown', problem });
    const results = [root, result(ssm, { status: 'skipped', because: root.id })];
    expect(resultText(ssm, runRecord({ results }))).toBe(
      'skipped, because security group vpc-lambda-action-endpoints is unknown',
    );
  });
});

it('counts what is made, updated and removed', () => {
  expect(tally(changes)).toBe('6 to create, 3 to update and the default rules of 1 group to remove');
  expect(tally(changes.slice(0, 1))).toBe('1 to create');
});

it('has columns for results and for others only where there are any', () => {
  const head = (record = runRecord()): readonly string[] => {
    const [block] = changesSection(record).blocks;
    return block?.kind === 'table' ? block.head : [];
  };
  const plain = plan({ changes: changes.filter(({ disruption }) => disruption === undefined) });
  expect(head(runRecord({ plan: plain }))).toEqual(['Change', 'Before → after', 'Why']);
  expect(head(stories.applied)).toEqual([
    'Change',
    'Before → after',
    'Why',
    'Whom else it touches',
    'Result',
  ]);
  expect(changesSection(runRecord({ plan: plan({ changes: [] }) })).blocks).toEqual([]);
});

it('tells drift that is repaired from drift that is reported', () => {
  const [, block] = driftSection(stories.drift?.plan ?? plan()).blocks;
  expect(block).toMatchObject({
    rows: [
      [
        expect.anything(),
        expect.anything(),
        ['repaired by: update outbound rules of sg-0f00 (app-7-lambda)'],
      ],
      [expect.anything(), expect.anything(), ['only reported']],
    ],
  });
  expect(driftSection(plan()).blocks).toEqual([]);
});
