import { NETWORK_INTERFACE_ACTIONS } from '../../src/iam/network-interfaces.js';
import type { Reading } from '../../src/model/reading.js';
import type { PolicyText, RoleDetails, RoleFacts, SimulatedAction } from '../../src/model/role.js';
import { NOTHING } from '../../src/observe/role-advice.js';

/** What was read of a role: nothing, but for these parts. */
export function roleFacts(parts: Partial<RoleFacts> = {}): RoleFacts {
  return { ...NOTHING, ...parts };
}

/** One inline policy of these statements, `own` by name. */
export function inline(...statements: readonly object[]): Reading<readonly PolicyText[]> {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return { ok: true, value: [{ name: 'own', source: 'inline', text }] };
}

/** The simulator's one answer for every action with which Lambda manages network interfaces. */
export function simulated(
  decision: SimulatedAction['decision'],
  parts: Partial<SimulatedAction> = {},
): Reading<readonly SimulatedAction[]> {
  const value = NETWORK_INTERFACE_ACTIONS.map((action) => ({
    action,
    decision,
    refusedBy: [],
    missingKeys: [],
    ...parts,
  }));
  return { ok: true, value };
}

/** A role that a service may assume, or everybody for `*`. */
export function trusting(service: string, boundaryArn?: string): Reading<RoleDetails> {
  const Principal = service === '*' ? '*' : { Service: service };
  const trust = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal } });
  return { ok: true, value: { trust, boundaryArn } };
}
