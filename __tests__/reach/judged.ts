import type { Observed } from '../../src/model/observed.js';
import type { ReachRow, ReachVerdict } from '../../src/model/reach.js';
import { plan } from '../builders/plans.js';
import type { World } from '../builders/world.js';

/** A verdict in one line: `blocked 3/3 SUBNET_ACL_RESTRICTION network-acl acl-1 50`, or `reachable 3/3`. */
export function shown({ status, lines }: ReachVerdict): string {
  const [stopped] = lines.filter(({ stop }) => stop !== undefined);
  const count = lines.filter((line) => line.status === status).length;
  const { code, kind, id, rule } = stopped?.stop ?? {};
  return [status, `${count}/${lines.length}`, code, kind, id, rule].filter(Boolean).join(' ');
}

/** The judgement of one destination for the inputs in a world. */
export function judged(
  source: World | Observed,
  wish: Readonly<Record<string, string>>,
  destination: string,
): ReachRow {
  const { reach, findings } = plan(source, wish);
  const row = reach.find((candidate) => candidate.destination === destination);
  if (row === undefined) {
    const there = reach.map((candidate) => candidate.destination);
    const why = findings.map(({ code, message }) => `${code}: ${message}`);
    throw new Error(`no ${destination} among ${there.join(', ')}; ${why.join(' ')}`);
  }
  return row;
}

/** The remedy of the first line that has one. */
export function remedyOf({ lines }: ReachVerdict): string | undefined {
  return lines.flatMap(({ remedy }) => remedy ?? [])[0];
}
