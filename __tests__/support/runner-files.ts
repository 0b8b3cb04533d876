/** One `::error`, `::warning` or `::notice` of a log. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  /** `title`, `file`, `line` and the like. */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Reads GITHUB_OUTPUT as the runner does: `name=value` lines, and `name<<DELIMITER` with the value on the lines up
 * to the delimiter. A later value of the same name wins. A line that is neither is an error there, so here too.
 */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const end = lines.indexOf(line.slice(heredoc + 2), index + 1);
      if (end < 0) throw new Error(`GITHUB_OUTPUT: no end of the value of ${line.slice(0, heredoc)}`);
      outputs[line.slice(0, heredoc)] = lines.slice(index + 1, end).join('\n');
      index = end;
    } else if (equals >= 0) outputs[line.slice(0, equals)] = line.slice(equals + 1);
    else throw new Error(`GITHUB_OUTPUT: neither a value nor a heredoc: ${line}`);
  }
  return outputs;
}

/** The annotations that the runner would make of a log. Commands between stop-commands markers are text. */
export function parseAnnotations(log: string): Annotation[] {
  const found: Annotation[] = [];
  let stoppedBy: string | undefined;
  for (const line of log.split(/\r?\n/)) {
    const match = /^::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line.trimStart());
    if (match === null) continue;
    const [, command = '', properties = '', message = ''] = match;
    if (stoppedBy !== undefined) {
      if (command === stoppedBy) stoppedBy = undefined;
    } else if (command === 'stop-commands') stoppedBy = message;
    else if (command === 'error' || command === 'warning' || command === 'notice') {
      found.push({ level: command, message: unescapeData(message), properties: parseProperties(properties) });
    }
  }
  return found;
}

function parseProperties(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const value = pair
        .slice(at + 1)
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',');
      return [pair.slice(0, at).trim(), unescapeData(value)];
    }),
  );
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
