import type { Observed } from '../../src/model/observed.js';
import type { Plan } from '../../src/model/plan.js';
import { connected } from '../builders/connected.js';
import { id } from '../builders/ids.js';
import { world } from '../builders/world.js';

/** Name of the function's group. */
export const GROUP = 'app-7-lambda';
/** Two of the three subnets. */
export const subnets = `${id('subnet', 1)}, ${id('subnet', 2)}`;
export const wish = { subnets, endpoints: 'logs, s3', egress: 'tcp 5432 10.9.0.0/16' };
/** A function that is connected as wished. */
export const made = (): Observed => connected(world().vpc().privateSubnets(3), wish);
/** The changes of a plan, each with its reason. */
export const reasons = (wanted: Plan): string[] =>
  wanted.changes.map(({ id: address, reason }) => `${address}: ${reason}`);
