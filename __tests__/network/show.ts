import { expect, it } from '@jest/globals';
import type { FunctionPlace } from '../../src/network/network.js';
import { prepare } from '../../src/network/prepared.js';
import { judge } from '../../src/network/reach.js';
import type { Change, Destination, Note, Outcome, Verdict } from '../../src/network/verdict.js';
import { type Edit, home, townWith } from './town.js';

/** A case of a table. */
export interface Row {
  readonly name: string;
  /** What differs from the town in which everything is reached. */
  readonly edits?: readonly Edit[];
  readonly place?: FunctionPlace;
  readonly to: Destination;
  /** As {@link show} writes it. */
  readonly is: string;
}

/** Judges every row. */
export function table(rows: readonly Row[]): void {
  it.each(rows)('$name', ({ edits = [], place = home, to, is }) => {
    expect(show(judge(prepare(townWith(...edits)), { place, destination: to }))).toBe(is);
  });
}

/**
 * A verdict as text: the outcome, if all lines agree; else the status, and each line as `subnet>target: outcome`.
 * A path is its ids without the function's.
 */
export function show({ status, lines }: Verdict): string {
  const outcomes = lines.map(({ outcome }) => showOutcome(outcome));
  const [first = ''] = outcomes;
  if (outcomes.every((text) => text === first) && first.startsWith(status)) return first;
  const texts = lines.map(
    ({ subnetId, target }, index) => `${subnetId}>${target?.interfaceId ?? '-'}: ${outcomes[index]}`,
  );
  return [status, ...texts].join('\n');
}

function showOutcome(outcome: Outcome): string {
  switch (outcome.status) {
    case 'reachable': {
      const [, ...path] = outcome.path.map(({ id }) => id);
      return ['reachable', ...path, ...outcome.notes.map(showNote)].join(' ');
    }
    case 'unknown':
      return `unknown ${outcome.code} ${outcome.component.kind} ${outcome.component.id}`;
    case 'blocked': {
      const { code, component, rule, leg, change } = outcome;
      const where = [component.id, rule, leg === 'request' ? undefined : leg];
      return ['blocked', code, ...where.filter((word) => word !== undefined), '->', showChange(change)].join(
        ' ',
      );
    }
  }
}

const showNote = (note: Note): string =>
  note.kind === 'endpoint-not-used' ? `(${note.kind}: ${note.because})` : `(${note.kind})`;

function showChange(change: Change): string {
  switch (change.kind) {
    case 'allow-egress':
    case 'allow-ingress': {
      const { protocol, port, peer } = change.rule;
      return `${change.kind} ${change.groupId} ${protocol} ${port} ${peer.value}`;
    }
    case 'allow-acl': {
      const { egress, protocol, ports, cidr, before } = change.entry;
      const direction = egress ? 'out' : 'in';
      return `${change.kind} ${change.aclId} ${direction} ${protocol} ${ports.from}-${ports.to} ${cidr} before ${before}`;
    }
    case 'mend-component':
      return `${change.kind} ${change.component.id}`;
    default:
      return Object.values(change).join(' ');
  }
}
