import { describeDisagreement } from './compare.js';
import { engine } from './engine.js';
import { fuzz } from './run.js';
import { describeTally, shortOf } from './tally.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Prints the table and every disagreement; the exit code is 1 where there is one, or where the table is short. */
function main([cases = '20000', firstSeed = '1']: readonly string[]): number {
  const { tally, disagreements } = fuzz(engine, Number(cases), Number(firstSeed));
  say(`${describeTally(tally)}\n`);
  for (const disagreement of disagreements.slice(0, 50)) say(describeDisagreement(disagreement));
  say(`${disagreements.length} disagreements`);
  const short = shortOf(tally);
  for (const bound of short) say(`Bound broken: ${bound}.`);
  return disagreements.length + short.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
