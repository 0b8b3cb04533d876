import { htmlText, markdownText, plainText } from '../text/escape.js';
import { someOf } from '../text/words.js';
import { type Degraded, degrade } from './degrade.js';
import type { Block, Line, Report, Section, Table } from './report.js';

/** How long a text may be; what is not given is not limited. */
export interface Limits {
  /** In UTF-8, as GitHub counts job summaries. */
  readonly bytes?: number;
  /** UTF-16 units, as GitHub counts comments. */
  readonly characters?: number;
}

/** Parts named among those left out; the others are counted. */
const MOST_NAMED = 8;

const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The address of a link is not escaped: who makes one answers for it. */
function renderLine(line: Line): string {
  return typeof line === 'string' ? markdownText(line) : `[${markdownText(line.text)}](${line.href})`;
}

function renderTable({ head, rows }: Table): string {
  const lines = rows.map((row) => tableRow(row.map((lines) => lines.map(renderLine).join('<br>'))));
  return [tableRow(head.map(markdownText)), tableRow(head.map(() => '---')), ...lines].join('\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return markdownText(block.text);
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`).join('\n');
    case 'lines':
      return `<pre>\n${block.lines.map((line) => htmlText(keepIndent(line))).join('\n')}\n</pre>`;
    case 'table':
      return renderTable(block);
  }
}

function keepIndent(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}${plainText(line)}`;
}

function renderSection(section: Section, level: number): string[] {
  const inner = [
    ...section.blocks.map(renderBlock),
    ...section.sections.flatMap((one) => renderSection(one, level + 1)),
  ];
  if (section.heading === undefined) return inner;
  const heading = markdownText(section.heading);
  if (!section.collapsed) return [`${'#'.repeat(Math.min(level, 6))} ${heading}`, ...inner];
  return [`<details><summary>${heading}</summary>`, ...inner, '</details>'];
}

function renderAll({ report, leftOut }: Degraded): string {
  const [first, ...rest] = report.sections;
  // The introduction belongs to the title; what is missing is said right after both.
  const intro = first && first.heading === undefined ? [first] : [];
  const others = intro.length > 0 ? rest : report.sections;
  const parts = [
    `## ${markdownText(report.title)}`,
    ...intro.flatMap((section) => renderSection(section, 3)),
    ...(leftOut.length > 0
      ? [markdownText(`Left out, because there is no room for it here: ${someOf(leftOut, MOST_NAMED)}.`)]
      : []),
    ...others.flatMap((section) => renderSection(section, 3)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function fits(text: string, { bytes, characters }: Limits): boolean {
  return (
    (characters === undefined || text.length <= characters) &&
    (bytes === undefined || new TextEncoder().encode(text).length <= bytes)
  );
}

/**
 * Renders a report as GitHub's Markdown within the limits. A report that is too long loses its least
 * worthy parts and says which; below the length of one sentence nothing is left of it.
 */
export function renderMarkdown(report: Report, limits: Limits = {}): string {
  for (const degraded of degrade(report)) {
    const text = renderAll(degraded);
    if (fits(text, limits)) return text;
  }
  return '';
}
