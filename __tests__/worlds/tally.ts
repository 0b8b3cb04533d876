import { rules } from '../../src/rules/check.js';
import { defects, unshown } from './defects/table.js';
import type { Trial } from './run.js';

/** Fewer than this often is no proof. */
const LEAST = 3;

/** What blocks without being a row of the table of rules. */
const BESIDE_RULES = ['consent-missing'];

/** Ids that some world must show: every rule of severity error, and what else the defects are about. */
export function shownIds(): string[] {
  const errors = rules.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  return [...new Set([...errors, ...defects.map(({ rule }) => rule), ...BESIDE_RULES])]
    .filter((id) => unshown[id] === undefined)
    .sort();
}

/** How often what was seen over many worlds. */
export interface Tally {
  readonly healthy: number;
  readonly broken: number;
  /** Worlds in which a rule blocked, by its id; every id is there. */
  readonly fired: Readonly<Record<string, number>>;
  readonly disagreeing: readonly Trial[];
}

const codesOf = ({ blocked }: Trial): string[] => blocked.map(({ code }) => code);

/** Counts worlds and the rules that blocked. */
export function tallyOf(trials: readonly Trial[]): Tally {
  const ids = [...new Set([...shownIds(), ...trials.flatMap(codesOf)])].sort();
  const count = (id: string): number => trials.filter((trial) => codesOf(trial).includes(id)).length;
  const healthy = trials.filter(({ world }) => world.injected.length === 0).length;
  return {
    healthy,
    broken: trials.length - healthy,
    fired: Object.fromEntries(ids.map((id) => [id, count(id)])),
    disagreeing: trials.filter(({ disagreements }) => disagreements.length > 0),
  };
}

/** Rules that blocked in too few worlds. */
export function rareIn({ fired }: Tally): string[] {
  return shownIds().filter((id) => (fired[id] ?? 0) < LEAST);
}

/** The table, a row for each rule. */
export function describeTally({ healthy, broken, fired }: Tally): string {
  const row = (name: string, count: number): string => `${name.padEnd(36)}${String(count).padStart(5)}`;
  return [
    row('worlds', healthy + broken),
    row('healthy', healthy),
    row('broken', broken),
    '',
    ...Object.entries(fired).map(([id, count]) => row(id, count)),
  ].join('\n');
}

/** A world with what was not as expected, and how to try it again. */
export function describeTrial({ world, blocked, disagreements }: Trial): string {
  const what = world.injected.length === 0 ? 'healthy' : world.injected.join('; ');
  return [
    `World ${world.number} of seed ${world.seed} (${what}):`,
    ...disagreements.map((text) => `  ${text}`),
    ...blocked.map(({ code, message }) => `  ${code}: ${message}`),
    `  again: npm run fuzz:worlds -- --seed ${world.seed} --only ${world.number}`,
  ].join('\n');
}
