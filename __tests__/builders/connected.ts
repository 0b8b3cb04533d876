import type { Observed } from '../../src/model/observed.js';
import { applied } from './applied.js';
import { plan } from './plans.js';
import type { World } from './world.js';

/** The world after a run with these inputs, from nothing, has done all it planned. */
export function connected(made: World, wish: Readonly<Record<string, string>>): Observed {
  const before = made.observed();
  return applied(plan(before, wish), before);
}

/** Somebody edits one security group, found by its name. */
export function editGroup(
  observed: Observed,
  name: string,
  edit: (group: Observed['groups'][number]) => Partial<Observed['groups'][number]>,
): Observed {
  const groups = observed.groups.map((group) => (group.name === name ? { ...group, ...edit(group) } : group));
  return { ...observed, groups };
}

/** Somebody edits the endpoints. */
export function editEndpoints(
  observed: Observed,
  edit: (endpoint: Observed['endpoints'][number]) => Partial<Observed['endpoints'][number]>,
): Observed {
  return {
    ...observed,
    endpoints: observed.endpoints.map((endpoint) => ({ ...endpoint, ...edit(endpoint) })),
  };
}
