/**
 * What a person is told about a run, without any notation: every text is plain, came partly from
 * strangers, and only balanced pairs of backticks in it mean code.
 */
export interface Report {
  /** The outcome as a sentence. */
  readonly title: string;
  readonly sections: readonly Section[];
}

/**
 * How much a section is worth when the space is short: the lowest goes first, `kept` is only ever
 * shortened.
 */
export type Worth = 'kept' | 'network' | 'other-endpoints' | 'acl-entries';

/** A part of the report under a heading. */
export interface Section {
  /** Undefined for what directly follows the title. */
  readonly heading: string | undefined;
  /** Whether it opens only on demand, where the medium can do that. */
  readonly collapsed: boolean;
  readonly worth: Worth;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** A text that leads to an address of this action's own making. */
export interface Link {
  readonly text: string;
  readonly href: string;
}

/** One line of a cell. */
export type Line = string | Link;

/** Lines of one cell. */
export type Cell = readonly Line[];

/** A table; every row has as many cells as the head. */
export interface Table {
  readonly kind: 'table';
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A piece of a section. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Lines to be copied as they are; no code marks in them. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | Table;

/** A section that is open, kept and without parts, unless told otherwise. */
export function section(
  heading: string | undefined,
  blocks: readonly Block[],
  parts: Partial<Section> = {},
): Section {
  return { heading, collapsed: false, worth: 'kept', blocks, sections: [], ...parts };
}

/** A paragraph. */
export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** A list; no block when there is nothing to list. */
export function list(items: readonly string[]): Block[] {
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}

/** A table; no block when there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly (string | Cell)[])[]): Block[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? [cell] : cell)));
  return rows.length > 0 ? [{ kind: 'table', head, rows: cells }] : [];
}

/** The sections that have something to say. */
export function filled(sections: readonly (Section | undefined)[]): Section[] {
  return sections
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => candidate.blocks.length > 0 || candidate.sections.length > 0);
}
