import { describe, expect, it } from '@jest/globals';
import { remaining } from '../../src/verify.js';
import { applied } from '../builders/applied.js';
import { plan } from '../builders/plans.js';
import { world } from '../builders/world.js';

const wish = { subnets: 'private', endpoints: 'logs' };
const start = world().vpc().privateSubnets(2).observed();
const connected = applied(plan(start, wish), start);
const having = (parts: Partial<typeof connected.lambda>) => ({
  ...connected,
  lambda: { ...connected.lambda, ...parts },
});

describe('a function whose last update failed', () => {
  it.each([
    { lastUpdateStatus: 'Failed', lastUpdateReasonCode: 'SubnetOutOfIPAddresses' },
    { state: 'Failed', stateReasonCode: 'InvalidSubnet' },
  ])('for its network is updated again: %j', (parts) => {
    const { changes } = plan(having(parts), wish);
    expect(changes.map(({ id }) => id)).toContain('function/app-7');
    expect(changes.find(({ kind }) => kind === 'function')?.because).toContain('tried again');
  });

  it.each([
    { lastUpdateStatus: 'Failed', lastUpdateReasonCode: 'KMSKeyNotFound' },
    { lastUpdateStatus: 'Successful', lastUpdateReasonCode: undefined },
  ])('for another reason, or not at all, is not: %j', (parts) => {
    expect(plan(having(parts), wish).changes).toEqual([]);
  });
});

describe('verification', () => {
  const empty = plan(connected, wish);
  it.each([
    [{ lastUpdateStatus: 'InProgress' }, 'verification-failed'],
    [{ lastUpdateStatus: 'Failed', lastUpdateReasonCode: 'InternalError' }, 'function-update-failed'],
    [{}, undefined],
  ])('looks at the function itself: %j', (parts, code) => {
    expect(remaining(empty, [{ ...connected.lambda, ...parts }], empty)[0]?.code).toBe(code);
  });
});
