import { simulate } from '../simulator/simulate.js';
import { describeDisagreement, describeLine } from './compare.js';
import { engine } from './engine.js';
import { caseOf } from './generate.js';
import { fuzz } from './run.js';
import { describeTally, shortOf } from './tally.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Fewer cases than this prove nothing by how often something comes. */
const enough = 20_000;

/** Prints one case in full, with what the simulator makes of it. */
function showCase(seed: number): void {
  const made = caseOf(seed);
  say(JSON.stringify(made, undefined, 1));
  for (const line of simulate(made.network, made.question).lines) say(describeLine(line));
}

/** Prints the table and every disagreement; the exit code is 1 where there is one, or where the table is short. */
function main([cases = String(enough), firstSeed = '1']: readonly string[]): number {
  if (cases === '1') showCase(Number(firstSeed));
  const { tally, disagreements } = fuzz(engine, Number(cases), Number(firstSeed));
  say(`${describeTally(tally)}\n`);
  for (const disagreement of disagreements.slice(0, 50)) say(describeDisagreement(disagreement));
  say(`${disagreements.length} disagreements`);
  const short = tally.cases < enough ? [] : shortOf(tally);
  for (const bound of short) say(`Bound broken: ${bound}.`);
  return disagreements.length + short.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
