import { createHash } from 'node:crypto';
import type { Change, NeededConsent } from '../model/plan.js';
import type { Finding } from '../model/problem.js';

/** What differs from run to run without being a decision. */
const VOLATILE = new Set(['RevisionId', 'ClientToken']);

/** JSON with sorted keys and without revisions and client tokens, so that equal decisions are equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (VOLATILE.has(key)) return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** Hex SHA-256 of a plan's decisions: changes with their calls, consents, verdicts. Never of revisions, counts or times. */
export function digestOf(
  changes: readonly Change[],
  consents: readonly NeededConsent[],
  findings: readonly Finding[],
): string {
  const decisions = {
    changes: changes.map(({ id, action, reason, calls, after }) => ({ id, action, reason, calls, after })),
    consents: consents.map(({ kind, object, given }) => ({ kind, object, given })),
    findings: findings.map(({ code, status, severity, subject }) => ({ code, status, severity, subject })),
  };
  return createHash('sha256').update(canonical(decisions)).digest('hex');
}
