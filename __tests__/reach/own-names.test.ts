import { describe, expect, it } from '@jest/globals';
import { id } from '../builders/ids.js';
import { errorsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';
import { judged, shown } from './judged.js';

const G1 = id('sg', 1);

/** Two subnets, and an endpoint for logs that is of others and has no name but its own. */
const beside = (parts: { readonly requesterManaged?: boolean } = {}): World =>
  world()
    .vpc()
    .privateSubnets(2)
    .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
    .endpoint('logs', { privateDns: false, groupIds: [G1], ...parts });

const nameless = { subnets: 'private', endpoints: 'logs', 'private-dns': 'false' };

describe('an endpoint without private DNS is judged by its own name', () => {
  it('which leads to no other endpoint of the service', () => {
    const made = beside({ requesterManaged: true });
    expect(shown(judged(made, nameless, 'logs').after)).toBe('reachable 2/2');
    expect(errorsOf(plan(made, nameless))).toEqual([]);
  });

  it('also where it is of others and used', () => {
    expect(shown(judged(beside(), nameless, 'logs').after)).toBe('reachable 2/2');
  });

  it('also beside one of others that has the usual name and refuses the function', () => {
    const made = world()
      .vpc()
      .privateSubnets(2)
      .group('guard', { ingress: [] })
      .endpoint('logs', { groupIds: [G1] });
    expect(shown(judged(made, nameless, 'logs').after)).toBe('reachable 2/2');
    expect(errorsOf(plan(made, nameless))).toEqual([]);
  });

  it('and the name of the service leads to none of them', () => {
    const { after } = judged(beside({ requesterManaged: true }), { ...nameless, reaches: 'logs' }, 'logs');
    expect(after.status).toBe('blocked');
  });
});
