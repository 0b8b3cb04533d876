import { simulate } from '../simulator/simulate.js';
import { compareOn, type Disagreement, type Judge } from './compare.js';
import { caseOf } from './generate.js';
import { type Tally, tallyOf } from './tally.js';

/** What many cases came to. */
export interface FuzzRun {
  readonly tally: Tally;
  readonly disagreements: readonly Disagreement[];
}

/** Compares a judge with the simulator on as many cases as asked for, from a seed on. */
export function fuzz(judge: Judge, cases: number, firstSeed = 1): FuzzRun {
  const judged = Array.from({ length: cases }, (_, index) => {
    const made = caseOf(firstSeed + index);
    return [made, simulate(made.network, made.question)] as const;
  });
  const disagreements = judged.flatMap(([made, opinion]) => compareOn(made, judge, opinion) ?? []);
  return { tally: tallyOf(judged), disagreements };
}
