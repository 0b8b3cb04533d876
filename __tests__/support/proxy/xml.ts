/** One element of an AWS query-protocol answer. It holds text or children, never both. */
export interface XmlElement {
  name: string;
  /** Attributes as written, with their leading blank; only the root has any (its namespace). */
  attributes: string;
  text: string;
  children: XmlElement[];
}

const token = /<(\/?)([\w:.-]+)([^<>]*?)(\/?)>|<[?!][^>]*>|([^<]+)/g;

/** Reads an XML document of the kind AWS and moto write: no mixed content, no CDATA. */
export function parseXml(source: string): XmlElement {
  const document = element('');
  const open: XmlElement[] = [document];
  for (const [, closing, name, attributes = '', selfClosing, text] of source.matchAll(token)) {
    const parent = open.at(-1);
    if (parent === undefined) throw new Error('unbalanced XML');
    if (text !== undefined) parent.text += unescapeXml(text);
    else if (name === undefined) continue;
    else if (closing) open.pop();
    else {
      const child = { ...element(name), attributes: attributes.trimEnd() };
      parent.children.push(child);
      if (!selfClosing) open.push(child);
    }
  }
  const root = document.children[0];
  if (root === undefined || open.length !== 1)
    throw new Error(`not an XML document: ${source.slice(0, 200)}`);
  return root;
}

/** Writes a document that `parseXml` reads back as the same tree. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${render(root)}`;
}

function render({ name, attributes, text, children }: XmlElement): string {
  const inner = children.length > 0 ? children.map(render).join('') : escapeXml(text);
  return inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`;
}

/** An element with a text or with children. */
export function element(name: string, content: string | readonly XmlElement[] = ''): XmlElement {
  if (typeof content === 'string') return { name, attributes: '', text: content, children: [] };
  return { name, attributes: '', text: '', children: [...content] };
}

/** The first child of that name. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name);
}

/** The text at a path of child names, '' where the path ends early. */
export function textAt(parent: XmlElement | undefined, ...path: readonly string[]): string {
  let found = parent;
  for (const name of path) found = childOf(found, name);
  return found === undefined || found.children.length > 0 ? '' : found.text;
}

/** The `item` (EC2) or `member` (IAM) elements of a list child; none where the list is absent. */
export function itemsOf(parent: XmlElement | undefined, listName: string): XmlElement[] {
  return childOf(parent, listName)?.children ?? [];
}

/** Gives the child of that name a new content, adding it where it is missing. */
export function setChild(parent: XmlElement, name: string, content: string | readonly XmlElement[]): void {
  const fresh = element(name, content);
  const at = parent.children.findIndex((child) => child.name === name);
  if (at < 0) parent.children.push(fresh);
  else parent.children[at] = fresh;
}

/** Removes every child of that name. */
export function removeChild(parent: XmlElement, name: string): void {
  parent.children = parent.children.filter((child) => child.name !== name);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return entities[name] ?? whole;
  });
}

/** Text as XML content. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, (character) => ({ '<': '&lt;', '>': '&gt;' })[character] ?? '&amp;');
}
