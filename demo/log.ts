/** Turns a runner's log into what a person sees on the run's page: groups as titles, annotations by their level. */
export function readableLog(log: string): string[] {
  const lines: string[] = [];
  let inGroup = false;
  for (const line of log.trimEnd().split(/\r?\n/)) {
    const match = /^::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line);
    if (match === null) {
      lines.push(inGroup && line !== '' ? `  ${line}` : line);
      continue;
    }
    const [, command = '', properties = '', data = ''] = match;
    if (command === 'group') lines.push(`▾ ${unescaped(data)}`);
    if (command === 'group' || command === 'endgroup') inGroup = command === 'group';
    const level = levels[command];
    if (level) lines.push(`${level}: ${titleOf(properties)}${unescaped(data)}`);
  }
  return lines;
}

/** Other commands (debug, add-mask and the like) are not shown to anyone. */
const levels: Readonly<Record<string, string>> = { error: 'Error', warning: 'Warning', notice: 'Notice' };

function titleOf(properties: string): string {
  const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1] ?? '';
  return title === '' ? '' : `${unescaped(title)}: `;
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}
