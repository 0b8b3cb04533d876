import { measureProcess } from './process-start.js';
import { measureRoundTrips } from './round-trips.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const roundTrips = await measureRoundTrips();
  say(`\n${roundTrips.text}\n`);
  const start = await measureProcess();
  say(`\n${start.text}\n`);
  const broken = [...roundTrips.broken, ...start.broken];
  for (const bound of broken) say(`Broken: ${bound}`);
  return broken.length > 0 ? 1 : 0;
}

process.exit(await main());
