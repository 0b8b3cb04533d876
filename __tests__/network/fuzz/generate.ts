import type { Network } from '../../../src/network/network.js';
import type { Question } from '../../../src/network/verdict.js';
import { injectOne } from './defects.js';
import { openVpc } from './healthy.js';
import { randomFrom } from './random.js';
import { scenes } from './scenes.js';

/** A network and a question about it, the same for the same seed. */
export interface FuzzCase {
  readonly seed: number;
  /** What the function wants, before anything was broken. */
  readonly scene: string;
  readonly network: Network;
  readonly question: Question;
  /** What was changed in the healthy network. */
  readonly injected: readonly string[];
  /** What is out of sight; only then may a verdict be unknown. */
  readonly hidden: readonly string[];
}

const counts = [
  { count: 0, weight: 12 },
  { count: 1, weight: 40 },
  { count: 2, weight: 28 },
  { count: 3, weight: 14 },
  { count: 8, weight: 6 },
];

/** Makes the case of a seed: a healthy connection, into which up to eight defects are put. */
export function caseOf(seed: number): FuzzCase {
  const random = randomFrom(seed);
  const draft = openVpc(random);
  const scene = random.weighted(scenes);
  scene.make(draft);
  const { count } = random.weighted(counts);
  for (let made = 0; made < count; made += 1) injectOne(draft);
  const { network, place, destination, injected, hidden } = draft;
  return { seed, scene: scene.name, network, question: { place, destination }, injected, hidden };
}
