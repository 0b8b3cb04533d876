import { expect, it } from '@jest/globals';
import type { RunRecord } from '../../src/model/run.js';
import { outcomeSentence } from '../../src/report/title.js';
import { observedAfter, observedBefore } from '../fixtures/network.js';
import { changes, plan, plannedFunction } from '../fixtures/plan.js';
import { denied, finding, result, runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';

const where = 'function app-7 to vpc-0a1b2c3d in us-east-2';
const network = 'network of function app-7 in vpc-0a1b2c3d in us-east-2';
const before = {
  ...plan().subject,
  functions: [
    {
      ...plannedFunction,
      previous: { subnetIds: ['subnet-0old'], securityGroupIds: ['sg-0old'], ipv6: false },
    },
  ],
};
const rules = changes.filter(({ kind }) => kind === 'security-group-rules');
const drift = { subject: 'sg-0f00', message: 'Someone added a rule.', repairedBy: undefined };
const live = { name: 'live', versions: ['3', '4'] };
const aliases = { ok: true as const, value: [live] };
const applied = { outcome: 'changed' as const, dryRun: false, verified: true };
const story = (name: string): RunRecord => stories[name] ?? runRecord();

const sentences: readonly (readonly [string, RunRecord, string])[] = [
  ['a dry run', runRecord(), `Dry run: 10 changes would connect ${where}.`],
  ['a move', runRecord({ plan: plan({ subject: before }) }), `Dry run: 10 changes would move ${where}.`],
  ['rules', runRecord({ plan: plan({ changes: rules }) }), `Dry run: 3 changes would update the ${network}.`],
  [
    'one rule',
    runRecord({ plan: plan({ changes: rules.slice(0, 1) }) }),
    `Dry run: 1 change would update the ${network}.`,
  ],
  [
    'an apply',
    story('applied'),
    'Function app-7 has been connected to vpc-0a1b2c3d in us-east-2: 10 changes, verified.',
  ],
  [
    'an applied move',
    runRecord({ ...applied, plan: plan({ subject: before }) }),
    'Function app-7 has been moved to vpc-0a1b2c3d in us-east-2: 10 changes, verified.',
  ],
  [
    'applied rules',
    runRecord({ ...applied, plan: plan({ changes: rules }) }),
    `The ${network} has been updated: 3 changes, verified.`,
  ],
  [
    'nothing to do',
    story('unchanged'),
    'Nothing to change: function app-7 is connected to vpc-0a1b2c3d in us-east-2 as desired.',
  ],
  [
    'nothing to do but what others did',
    { ...story('unchanged'), plan: plan({ changes: [], drift: [drift] }) },
    'Nothing that this run may change: function app-7 is connected to vpc-0a1b2c3d in us-east-2, and 1 change by others is only reported (see Drift).',
  ],
  [
    'an alias on a dry run',
    runRecord({ observed: { ...observedBefore, aliases } }),
    `Dry run: 10 changes would connect ${where}; the traffic of alias live (version 3, 4) would not move.`,
  ],
  [
    'aliases after an apply',
    runRecord({
      ...applied,
      observed: { ...observedAfter, aliases: { ok: true, value: [live, { name: 'blue', versions: ['2'] }] } },
    }),
    'Function app-7 has been connected to vpc-0a1b2c3d in us-east-2: 10 changes, verified; the traffic of aliases live (version 3, 4) and blue (version 2) did not move.',
  ],
  [
    'an alias of a function that stays',
    runRecord({ plan: plan({ changes: rules }), observed: { ...observedAfter, aliases } }),
    `Dry run: 3 changes would update the ${network}.`,
  ],
  [
    'a block',
    story('blocked'),
    `Blocked: an apply would not connect ${where}: 1 error to solve and 1 consent to give.`,
  ],
  [
    'a block of an apply',
    runRecord({ outcome: 'blocked', dryRun: false, plan: plan({ findings: [finding('a'), finding('b')] }) }),
    `Blocked: this run does not connect ${where}: 2 errors to solve.`,
  ],
  [
    'a part',
    story('partial'),
    `Partly done: 6 of 10 changes to connect ${where} are done; a rerun continues with the rest.`,
  ],
  [
    'a stop',
    runRecord({
      outcome: 'partial',
      dryRun: false,
      results: changes.slice(0, 1).map((change) => result(change)),
    }),
    `Partly done: 1 of 10 changes to connect ${where} is done; a rerun continues with the rest.`,
  ],
  [
    'no verification',
    runRecord({ outcome: 'partial', dryRun: false, results: changes.map((change) => result(change)) }),
    `Not verified: 10 of 10 changes to connect ${where} are done, but the network was not seen to be as desired.`,
  ],
  [
    'an early failure',
    story('failed-early'),
    'Failed: function app-7 in us-east-2 was not changed, because of 2 problems.',
  ],
  [
    'a failure before the first write',
    runRecord({
      outcome: 'failed',
      dryRun: false,
      results: changes.map((change) => result(change, { status: 'failed', problem: denied('a', 'b') })),
    }),
    'Failed: function app-7 in us-east-2 was not changed, because of 1 problem.',
  ],
  [
    'wrong inputs',
    runRecord({
      outcome: 'failed',
      functionNames: [],
      region: '',
      plan: undefined,
      observed: undefined,
      problems: [denied('a', 'b')],
    }),
    'Failed: nothing was changed, because of 1 problem.',
  ],
  [
    'a skip',
    runRecord({ outcome: 'skipped', plan: undefined }),
    'Skipped: no plan was made for function app-7.',
  ],
];

it.each(sentences)('tells %s in one sentence', (_, record, sentence) => {
  expect(outcomeSentence(record)).toBe(sentence);
});
