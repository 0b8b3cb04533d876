import type { BlockCode, UnknownCode } from '../../../src/network/codes.js';
import type {
  Blocked,
  Component,
  Line,
  Note,
  Reachable,
  Unknown,
  Verdict,
} from '../../../src/network/verdict.js';

/** What stops a connection, without the change that would open it. */
export type Stop = Omit<Blocked, 'change'>;

/** The judgement of a line, as far as docs/reach.md fixes it. */
export type Finding = Reachable | Stop | Unknown;

/** A line with what was found about it. */
export interface OpinionLine extends Omit<Line, 'outcome'> {
  readonly finding: Finding;
}

/** A verdict without changes. */
export interface Opinion {
  readonly status: Verdict['status'];
  readonly lines: readonly OpinionLine[];
}

/** What happened to a packet or its reply at one stage. */
export interface Mark {
  readonly stage: number;
  readonly certain: boolean;
  readonly code: BlockCode | UnknownCode;
  readonly component: Component;
  readonly rule: string | undefined;
}

/** The mark of a certain stop. */
export function stopped(stage: number, code: BlockCode, component: Component, rule?: string): Mark {
  return { stage, certain: true, code, component, rule };
}

/** The mark of something out of sight. */
export function unsure(stage: number, code: UnknownCode, component: Component): Mark {
  return { stage, certain: false, code, component, rule: undefined };
}

/** A finding that says unknown. */
export function unknown(code: UnknownCode, component: Component): Unknown {
  return { status: 'unknown', code, component };
}

/** A finding that says blocked on the way there. */
export function blocked(code: BlockCode, component: Component): Stop {
  return { status: 'blocked', code, component, rule: undefined, leg: 'request' };
}

/** A finding with a note more, where it is reachable. */
export function noting(finding: Finding, note: Note): Finding {
  return finding.status === 'reachable' ? { ...finding, notes: [...finding.notes, note] } : finding;
}

/** The verdict over all lines. */
export function overall(lines: readonly OpinionLine[]): Opinion {
  const found = new Set(lines.map((line) => line.finding.status));
  if (found.has('reachable') && found.has('blocked')) return { status: 'partly', lines };
  if (found.has('unknown')) return { status: 'unknown', lines };
  return { status: found.has('reachable') ? 'reachable' : 'blocked', lines };
}

/** An engine's verdict without what is not compared. */
export function opinionOf(verdict: Verdict): Opinion {
  const lines = verdict.lines.map(({ outcome, ...line }): OpinionLine => {
    if (outcome.status !== 'blocked') return { ...line, finding: outcome };
    const { change: _, ...finding } = outcome;
    return { ...line, finding };
  });
  return { status: verdict.status, lines };
}
