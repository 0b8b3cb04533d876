import { marked, type Token } from 'marked';

/** The tags that a report consists of; they have no attributes. */
const OURS = /^<\/?(?:br|code|details|pre|span|summary)>$/;

/** The tags in a piece of HTML that a report never writes; the start of an unclosed one or of a comment among them. */
function foreignTags(raw: string): string[] {
  return (raw.match(/<[^>]*>?/g) ?? []).filter((tag) => !OURS.test(tag));
}

const PLAIN = new Set(['text', 'heading', 'paragraph', 'list', 'list_item', 'table', 'space']);

/** What of a Markdown text is more than headings, paragraphs, lists, tables and the tags of a report. */
export function foreignParts(markdown: string): string[] {
  const found: string[] = [];
  const look = (token: Token): void => {
    if (token.type === 'html') found.push(...foreignTags(token.raw));
    else if (!PLAIN.has(token.type)) found.push(`${token.type}: ${token.raw}`);
    if (token.type === 'list_item' && token.task) found.push(`task: ${token.raw}`);
  };
  void marked.walkTokens(marked.lexer(markdown), look);
  return found;
}

function outline(token: Token): string {
  if (token.type === 'table') {
    const widths = token.rows.map((row: readonly unknown[]) => row.length);
    return `table of ${token.header.length}: ${widths.join(' ')}`;
  }
  if (token.type === 'list') return `list of ${token.items.length}${token.ordered ? ', ordered' : ''}`;
  if (token.type === 'heading') return `heading ${token.depth}`;
  if (token.type === 'html')
    return token.raw.startsWith('<pre>') ? `lines: ${token.raw.split('\n').length}` : 'tag';
  return token.type;
}

/** The blocks of a Markdown text in order, with the widths of tables and the lengths of lists. */
export function blocks(markdown: string): string[] {
  return marked
    .lexer(markdown)
    .filter(({ type }) => type !== 'space')
    .map(outline);
}
