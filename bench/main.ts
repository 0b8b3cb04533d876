import { measureManyFunctions } from './many-functions.js';
import { measureProcess } from './process-start.js';
import { measureReach } from './reach.js';
import { measureRoundTrips } from './round-trips.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Prints the tables; the exit code is 1 when a bound is broken that fails the bench. */
async function main(): Promise<number> {
  process.stderr.write('Counting calls ...\n');
  const roundTrips = await measureRoundTrips();
  say(`\nCALLS TO AWS\n\n${roundTrips.text}\n`);
  process.stderr.write('Connecting fifty functions ...\n');
  const many = await measureManyFunctions();
  say(`\n${many.text}\n`);
  process.stderr.write('Judging a large network ...\n');
  const reach = measureReach();
  say(`\nREACH\n\n${reach.text}\n`);
  process.stderr.write('Measuring the process; the first time its baseline is built ...\n');
  const start = await measureProcess();
  say(`\nPROCESS START AND MEMORY\n\n${start.text}\n`);
  const broken = [...roundTrips.broken, ...many.broken, ...reach.broken, ...start.broken];
  for (const bound of broken) say(`Bound broken: ${bound}.`);
  if (broken.length === 0) say('Every bound that fails the bench is kept.');
  return broken.length > 0 ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`The bench cannot go on: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
