import { describe, expect, it } from '@jest/globals';
import type { ReachLine, ReachRow, ReachVerdict } from '../../src/model/reach.js';
import { agreement } from '../../src/network/reach.js';
import { buildReport } from '../../src/report/build.js';
import { planLines } from '../../src/report/log.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { plan } from '../fixtures/plan.js';
import { runRecord } from '../fixtures/run-record.js';

const line = (zone: string, parts: Partial<ReachLine> = {}): ReachLine => ({
  subnetId: `subnet-${zone}`,
  zone: `us-east-2${zone}`,
  status: 'reachable',
  through: ['vpce-1'],
  stop: undefined,
  text: 'through VPC endpoint vpce-1',
  remedy: undefined,
  moreRemedies: [],
  egressLine: undefined,
  ...parts,
});

const closed: Partial<ReachLine> = {
  status: 'blocked',
  through: [],
  stop: { code: 'SUBNET_ACL_RESTRICTION', kind: 'network-acl', id: 'acl-1', rule: '50' },
  text: 'blocked by network ACL acl-1, entry 50',
  remedy: 'Run it.',
};

const verdict = (status: ReachVerdict['status'], ...lines: readonly ReachLine[]): ReachVerdict => ({
  status,
  lines,
  because: undefined,
});

const row = (functionName: string, parts: Partial<ReachRow> = {}): ReachRow => ({
  functionName,
  destination: 'ssm',
  askedBy: 'endpoints',
  isInternet: false,
  isPublic: true,
  before: verdict('blocked', line('a', closed), line('b', closed)),
  from: undefined,
  after: verdict('partly', line('a'), line('b', closed)),
  ...parts,
});

const table = (...reach: readonly ReachRow[]): string[] =>
  renderMarkdown(buildReport(runRecord({ plan: plan({ reach }) })))
    .split('\n')
    .filter((text) => /^\| (Destination|ssm|the internet)/.test(text));

describe('the table of what is reached', () => {
  it('has a row for each destination and a column for each zone', () => {
    expect(table(row('app-7'))).toEqual([
      '| Destination | Asked by | From us-east-2a | From us-east-2b |',
      '| ssm | <code>endpoints</code> | no → yes<br>through VPC endpoint vpce-1 | no<br>blocked by network ACL acl-1, entry 50 |',
    ]);
  });

  it('folds functions that reach the same', () => {
    const [head, ...rows] = table(
      row('a'),
      row('b'),
      row('c', { after: verdict('reachable', line('a'), line('b')) }),
    );
    expect(head).toContain('| Functions |');
    expect(rows.map((text) => text.split(' | ')[2])).toEqual(['a and b', 'c']);
  });

  it.each([
    [['reachable', 'blocked'], 'in part'],
    [['blocked', 'unknown'], 'unknown'],
    [['reachable', 'unknown'], 'unknown'],
    [['reachable', 'blocked', 'unknown'], 'in part'],
    [['partly', 'unknown'], 'in part'],
    [['blocked', 'blocked'], 'no'],
  ] as const)('joins the subnets of a zone as verdicts are: %j is %s', (statuses, told) => {
    const lines = statuses.map((status, index) => ({
      ...line('a', { status }),
      subnetId: `subnet-${index}`,
    }));
    const after = verdict(agreement(statuses), ...lines);
    expect(table(row('a', { before: after, after }))[1]).toContain(`| ${told}<br>`);
  });

  it('says which function has no subnet in a zone, and joins the subnets of one', () => {
    const two = { ...line('a', closed), subnetId: 'subnet-a2' };
    const [, first, second] = table(
      row('a', { before: verdict('partly', line('a'), two), after: verdict('partly', line('a'), two) }),
      row('b', { before: verdict('reachable', line('b')), after: verdict('reachable', line('b')) }),
    );
    expect(first).toContain(
      '| in part<br>blocked by network ACL acl-1, entry 50<br>through VPC endpoint vpce-1 | no subnet |',
    );
    expect(second).toContain('| no subnet | yes<br>');
  });

  it('names the internet where nobody asks for it', () => {
    const [, internet] = table(
      row('a', { destination: 'tcp 443 internet', askedBy: 'none', isInternet: true }),
    );
    expect(internet).toMatch(/^\| the internet \(tcp 443 internet\) \| – \|/);
  });

  it('is not there where nothing was judged', () => {
    expect(renderMarkdown(buildReport(runRecord()))).not.toContain('reaches');
  });

  it('is one line for each destination in the log', () => {
    const lines = planLines(plan({ reach: [row('a'), row('b')] }));
    expect(lines).toContain(
      'reach ssm (a and b): no -> in part: blocked by network ACL acl-1, entry 50 and through VPC endpoint vpce-1',
    );
  });
});
