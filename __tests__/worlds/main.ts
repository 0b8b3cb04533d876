import { parseArgs } from 'node:util';
import { campaign } from './campaign.js';
import { worldOf } from './generate.js';
import { describeTally, describeTrial, rareIn, tallyOf } from './tally.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** As many worlds as the table of rules is held to. */
const ENOUGH = 300;

const SEED = 2026;

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(SEED) },
      count: { type: 'string', default: String(ENOUGH) },
      only: { type: 'string' },
      workers: { type: 'string', default: '2' },
    },
  });
  const numbers =
    values.only === undefined
      ? Array.from({ length: Number(values.count) }, (_, index) => index + 1)
      : [Number(values.only)];
  return { seed: Number(values.seed), numbers, workers: Math.min(Number(values.workers), numbers.length) };
}

/** Prints one world in full: what stands, and what is asked. */
function show(seed: number, number: number): void {
  const { draft, inputs, expected } = worldOf(seed, number);
  const { vpc, other, roles, functions, neighbours, options } = draft;
  say(JSON.stringify({ vpc, other, roles, functions, neighbours, options, inputs, expected }, undefined, 1));
}

/** Prints the table and every disagreement; the exit code is 1 where there is one, or where a rule came too seldom. */
async function main(args: readonly string[]): Promise<number> {
  const { seed, numbers, workers } = optionsOf(args);
  const only = numbers.length === 1 ? numbers[0] : undefined;
  if (only !== undefined) show(seed, only);
  const start = performance.now();
  const trials = await campaign({
    seed,
    numbers,
    workers,
    onTrial: (done) => {
      if (done.disagreements.length > 0 || only !== undefined) say(`${describeTrial(done)}\n`);
    },
  });
  const tally = tallyOf(trials);
  const seconds = Math.round((performance.now() - start) / 1000);
  say(`seed ${seed}, ${seconds} s\n${describeTally(tally)}\n\n${tally.disagreeing.length} disagreements`);
  const rare = numbers.length < ENOUGH ? [] : rareIn(tally);
  for (const id of rare) say(`Bound broken: ${id} blocked in fewer than 3 worlds.`);
  return tally.disagreeing.length + rare.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
