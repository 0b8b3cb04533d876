import type { Problem } from '../model/problem.js';
import { nearest, slips } from '../text/nearest.js';
import { someOf } from '../text/words.js';
import { shownText } from './shown.js';

/** What is known of the names of `INPUT_*` variables. */
export interface KnownNames {
  readonly names: readonly string[];
  /** Whether an input was written: a wrong name beside it is then less likely to be meant for it. */
  readonly isGiven: (name: string) => boolean;
}

/** Problems of names that are no input. */
export interface NameProblems {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

const PREFIX = 'INPUT_';

/** The variable a runner hands an input over in: upper case, blanks as underscores (`@actions/core`, getInput). */
export function variableOf(input: string): string {
  return `${PREFIX}${input.replace(/ /g, '_').toUpperCase()}`;
}

const lettersOf = (name: string): string => name.replace(/[^a-z0-9]/g, '');

/** Words that say nothing more about what an input is: `subnet-ids` and `subnets` ask for the same. */
const EMPTY_WORDS = new Set(['id', 'ids', 'list', 'name', 'names']);

/** The words of a name in the singular, sorted, without those that say nothing more. */
function stemsOf(name: string): string {
  const words = name.split(/[^a-z0-9]+/).filter((word) => !EMPTY_WORDS.has(word));
  return words
    .map((word) => word.replace(/s$/, ''))
    .sort()
    .join(' ');
}

/** Whether a name is a known one with a slip: in its separators, its number, or one letter in four. */
function isMistyped(written: string, known: string): boolean {
  const [one, other] = [lettersOf(written), lettersOf(known)];
  if (one === other) return true;
  return one[0] === other[0] && slips(one, other) <= Math.floor(known.length / 4);
}

/** The input of which a name is another way of saying it, for example `subnet-ids` or `name-function`. */
function synonymOf(written: string, names: readonly string[]): string | undefined {
  const stems = stemsOf(written);
  return stems === '' ? undefined : names.find((known) => stemsOf(known) === stems);
}

/** An input that a more distant name may have been meant for. */
function maybe(written: string, names: readonly string[]): string | undefined {
  const words = written.split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  const part = (known: string) => known.split('-').some((word) => words.includes(word));
  return nearest(written.replace(/[^a-z0-9]+/g, '-'), names) ?? names.find(part);
}

function unknown(names: readonly string[], remedy: string): Problem {
  const shown = someOf(names.map(shownText), 10);
  const message = names.length === 1 ? `Input ${shown} is unknown.` : `Inputs ${shown} are unknown.`;
  return { code: 'unknown-input', message, remedy };
}

/** A name that is no input: an error or a warning about it alone, or undefined where it is like none. */
function judge(written: string, { names, isGiven }: KnownNames): NameProblems | undefined {
  const mistyped = names
    .filter((known) => isMistyped(written, known))
    .sort((one, other) => slips(lettersOf(written), one) - slips(lettersOf(written), other))[0];
  const synonym = mistyped ?? synonymOf(written, names);
  if (synonym !== undefined && (mistyped !== undefined || !isGiven(synonym))) {
    return { errors: [unknown([written], `Write \`${synonym}\` instead.`)], warnings: [] };
  }
  const hint = synonym ?? maybe(written, names);
  if (hint === undefined) return undefined;
  const remedy = `Write \`${hint}\` if that is meant; else remove it.`;
  return { errors: [], warnings: [unknown([written], remedy)] };
}

/**
 * Judges the `INPUT_*` variables that are no input of this action. One that is nearly the name of an input is
 * an error: the step would run without what was meant. Others are warnings, because they need not be of this
 * step: nektos/act hands the inputs of an enclosing composite action down (its issue 2874), and jobs may set
 * such variables in `env`. GitHub's own runner sets none for composite actions (actions/runner issue 665).
 */
export function judgeNames(variables: readonly string[], known: KnownNames): NameProblems {
  const inputs = new Set(known.names.map(variableOf));
  const strangers = variables
    .filter((name) => name.startsWith(PREFIX) && !inputs.has(name))
    .map((name) => name.slice(PREFIX.length).toLowerCase())
    .sort();
  const judged = strangers.map((name) => ({ name, problems: judge(name, known) }));
  const distant = judged.filter(({ problems }) => problems === undefined).map(({ name }) => name);
  const remedy = `Remove ${distant.length === 1 ? 'it' : 'them'}; the README lists the inputs.`;
  return {
    errors: judged.flatMap(({ problems }) => problems?.errors ?? []),
    warnings: [
      ...judged.flatMap(({ problems }) => problems?.warnings ?? []),
      ...(distant.length > 0 ? [unknown(distant, remedy)] : []),
    ],
  };
}
