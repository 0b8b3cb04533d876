import type { Facts } from '../../src/rules/rule.js';
import { id } from '../builders/ids.js';
import { facts } from '../builders/plans.js';
import { type World, world } from '../builders/world.js';

/** Worlds in which a rule finds something, and worlds next to them in which it finds nothing. */
export interface Fixture {
  readonly fires: Readonly<Record<string, () => Facts>>;
  readonly silent: Readonly<Record<string, () => Facts>>;
}

/** A VPC with private subnets that have a NAT gateway. */
export const bare = (count = 2): World => world().vpc().privateSubnets(count, id('nat', 1));

/** The facts of a world and inputs, made when the test asks for them. */
export const see =
  (made: World, wish: Record<string, string> = {}) =>
  (): Facts =>
    facts(made, { subnets: 'private', ...wish });
