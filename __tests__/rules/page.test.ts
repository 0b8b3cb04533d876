import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../../src/rules/check.js';
import { projectRoot } from '../support/project-root.js';

const text = readFileSync(join(projectRoot, 'docs/rules.md'), 'utf8');

/** What the page says of each rule, by the rule's heading. */
const sections = new Map(
  text
    .split(/^### /m)
    .slice(1)
    .map((section): [string, string] => {
      const [heading = '', ...lines] = section.split('\n');
      return [heading, lines.join('\n').split(/^## /m)[0] ?? ''];
    }),
);

/** The heading of the group that a rule stands in. */
function groupOf(id: string): string | undefined {
  const before = text.slice(0, text.indexOf(`\n### ${id}\n`));
  return [...before.matchAll(/^## (.+)$/gm)].at(-1)?.[1];
}

describe('the page of the rules', () => {
  it('has one heading for each rule, and none besides', () => {
    const headings = [...text.matchAll(/^### (.+)$/gm)].map((match) => match[1] ?? '');
    expect(new Set(headings).size).toBe(headings.length);
    expect(headings.sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('explains %s', (id, { severity, page, subject }) => {
    const section = sections.get(id) ?? '';
    expect(section).toContain(`Severity: ${severity}.`);
    expect(section).toMatch(/^- Finds: \S.+[.]$/m);
    expect(section).toContain(`(${page})`);
    expect(section).toMatch(/^- Why: \S.+\)$/m);
    expect(section).toMatch(/^- What to do: [A-Z][a-z]+ .+[.]$/m);
    expect(groupOf(id)?.toLowerCase()).toBe(subject.toLowerCase());
  });

  it('refers to pages of the AWS documentation', () => {
    expect(new Set(rules.map(({ page }) => new URL(page).host))).toEqual(new Set(['docs.aws.amazon.com']));
  });
});
