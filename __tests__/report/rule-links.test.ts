import { describe, expect, it } from '@jest/globals';
import { marked } from 'marked';
import { buildReport } from '../../src/report/build.js';
import { runDocument } from '../../src/report/json.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { rules } from '../../src/rules/check.js';
import { plan } from '../fixtures/plan.js';
import { finding, runRecord } from '../fixtures/run-record.js';

const rulesPage = 'https://github.com/owner/vpc-lambda-action/blob/v1/docs/rules.md';
const findings = [
  finding('vpc-dns-off'),
  finding('consent-unused', { severity: 'notice' }),
  finding('aliases-keep-network', { severity: 'warning' }),
  finding('not-readable', { severity: 'warning', status: 'unknown' }),
];

const summary = (page?: string): string =>
  renderMarkdown(buildReport(runRecord({ plan: plan({ findings }), rulesPage: page })));

describe('a finding of a rule', () => {
  it.each(['vpc-dns-off', 'aliases-keep-network', 'not-readable'])('links %s to its heading', (id) => {
    expect(summary(rulesPage)).toContain(`[<code>${id}</code>](${rulesPage}#${id})`);
    expect(marked.parse(summary(rulesPage))).toContain(`<a href="${rulesPage}#${id}"><code>${id}</code></a>`);
  });

  it('is a plain code where the page is not known', () => {
    expect(summary()).toContain('<code>vpc-dns-off</code>');
    expect(summary()).not.toContain('](');
  });

  it('leads to both pages in the plan file', () => {
    const documents = (page?: string) =>
      runDocument(runRecord({ plan: plan({ findings }), rulesPage: page })).plan?.findings ?? [];
    const awsPage = rules.find(({ id }) => id === 'vpc-dns-off')?.page;
    expect(documents(rulesPage)[0]).toMatchObject({ rulePage: `${rulesPage}#vpc-dns-off`, awsPage });
    expect(documents()[0]).toMatchObject({ rulePage: null, awsPage });
    expect(documents(rulesPage)[1]).toMatchObject({ code: 'consent-unused', rulePage: null, awsPage: null });
  });
});

it('a code of something else is never a link', () => {
  expect(summary(rulesPage)).not.toContain('#consent-unused');
});

it('a link stays whole in a report that is cut', () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    finding('vpc-dns-off', { message: `Message ${index} ${'x'.repeat(300)}.` }),
  );
  const record = runRecord({ plan: plan({ findings: many }), rulesPage });
  const text = renderMarkdown(buildReport(record), { bytes: 4000 });
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(text).toContain(`(${rulesPage}#vpc-dns-off)`);
});

it('what passed is one number in the summary and a list in the plan file', () => {
  const record = runRecord({ plan: plan({ passed: ['no-internet', 'vpc-dns-off'] }) });
  expect(renderMarkdown(buildReport(record))).toContain('2 rules found nothing wrong.');
  expect(runDocument(record).plan?.passed).toEqual(['no-internet', 'vpc-dns-off']);
  expect(renderMarkdown(buildReport(runRecord()))).not.toContain('found nothing wrong');
});
