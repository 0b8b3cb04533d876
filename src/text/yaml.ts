/**
 * Text that YAML 1.1 and 1.2 alike read as itself without quotes: it begins with a letter, holds no `: ` and no ` #`,
 * and does not end in a blank (yaml.org/spec/1.2.2, "Plain Style").
 */
const PLAIN = /^[A-Za-z](?:[\w./@+=-]| (?! |$)|:(?![\s]|$))*$/;

/**
 * Words that one version or the other reads as no text (yaml.org/type, and YAML 1.2.2 "Core Schema"); an exponent alone
 * is a number to some readers.
 */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[+-]?\d+)$/i;

/** What may stand in a line as it is: neither controls and line ends of any kind nor what is no character. */
const PRINTABLE = /^[\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** A text in double quotes, in which every line end, control and lone surrogate is an escape. */
function escaped(text: string): string {
  const rest = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
  const code = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(rest, code);
}

/** A text as a YAML scalar in one line, quoted where YAML would read anything else. */
export function yamlScalar(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text)) return text;
  return PRINTABLE.test(text) && !text.includes('\t') ? `'${text.replaceAll("'", "''")}'` : escaped(text);
}

/** Whether a line of a block keeps its text: it is not empty and does not begin with a blank. */
const isBlockLine = (line: string): boolean => PRINTABLE.test(line) && /^\S/.test(line);

/**
 * Items in double quotes, one a line: a backslash joins the lines, whose blanks in front are not read (YAML 1.2.2,
 * "Double-Quoted Style").
 */
function quotedLines(items: readonly string[]): string[] {
  const inner = items.map((item) => escaped(item).slice(1, -1).replace(/^ /, '\\x20'));
  return inner.map((text, index) => (index === items.length - 1 ? `${text}"` : `${text}\\n\\`));
}

/**
 * An entry of a YAML map with a line of text for each item, indented by `indent` blanks: a block, or escaped text
 * where a block would not keep the items. Either way a line for the name and one for each item.
 */
export function yamlBlock(name: string, items: readonly string[], indent = 0): string[] {
  const margin = ' '.repeat(indent);
  const isKept = items.every(isBlockLine);
  const lines = isKept ? items : quotedLines(items);
  return [`${margin}${name}: ${isKept ? '|' : '"\\'}`, ...lines.map((line) => `${margin}  ${line}`)];
}

/** The same, with a scalar for one item. */
export function yamlEntry(name: string, items: readonly string[], indent = 0): string[] {
  const [first = '', ...others] = items;
  if (others.length > 0) return yamlBlock(name, items, indent);
  return [`${' '.repeat(indent)}${name}: ${yamlScalar(first)}`];
}
