import { counted } from '../text/words.js';
import type { Block, Line, Report, Section, Worth } from './report.js';

/** A report made shorter, and what that took, each as a phrase. */
export interface Degraded {
  readonly report: Report;
  readonly leftOut: readonly string[];
}

function dropFrom(sections: readonly Section[], worths: readonly Worth[], leftOut: string[]): Section[] {
  return sections.flatMap((section) => {
    if (!worths.includes(section.worth)) {
      return [{ ...section, sections: dropFrom(section.sections, worths, leftOut) }];
    }
    leftOut.push(section.heading ?? 'the introduction');
    return [];
  });
}

function drop(report: Report, ...worths: readonly Worth[]): Degraded {
  const leftOut: string[] = [];
  return { report: { ...report, sections: dropFrom(report.sections, worths, leftOut) }, leftOut };
}

/** How far everything that is kept is shortened. */
interface Shape {
  /** Rows of a table, items of a list, lines of a cell. */
  readonly rows: number;
  /** Characters of a text. */
  readonly characters: number;
}

/** Shortens one section's blocks and counts what that takes. */
class Scissors {
  lines = 0;
  texts = 0;

  constructor(private readonly shape: Shape) {}

  readonly text = (text: string): string => {
    if (text.length <= this.shape.characters) return text;
    this.texts += 1;
    const head = text.slice(0, this.shape.characters);
    const isTorn = head.split('`').length % 2 === 0;
    return `${isTorn ? head.replaceAll('`', '') : head}…`;
  };

  /** A link is as short as it gets. */
  readonly line = (line: Line): Line => (typeof line === 'string' ? this.text(line) : line);

  some<T>(all: readonly T[]): readonly T[] {
    this.lines += Math.max(0, all.length - this.shape.rows);
    return all.slice(0, this.shape.rows);
  }

  block(block: Block): Block {
    switch (block.kind) {
      case 'paragraph':
        return { ...block, text: this.text(block.text) };
      case 'list':
        return { ...block, items: this.some(block.items).map(this.text) };
      case 'lines':
        return { ...block, lines: this.some(block.lines).map(this.text) };
      case 'table': {
        const rows = this.some(block.rows);
        return { ...block, rows: rows.map((row) => row.map((cell) => this.some(cell).map(this.line))) };
      }
    }
  }

  /** What was cut off a section, as phrases. */
  phrases(heading: string): string[] {
    return [
      ...(this.lines > 0 ? [`${counted(this.lines, 'line')} of ${heading}`] : []),
      ...(this.texts > 0 ? [`the rest of ${counted(this.texts, 'text')} of ${heading}`] : []),
    ];
  }
}

function shorten(report: Report, shape: Shape): Degraded {
  const kept = drop(report, 'network', 'other-endpoints', 'acl-entries');
  const plain = new Scissors(shape);
  const leftOut = kept.leftOut.map(plain.text);
  const sections = kept.report.sections.map((section) => {
    const scissors = new Scissors(shape);
    const blocks = section.blocks.map((block) => scissors.block(block));
    leftOut.push(...scissors.phrases(plain.text(section.heading ?? 'the introduction')));
    return { ...section, heading: section.heading && plain.text(section.heading), blocks };
  });
  return { report: { title: plain.text(report.title), sections }, leftOut };
}

const SHAPES: readonly Shape[] = [
  { rows: 500, characters: 2000 },
  { rows: 100, characters: 1000 },
  { rows: 50, characters: 500 },
  { rows: 20, characters: 300 },
  { rows: 10, characters: 200 },
  { rows: 5, characters: 100 },
  { rows: 1, characters: 60 },
];

/** The report ever shorter, the whole of it first: details of the network, the network, then long lists and texts. */
export function* degrade(report: Report): Generator<Degraded> {
  yield { report, leftOut: [] };
  yield drop(report, 'acl-entries');
  yield drop(report, 'acl-entries', 'other-endpoints');
  yield drop(report, 'acl-entries', 'other-endpoints', 'network');
  for (const shape of SHAPES) yield shorten(report, shape);
  const title = new Scissors({ rows: 0, characters: 60 }).text(report.title);
  yield { report: { title, sections: [] }, leftOut: ['everything but the outcome'] };
}
