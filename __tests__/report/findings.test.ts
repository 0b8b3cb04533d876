import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseAllow } from '../../src/inputs/scalars.js';
import { buildReport } from '../../src/report/build.js';
import { consentsSection } from '../../src/report/consents.js';
import { findingSections, uncheckedSection } from '../../src/report/findings.js';
import { finalLines, planLines } from '../../src/report/log.js';
import type { Section } from '../../src/report/report.js';
import { plan } from '../fixtures/plan.js';
import { denied, finding, runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';

const rows = (section: Section | undefined): unknown[] =>
  (section?.blocks ?? []).flatMap((block) => (block.kind === 'table' ? [...block.rows] : []));
const headings = (name: string): (string | undefined)[] =>
  buildReport(stories[name] ?? runRecord()).sections.map(({ heading }) => heading);

describe('problems and findings', () => {
  it('with one remedy stand together', () => {
    const findings = [finding('a', { remedy: 'Do it.' }), finding('b'), finding('c', { remedy: 'Do it.' })];
    const [errors] = findingSections(runRecord({ plan: plan({ findings }) }));
    expect(errors?.heading).toBe('Errors');
    expect(rows(errors)).toEqual([
      [['Message of a.', 'Message of c.'], ['Do it.'], ['`a`', '`c`']],
      [['Message of b.'], ['Solve b.'], ['`b`']],
    ]);
  });

  it('are said once, whether results, problems or findings say them again', () => {
    const problem = denied('ec2:CreateVpcEndpoint', '*');
    const twice = finding('a');
    const record = runRecord({ problems: [problem, problem], plan: plan({ findings: [twice, twice] }) });
    expect(rows(findingSections(record)[0])).toHaveLength(2);
  });

  it('that could not be checked are apart from those that failed', () => {
    const findings = [finding('a', { status: 'unknown' }), finding('b', { severity: 'warning' })];
    const record = runRecord({ plan: plan({ findings }) });
    expect(findingSections(record).map(({ heading }) => heading)).toEqual(['Warnings']);
    expect(rows(uncheckedSection(record))).toHaveLength(1);
  });
});

describe('the order of a report', () => {
  it('is that of importance', () => {
    expect(headings('blocked')).toEqual([
      undefined,
      'Consents',
      'Errors',
      'Warnings',
      'Notices',
      'Changes: 6 to create, 3 to update and the default rules of 1 group to remove',
      'Network of function app-7, as it is today',
      'What could not be checked',
    ]);
    expect(headings('drift').slice(1, 3)).toEqual(['Changes: 1 to update', 'Drift']);
  });

  it('leaves out what has nothing to say', () => {
    expect(headings('unchanged')).toEqual(['Network of function app-7']);
    expect(headings('failed-early')).toEqual(['Errors']);
  });

  it('gives the exact lines to add to the inputs', () => {
    const { sections } = buildReport(stories.blocked ?? runRecord());
    const blocks = sections.find(({ heading }) => heading === 'Consents')?.blocks ?? [];
    expect(blocks).toContainEqual({ kind: 'lines', lines: ['allow: |', '  private-dns-redirect:logs'] });
  });

  it.each([
    ['shared-role', 'a,b=c@d'],
    ['rule-removal', '#1 "*"'],
    ['rule-removal', '- x: [y]'],
  ] as const)('gives lines that are read back: %s of %s', (kind, object) => {
    const need = { kind, object, why: 'It is.', functionName: undefined, given: false };
    const [block] = consentsSection(plan({ consents: [need] })).blocks.filter(
      (candidate) => candidate.kind === 'lines',
    );
    const { allow }: { allow: string } = parse(block?.lines.join('\n') ?? '');
    const complaints: unknown[] = [];
    expect(parseAllow(allow, (problem) => complaints.push(problem))).toEqual([{ kind, object }]);
    expect(complaints).toEqual([]);
  });
});

describe('the log', () => {
  it('has a word beside every sign', () => {
    const signs = planLines(plan()).filter((line) => /^[+~-]/.test(line));
    // Of ten changes, three are the rules of new groups, which are told with their group.
    expect(signs).toHaveLength(7);
    expect(signs.every((line) => /^(?:\+ create|~ update|- delete) /.test(line))).toBe(true);
  });

  it('ends with the outcome', () => {
    expect(finalLines(stories.applied ?? runRecord()).at(-1)).toMatch(/^Function app-7 has been connected/);
    expect(finalLines(stories['failed-early'] ?? runRecord())).toHaveLength(1);
  });
});
