/** A part of a runner's log: what stands in one group, or between two. */
export interface Section {
  /** Undefined for lines outside of groups. */
  readonly title: string | undefined;
  readonly lines: readonly string[];
}

/** Reads a log as the page of a run shows it: groups, and annotations by their level. Other commands are not shown. */
export function readLog(log: string): Section[] {
  const sections: { title: string | undefined; lines: string[] }[] = [{ title: undefined, lines: [] }];
  for (const line of log.trimEnd().split(/\r?\n/)) {
    const match = /^::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line);
    const [, command = '', properties = '', data = ''] = match ?? [];
    const level = levels[command];
    if (command === 'group') sections.push({ title: unescaped(data), lines: [] });
    else if (command === 'endgroup') sections.push({ title: undefined, lines: [] });
    else if (match === null) sections.at(-1)?.lines.push(line);
    else if (level) sections.at(-1)?.lines.push(`${level}: ${titleOf(properties)}${unescaped(data)}`);
  }
  return sections.filter(({ title, lines }) => title !== undefined || lines.length > 0);
}

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

/** Lays out logs one after another: a group that says what an earlier one said is shown closed. */
export class LogView {
  private readonly shown = new Map<string, number>();

  /** The lines of the log of the step with that number. */
  lines(log: string, step: number): string[] {
    return readLog(log).flatMap((section) => this.linesOf(section, step));
  }

  private linesOf({ title, lines }: Section, step: number): string[] {
    if (title === undefined) return [...lines];
    if (lines.length === 0) return [`▸ ${title}`];
    const key = [title, ...lines].join('\n');
    const before = this.shown.get(key);
    if (before !== undefined && lines.length > 1) return [`▸ ${title} (the same as in step ${before})`];
    this.shown.set(key, step);
    return [`▾ ${title}`, ...lines.map((line) => `  ${line}`)];
  }
}
