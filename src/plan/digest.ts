import { createHash } from 'node:crypto';
import type { Change, NeededConsent } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import type { ReachRow, ReachVerdict } from '../model/reach.js';
import { BEGUN } from '../resources/tags.js';
import { isAdvice } from '../rules/check.js';

/** What differs from run to run without being a decision. */
const VOLATILE = new Set(['RevisionId', 'ClientToken']);

/** Whether a tag tells revisions. */
const isVolatile = (inner: object): boolean => 'Key' in inner && inner.Key === BEGUN;

/** JSON with sorted keys and without revisions and client tokens, so that equal decisions are equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (VOLATILE.has(key)) return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    if (isVolatile(inner)) return undefined;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** What a plan decides. */
export interface Decided {
  readonly changes: readonly Change[];
  readonly consents: readonly NeededConsent[];
  readonly findings: readonly Finding[];
  readonly reach: readonly ReachRow[];
}

/** A verdict without ids of interfaces, which may come and go. */
function verdictOf({ status, lines }: ReachVerdict) {
  const each = lines.map((line) => ({ subnetId: line.subnetId, status: line.status, stop: line.stop }));
  return { status, lines: each };
}

/**
 * Hex SHA-256 of a plan's decisions: changes with their calls, consents, verdicts. Never of revisions, counts or
 * times, nor of verdicts that only a dry run makes: an apply of the same decisions has the same digest.
 */
export function digestOf({ changes, consents, findings, reach }: Decided): string {
  const decisions = {
    changes: changes.map(({ id, action, reason, calls, after }) => ({ id, action, reason, calls, after })),
    consents: consents.map(({ kind, object, given }) => ({ kind, object, given })),
    findings: findings
      .filter(({ code }) => !isAdvice(code))
      .map(({ code, status, severity, subject }) => ({ code, status, severity, subject })),
    reach: reach.map(({ functionName, destination, before, after }) => ({
      functionName,
      destination,
      before: before.status,
      after: verdictOf(after),
    })),
  };
  return createHash('sha256').update(canonical(decisions)).digest('hex');
}
