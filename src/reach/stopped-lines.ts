import type { ReachLine, ReachVerdict } from '../model/reach.js';

/** The lines that are stopped for certain, at least in part, whatever cannot be told of the others. */
export function stoppedLines({ lines }: ReachVerdict): ReachLine[] {
  return lines.filter(({ status }) => status === 'blocked' || status === 'partly');
}
