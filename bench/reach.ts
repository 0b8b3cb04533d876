import { prepare } from '../src/network/prepared.js';
import { judge } from '../src/network/reach.js';
import type { Verdict } from '../src/network/verdict.js';
import { city, questions } from './city.js';
import type { Findings } from './findings.js';
import { spreadOf } from './statistics.js';
import { beside, table } from './table.js';

/** Judgements of one round. */
const JUDGEMENTS = 1000;

/** Rounds that count; one more before them warms the code. */
const ROUNDS = 7;

/** Milliseconds of processor time that a round may take, the reading of the network included. */
const BOUND = 1000;

/**
 * Milliseconds of processor time of this process so far. Judging is one thread that never waits: on an idle machine
 * it takes no longer by the clock, and on a busy one the figure hardly changes.
 */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Measures judgements on the network of a large VPC. */
export function measureReach(): Findings {
  const network = city();
  const asked = questions(JUDGEMENTS);
  const samples: { readonly prepared: number; readonly judged: number }[] = [];
  const statuses = new Map<Verdict['status'], number>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    statuses.clear();
    const start = processorTime();
    const prepared = prepare(network);
    const middle = processorTime();
    for (const question of asked) {
      const { status } = judge(prepared, question);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    if (round > 0) samples.push({ prepared: middle - start, judged: processorTime() - middle });
  }
  const whole = spreadOf(samples.map(({ prepared, judged }) => prepared + judged));
  const of = (key: 'prepared' | 'judged'): string =>
    spreadOf(samples.map((sample) => sample[key])).median.toFixed();
  const text = [
    table(
      [`${JUDGEMENTS} judgements`, 'ms', 'max', 'network read', 'judged'],
      [
        [
          '200 subnets, 100 route tables, 500 groups',
          beside(whole.median, BOUND),
          whole.max.toFixed(),
          of('prepared'),
          of('judged'),
        ],
      ],
    ),
    `Processor time, median of ${ROUNDS} rounds; verdicts: ${[...statuses].map(([status, count]) => `${count} ${status}`).join(', ')}.`,
  ].join('\n');
  const broken =
    whole.median > BOUND ? [`${JUDGEMENTS} judgements take ${whole.median.toFixed()} ms, not ${BOUND}`] : [];
  return { text, broken };
}
