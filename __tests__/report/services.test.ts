import { describe, expect, it } from '@jest/globals';
import type { Cost, ServicePath } from '../../src/model/plan.js';
import { buildReport } from '../../src/report/build.js';
import { planLines } from '../../src/report/log.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { servicesSection } from '../../src/report/services.js';
import { plan } from '../fixtures/plan.js';
import { runRecord } from '../fixtures/run-record.js';

const path = (word: string, parts: Partial<ServicePath> = {}): ServicePath => ({
  functionName: 'app-7',
  word,
  grade: 'needed',
  label: 'the policies of the role name it',
  evidence: [`${word}:Call in policy own`],
  way: 'endpoint',
  through: 'vpce-1',
  byOwnName: false,
  ...parts,
});

const rowsOf = (...services: readonly ServicePath[]) => {
  const [block] = servicesSection(runRecord({ plan: plan({ services }) }))?.blocks ?? [];
  return block?.kind === 'table' ? [block.head, ...block.rows] : [];
};

const HOURS = { addedZones: 6, presentZones: 0, addedHours: 4380, presentHours: 0 };
const costing = (cost: Cost): string =>
  renderMarkdown(buildReport(runRecord({ plan: plan({ cost }) })), { bytes: 100_000 });

describe('the table of services', () => {
  it('says how each is reached, and why it is needed', () => {
    expect(
      rowsOf(
        path('logs'),
        path('ssm', { through: undefined }),
        path('kms', { grade: 'maybe', label: 'only if your code calls it: ssm does', way: 'none' }),
        path('ec2', { grade: 'not', label: 'Lambda makes the network interfaces', way: 'none' }),
        path('sqs', { way: 'NAT', through: 'nat-1' }),
      ),
    ).toEqual([
      ['Service', 'Needed', 'Way', 'Why'],
      [['logs'], ['needed'], ['endpoint vpce-1'], ['logs:Call in policy own']],
      [['ssm'], ['needed'], ['endpoint (new)'], ['ssm:Call in policy own']],
      [['kms'], ['only if your code calls it'], ['no way'], ['kms:Call in policy own', 'ssm does']],
      [
        ['ec2'],
        ['not by your code'],
        ['–'],
        ['ec2:Call in policy own', 'Lambda makes the network interfaces'],
      ],
      [['sqs'], ['needed'], ['NAT nat-1'], ['sqs:Call in policy own']],
    ]);
  });

  it('names the function where there are several, and is left out where nothing was read', () => {
    expect(rowsOf(path('logs'), path('ssm', { functionName: 'app-8' }))[0]?.[0]).toBe('Function');
    expect(servicesSection(runRecord())).toBeUndefined();
  });
});

describe('the cost of a plan', () => {
  it.each([
    [{ ...HOURS, price: { amount: 0.01, currency: 'USD' } }, '4,380 endpoint-hours a month, about 43.80 USD'],
    [{ ...HOURS, price: undefined }, '4,380 endpoint-hours a month.'],
  ])('is a line of the report and of the log', (cost, text) => {
    expect(costing(cost)).toContain(text);
    expect(planLines(plan({ cost })).join('\n')).toContain(text);
  });

  it('is not told where nothing is added', () => {
    const none = { ...HOURS, addedZones: 0, addedHours: 0, presentZones: 6, presentHours: 4380 };
    expect(costing({ ...none, price: undefined })).not.toContain('endpoint-hours');
  });
});
