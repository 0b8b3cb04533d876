/** Lays out rows under their headings; all columns but the first are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A measured figure beside its bound: `11 ≤ 15`, or `17 > 15 !` where it is broken. */
export function beside(measured: number, bound: number | undefined, digits = 0): string {
  const figure = measured.toFixed(digits);
  if (bound === undefined) return figure;
  return measured <= bound ? `${figure} ≤ ${bound}` : `${figure} > ${bound} !`;
}
